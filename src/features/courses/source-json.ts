import type { Complaint } from './model.ts';

/** One course; what is longer is no course. */
const LONGEST_ELEMENT = 262_144;
/** Everything around the courses: links, counts. */
const LONGEST_REST = 2_097_152;
const DEEPEST = 64;
/** The list lies in the answer, in `_embedded`, or in one of several pages of one file. */
const DEEPEST_LIST = 3;

export type Cut =
  | { readonly kind: 'element'; readonly text: string }
  /** An element too long to be looked at. */
  | { readonly kind: 'oversized' }
  /** The text with its list emptied: comes last. */
  | { readonly kind: 'rest'; readonly text: string }
  | { readonly kind: 'broken'; readonly complaint: Complaint };

/**
 * Cuts the elements of the list called `name` out of a JSON text as it comes in: no more than one of them is in memory.
 * It only finds where each begins and ends; whether they, and the rest, are JSON says whoever parses them. UTF-8, with or
 * without a byte order mark.
 */
export async function* cutList(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  largestBytes: number,
): AsyncGenerator<Cut> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const cutter = new Cutter(name);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > largestBytes) return yield { kind: 'broken', complaint: 'too-large' };
    const text = decodedOr(() => decoder.decode(chunk, { stream: true }));
    if (text === undefined) return yield { kind: 'broken', complaint: 'format' };
    yield* cutter.push(text);
    if (cutter.problem !== undefined) return yield { kind: 'broken', complaint: cutter.problem };
  }
  if (decodedOr(() => decoder.decode()) === undefined) return yield { kind: 'broken', complaint: 'format' };
  yield { kind: 'rest', text: cutter.rest };
}

function decodedOr(decode: () => string): string | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

class Cutter {
  rest = '';
  problem: Complaint | undefined;
  private readonly name: string;
  /** The brackets that are open. */
  private open = '';
  private isString = false;
  private isEscaped = false;
  /** The last string, as far as it may be a name. */
  private word = '';
  /** The last sign outside of strings. */
  private sign = '';
  /** How many brackets are open within the list; undefined outside of it. */
  private listDepth: number | undefined;
  private element = '';
  private isOversized = false;

  constructor(name: string) {
    this.name = name;
  }

  *push(text: string): Generator<Cut> {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const letter = text[at] as string;
      if (this.isString) {
        this.inString(letter);
        continue;
      }
      switch (letter) {
        case '"':
          this.isString = true;
          this.word = '';
          break;
        case '{':
        case '[': {
          const isList = this.listDepth === undefined && letter === '[' && this.isNamed();
          this.open += letter;
          if (this.open.length > DEEPEST) this.problem = 'format';
          if (isList) {
            this.keep(text.slice(from, at + 1));
            from = at + 1;
            this.listDepth = this.open.length;
          }
          break;
        }
        case '}':
        case ']':
          if (this.listDepth === this.open.length) {
            yield* this.end(text.slice(from, at), false);
            from = at;
            this.listDepth = undefined;
          }
          if (this.open.at(-1) !== (letter === '}' ? '{' : '[')) this.problem = 'format';
          this.open = this.open.slice(0, -1);
          break;
        case ',':
          if (this.listDepth === this.open.length) {
            yield* this.end(text.slice(from, at), true);
            from = at + 1;
          }
          break;
      }
      if (this.problem !== undefined) return;
      if (letter > ' ') this.sign = letter;
    }
    this.keep(text.slice(from));
  }

  private inString(letter: string): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (letter === '\\') this.isEscaped = true;
    else if (letter === '"') {
      this.isString = false;
      this.sign = '"';
      return;
    }
    if (this.word.length <= this.name.length) this.word += letter;
  }

  private isNamed(): boolean {
    return this.sign === ':' && this.word === this.name && this.open.length <= DEEPEST_LIST;
  }

  private keep(piece: string): void {
    if (this.listDepth === undefined) {
      if (this.rest.length + piece.length > LONGEST_REST) this.problem = 'format';
      else this.rest += piece;
    } else if (this.element.length + piece.length > LONGEST_ELEMENT) {
      this.isOversized = true;
      this.element = '';
    } else if (!this.isOversized) this.element += piece;
  }

  /** An element is over: at a comma, or with the list, which may be empty. */
  private *end(piece: string, isFollowed: boolean): Generator<Cut> {
    this.keep(piece);
    const text = this.element.trim();
    if (this.isOversized) yield { kind: 'oversized' };
    else if (text !== '' || isFollowed) yield { kind: 'element', text };
    this.element = '';
    this.isOversized = false;
  }
}
