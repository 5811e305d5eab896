import { h, menuButton } from './dom.js';
import { texts } from './texts.js';

/** The lower edge of a phone: commands, attachments, the text field. Keeps what is being typed over redraws. */
export function createComposer(name, actions) {
  const t = texts();
  let phone;
  let editing;
  const input = h('textarea', { rows: '1', placeholder: t.write, 'aria-label': `${t.write} · ${name}`, dir: 'auto' });
  const suggestions = h('div', { class: 'suggestions', hidden: true });
  const note = h('div', { class: 'editing', hidden: true });

  const grow = () => {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 140)}px`;
  };
  const stopEditing = () => {
    editing = undefined;
    note.hidden = true;
  };
  const send = () => {
    const text = input.value.trim();
    if (text === '') return;
    actions.act(editing === undefined ? { kind: 'text', text } : { kind: 'edit', messageId: editing, text });
    input.value = '';
    stopEditing();
    suggest();
    grow();
  };
  const suggest = () => {
    const typed = input.value.startsWith('/') && !/\s/.test(input.value) ? input.value.slice(1) : undefined;
    const fitting = (phone?.commands ?? []).filter(({ command }) => typed !== undefined && command.startsWith(typed));
    suggestions.hidden = fitting.length === 0;
    suggestions.replaceChildren(...fitting.map((command) => commandButton(command, clearAndSend)));
  };
  const clearAndSend = (text) => {
    input.value = '';
    suggest();
    grow();
    actions.act({ kind: 'text', text });
    input.focus();
  };
  input.addEventListener('input', () => {
    grow();
    suggest();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
    if (event.key === 'Escape') {
      input.value = '';
      stopEditing();
      suggest();
    }
  });

  const commands = menuButton({
    label: t.commands,
    content: t.menu,
    className: 'menu-key',
    up: true,
    items: () =>
      phone.commands.length === 0
        ? [{ note: t.noCommands }]
        : phone.commands.map(({ command, description }) => ({
            label: commandWords({ command, description }),
            act: () => clearAndSend(`/${command}`),
          })),
  });
  const attach = menuButton({
    label: t.attach,
    content: '+',
    className: 'icon',
    up: true,
    items: () =>
      Object.entries(t.attachments).map(([kind, label]) => ({
        label,
        act: () => (kind === 'document' ? file.click() : actions.act({ kind })),
      })),
  });
  const file = h('input', {
    type: 'file',
    class: 'file-input',
    hidden: true,
    'aria-label': `${t.attachments.document} · ${name}`,
  });
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (chosen === undefined) return;
    const base64 = await asBase64(chosen);
    file.value = '';
    actions.act({ kind: 'document', name: chosen.name, base64 });
  });
  const element = h(
    'div',
    { class: 'composer' },
    note,
    suggestions,
    h(
      'div',
      { class: 'composer-row', dir: 'ltr' },
      commands,
      input,
      attach,
      file,
      h('button', { type: 'button', class: 'send', 'aria-label': t.send, title: t.send, onclick: send }, '➤'),
    ),
  );
  return {
    element,
    show(next) {
      phone = next;
      suggest();
    },
    edit(message) {
      editing = message.message_id;
      note.hidden = false;
      note.textContent = `✎ ${texts().editing}`;
      input.value = message.text;
      grow();
      input.focus();
    },
  };
}

function asBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result.slice(reader.result.indexOf(',') + 1)));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

function commandWords({ command, description }) {
  return h(
    'span',
    { class: 'command' },
    h('span', { dir: 'auto' }, description),
    h('code', { dir: 'ltr' }, `/${command}`),
  );
}

function commandButton(command, send) {
  return h('button', { type: 'button', onclick: () => send(`/${command.command}`) }, commandWords(command));
}
