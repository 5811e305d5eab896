import sax from 'sax';
import type { Complaint } from './model.ts';

/** An element that was read to its end: words, attributes and what lies within it. */
export interface XmlElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export type XmlEvent =
  /** An element that is one of `outer` begins; what is in it follows. */
  | { readonly kind: 'outer'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  /** An element that is one of `whole` is over. `within`: the names of what it lies in, from outside. */
  | { readonly kind: 'whole'; readonly element: XmlElement; readonly within: readonly string[] }
  /** One too large to be looked at. */
  | { readonly kind: 'oversized'; readonly line: number }
  | { readonly kind: 'broken'; readonly complaint: Complaint; readonly line: number };

const DEEPEST = 40;
/** Letters and elements of one course. */
const LONGEST_WHOLE = 262_144;
const MOST_ELEMENTS = 4_000;
/** The declaration stands in the first line. */
const LONGEST_DECLARATION = 256;

/** What such files are written in, by the names that they give it. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'iso-8859-15': 'iso-8859-15',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
};

function encodingOf(head: Uint8Array): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const start = Buffer.from(head.subarray(0, LONGEST_DECLARATION)).toString('latin1');
  if (!start.trimStart().startsWith('<')) return undefined;
  const named = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]{1,30})["']/.exec(start)?.[1]?.toLowerCase() ?? 'utf-8';
  return ENCODINGS[named];
}

/** The bytes as text, by what the first of them say; a byte that is none of its encoding breaks it. */
async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  largestBytes: number,
): AsyncGenerator<string | { readonly complaint: Complaint }> {
  let head: Uint8Array | undefined = new Uint8Array();
  let decoder: TextDecoder | undefined;
  let bytes = 0;
  const take = (chunk: Uint8Array, isLast: boolean): string | undefined => {
    try {
      return decoder?.decode(chunk, { stream: !isLast });
    } catch {
      return undefined;
    }
  };
  const begin = (start: Uint8Array): boolean => {
    const encoding = encodingOf(start);
    if (encoding !== undefined) decoder = new TextDecoder(encoding, { fatal: true });
    return encoding !== undefined;
  };
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > largestBytes) return yield { complaint: 'too-large' };
    let piece = chunk;
    if (head !== undefined) {
      head = Buffer.concat([head, chunk]);
      if (head.length < LONGEST_DECLARATION) continue;
      piece = head;
      head = undefined;
      if (!begin(piece)) return yield { complaint: 'format' };
    }
    const text = take(piece, false);
    if (text === undefined) return yield { complaint: 'format' };
    yield text;
  }
  if (head !== undefined && !begin(head)) return yield { complaint: 'format' };
  const rest = take(head ?? new Uint8Array(), true);
  if (rest === undefined) return yield { complaint: 'format' };
  yield rest;
}

interface Growing {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads an XML file element by element as it comes in: of all of it only one whole element is in memory. Nothing is ever
 * fetched: a document type, which could name other files or entities that grow without end, breaks it, and so does
 * whatever is not well-formed, an end that is missing as well. The root must be called `root`.
 */
export async function* readXml(
  chunks: AsyncIterable<Uint8Array>,
  names: { readonly root: string; readonly outer: readonly string[]; readonly whole: readonly string[] },
  largestBytes: number,
): AsyncGenerator<XmlEvent> {
  const events: XmlEvent[] = [];
  const within: string[] = [];
  let growing: Growing[] = [];
  let size = 0;
  let elements = 0;
  let isOversized = false;
  let problem: Complaint | undefined;
  const parser = sax.parser(true, { position: true });
  const line = () => parser.line + 1;
  parser.onerror = () => {
    problem ??= 'format';
  };
  parser.ondoctype = () => {
    problem ??= 'document-type';
  };
  const grow = (letters: number) => {
    size += letters;
    if (size <= LONGEST_WHOLE && elements <= MOST_ELEMENTS) return;
    isOversized = true;
    for (const one of growing) {
      one.text = '';
      one.children.length = 0;
    }
  };
  const addText = (text: string) => {
    const inner = growing.at(-1);
    if (inner === undefined) return;
    grow(text.length);
    if (!isOversized) inner.text += text;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onopentag = ({ name, attributes }) => {
    const given = attributes as Readonly<Record<string, string>>;
    if (within.length === 0 && name !== names.root) problem ??= 'format';
    within.push(name);
    if (within.length > DEEPEST) problem ??= 'format';
    if (growing.length === 0 && names.outer.includes(name)) events.push({ kind: 'outer', name, attributes: given });
    if (growing.length === 0 && !names.whole.includes(name)) return;
    elements += 1;
    growing.push({ name, line: line(), attributes: given, children: [], text: '' });
    grow(Object.values(given).reduce((sum, value) => sum + value.length, name.length));
  };
  parser.onclosetag = () => {
    within.pop();
    const done = growing.pop();
    if (done === undefined) return;
    const outer = growing.at(-1);
    if (outer !== undefined) {
      if (!isOversized) outer.children.push(done);
      return;
    }
    events.push(
      isOversized ? { kind: 'oversized', line: done.line } : { kind: 'whole', element: done, within: [...within] },
    );
    [growing, size, elements, isOversized] = [[], 0, 0, false];
  };
  const feed = (work: () => unknown) => {
    try {
      work();
    } catch {
      problem ??= 'format';
    }
  };
  for await (const piece of decoded(chunks, largestBytes)) {
    if (typeof piece === 'string') feed(() => parser.write(piece));
    else problem = piece.complaint;
    yield* events.splice(0);
    if (problem !== undefined) return yield { kind: 'broken', complaint: problem, line: line() };
  }
  feed(() => parser.close());
  yield* events.splice(0);
  if (problem !== undefined) yield { kind: 'broken', complaint: problem, line: line() };
}

/** The first element on a path of names, seen from an element. */
export const findElement = (from: XmlElement, ...path: readonly string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((at, name) => at?.children.find((child) => child.name === name), from);

/** The words of the first element on a path; undefined where there is none or it is empty. */
export function wordsAt(from: XmlElement, ...path: readonly string[]): string | undefined {
  const text = findElement(from, ...path)?.text.trim();
  return text === '' ? undefined : text;
}
