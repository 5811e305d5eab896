/** What a joiner may stand between: letters with their signs, figures, and pictures that are put together of several. */
const JOINED = String.raw`[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}]`;
const JOINERS = new RegExp(String.raw`(?<=${JOINED})([\u200c\u200d])[\u200c\u200d]*(?=${JOINED})|[\u200c\u200d]`, 'gu');
/** Cannot be seen, or turns the direction of what follows. Joiners and what breaks a line are looked at by themselves. */
const UNSEEN = /(?!\u200c|\u200d|\p{Cc})\p{C}/gu;

/**
 * What somebody has typed, as one line without anything that cannot be seen. Farsi writes within words with U+200C, and a
 * picture of a family holds together by U+200D: between letters and pictures these stay. At most `longest` characters.
 */
export function oneLine(text: string, longest = Number.POSITIVE_INFINITY): string {
  const line = text
    .replace(UNSEEN, '')
    .replace(JOINERS, '$1')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= longest ? line : oneLine(letters.slice(0, longest).join(''));
}
