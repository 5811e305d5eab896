import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashToken } from '../../src/platform/crypto.ts';
import { createWeb } from '../../src/web/server.ts';
import { fingerprint, snapshot } from '../support/snapshot.ts';
import { plainText } from '../support/walks.ts';
import { assemble, type Cast, MANAGERS, type Named, NEVER, type Who } from './cast.ts';

interface Page {
  readonly path: (named: Named) => string;
  readonly form?: (named: Named) => Readonly<Record<string, string>>;
}
/** Pages of a manager: only with her session, and only what is hers. */
const OF_SESSION: Readonly<Record<string, Page>> = {
  'GET /week': { path: () => '/week' },
  'GET /week/month': { path: () => '/week/month' },
  'GET /week/move/:id{[0-9a-z]{4,16}}': { path: ({ appointment }) => `/week/move/${appointment}` },
  'POST /week/move/:id{[0-9a-z]{4,16}}': {
    path: ({ appointment }) => `/week/move/${appointment}`,
    form: () => ({ to: String(Date.parse('2026-12-03T12:30:00Z') / 60_000), way: 'place' }),
  },
  'GET /week/absence': { path: () => '/week/absence' },
  'POST /week/absence': { path: () => '/week/absence', form: () => ({ first: '2026-99-99' }) },
  'GET /week/absence/:id{[0-9a-z]{4,16}}': { path: ({ absence }) => `/week/absence/${absence}` },
  'POST /week/absence/:id{[0-9a-z]{4,16}}/hand': {
    path: ({ absence }) => `/week/absence/${absence}/hand`,
    form: () => ({}),
  },
  'POST /week/absence/:id{[0-9a-z]{4,16}}/cancel': {
    path: ({ absence }) => `/week/absence/${absence}/cancel`,
    form: () => ({ reason: 'ill' }),
  },
  'POST /week/absence/:id{[0-9a-z]{4,16}}/end': {
    path: ({ absence }) => `/week/absence/${absence}/end`,
    form: () => ({}),
  },
  'POST /week/close': { path: () => '/week/close', form: () => ({}) },
};
/** Ways in: a secret, or Telegram's word, decides; whoever has neither learns nothing. */
const OF_SECRETS: Readonly<Record<string, Page & { readonly status: number }>> = {
  'GET /week/open/:secret': { path: ({ token }) => `/week/open/${token}`, status: 410 },
  'POST /week/open': { path: () => '/week/open', form: ({ token }) => ({ link: token }), status: 410 },
  'GET /week/app': { path: () => '/week/app', status: 200 },
  'POST /week/app': { path: () => '/week/app', form: ({ token }) => ({ initData: token }), status: 403 },
  'GET /week/assets/:name': { path: ({ token }) => `/week/assets/${token}`, status: 404 },
  'GET /calendar/:file': { path: ({ token }) => `/calendar/${token}.ics`, status: 404 },
};

let cast: Cast;
let restore: () => Promise<void>;
beforeAll(async () => {
  cast = await assemble();
  restore = await snapshot(cast.world.db);
}, 300_000);
afterAll(() => cast?.world.stop());

/** Without what stands before all of them: headers, where a form comes from, what no page answers to. */
const routesOf = (app: Hono): readonly string[] =>
  app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
    .map(({ method, path }) => `${method} ${path}`);
const state = () => fingerprint(cast.world.db, ['inbox', 'page_session']);

async function ask(route: string, page: Page, named: Named, session: string | undefined, csrf?: string) {
  const isPost = route.startsWith('POST');
  const answer = await cast.world.program.pages.request(page.path(named), {
    method: isPost ? 'POST' : 'GET',
    headers: session === undefined ? {} : { cookie: `__Host-week=${session}` },
    ...(isPost && {
      body: new URLSearchParams({ ...page.form?.(named), csrf: csrf ?? hashToken(`form of ${session}`) }),
    }),
  });
  return { status: answer.status, location: answer.headers.get('location'), body: plainText(await answer.text()) };
}
const open = async (who: Who) =>
  (await cast.world.program.services.pages.openForAccount(cast.people[who].id)) ?? undefined;
const tells = (body: string) => cast.secrets.filter((secret) => body.includes(secret));

it('every page and feed has its line here', () => {
  const web = createWeb({
    healthy: async () => {},
    metrics: async () => ({}),
    webhook: { path: '/telegram', secret: 's', receive: async () => {}, failed: () => {} },
  });
  // Health and counts say nothing about anybody; the webhook is Telegram's alone, see test/web/server.test.ts.
  expect([...new Set(routesOf(web))].sort()).toEqual(['GET /health', 'GET /metrics', 'POST /telegram']);
  const known = [...Object.keys(OF_SESSION), ...Object.keys(OF_SECRETS)].sort();
  expect([...new Set(routesOf(cast.world.program.pages))].sort()).toEqual(known);
});

it('Telegram’s word opens the week for managers who are there, and for nobody else', async () => {
  for (const who of Object.keys(cast.people) as Who[]) {
    const isManager = (MANAGERS as readonly string[]).includes(who) && who !== 'a manager who has left';
    expect([who, (await open(who)) !== undefined]).toEqual([who, isManager]);
  }
});

it.each(Object.entries(OF_SESSION))(
  '%s without a session, with one that never was, tells nothing and does nothing',
  async (route, page) => {
    const before = await state();
    for (const session of [undefined, NEVER.token]) {
      const answer = await ask(route, page, cast.named, session);
      expect([answer.status, tells(answer.body)]).toEqual([401, []]);
      expect(answer).toEqual(await ask(route, page, NEVER, session));
    }
    expect(await state()).toEqual(before);
  },
);

it.each(Object.entries(OF_SESSION))(
  '%s with another manager’s session is as if it had never been',
  async (route, page) => {
    for (const who of ['a manager of another carrier', 'a manager of the same carrier, elsewhere'] as const) {
      const session = await open(who);
      const before = await state();
      const answer = await ask(route, page, cast.named, session);
      expect([answer.status < 400 || answer.status === 422, tells(answer.body)]).toEqual([true, []]);
      if (route === 'POST /week/close') continue;
      expect(answer).toEqual(await ask(route, page, NEVER, session));
      expect(await state()).toEqual(before);
    }
  },
);

it.each(Object.entries(OF_SESSION))('%s is its manager’s own, with the secret of her form', async (route, page) => {
  const session = await open('the manager');
  const before = await state();
  if (route.startsWith('POST')) {
    const foreign = await ask(route, page, cast.named, session, hashToken('another form'));
    expect([foreign.status, foreign.body]).toEqual([403, '']);
    expect(await state()).toEqual(before);
  }
  const answer = await ask(route, page, cast.named, session);
  expect(answer.status < 400 || answer.status === 422).toBe(true);
  if (page.path(NEVER) !== page.path(cast.named)) {
    expect(answer).not.toEqual(await ask(route, page, NEVER, session));
  }
  await restore();
});

it.each(Object.entries(OF_SESSION))('%s is closed to her once she has left', async (route, page) => {
  const session = await open('the manager');
  const where = { id: cast.named.manager };
  await cast.world.db.prisma.manager.update({ where, data: { leftAt: new Date(cast.world.clock.now()) } });
  const before = await state();
  const answer = await ask(route, page, cast.named, session);
  expect([answer.status, tells(answer.body)]).toEqual([401, []]);
  expect(await state()).toEqual(before);
  await restore();
});

it.each(Object.entries(OF_SECRETS))('%s with a secret that never was tells nothing', async (route, page) => {
  const before = await state();
  const answer = await ask(route, page, NEVER, undefined);
  expect([answer.status, tells(answer.body)]).toEqual([page.status, []]);
  expect(await state()).toEqual(before);
});
