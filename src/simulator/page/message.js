import { directionOf } from './direction.js';
import { h } from './dom.js';
import { renderFormatted } from './formatted.js';
import { renderInlineKeyboard } from './keyboard.js';
import { texts } from './texts.js';
import { clockTime } from './time.js';

/** One message: its bubble, and the buttons below it. */
export function renderMessage(message, phone, actions) {
  const side = message.fromBot ? 'from-bot' : 'own';
  const bare = message.sticker && !message.text ? ' bare' : '';
  const words = text(message, phone, actions);
  const details = h('span', { class: 'meta', dir: 'ltr' }, ...meta(message, actions));
  // As in Telegram's clients the time stands beside the last words where these begin on the left.
  const lastLine = words?.lastElementChild;
  const isBeside = lastLine?.matches('.line[dir="ltr"]') ?? false;
  if (isBeside) lastLine.append(details);
  const bubble = h(
    'div',
    { class: `bubble${bare}` },
    repliedTo(message, phone),
    media(message, phone),
    words,
    isBeside ? undefined : details,
    message.reaction && h('span', { class: 'reaction' }, message.reaction),
  );
  return h(
    'article',
    { class: `message ${side}`, 'data-id': message.message_id, tabindex: '-1' },
    bubble,
    renderInlineKeyboard(message, phone, actions),
  );
}

function meta(message, actions) {
  const t = texts();
  const editable = !message.fromBot && message.text !== undefined;
  return [
    editable &&
      h(
        'button',
        { type: 'button', class: 'pencil', 'aria-label': t.edit, title: t.edit, onclick: () => actions.edit(message) },
        '✎',
      ),
    message.edit_date !== undefined && h('span', {}, `${t.edited} `),
    h('time', { datetime: new Date(message.date * 1000).toISOString() }, clockTime(message.date * 1000)),
    !message.fromBot && h('span', { class: 'ticks', 'aria-hidden': 'true' }, ' ✓✓'),
  ];
}

function text(message, phone, actions) {
  const words = message.text ?? message.caption;
  if (words === undefined) return undefined;
  const entities = message.entities ?? message.caption_entities ?? [];
  return h('div', { class: 'text' }, renderFormatted(words, entities, phone.languageCode, actions));
}

function repliedTo(message, phone) {
  const original = phone.messages.find((each) => each.message_id === message.reply_to);
  const words = original?.text ?? original?.caption;
  if (words === undefined) return undefined;
  const line = words.split('\n')[0];
  return h(
    'div',
    { class: 'quoted', dir: directionOf(line, phone.languageCode) },
    h('span', { class: 'sr-only' }, texts().reply),
    line,
  );
}

function media(message, phone) {
  const t = texts();
  if (message.venue) return place(message.venue.location, phone, message.venue);
  if (message.location) return place(message.location, phone);
  if (message.document) return file(message.document);
  if (message.photo)
    return h('img', {
      class: 'photo',
      src: `/simulator/files/${message.photo.file_id}`,
      alt: message.caption ?? t.photo,
    });
  if (message.sticker) return h('div', { class: 'sticker' }, message.sticker.emoji);
  if (message.voice)
    return h(
      'div',
      { class: 'voice', dir: 'ltr' },
      h('span', { class: 'round', 'aria-hidden': 'true' }, '▶'),
      h('span', { class: 'wave', 'aria-hidden': 'true' }),
      h('span', {}, `0:${String(message.voice.duration).padStart(2, '0')}`),
      h('span', { class: 'sr-only' }, t.voice),
    );
  if (message.contact)
    return h(
      'div',
      { class: 'file' },
      h('span', { class: 'round', 'aria-hidden': 'true' }, '☎'),
      h(
        'span',
        { class: 'file-words' },
        h('b', { dir: 'auto' }, message.contact.first_name),
        h('a', { href: `tel:${message.contact.phone_number}`, dir: 'ltr' }, message.contact.phone_number),
      ),
    );
  return undefined;
}

function place(location, phone, venue) {
  const figure = h(
    'figure',
    { class: 'place' },
    h('img', { src: '/simulator/page/map.svg', alt: texts().map }),
    h(
      'figcaption',
      {},
      venue && h('b', { dir: directionOf(venue.title, phone.languageCode) }, venue.title),
      venue && h('span', { dir: directionOf(venue.address, phone.languageCode) }, venue.address),
      h('small', { dir: 'ltr' }, `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`),
    ),
  );
  return figure;
}

function file(document) {
  const size = document.file_size < 1024 ? `${document.file_size} B` : `${Math.ceil(document.file_size / 1024)} kB`;
  return h(
    'a',
    { class: 'file', href: `/simulator/files/${document.file_id}`, download: document.file_name },
    h('span', { class: 'round', 'aria-hidden': 'true' }, '↓'),
    h(
      'span',
      { class: 'file-words' },
      h('b', { dir: 'auto' }, document.file_name),
      h('small', {}, `${size} · ${texts().download}`),
    ),
  );
}
