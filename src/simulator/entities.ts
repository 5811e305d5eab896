import type { MessageEntity } from '@grammyjs/types';

type Detected = 'url' | 'email' | 'bot_command' | 'mention' | 'hashtag' | 'phone_number';

/** What Telegram finds by itself in any text, roughly as its server and clients do. The first that matches a place wins. */
const DETECTORS: readonly [type: Detected, pattern: RegExp][] = [
  [
    'url',
    /(?<![\w@/])(?:https?:\/\/[^\s<>"]+|(?:[a-z0-9-]+\.)+(?:de|com|org|net|me|eu|info|bw)(?:\/[^\s<>"]*)?(?![\w@]))/giu,
  ],
  ['email', /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  ['bot_command', /(?<![\w/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/])/gu],
  ['mention', /(?<![\w@])@[A-Za-z]\w{3,31}/gu],
  ['hashtag', /(?<![\p{L}\p{N}_])#[\p{L}\p{N}_]{1,256}/gu],
  ['phone_number', /(?<![\w+])\+\d[\d ()/-]{6,18}\d(?!\w)/gu],
];

const CLOSED = new Set(['pre', 'code', 'text_link', 'text_mention', 'custom_emoji', 'date_time']);

/** Adds the entities that Telegram detects to those that were given; never inside code or a link. */
export function withDetected(text: string, given: readonly MessageEntity[]): MessageEntity[] {
  const taken = given.filter((entity) => CLOSED.has(entity.type)).map(({ offset, length }) => ({ offset, length }));
  const found: MessageEntity[] = [];
  for (const [type, pattern] of DETECTORS) {
    for (const match of text.matchAll(pattern)) {
      const words = type === 'url' ? match[0].replace(/[.,;:!?)'"»”]+$/u, '') : match[0];
      const place = { offset: match.index, length: words.length };
      if (
        taken.some((other) => place.offset < other.offset + other.length && other.offset < place.offset + place.length)
      )
        continue;
      taken.push(place);
      found.push({ type, ...place });
    }
  }
  return [...given, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length);
}
