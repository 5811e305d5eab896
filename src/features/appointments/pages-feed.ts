import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { Clock } from '../../platform/clock.ts';
import { hashToken } from '../../platform/crypto.ts';
import type { I18n } from '../../platform/i18n.ts';
import { type Log, safeError } from '../../platform/log.ts';
import { createLimit } from '../../web/limit.ts';
import { calendarFeed } from './calendar.ts';
import { FEED_PATH } from './model-feed.ts';
import type { FeedService } from './service-feed.ts';
import { feedWords } from './views-feed.ts';

export interface FeedPagesDeps {
  readonly feeds: FeedService;
  readonly i18n: I18n;
  readonly clock: Clock;
  readonly log: Log;
}

/** A calendar asks a few times an hour; several devices of one manager may do so at once. */
const PER_FEED = 30;
/** All together, for secrets that nobody has: guessing one of 2^192 is hopeless, this spares the database. */
const UNKNOWN = 60;
/** Secrets that were right once are told from guesses without the database. */
const REMEMBERED = 10_000;

/** What is secret stays with whoever asked: no cache in between, no search engine, no address passed on. */
const PRIVATE = {
  'cache-control': 'private, no-cache',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The calendars that managers subscribe to. Who has the address reads the diary; there is nothing else to know. */
export function feedPages({ feeds, i18n, clock, log }: FeedPagesDeps): Hono {
  const app = new Hono();
  const mayFetch = createLimit(PER_FEED, clock);
  const mayGuess = createLimit(UNKNOWN, clock);
  const known = new Set<string>();

  app.use(`${FEED_PATH}/*`, async (c, next) => {
    for (const [name, value] of Object.entries(PRIVATE)) c.header(name, value);
    await next();
  });
  app.get(`${FEED_PATH}/:file`, async (c) => {
    const secret = /^([\w-]{32})\.ics$/.exec(c.req.param('file'))?.[1];
    if (secret === undefined) return c.text('', 404);
    // Looked up by its hash: how long that takes tells nothing about the secret.
    const name = hashToken(secret);
    const isKnown = known.has(name);
    if (!(isKnown ? mayFetch(name) : mayGuess(''))) return c.text('', 429, { 'retry-after': '60' });
    const feed = await feeds.readFeed(secret);
    if (feed === undefined || feed === 'revoked') {
      known.delete(name);
      return c.text('', feed === undefined ? 404 : 410);
    }
    if (known.size >= REMEMBERED) known.clear();
    known.add(name);
    const body = calendarFeed(feed, feedWords(i18n.translator(feed.locale)));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    c.header('etag', etag);
    if (isSame(c.req.header('if-none-match'), etag)) return c.body(null, 304);
    return c.body(body, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="termine.ics"',
    });
  });
  // Never the framework's own answer: it would print the error, and with it perhaps the address.
  app.onError((error, c) => {
    log.error('feed.failed', safeError(error));
    return c.text('', 503, { ...PRIVATE, 'retry-after': '300' });
  });
  return app;
}

/** Weak comparison, as RFC 9110 (13.1.2) wants it. */
function isSame(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes('*') || tags.includes(etag);
}
