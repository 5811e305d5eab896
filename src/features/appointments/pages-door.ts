import { timingSafeEqual } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../../platform/clock.ts';
import { hashToken } from '../../platform/crypto.ts';
import type { I18n, Translator } from '../../platform/i18n.ts';
import { isLocale } from '../../platform/locale.ts';
import { type Log, safeError } from '../../platform/log.ts';
import { readInitData } from '../../telegram/init-data.ts';
import { createLimit } from '../../web/limit.ts';
import type { Manager } from '../people/model.ts';
import { APP_SECONDS, SESSION_MINUTES, WEEK_PATH } from './model-week.ts';
import { readAssets } from './pages-assets.ts';
import type { PagesService } from './service-pages.ts';
import { type Assets, appPage, closedPage, landing, type Session } from './views-page.ts';

// The door to a manager's pages: who comes in, for how long, and what her browser is told it may do.

export interface DoorDeps {
  readonly pages: PagesService;
  readonly i18n: I18n;
  readonly clock: Clock;
  readonly log: Log;
  /** Where browsers reach the pages; undefined where nobody is sent to them. */
  readonly base: string | undefined;
  /** The bot's token: what Telegram says of who opens a Mini App is signed with it. */
  readonly token: string;
}

/** Who asks, and what her pages carry. */
export interface Visit {
  readonly manager: Manager;
  readonly t: Translator;
  readonly session: Session;
}
type Answer = Promise<Response> | Response;

export interface Door {
  readonly assets: Assets;
  /** For a page: whoever has no session is told how to get one. */
  visiting(show: (c: Context, visit: Visit) => Answer): (c: Context) => Promise<Response>;
  /** For what changes something: only with the secret that stands in the form. */
  acting(
    act: (c: Context, visit: Visit, form: Readonly<Record<string, unknown>>) => Answer,
  ): (c: Context) => Promise<Response>;
}

/** The browser asks nobody else, runs nothing that stands in the page, and shows the page in nobody's frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const PRIVATE = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

/** Pages of one session a minute, and attempts to open one by all together. */
const PER_SESSION = 120;
const ATTEMPTS = 120;
const MAX_BODY = 16 * 1024;
const COOKIE = 'week';

/** Headers, style and script, ways in and out; the pages themselves are hung into `app` through the returned door. */
export function openDoor(app: Hono, deps: DoorDeps): Door {
  const { pages, i18n, clock, log, base } = deps;
  const { files, assets } = readAssets();
  const isSecure = base?.startsWith('https:') === true;
  const origin = base === undefined ? undefined : new URL(base).origin;
  const mayVisit = createLimit(PER_SESSION, clock);
  const mayTry = createLimit(ATTEMPTS, clock);

  app.use(`${WEEK_PATH}/*`, async (c, next) => {
    for (const [name, value] of Object.entries(PRIVATE)) c.header(name, value);
    await next();
  });
  // What changes anything comes from a page of ours. Browsers say where from; a form also carries a secret of its own.
  app.post(`${WEEK_PATH}/*`, bodyLimit({ maxSize: MAX_BODY, onError: (c) => c.text('', 413) }), async (c, next) => {
    const from = c.req.header('origin');
    const site = c.req.header('sec-fetch-site') ?? 'same-origin';
    const isForeign = (from !== undefined && from !== 'null' && from !== origin) || site !== 'same-origin';
    return isForeign ? c.text('', 403) : next();
  });
  // Never the framework's own answer: it would print the error, and with it what somebody wrote.
  app.onError((error, c) => {
    log.error('page.failed', safeError(error));
    return c.html(closedPage(stranger(c), assets, 'failed'), 503, { ...PRIVATE, 'retry-after': '60' });
  });

  app.get(`${WEEK_PATH}/assets/:name`, (c) => {
    const asset = files.get(c.req.param('name'));
    if (asset === undefined) return c.text('', 404);
    return c.body(asset.body, 200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  const enter = (c: Context, secret: string): void =>
    setCookie(c, COOKIE, secret, {
      ...{ path: '/', httpOnly: true, sameSite: 'Strict', maxAge: SESSION_MINUTES * 60, secure: isSecure },
      ...(isSecure && { prefix: 'host' as const }),
    });
  const patience = (c: Context) => c.text('', 429, { 'retry-after': '60' });

  app.get(`${WEEK_PATH}/open/:secret`, async (c) => {
    if (!mayTry('')) return patience(c);
    const secret = c.req.param('secret');
    const locale = await pages.linkLocale(secret);
    if (locale === undefined) return c.html(closedPage(stranger(c), assets, 'used'), 410);
    return c.html(landing(i18n.translator(locale), assets, secret));
  });
  app.post(`${WEEK_PATH}/open`, async (c) => {
    if (!mayTry('')) return patience(c);
    const { link } = await c.req.parseBody();
    const secret = typeof link === 'string' ? await pages.openByLink(link) : undefined;
    if (secret === undefined) return c.html(closedPage(stranger(c), assets, 'used'), 410);
    enter(c, secret);
    return c.redirect(WEEK_PATH, 303);
  });
  app.get(`${WEEK_PATH}/app`, async (c) =>
    (await visitOf(c)) === undefined ? c.html(appPage(stranger(c), assets)) : c.redirect(WEEK_PATH, 303),
  );
  app.post(`${WEEK_PATH}/app`, async (c) => {
    if (!mayTry('')) return patience(c);
    const { initData } = await c.req.parseBody();
    const opened =
      typeof initData === 'string' ? readInitData(initData, deps.token, clock.now(), APP_SECONDS) : undefined;
    const secret = opened === undefined ? undefined : await pages.openForAccount(opened.telegramId);
    if (secret === undefined) return c.text('', 403);
    enter(c, secret);
    return c.body(null, 204);
  });

  const door: Door = {
    assets,
    visiting: (show) => async (c) => {
      const visit = await visitOf(c);
      if (visit === undefined) return c.html(closedPage(stranger(c), assets, 'ended'), 401);
      return mayVisit(visit.session.csrf) ? show(c, visit) : patience(c);
    },
    acting: (act) =>
      door.visiting(async (c, visit) => {
        const form = await c.req.parseBody();
        return isSame(form.csrf, visit.session.csrf) ? act(c, visit, form) : c.text('', 403);
      }),
  };
  app.post(
    `${WEEK_PATH}/close`,
    door.acting(async (c, { t }) => {
      await pages.close(secretOf(c) ?? '');
      return c.html(closedPage(t, assets, 'ended'));
    }),
  );
  return door;

  function secretOf(c: Context): string | undefined {
    return isSecure ? getCookie(c, COOKIE, 'host') : getCookie(c, COOKIE);
  }
  async function visitOf(c: Context): Promise<Visit | undefined> {
    const secret = secretOf(c);
    const page = secret === undefined ? undefined : await pages.pageOf(secret);
    if (page === undefined) return undefined;
    const secondsLeft = Math.ceil((page.expiresAt - clock.now()) / 1_000);
    const session = { csrf: hashToken(`form of ${secret}`), secondsLeft };
    return { manager: page.manager, t: i18n.translator(page.manager.locale), session };
  }

  /** The language of somebody we do not know, as her browser says it. */
  function stranger(c: Context): Translator {
    const wanted = (c.req.header('accept-language') ?? '').split(',').map((one) => one.trim().slice(0, 2));
    return i18n.translator(wanted.find((one) => isLocale(one)) ?? 'de');
  }
}

/** What no page answers to. Last, below all pages. */
export function closeDoor(app: Hono): void {
  app.all(`${WEEK_PATH}/*`, (c) => c.text('', 404));
}

function isSame(given: unknown, wanted: string): boolean {
  const a = Buffer.from(typeof given === 'string' ? given : '');
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
