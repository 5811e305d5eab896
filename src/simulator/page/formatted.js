import { directionOf } from './direction.js';
import { h } from './dom.js';
import { texts } from './texts.js';

const BLOCKS = new Set(['blockquote', 'expandable_blockquote', 'pre']);
const TAGS = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's' };

/** Renders text with its entities, line by line, each line in its own direction. `actions` say what links do. */
export function renderFormatted(text, entities, clientLanguage, actions) {
  const blocks = entities.filter((entity) => BLOCKS.has(entity.type));
  const inline = entities.filter((entity) => !BLOCKS.has(entity.type));
  const nodes = [];
  let open;
  for (const line of linesOf(text)) {
    const node = h('div', { class: 'line', dir: directionOf(line.text, clientLanguage) });
    node.append(...renderInline(text, line.start, line.end, inline, actions));
    if (line.text === '') node.append(h('br'));
    const block = blocks.find((entity) => entity.offset <= line.start && line.start < entity.offset + entity.length);
    if (block === undefined) nodes.push(node);
    else if (open?.block === block) open.node.append(node);
    else {
      const tag = block.type === 'pre' ? 'pre' : 'blockquote';
      open = { block, node: h(tag, { class: 'block', 'data-language': block.language, dir: node.dir }, node) };
      nodes.push(open.node);
    }
  }
  return nodes;
}

function linesOf(text) {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { text: line, start, end: start + line.length };
    start = found.end + 1;
    return found;
  });
}

function renderInline(text, start, end, entities, actions) {
  const inside = entities.filter((entity) => entity.offset < end && entity.offset + entity.length > start);
  const cuts = new Set([start, end]);
  for (const entity of inside) {
    cuts.add(Math.max(entity.offset, start));
    cuts.add(Math.min(entity.offset + entity.length, end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1];
    const covering = inside.filter((entity) => entity.offset <= from && to <= entity.offset + entity.length);
    return covering.reduceRight(
      (node, entity) => wrap(entity, node, text.slice(entity.offset, entity.offset + entity.length), actions),
      document.createTextNode(text.slice(from, to)),
    );
  });
}

function wrap(entity, node, words, actions) {
  switch (entity.type) {
    case 'bold':
    case 'italic':
    case 'underline':
    case 'strikethrough':
      return h(TAGS[entity.type], {}, node);
    case 'code':
      return h('code', {}, node);
    case 'spoiler':
      return spoiler(node);
    case 'text_link':
      return link(entity.url, node, actions);
    case 'url':
      return link(/^https?:/i.test(words) ? words : `https://${words}`, node, actions);
    case 'email':
      return h('a', { href: `mailto:${words}` }, node);
    case 'phone_number':
      return h('a', { href: `tel:${words.replace(/[^+\d]/g, '')}`, dir: 'ltr' }, node);
    case 'bot_command':
      return h('button', { type: 'button', class: 'as-link', onclick: () => actions.send(words) }, node);
    default:
      return h('span', { class: `entity ${entity.type}` }, node);
  }
}

function spoiler(node) {
  const hidden = h('span', { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': texts().spoiler }, node);
  const show = () => {
    hidden.classList.add('shown');
    for (const name of ['role', 'tabindex', 'aria-label']) hidden.removeAttribute(name);
  };
  hidden.addEventListener('click', show);
  hidden.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') show();
  });
  return hidden;
}

function link(url, node, actions) {
  return h(
    'a',
    {
      href: url,
      target: '_blank',
      rel: 'noopener noreferrer',
      onclick: (event) => {
        if (actions.opensHere(url)) event.preventDefault();
      },
    },
    node,
  );
}
