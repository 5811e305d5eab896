import type { MessageEntity } from '@grammyjs/types';
import { type ApiRefusal, badRequest, notPlayed } from './answers.ts';
import { withDetected } from './entities.ts';
import { parseHtml } from './html.ts';
import { cleanFormatted, isBlank } from './text.ts';

export interface Formatted {
  ok: true;
  text: string;
  entities: MessageEntity[];
}

/** What a bot sends as text or caption: the words, and how they are marked up. */
export interface Unformatted {
  text: string;
  parseMode?: string | undefined;
  entities?: readonly MessageEntity[] | undefined;
}

/** Code points after entities were parsed. */
export const TEXT_LIMIT = 4096;
export const CAPTION_LIMIT = 1024;

/** A message's text as clients will see it, or Telegram's reason for not taking it. */
export function formatText(given: Unformatted): Formatted | ApiRefusal {
  const formatted = format(given);
  if (!formatted.ok) return formatted;
  if (isBlank(formatted.text)) return badRequest('message text is empty');
  return [...formatted.text].length > TEXT_LIMIT ? badRequest('message is too long') : formatted;
}

/** As `formatText`, but a caption may be empty and is shorter. */
export function formatCaption(given: Unformatted): Formatted | ApiRefusal {
  const formatted = format(given);
  if (!formatted.ok) return formatted;
  return [...formatted.text].length > CAPTION_LIMIT ? badRequest('message caption is too long') : formatted;
}

function format(given: Unformatted): Formatted | ApiRefusal {
  let text = given.text;
  let entities = given.entities ?? [];
  if (given.parseMode === 'HTML') {
    const parsed = parseHtml(text);
    if (!parsed.ok) return badRequest(`can't parse entities: ${parsed.problem}`);
    ({ text, entities } = parsed);
  } else if (given.parseMode !== undefined) return notPlayed(`parse mode ${given.parseMode}`);
  else {
    for (const entity of entities) {
      const problem = entityProblem(text, entity);
      if (problem !== undefined) return badRequest(problem);
    }
  }
  const cleaned = cleanFormatted(text, entities);
  return { ok: true, text: cleaned.text, entities: withDetected(cleaned.text, cleaned.entities) };
}

function entityProblem(text: string, { offset, length }: MessageEntity): string | undefined {
  if (offset < 0) return `receive entity with incorrect offset ${offset}`;
  if (length <= 0) return `receive entity with incorrect length ${length}`;
  if (offset + length > text.length)
    return `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${offset + length}`;
  if (splitsPair(text, offset)) return `entity begins in a middle of a UTF-16 symbol at UTF-16 offset ${offset}`;
  if (splitsPair(text, offset + length))
    return `entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol at UTF-16 offset ${offset + length}`;
  return undefined;
}

function splitsPair(text: string, at: number): boolean {
  return at > 0 && /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}
