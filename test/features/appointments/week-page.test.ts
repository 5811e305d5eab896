import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashToken } from '../../../src/platform/crypto.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, isAnywhere, joinBy } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import {
  arrive,
  book,
  buttonsOf,
  everything,
  lastMessage,
  plainText,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, PAGES_URL, TOKEN, type World } from '../../support/world.ts';

let world: World;
let maria: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  maria = staffOf(world).maria;
});
afterEach(() => world.stop());

interface Keyboard {
  readonly inline_keyboard: readonly (readonly {
    readonly url?: string;
    readonly web_app?: { readonly url: string };
  }[])[];
}
const keysOf = (person: SimulatedPerson) =>
  (lastMessage(person)?.reply_markup as Keyboard | undefined)?.inline_keyboard.flat() ?? [];

const fetchPage = (path: string, options: RequestInit = {}) => world.program.pages.request(path, options);
const post = (path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  fetchPage(path, { method: 'POST', body: new URLSearchParams(form), headers });

/** The path of a new link, as the manager presses for it. */
async function linkFor(person: SimulatedPerson): Promise<string> {
  await write(world, person, '/menu');
  await press(world, person, 'week.page');
  const url = keysOf(person).find((key) => key.url !== undefined)?.url ?? '';
  expect(url).toMatch(/^https:\/\/termine\.test\/week\/open\/[\w-]{32}$/);
  return url.slice(PAGES_URL.length);
}

/** A browser in which somebody has opened her page. */
class Visitor {
  readonly cookie: string;
  constructor(answer: Response) {
    this.cookie = /^[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? '';
  }
  get csrf(): string {
    return hashToken(`form of ${this.cookie.split('=')[1]}`);
  }
  get(path: string, headers: Readonly<Record<string, string>> = {}) {
    return fetchPage(path, { headers: { cookie: this.cookie, ...headers } });
  }
  async text(path: string): Promise<string> {
    const answer = await this.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return plainText(await answer.text());
  }
  send(path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
    return post(path, { csrf: this.csrf, ...form }, { cookie: this.cookie, ...headers });
  }
}
async function visit(person: SimulatedPerson): Promise<Visitor> {
  const link = await linkFor(person);
  return new Visitor(await post('/week/open', { link: link.split('/').at(-1) ?? '' }));
}

async function amalBooks(): Promise<{ amal: SimulatedPerson; id: string; number: number }> {
  const amal = world.person('Amal', 'ar');
  await arrive(world, amal, 'ar');
  await book(world, amal);
  const { id } = await world.db.prisma.appointment.findFirstOrThrow({ orderBy: { bookedAt: 'desc' } });
  const { number } = await actorOf(world, amal, 'refugee');
  return { amal, id, number };
}
/** Free times on the page of an appointment, as addresses. */
async function freeTimes(visitor: Visitor, id: string): Promise<string[]> {
  const page = await visitor.text(`/week/move/${id}`);
  return [...page.matchAll(/href="(\/week\/move\/\w+\?to=\d+)"/g)].map((match) => match[1] ?? '');
}

describe('the link in the chat', () => {
  it('opens the page once; whoever only looks at it uses nothing up', async () => {
    const link = await linkFor(maria);
    const secret = link.split('/').at(-1) ?? '';
    for (let looks = 0; looks < 3; looks++) {
      const looked = await fetchPage(link);
      expect([looked.status, looked.headers.get('set-cookie')]).toEqual([200, null]);
    }
    const opened = await post('/week/open', { link: secret });
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/week']);
    expect(opened.headers.get('set-cookie')).toBe(
      `__Host-week=${new Visitor(opened).cookie.split('=')[1]}; Max-Age=1800; Path=/; HttpOnly; Secure; SameSite=Strict`,
    );
    expect((await fetchPage(link)).status).toBe(410);
    expect((await post('/week/open', { link: secret })).status).toBe(410);
  });

  it('lets one in of many who open it at the same instant', async () => {
    const link = (await linkFor(maria)).split('/').at(-1) ?? '';
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/week/open', { link })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array.from({ length: 7 }, () => 410)]);
  });

  it('works for ten minutes, and a new one ends it', async () => {
    const first = await linkFor(maria);
    const second = await linkFor(maria);
    expect((await fetchPage(first)).status).toBe(410);
    world.clock.pass(9);
    expect((await fetchPage(second)).status).toBe(200);
    world.clock.pass(1);
    expect((await fetchPage(second)).status).toBe(410);
    expect((await post('/week/open', { link: second.split('/').at(-1) ?? '' })).status).toBe(410);
  });

  it('and the session stand in no row and no log line', async () => {
    const link = (await linkFor(maria)).split('/').at(-1) ?? '';
    expect(await isAnywhere(world, link)).toBe(false);
    const opened = new Visitor(await post('/week/open', { link }));
    await opened.text('/week');
    const secret = opened.cookie.split('=')[1] ?? 'none';
    expect(await isAnywhere(world, secret)).toBe(false);
    expect(world.logged.join('\n')).not.toMatch(new RegExp(`${link}|${secret}`));
  });

  it('is for managers; where no page can be reached, the chat says what is missing', async () => {
    const { jutta } = staffOf(world);
    await write(world, jutta, '/menu');
    jutta.presses(lastMessage(jutta)?.message_id ?? 0, 'week.page');
    await world.settle();
    expect(await world.db.prisma.pageLink.count()).toBe(0);
    await world.stop();
    world = await createWorld({ pagesUrl: undefined });
    maria = staffOf(world).maria;
    await write(world, maria, '/menu');
    await press(world, maria, 'week.page');
    expect(says(maria)).toContain('PUBLIC_URL');
    expect(keysOf(maria).some((key) => key.url !== undefined || key.web_app !== undefined)).toBe(false);
  });

  it('without https has no Mini App, and a cookie that such a browser keeps', async () => {
    await world.stop();
    world = await createWorld({ pagesUrl: 'http://127.0.0.1:8080' });
    maria = staffOf(world).maria;
    await write(world, maria, '/menu');
    await press(world, maria, 'week.page');
    expect(keysOf(maria).some((key) => key.web_app !== undefined)).toBe(false);
    const link =
      keysOf(maria)
        .find((key) => key.url !== undefined)
        ?.url?.split('/')
        .at(-1) ?? '';
    const opened = await post('/week/open', { link }, { origin: 'http://127.0.0.1:8080' });
    expect(opened.headers.get('set-cookie')).toMatch(
      /^week=[\w-]{32}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await new Visitor(opened).get('/week')).status).toBe(200);
  });
});

describe('the Mini App', () => {
  const initData = (id: number, at = world.clock.now(), token = TOKEN): string => {
    const fields = {
      auth_date: String(Math.floor(at / 1_000)),
      query_id: 'AA',
      user: JSON.stringify({ id, first_name: 'M' }),
    };
    const text = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
    const key = createHmac('sha256', 'WebAppData').update(token).digest();
    const hash = createHmac('sha256', key).update(text.sort().join('\n')).digest('hex');
    return String(new URLSearchParams({ ...fields, hash }));
  };

  it('is offered beside the link and opens the page for whom Telegram vouches', async () => {
    await linkFor(maria);
    expect(keysOf(maria).find((key) => key.web_app !== undefined)?.web_app?.url).toBe(`${PAGES_URL}/week/app`);
    expect(await (await fetchPage('/week/app')).text()).toContain('data-address="/week/app"');
    const opened = await post('/week/app', { initData: initData(maria.id) });
    expect(opened.status).toBe(204);
    const visitor = new Visitor(opened);
    expect((await visitor.get('/week')).status).toBe(200);
    expect((await visitor.get('/week/app')).headers.get('location')).toBe('/week');
  });

  it('knows her as manager also while she looks at another role’s menu', async () => {
    await joinBy(world, maria, await inviteFor(world, draftOf.coordinator()));
    const { actor } = await world.program.services.people.identify(maria.id);
    expect(actor.kind).toBe('coordinator');
    expect((await post('/week/app', { initData: initData(maria.id) })).status).toBe(204);
  });

  it.each([
    ['somebody who is no manager', () => initData(staffOf(world).jutta.id)],
    ['somebody whom nobody knows', () => initData(999)],
    ['a signature of another bot', () => initData(maria.id, world.clock.now(), `${TOKEN}x`)],
    ['what is six minutes old', () => initData(maria.id, (world.clock.now() - 360_000) as never)],
    ['nothing', () => ''],
  ])('refuses %s', async (_, data) => {
    const answer = await post('/week/app', { initData: data() });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
    expect(await world.db.prisma.pageSession.count()).toBe(0);
  });
});

describe('a session', () => {
  it('ends after thirty minutes, with the button, and with its manager', async () => {
    const { number } = await amalBooks();
    const visitor = await visit(maria);
    world.clock.pass(29);
    expect(await visitor.text('/week')).toContain(`Nr. ${number}`);
    world.clock.pass(1);
    const late = await visitor.get('/week');
    expect([late.status, (await late.text()).includes(String(number))]).toEqual([401, false]);

    const second = await visit(maria);
    expect((await second.send('/week/close', {})).status).toBe(200);
    expect((await second.get('/week')).status).toBe(401);

    const third = await visit(maria);
    await world.db.prisma.manager.updateMany({ where: { name: 'Maria Keller' }, data: { leftAt: new Date() } });
    expect((await third.get('/week')).status).toBe(401);
    await world.db.prisma.manager.updateMany({ where: { name: 'Maria Keller' }, data: { leftAt: null } });
    const unused = await linkFor(maria);
    await write(world, maria, '/delete');
    await press(world, maria, 'erase:yes');
    expect((await third.get('/week')).status).toBe(401);
    expect((await fetchPage(unused)).status).toBe(410);
    expect(await world.db.prisma.pageSession.count()).toBe(0);
  });

  it('leaves nothing behind when it is over', async () => {
    await visit(maria);
    await linkFor(maria);
    world.clock.pass(31);
    await world.program.services.pages.forgetPages();
    expect([await world.db.prisma.pageSession.count(), await world.db.prisma.pageLink.count()]).toEqual([0, 0]);
  });

  it('of nobody is no session: every page asks for one', async () => {
    const { id } = await amalBooks();
    for (const path of ['/week', '/week/month', `/week/move/${id}`, '/week/absence']) {
      for (const cookie of ['', '__Host-week=', `__Host-week=${'A'.repeat(32)}`, '__Host-week=%00', 'week=x']) {
        const answer = await fetchPage(path, { headers: { cookie } });
        expect([path, cookie, answer.status]).toEqual([path, cookie, 401]);
      }
    }
    expect((await post(`/week/move/${id}`, { to: '1', way: 'place' })).status).toBe(401);
    expect((await fetchPage('/week/elsewhere')).status).toBe(404);
  });
});

describe('every page', () => {
  it('forbids what is not its own, keeps nothing, and stands in nobody’s frame', async () => {
    const { id } = await amalBooks();
    const visitor = await visit(maria);
    const link = await linkFor(maria);
    for (const path of ['/week', '/week/month', `/week/move/${id}`, '/week/absence', link, '/week/app']) {
      const answer = await visitor.get(path, path === '/week/app' ? { cookie: '' } : {});
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        ...{ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' },
        ...{ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' },
      });
      const text = await answer.text();
      expect(text).not.toMatch(
        /\sstyle=|<style|\son\w+=|<script(?! src="\/week\/assets\/)|(?:src|href|action)="(?!\/|#)/,
      );
    }
  });

  it('has style and script that browsers keep for ever, under names that change with them', async () => {
    const page = await (await fetchPage('/week/app')).text();
    const assets = [...page.matchAll(/(?:href|src)="(\/week\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(assets).toHaveLength(2);
    for (const asset of assets) {
      const answer = await fetchPage(asset);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('content-type')).toMatch(/^text\/(?:css|javascript)/);
    }
    expect((await fetchPage('/week/assets/../week.js')).status).toBe(404);
    expect((await fetchPage('/week/assets/week.css')).status).toBe(404);
  });

  it('cannot be made to say what somebody writes', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await press(world, amal, 'data');
    await press(world, amal, 'nick:ask');
    await write(world, amal, '<script>alert(1)</script>');
    await book(world, amal);
    const visitor = await visit(maria);
    const { id } = await world.db.prisma.appointment.findFirstOrThrow();
    for (const path of [
      '/week?said=<script>&day=<script>',
      '/week/month?day="><script>',
      `/week/move/${id}?from=<script>&said=<b>`,
      `/week/move/${id}?to=<script>`,
    ]) {
      const text = await visitor.text(path);
      expect(text).not.toMatch(/<script>|<b>/);
    }
    expect(await visitor.text('/week')).toContain('&lt;script&gt;alert(1)');
  });

  it('and what changes something is refused to other sites, and without the form’s secret', async () => {
    const { id } = await amalBooks();
    const visitor = await visit(maria);
    const to = /to=(\d+)/.exec((await freeTimes(visitor, id)).at(-1) ?? '')?.[1] ?? '';
    const before = await world.db.prisma.appointment.findFirstOrThrow();
    const move = (form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
      visitor.send(`/week/move/${id}`, { to, way: 'place', ...form }, headers);
    expect((await move({ csrf: '' })).status).toBe(403);
    expect((await move({ csrf: 'x'.repeat(43) })).status).toBe(403);
    expect((await move({}, { origin: 'https://evil.test' })).status).toBe(403);
    expect((await move({}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await move({}, { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await post('/week/open', { link: 'x' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await world.db.prisma.appointment.findFirstOrThrow()).toEqual(before);
    const other = await visit(maria);
    expect((await move({ csrf: other.csrf })).status).toBe(403);
    expect((await move({}, { origin: PAGES_URL, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    const large = await visitor.send(
      `/week/move/${id}`,
      { to, way: 'place', more: 'x'.repeat(20_000) },
      { 'content-length': '20100' },
    );
    expect(large.status).toBe(413);
  });

  it('during an outage says so, and logs neither who nor what', async () => {
    const visitor = await visit(maria);
    Object.assign(world.program.services.pages, { board: () => Promise.reject(new Error('Zaunkönig')) });
    const answer = await visitor.get('/week', { 'accept-language': 'en-GB,en' });
    expect([answer.status, plainText(await answer.text()).includes('try again')]).toEqual([503, true]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(world.logged.join('\n')).not.toContain('Zaunkönig');
  });

  it('is not given out faster than anybody reads', async () => {
    const visitor = await visit(maria);
    const answers = await Promise.all(Array.from({ length: 125 }, () => visitor.get('/week/absence')));
    expect(answers.some(({ status }) => status === 429)).toBe(true);
    const guesses = await Promise.all(Array.from({ length: 125 }, () => fetchPage(`/week/open/${'A'.repeat(32)}`)));
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([410, 429]));
  });
});

describe('moving an appointment', () => {
  it('is the same as in the chat: the time is hers, she hears in her language, reminders follow', async () => {
    const { amal, id } = await amalBooks();
    const visitor = await visit(maria);
    const [choice = ''] = (await freeTimes(visitor, id)).slice(-1);
    const confirm = await visitor.text(choice);
    expect(confirm).toContain('Die Person bekommt eine Nachricht in ihrer Sprache.');
    const ways = [...confirm.matchAll(/name="way" value="(\w+)"( checked)?/g)];
    expect(ways.filter((match) => match[2] !== undefined)).toHaveLength(1);
    const way = ways.find((match) => match[2] !== undefined)?.[1] ?? '';
    const to = choice.split('=').at(-1) ?? '';
    const moved = await visitor.send(`/week/move/${id}`, { to, way });
    const day = new Date(Number(to) * 60_000).toISOString().slice(0, 10);
    expect(moved.headers.get('location')).toBe(`/week?day=${day}&said=moved`);
    await world.settle();
    expect(await world.db.prisma.appointment.findFirstOrThrow()).toMatchObject({
      ...{ id, sequence: 1, way, startsAt: new Date(Number(to) * 60_000) },
    });
    expect(everything(amal)).toContain('تم تغيير موعدكم');
    expect(await visitor.text(moved.headers.get('location') ?? '')).toContain(
      'Verschoben. Die Person bekommt eine Nachricht.',
    );
    // Sent twice by an impatient hand: still moved once.
    expect((await visitor.send(`/week/move/${id}`, { to, way })).headers.get('location')).toContain('said=moved');
    expect(await world.db.prisma.appointment.findFirstOrThrow()).toMatchObject({ sequence: 1 });
  });

  it('to a time that somebody else has taken meanwhile offers the others', async () => {
    const { id } = await amalBooks();
    const visitor = await visit(maria);
    const [choice = ''] = await freeTimes(visitor, id);
    const to = choice.split('=').at(-1) ?? '';
    const omar = world.person('Omar');
    await arrive(world, omar, 'de');
    await book(world, omar);
    const taken = await world.db.prisma.appointment.findFirstOrThrow({ where: { id: { not: id } } });
    const takenAt = String(taken.startsAt.getTime() / 60_000);
    const refused = await visitor.send(`/week/move/${id}`, { to: takenAt, way: 'place' });
    expect(refused.headers.get('location')).toMatch(new RegExp(`^/week/move/${id}\\?from=[\\d-]+&said=taken$`));
    const offered = await visitor.text(refused.headers.get('location') ?? '');
    expect(offered).toContain('Diese Zeit ist nicht mehr frei.');
    expect(offered).not.toContain(`to=${takenAt}"`);
    const dragged = await visitor.get(`/week/move/${id}?to=${takenAt}`);
    expect([dragged.status, plainText(await dragged.text()).includes('nicht mehr frei')]).toEqual([409, true]);
    expect(to).not.toBe('');
  });

  it('to a time at which she has another appointment says so', async () => {
    const { amal, id } = await amalBooks();
    const visitor = await visit(maria);
    const choices = await freeTimes(visitor, id);
    const to = choices.at(-1)?.split('=').at(-1) ?? '';
    const { personId } = await actorOf(world, amal, 'refugee');
    const { managerId } = await actorOf(world, staffOf(world).thomas, 'manager');
    const startsAt = new Date(Number(to) * 60_000);
    const endsAt = new Date(startsAt.getTime() + 1_800_000);
    await world.db.prisma.appointment.create({
      data: {
        ...{ id: 'elsewhere', managerId, refugeeId: personId, carrierId: 'verbund', ags: '08235085', way: 'telephone' },
        ...{ startsAt, endsAt, blocksFrom: startsAt, blocksTo: endsAt, interpreter: false, openNumber: 3 },
        ...{ bookedAt: new Date(world.clock.now()), key: 'elsewhere' },
      },
    });
    const confirm = await visitor.text(choices.at(-1) ?? '');
    const way = /name="way" value="(\w+)"/.exec(confirm)?.[1] ?? '';
    const refused = await visitor.send(`/week/move/${id}`, { to, way });
    expect(refused.headers.get('location')).toContain('said=busy');
    expect(await visitor.text(refused.headers.get('location') ?? '')).toContain('schon einen anderen Termin');
  });

  it('that does not exist finds nothing', async () => {
    const visitor = await visit(maria);
    expect((await visitor.get('/week/move/zzzzzzzzzzzz')).headers.get('location')).toBe('/week?said=gone');
    const sent = await visitor.send('/week/move/zzzzzzzzzzzz', { to: '29850000', way: 'place' });
    expect(sent.headers.get('location')).toContain('said=gone');
  });

  it.each(['..%2f..', '%00', "'--", 'ABCDEFGHIJKL', 'a'.repeat(400)])(
    'by what is no name, %s, is refused',
    async (id) => {
      const visitor = await visit(maria);
      for (const path of [`/week/move/${id}`, `/week/absence/${id}`]) {
        expect([path, (await visitor.get(path)).status]).toEqual([path, 404]);
      }
      expect((await visitor.send(`/week/move/${id}`, { to: '29850000', way: 'place' })).status).toBe(404);
      const sent = await visitor.send('/week/absence', {
        kind: 'leave',
        first: '2026-11-26',
        last: '2026-11-26',
        deputy: '\0',
      });
      expect(sent.status).toBe(303);
    },
  );

  it('while she is away, to a time of who stands in: it is that one’s then, and everybody is told', async () => {
    const { amal, id } = await amalBooks();
    const { samira } = staffOf(world);
    const { managerId: deputy } = await actorOf(world, samira, 'manager');
    const visitor = await visit(maria);
    const set = await visitor.send('/week/absence', {
      ...{ kind: 'leave', first: '2026-11-23', last: '2026-12-04', from: '', to: '', deputy },
    });
    const page = set.headers.get('location') ?? '';
    expect(await visitor.text(page)).toContain('Vertretung: Samira Vogt');
    const choice = await visitor.text(`/week/move/${id}`);
    expect(choice).toContain('Bei Samira Vogt');
    const to = /to=(\d+)"/.exec(choice)?.[1] ?? '';
    const way = /name="way" value="(\w+)"/.exec(await visitor.text(`/week/move/${id}?to=${to}`))?.[1] ?? '';
    const moved = await visitor.send(`/week/move/${id}`, { to, way });
    expect(moved.headers.get('location')).toContain('said=moved');
    await world.settle();
    expect(await world.db.prisma.appointment.findFirstOrThrow()).toMatchObject({ managerId: deputy, sequence: 1 });
    expect(everything(amal)).toContain('Samira Vogt');
    expect(everything(samira)).toContain(words(world, 'diary:notice.taken-over'));
    expect(await (await visit(samira)).text(moved.headers.get('location') ?? '')).toContain('Nr.');
  });

  it('of another manager finds nothing, and shows nothing', async () => {
    const { id, number } = await amalBooks();
    const visitor = await visit(staffOf(world).thomas);
    expect((await visitor.get(`/week/move/${id}`)).headers.get('location')).toBe('/week?said=gone');
    const before = await world.db.prisma.appointment.findFirstOrThrow();
    const to = String(berlin('2026-11-30', '09:00') / 60_000);
    expect((await visitor.send(`/week/move/${id}`, { to, way: 'place' })).headers.get('location')).toContain(
      'said=gone',
    );
    expect(await world.db.prisma.appointment.findFirstOrThrow()).toEqual(before);
    for (const path of ['/week', '/week/month']) expect(await visitor.text(path)).not.toContain(String(number));
  });

  it('with a form that nobody has filled in so changes nothing', async () => {
    const { id } = await amalBooks();
    const visitor = await visit(maria);
    for (const form of [
      {},
      { to: 'soon', way: 'place' },
      { to: '29850000', way: 'flying' },
      { to: '99999999', way: 'place' },
    ]) {
      const sent = await visitor.send(`/week/move/${id}`, form);
      expect(sent.status).toBe(303);
    }
    expect(await world.db.prisma.appointment.findFirstOrThrow()).toMatchObject({ sequence: 0 });
  });
});

describe('the week', () => {
  it('says holidays, absences and today; any day opens its week, and no day is no error', async () => {
    const visitor = await visit(maria);
    const { managerId } = await actorOf(world, maria, 'manager');
    await world.db.prisma.absence.create({
      data: {
        id: 'away',
        managerId,
        from: new Date(berlin('2026-12-24', '00:00')),
        to: new Date(berlin('2026-12-25', '00:00')),
      },
    });
    const christmas = await visitor.text('/week?day=2026-12-26');
    expect(christmas).toContain('Montag, 21.12.2026 bis Sonntag, 27.12.2026');
    expect(christmas).toMatch(/Feiertag: .*Weihnachtstag/);
    expect(christmas).toContain('Nicht im Büro');
    for (const day of ['', '2026-02-30', '1999-01-01', '9999-12-31', 'x', '2098-12-31', '2020-01-02']) {
      await visitor.text(`/week?day=${day}`);
      await visitor.text(`/week/month?day=${day}`);
    }
    const december = await visitor.text('/week/month?day=2026-12-05');
    expect(december).toContain('Dezember 2026');
    expect(december).toContain('Weihnachtstag');
  });

  it.each([
    ['2027-03-22', '2027-03-28'],
    ['2027-10-25', '2027-10-31'],
  ])('of the clock change, %s, shows each hour as the clock does', async (today, sunday) => {
    world.clock.set(berlin(today, '07:30'));
    const { managerId } = await actorOf(world, maria, 'manager');
    const startsAt = new Date(berlin(sunday, '14:00'));
    const endsAt = new Date(berlin(sunday, '14:45'));
    await world.db.prisma.appointment.create({
      data: {
        ...{ id: 'sunday', managerId, carrierId: 'landratsamt', ags: '08235085', way: 'telephone', key: 'sunday' },
        ...{ startsAt, endsAt, blocksFrom: startsAt, blocksTo: endsAt, interpreter: false, openNumber: 1 },
        bookedAt: new Date(world.clock.now()),
      },
    });
    expect(await (await visit(maria)).text('/week')).toContain('14:00–14:45');
  });

  it('is in the language of the manager, from right to left where it is read so', async () => {
    const visitor = await visit(maria);
    for (const [locale, direction] of [
      ['de', 'ltr'],
      ['en', 'ltr'],
      ['ti', 'ltr'],
      ['ar', 'rtl'],
      ['fa', 'rtl'],
    ] as const) {
      await write(world, maria, '/language');
      await press(world, maria, `lang.to:${locale}`);
      for (const path of ['/week', '/week/month', '/week/absence']) {
        expect(await visitor.text(path)).toContain(`<html lang="${locale}" dir="${direction}">`);
      }
    }
  });
});

describe('an absence on the page', () => {
  const fields = { kind: 'leave', first: '2026-11-26', last: '2026-11-27', from: '', to: '', deputy: '' };

  it('is set, leads to the appointments in it, and ends again', async () => {
    const { amal, id } = await amalBooks();
    const visitor = await visit(maria);
    const { startsAt } = await world.db.prisma.appointment.findFirstOrThrow();
    const day = startsAt.toISOString().slice(0, 10);
    const form = await visitor.text('/week/absence');
    const deputy = /<option value="(\w+)">[^<]*Samira Vogt/.exec(form)?.[1] ?? '';
    const set = await visitor.send('/week/absence', { ...fields, kind: 'ill', first: day, last: day, deputy });
    expect(set.headers.get('location')).toMatch(/^\/week\/absence\/\w+\?said=absent$/);
    const page = set.headers.get('location')?.split('?')[0] ?? '';
    const shown = await visitor.text(page);
    expect(shown).toContain(`/week/move/${id}`);
    expect(shown).toContain('Krankheit');
    const cancelled = await visitor.send(`${page}/cancel`, { reason: 'ill' });
    expect(plainText(await cancelled.text())).toContain('Abgesagt: 1');
    await world.settle();
    expect(await world.db.prisma.appointment.findFirstOrThrow()).toMatchObject({ status: 'cancelled', reason: 'ill' });
    expect(everything(amal)).toContain('Maria Keller');
    expect((await visitor.send(`${page}/end`, {})).headers.get('location')).toBe('/week?said=absence-ended');
    expect((await visitor.get(page)).headers.get('location')).toBe('/week?said=absence-gone');
  });

  it('without appointments shows its week; hours can be given', async () => {
    const visitor = await visit(maria);
    const set = await visitor.send('/week/absence', { ...fields, from: '13:00', last: '2026-11-26', to: '15:30' });
    expect(set.headers.get('location')).toBe('/week?day=2026-11-26&said=absent');
    expect(await visitor.text('/week?day=2026-11-26')).toContain('13:00–15:30');
    expect(await world.db.prisma.absence.findFirstOrThrow()).toMatchObject({
      ...{ from: new Date(berlin('2026-11-26', '13:00')), to: new Date(berlin('2026-11-26', '15:30')) },
    });
  });

  it.each([
    ['an end before its beginning', { last: '2026-11-25' }, 'Das Ende liegt vor dem Anfang'],
    ['25:00', { from: '25:00' }, 'Bitte geben Sie den ersten und den letzten Tag ein'],
    ['a day that does not exist', { first: '2026-02-30' }, 'Bitte geben Sie den ersten und den letzten Tag ein'],
    ['no day', { first: '' }, 'Bitte geben Sie den ersten und den letzten Tag ein'],
    ['a year that is over', { first: '2025-11-25', last: '2025-11-26' }, 'Diese Zeit ist schon vorbei'],
    ['more than a year', { last: '2028-11-26' }, 'Das ist länger als ein Jahr'],
    ['a reason that is none', { kind: 'holiday' }, 'Bitte geben Sie den ersten und den letzten Tag ein'],
    ['a deputy who is none', { deputy: 'zzzzzzzz' }, 'Diese Person kann Sie dann nicht vertreten'],
  ])('with %s says what is wrong and keeps what was entered', async (_, wrong, says) => {
    const visitor = await visit(maria);
    const sent = await visitor.send('/week/absence', { ...fields, to: '16:00', ...wrong });
    expect(sent.status).toBe(422);
    const text = plainText(await sent.text());
    expect(text).toContain(says);
    expect(text).toContain('name="to" value="16:00"');
    expect(await world.db.prisma.absence.count()).toBe(0);
  });

  it('of somebody else is not found', async () => {
    const visitor = await visit(maria);
    await visitor.send('/week/absence', fields);
    const { id } = await world.db.prisma.absence.findFirstOrThrow();
    const thomas = await visit(staffOf(world).thomas);
    for (const [path, form] of [
      ['hand', {}],
      ['cancel', { reason: 'ill' }],
      ['end', {}],
    ] as const) {
      const sent = await thomas.send(`/week/absence/${id}/${path}`, form);
      expect([path, sent.headers.get('location')]).toEqual([path, '/week?said=absence-gone']);
    }
    expect(await world.db.prisma.absence.count()).toBe(1);
    expect((await thomas.get(`/week/absence/${id}`)).headers.get('location')).toBe('/week?said=absence-gone');
  });
});

it('what the manager’s menu offers are buttons with data, a link and an app, and each screen has a way back', async () => {
  await linkFor(maria);
  expect(buttonsOf(lastMessage(maria)).map(({ data }) => data)).toEqual(['feed', 'menu', 'help.in:de']);
});
