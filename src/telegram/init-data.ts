import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const user = z.object({ id: z.number().int().positive() });

/** Clocks differ: what Telegram signed so many seconds in the future is believed. */
const AHEAD_SECONDS = 60;

/**
 * Who has opened a Mini App, by what Telegram's client handed to it: undefined unless Telegram signed it for this bot, at
 * most `maxAgeSeconds` ago. The rule is Telegram's: all fields but `hash`, sorted, signed with a key that is made from
 * the bot's token (core.telegram.org/bots/webapps, "Validating data received via the Mini App").
 */
export function readInitData(
  initData: string,
  token: string,
  nowMs: number,
  maxAgeSeconds: number,
): { readonly telegramId: number } | undefined {
  const fields = [...new URLSearchParams(initData)];
  const values = new Map(fields);
  // Two fields of one name could be read in two ways.
  if (values.size !== fields.length) return undefined;
  const signed = fields
    .filter(([name]) => name !== 'hash')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  const wanted = createHmac('sha256', key).update(signed).digest();
  const given = Buffer.from(values.get('hash') ?? '', 'hex');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const age = nowMs / 1_000 - Number(values.get('auth_date'));
  if (!(age >= -AHEAD_SECONDS && age <= maxAgeSeconds)) return undefined;
  const opened = user.safeParse(parseJson(values.get('user') ?? ''));
  return opened.success ? { telegramId: opened.data.id } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
