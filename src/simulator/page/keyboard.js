import { directionOf } from './direction.js';
import { announce, h } from './dom.js';
import { texts } from './texts.js';

/** The buttons under a message. Rows run from left to right in every language, as in Telegram's clients. */
export function renderInlineKeyboard(message, phone, actions) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return undefined;
  return h(
    'div',
    { class: 'keys', dir: 'ltr' },
    rows.map((row) =>
      h(
        'div',
        { class: 'keys-row' },
        row.map((button) => renderButton(button, message, phone, actions)),
      ),
    ),
  );
}

function renderButton(button, message, phone, actions) {
  const t = texts();
  const busy = phone.spinning.some(
    (press) => press.messageId === message.message_id && press.data === button.callback_data,
  );
  const sign = button.url ? '↗' : button.copy_text ? '⧉' : undefined;
  const does = button.url ? t.opensLink : button.copy_text ? t.copies : undefined;
  return h(
    'button',
    {
      type: 'button',
      class: `key ${button.style ?? ''}${busy ? ' busy' : ''}`,
      disabled: button.disabled !== undefined,
      'aria-busy': busy ? 'true' : undefined,
      onclick: () => press(button, message, actions),
    },
    h('span', { class: 'key-label', dir: directionOf(button.text, phone.languageCode) }, button.text),
    sign && h('span', { class: 'key-sign', 'aria-hidden': 'true' }, sign),
    does && h('span', { class: 'sr-only' }, ` (${does})`),
  );
}

function press(button, message, actions) {
  if (button.callback_data !== undefined)
    actions.act({ kind: 'press', messageId: message.message_id, data: button.callback_data });
  else if (button.url !== undefined) {
    if (!actions.opensHere(button.url)) window.open(button.url, '_blank', 'noopener,noreferrer');
  } else if (button.copy_text !== undefined) {
    navigator.clipboard?.writeText(button.copy_text.text).catch(() => undefined);
    actions.toast(`${texts().copied}: ${button.copy_text.text}`);
    announce(texts().copied);
  } else actions.toast(texts().notPlayed);
}

/** The keyboard that a bot puts below the chat. */
export function renderReplyKeyboard(phone, actions) {
  const rows = phone.keyboard?.keyboard ?? [];
  if (rows.length === 0) return undefined;
  return h(
    'div',
    { class: 'keys below', dir: 'ltr', role: 'group', 'aria-label': texts().keyboard },
    rows.map((row, y) =>
      h(
        'div',
        { class: 'keys-row' },
        row.map((button, x) => {
          const label = typeof button === 'string' ? button : button.text;
          return h(
            'button',
            {
              type: 'button',
              class: `key ${button.style ?? ''}`,
              onclick: () => actions.act({ kind: 'key', row: y, column: x }),
            },
            h('span', { class: 'key-label', dir: directionOf(label, phone.languageCode) }, label),
          );
        }),
      ),
    ),
  );
}
