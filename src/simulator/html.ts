import type { MessageEntity } from '@grammyjs/types';

type Parsed = { ok: true; text: string; entities: MessageEntity[] } | { ok: false; problem: string };

interface OpenTag {
  name: string;
  offset: number;
  argument: string;
  attributes: Record<string, string>;
}

/** The plain styles; `a`, `span`, `pre`, `code`, `tg-emoji`, `tg-time` and `blockquote` look at their attributes. */
const STYLES = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
} as const;
const OTHERS = ['a', 'pre', 'code', 'blockquote', 'tg-emoji', 'tg-time'];
const CHARACTERS: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const REFERENCE = /^&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-f]{1,6}));?/i;

/** Decodes `&lt;` and its kin at `at`; undefined for an ampersand that begins none of them. */
function reference(source: string, at: number): { text: string; length: number } | undefined {
  const found = REFERENCE.exec(source.slice(at, at + 12));
  if (!found) return undefined;
  const [whole, name, decimal, hex] = found;
  if (name !== undefined) return { text: CHARACTERS[name.toLowerCase()] ?? '', length: whole.length };
  const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
  return code > 0 && code < 0x110000 ? { text: String.fromCodePoint(code), length: whole.length } : undefined;
}

function decode(source: string): string {
  return source.replace(
    /&(?:(?:lt|gt|amp|quot)|#\d{1,7}|#x[0-9a-f]{1,6});?/gi,
    (found) => reference(found, 0)?.text ?? found,
  );
}

/**
 * Parse mode HTML as the Bot API server does it (tdlib/td, `parse_html`), with its words for what is wrong. One rule is
 * the documentation's, not the server's: a bare `&` must be written `&amp;`; the server lets it pass, we do not.
 */
export function parseHtml(source: string): Parsed {
  let text = '';
  const entities: MessageEntity[] = [];
  const open: OpenTag[] = [];
  const bytes = (at: number) => Buffer.byteLength(source.slice(0, at));
  const wrong = (problem: string): Parsed => ({ ok: false, problem });
  for (let at = 0; at < source.length; ) {
    const unit = source.charAt(at);
    if (unit === '&') {
      const found = reference(source, at);
      if (!found) return wrong(`Unescaped character "&" at byte offset ${bytes(at)}`);
      text += found.text;
      at += found.length;
    } else if (unit !== '<') {
      text += unit;
      at += 1;
    } else if (source.charAt(at + 1) === '/') {
      const end = /^<\/([^\s>]*)\s*>/.exec(source.slice(at));
      const tag = open.pop();
      if (!tag) return wrong(`Unexpected end tag at byte offset ${bytes(at)}`);
      if (!end) return wrong(`Unclosed end tag at byte offset ${bytes(at)}`);
      const name = (end[1] ?? '').toLowerCase();
      if (name !== '' && name !== tag.name)
        return wrong(`Unmatched end tag at byte offset ${bytes(at)}, expected "</${tag.name}>", found "</${name}>"`);
      const entity = close(tag, text, open.at(-1));
      if (entity) entities.push(entity);
      at += end[0].length;
    } else {
      const tag = readStartTag(source, at, bytes(at));
      if (!tag.ok) return wrong(tag.problem);
      const problem = tagProblem(tag.name, tag.attributes, bytes(at));
      if (problem !== undefined) return wrong(problem);
      open.push({ name: tag.name, offset: text.length, argument: tag.argument, attributes: tag.attributes });
      at = tag.end;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) return wrong(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  return { ok: true, text, entities: settle(entities) };
}

type StartTag =
  | { ok: true; name: string; argument: string; attributes: Record<string, string>; end: number }
  | { ok: false; problem: string };

function readStartTag(source: string, start: number, byte: number): StartTag {
  const wrong = (problem: string): StartTag => ({ ok: false, problem });
  const name = (/^[^\s>]*/.exec(source.slice(start + 1))?.[0] ?? '').toLowerCase();
  if (start + 1 + name.length >= source.length) return wrong(`Unclosed start tag at byte offset ${byte}`);
  if (!(name in STYLES) && !OTHERS.includes(name))
    return wrong(`Unsupported start tag "${name}" at byte offset ${byte}`);
  const attributes: Record<string, string> = {};
  let at = start + 1 + name.length;
  for (;;) {
    at += /^\s*/.exec(source.slice(at))?.[0].length ?? 0;
    if (at >= source.length) return wrong(`Unclosed start tag "${name}" at byte offset ${byte}`);
    if (source.charAt(at) === '>') break;
    const attribute = /^([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?/.exec(source.slice(at));
    if (!attribute) return wrong(`Empty attribute name in the tag "${name}" at byte offset ${byte}`);
    const [whole, key = '', double, single, bare] = attribute;
    const value = double ?? single ?? bare;
    if (value === undefined && /^\s*=/.test(source.slice(at + whole.length)))
      return wrong(`Unclosed start tag "${name}" at byte offset ${byte}`);
    if (value === undefined && !(name === 'blockquote' && key.toLowerCase() === 'expandable'))
      return wrong(`Expected equal sign in declaration of an attribute of the tag "${name}" at byte offset ${byte}`);
    attributes[key.toLowerCase()] = decode(value ?? '');
    at += whole.length;
  }
  const language = /^language-(.+)$/.exec(attributes.class ?? '')?.[1] ?? '';
  const argument = name === 'a' ? (attributes.href ?? '') : name === 'code' ? language : '';
  return { ok: true, name, argument, attributes, end: at + 1 };
}

function tagProblem(name: string, attributes: Record<string, string>, byte: number): string | undefined {
  if (name === 'span' && attributes.class !== 'tg-spoiler')
    return `Tag "span" must have class "tg-spoiler" at byte offset ${byte}`;
  if (name === 'tg-emoji' && !/^\d+$/.test(attributes['emoji-id'] ?? ''))
    return 'Invalid custom emoji identifier specified';
  if (name === 'tg-time' && !/^\d+$/.test(attributes.unix ?? '')) return 'Invalid Unix time specified';
  return undefined;
}

function close(tag: OpenTag, text: string, parent: OpenTag | undefined): MessageEntity | undefined {
  const place = { offset: tag.offset, length: text.length - tag.offset };
  if (place.length === 0) return undefined;
  if (tag.name in STYLES) return { type: STYLES[tag.name as keyof typeof STYLES], ...place };
  switch (tag.name) {
    case 'a':
      return link(tag.argument || text.slice(tag.offset), place);
    case 'code':
      if (parent?.name === 'pre' && parent.offset === tag.offset) {
        parent.argument = tag.argument;
        return undefined;
      }
      return { type: 'code', ...place };
    case 'pre':
      return tag.argument ? { type: 'pre', ...place, language: tag.argument } : { type: 'pre', ...place };
    case 'blockquote':
      return { type: 'expandable' in tag.attributes ? 'expandable_blockquote' : 'blockquote', ...place };
    case 'tg-emoji':
      return { type: 'custom_emoji', ...place, custom_emoji_id: tag.attributes['emoji-id'] ?? '' };
    default:
      return {
        type: 'date_time',
        ...place,
        unix_time: Number(tag.attributes.unix),
        date_time_format: (tag.attributes.format ?? '') as '',
      };
  }
}

/** A link that Telegram does not follow (`tel:`, no dot in the host) silently becomes plain text, as there. */
function link(url: string, place: { offset: number; length: number }): MessageEntity | undefined {
  const parsed = URL.parse(/^[a-z][a-z\d+.-]*:/i.test(url) ? url : `http://${url}`);
  if (!parsed) return undefined;
  if (parsed.protocol === 'tg:') return { type: 'text_link', ...place, url };
  if (!/^https?:$/.test(parsed.protocol) || !/[.:]/.test(parsed.hostname)) return undefined;
  return { type: 'text_link', ...place, url: parsed.href };
}

/** In order of place, the outer before the inner; nothing is kept inside code. */
function settle(entities: MessageEntity[]): MessageEntity[] {
  const sorted = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  const solid = sorted.filter((entity) => entity.type === 'pre' || entity.type === 'code');
  return sorted.filter(
    (entity) =>
      !solid.some(
        (outer) =>
          outer !== entity &&
          outer.offset <= entity.offset &&
          entity.offset + entity.length <= outer.offset + outer.length &&
          !entity.type.endsWith('blockquote'),
      ),
  );
}
