/** Makes an element. Props are attributes, except `on…` (listeners) and `class`; children may be text or nothing. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Opens a dialog in the middle of the page and forgets it when it is closed. */
export function openDialog(title, ...content) {
  const dialog = h('dialog', { 'aria-label': title }, h('h2', {}, title), ...content);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Says something to those who do not see the page. */
export function announce(text) {
  document.querySelector('#status').textContent = text;
}

/** A button that opens a small list of choices beneath or above itself. Escape and a press elsewhere close it. */
export function menuButton({ label, content, className, items, up = false }) {
  const list = h('div', { class: `menu${up ? ' up' : ''}`, role: 'menu', hidden: true });
  const button = h(
    'button',
    {
      type: 'button',
      class: className,
      'aria-label': label,
      title: label,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
    },
    content,
  );
  const close = () => {
    list.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
  };
  const outside = (event) => {
    if (!wrap.contains(event.target)) close();
  };
  button.addEventListener('click', () => {
    if (!list.hidden) return close();
    list.replaceChildren(
      ...items().map((item) =>
        item.note
          ? h('p', { class: 'menu-note' }, item.note)
          : h(
              'button',
              {
                type: 'button',
                role: 'menuitem',
                class: item.danger ? 'danger' : undefined,
                onclick: () => {
                  close();
                  button.focus();
                  item.act();
                },
              },
              item.label,
            ),
      ),
    );
    list.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', outside, true);
    list.querySelector('button')?.focus();
  });
  const wrap = h('div', { class: 'menu-wrap' }, button, list);
  wrap.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    if (event.key === 'Escape') {
      close();
      button.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const choices = [...list.querySelectorAll('button')];
    choices.at((choices.indexOf(document.activeElement) + step) % choices.length)?.focus();
  });
  return wrap;
}
