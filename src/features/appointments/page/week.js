// The page works without this script. It adds dragging, says when the page is about to close, and lets Telegram vouch
// for who has opened it inside of Telegram.

/** An appointment that is dragged to a free time opens the page that asks whether it shall be moved there. */
function dragging() {
  let dragged;
  const isTarget = (event) => (dragged === undefined ? null : event.target.closest?.('.free[data-to]'));
  const over = (slot) => {
    for (const other of document.querySelectorAll('.free.over')) if (other !== slot) other.classList.remove('over');
    slot?.classList.add('over');
  };
  document.addEventListener('dragstart', (event) => {
    const item = event.target.closest?.('[data-move]');
    if (!item) return;
    dragged = item.dataset.move;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', '');
    document.body.classList.add('dragging');
  });
  document.addEventListener('dragend', () => {
    dragged = undefined;
    over(undefined);
    document.body.classList.remove('dragging');
  });
  document.addEventListener('dragover', (event) => {
    const slot = isTarget(event);
    over(slot);
    if (slot) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const slot = isTarget(event);
    if (!slot) return;
    event.preventDefault();
    location.assign(`${dragged}?to=${slot.dataset.to}`);
  });
}

/** Two minutes before the end it says so; at the end it shows nothing any more. */
function closing() {
  const note = document.querySelector('#soon');
  if (!note) return;
  const left = Number(note.dataset.seconds) * 1000;
  setTimeout(
    () => {
      note.textContent = note.dataset.says;
    },
    Math.max(0, left - 120_000),
  );
  setTimeout(() => location.reload(), left + 1000);
}

/** Telegram hands what it has signed to the page behind the address's #, which no server sees. */
async function telegram() {
  const note = document.querySelector('#app');
  if (!note) return;
  const initData = new URLSearchParams(location.hash.slice(1)).get('tgWebAppData');
  try {
    if (initData === null) throw new Error('not opened by Telegram');
    const answer = await fetch(note.dataset.address, { method: 'POST', body: new URLSearchParams({ initData }) });
    if (!answer.ok) throw new Error('refused');
    location.replace(note.dataset.next);
  } catch {
    note.textContent = note.dataset.failed;
  }
}

// What was left by the browser's way back may be out of date, or somebody else's by now.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
document.querySelector('[autofocus]')?.focus();
dragging();
closing();
telegram();
