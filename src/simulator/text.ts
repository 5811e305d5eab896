import type { MessageEntity } from '@grammyjs/types';

/** Text and where each UTF-16 unit of it came from: `origin[i]` is the old offset, with one more entry for the end. */
interface Tracked {
  text: string;
  origin: number[];
}

const DROPPED = /\r|[\u2028-\u202E]|\u0333|\u033F|\u030A/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters Telegram replaces
const SPACED = /[\u0000-\u0009\u000B\u000C\u000E-\u0020]/;
const MARK = /[\u200E\u200F]/;

/**
 * Telegram's `clean_input_string` (tdlib/td, td/telegram/misc.cpp): line separators and U+202A–U+202E vanish, `\r` too,
 * tabs and controls become spaces, and of a run of direction marks all but the last become a ZWNJ.
 */
function clean(text: string): Tracked {
  let cleaned = '';
  const origin: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if (DROPPED.test(unit)) continue;
    cleaned += SPACED.test(unit) ? ' ' : unit;
    origin.push(at);
  }
  origin.push(text.length);
  return { text: cleaned.replace(/[\u200E\u200F](?=[\u200E\u200F])/g, '\u200C'), origin };
}

/** A label or a name as Telegram keeps it. */
export function cleanText(text: string): string {
  return clean(text).text.trim();
}

/** True if cleaning would leave direction marks only, which Telegram counts as nothing to read. */
export function isBlank(text: string): boolean {
  return [...text].every(
    (character) =>
      /\s/.test(character) || MARK.test(character) || /[\u200B-\u200D\u2060-\u2064\u2066-\u2069]/.test(character),
  );
}

/**
 * A message's text as Telegram keeps it, its entities moved along. White space is cut off at both ends; at the front
 * only before the first entity. Entities of which nothing is left are dropped.
 */
export function cleanFormatted(
  text: string,
  entities: readonly MessageEntity[],
): { text: string; entities: MessageEntity[] } {
  const tracked = clean(text);
  const place = (offset: number) => {
    const found = tracked.origin.findIndex((from) => from >= offset);
    return found < 0 ? tracked.text.length : found;
  };
  const moved = entities
    .map((entity) => {
      const start = place(entity.offset);
      return { ...entity, offset: start, length: place(entity.offset + entity.length) - start };
    })
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const front = Math.min(/^[ \n]*/.exec(tracked.text)?.[0].length ?? 0, moved[0]?.offset ?? Number.POSITIVE_INFINITY);
  const kept = tracked.text.slice(front).replace(/[ \n]+$/, '');
  const inside = moved.map((entity) => {
    const offset = entity.offset - front;
    return { ...entity, offset, length: Math.min(entity.length, kept.length - offset) };
  });
  return { text: kept, entities: inside.filter((entity) => entity.length > 0) };
}
