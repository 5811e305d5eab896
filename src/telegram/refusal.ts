import { GrammyError, HttpError } from 'grammy';

/** What Telegram's refusal means for us. The one place that knows Telegram's words (its server: Client.cpp). */
export type Refusal =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'message-gone' }
  | { readonly kind: 'query-too-old' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'file-too-big' }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'outage' }
  | { readonly kind: 'our-bug' };

const UNREACHABLE = [
  'bot was blocked by the user',
  'user is deactivated',
  "can't initiate conversation",
  'chat not found',
  'bot was kicked',
];

/** Undefined when the error does not come from Telegram or the way there. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof HttpError) return { kind: 'outage' };
  if (!(error instanceof GrammyError)) return undefined;
  const words = error.description.toLowerCase();
  const says = (...phrases: readonly string[]) => phrases.some((phrase) => words.includes(phrase));
  if (error.error_code === 429) return { kind: 'wait', seconds: error.parameters.retry_after ?? 5 };
  if (error.error_code >= 500) return { kind: 'outage' };
  if (says('message is not modified')) return { kind: 'unchanged' };
  if (
    says(
      'message to edit not found',
      "message can't be edited",
      'message to delete not found',
      "message can't be deleted",
    )
  ) {
    return { kind: 'message-gone' };
  }
  if (says('query is too old', 'query id is invalid')) return { kind: 'query-too-old' };
  if (says('file is too big')) return { kind: 'file-too-big' };
  if (error.error_code === 403 || says(...UNREACHABLE)) return { kind: 'unreachable' };
  return { kind: 'our-bug' };
}
