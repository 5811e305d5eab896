/** What the Bot API answers. `ok: false` is an ordinary value here: a refusal is part of the protocol. */
export interface ApiRefusal {
  ok: false;
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
}

export type ApiAnswer = { ok: true; result: unknown } | ApiRefusal;

export function accept(result: unknown): ApiAnswer {
  return { ok: true, result };
}

/** `description` is the whole sentence, in Telegram's own words. */
export function refuse(code: number, description: string): ApiRefusal {
  return { ok: false, error_code: code, description };
}

export function badRequest(what: string): ApiRefusal {
  return refuse(400, `Bad Request: ${what}`);
}

/** What we do not play is said as such, so that nobody takes it for Telegram's answer. */
export function notPlayed(what: string): ApiRefusal {
  return refuse(501, `Not Implemented: the simulator does not play ${what}`);
}

export const UNAUTHORIZED = refuse(401, 'Unauthorized');
export const NOT_FOUND = refuse(404, 'Not Found');
export const CHAT_NOT_FOUND = badRequest('chat not found');
export const NOT_STARTED = refuse(403, "Forbidden: bot can't initiate conversation with a user");
export const BLOCKED = refuse(403, 'Forbidden: bot was blocked by the user');
export const DEACTIVATED = refuse(403, 'Forbidden: user is deactivated');
export const NOT_MODIFIED = badRequest(
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
);
export const QUERY_TOO_OLD = badRequest('query is too old and response timeout expired or query ID is invalid');
export const OTHER_POLLER = refuse(
  409,
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
);
export const WEBHOOK_SET = refuse(
  409,
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
);
export const POLL_ENDED_BY_WEBHOOK = refuse(409, 'Conflict: terminated by setWebhook request');
