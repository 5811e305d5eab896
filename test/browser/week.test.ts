import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayOf, instant, mondayOf } from '../../src/platform/datetime.ts';
import { openBrowser, picture, type Started, startProgram, temporaryFolder } from './browser.ts';

const AMAL = 700001;
const MARIA = 700003;
const SELAM = 700004;

let browser: Browser;
let program: Started;
let context: BrowserContext;
let page: Page;
const data = temporaryFolder();
const foreign: string[] = [];
const complaints: string[] = [];

interface Message {
  readonly message_id: number;
  readonly text?: string;
  readonly fromBot?: boolean;
  readonly reply_markup?: { inline_keyboard?: { callback_data?: string; url?: string }[][] };
}
const simulator = async (path: string, given?: unknown) => {
  const answer = await fetch(`${program.url}/simulator${path}`, {
    ...(given !== undefined && { method: 'POST', body: JSON.stringify(given) }),
    headers: { 'content-type': 'application/json' },
  });
  return (await answer.json()) as { messages: readonly Message[]; now: number };
};
const messagesOf = async (id: number) => (await simulator(`/phones/${id}`)).messages;
const buttonsOf = (message: Message) => message.reply_markup?.inline_keyboard?.flat() ?? [];

/** Waits until the phone shows what is looked for. */
async function shown<T>(id: number, find: (messages: readonly Message[]) => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = find(await messagesOf(id));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`phone ${id} shows ${JSON.stringify((await messagesOf(id)).at(-1))}`);
}
/** Presses the newest button whose data begin so, as soon as it is there. */
async function press(id: number, prefix: string): Promise<void> {
  const button = await shown(id, (messages) =>
    messages
      .toReversed()
      .flatMap((message) => buttonsOf(message).map(({ callback_data }) => ({ message, data: callback_data })))
      .find((one) => one.data?.startsWith(prefix)),
  );
  await simulator(`/phones/${id}/acts`, { kind: 'press', messageId: button.message.message_id, data: button.data });
}
const write = (id: number, text: string) => simulator(`/phones/${id}/acts`, { kind: 'text', text });
const hears = (id: number, words: string) =>
  shown(id, (messages) => messages.findLast(({ text }) => text?.includes(words)));

/** From START to a booked appointment. */
async function arriveAndBook(id: number, locale: string, way: string): Promise<void> {
  await simulator(`/phones/${id}/acts`, { kind: 'start' });
  await press(id, `lang.to:${locale}`);
  await press(id, 'consent:yes');
  await press(id, 'housing:municipality');
  await shown(id, (messages) => messages.at(-1)?.text?.includes('⌨️') || undefined);
  await write(id, 'Calw');
  for (const prefix of ['town:live', `interp:${locale}`, 'bk', 'bk.topic:']) await press(id, prefix);
  const ways = await shown(id, (messages) =>
    messages.flatMap(buttonsOf).find(({ callback_data }) => callback_data?.endsWith(`:language:${way}:0`)),
  );
  await press(id, ways.callback_data ?? '');
  for (const prefix of ['bk.day:', 'bk.time:', 'bk.ok:']) await press(id, prefix);
  await hears(id, 'Maria Keller');
}

/** The address of a new link, from the chat of the manager. */
async function newLink(): Promise<string> {
  const before = (await messagesOf(MARIA)).length;
  await write(MARIA, '/menu');
  await shown(MARIA, (messages) => messages.length >= before + 2 || undefined);
  await press(MARIA, 'week.page');
  return shown(MARIA, (messages) => buttonsOf(messages.at(-1) ?? { message_id: 0 }).find(({ url }) => url)?.url);
}
async function openPage(): Promise<void> {
  await page.goto(await newLink());
  await page.locator('button.main').click();
  await page.waitForURL('**/week');
}

beforeAll(async () => {
  browser = await openBrowser();
  program = await startProgram(data.folder);
  // A Monday morning before the office opens, so that the week lies ahead.
  const monday = addDays(mondayOf(dayOf(instant((await simulator('/state')).now))), 7);
  await simulator('/clock', { kind: 'to', wallTime: `${monday}T06:00` });
  await arriveAndBook(AMAL, 'ar', 'place');
  await press(AMAL, 'menu.new');
  await press(AMAL, 'data');
  await press(AMAL, 'nick:ask');
  await write(AMAL, 'Zaunkönig');
  await hears(AMAL, 'Zaunkönig');
  await arriveAndBook(SELAM, 'ti', 'telephone');
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.on('request', (request) => {
    if (new URL(request.url()).port !== new URL(program.url).port) foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser.close();
  await program.stop();
  data.remove();
});

const appointments = () => page.locator('.item.appointment a');
const said = () => page.locator('.said');
const focused = () => page.evaluate('document.activeElement.className || document.activeElement.tagName');

/** What can be checked of a page without seeing it: names, headings, labels, ids, contrast, width. */
async function expectUsable(): Promise<void> {
  const found = (await page.evaluate(AUDIT)) as readonly string[];
  expect(found).toEqual([]);
}
const AUDIT = `(() => {
  const problems = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  if (all('h1').length !== 1) problems.push('h1: ' + all('h1').length);
  if (all('main').length !== 1) problems.push('main: ' + all('main').length);
  if (!document.title || !document.documentElement.lang || !document.documentElement.dir) problems.push('title, lang, dir');
  let level = 0;
  for (const heading of all('h1,h2,h3,h4')) {
    const own = Number(heading.tagName[1]);
    if (level > 0 && own > level + 1) problems.push('skipped to ' + heading.tagName + ' ' + heading.textContent);
    level = own;
  }
  const ids = all('[id]').map((one) => one.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push('id twice: ' + id);
  for (const one of all('a[href], button')) if (!one.textContent.trim() && !one.ariaLabel) problems.push('no name: ' + one.outerHTML);
  for (const one of all('input:not([type=hidden]), select')) if (one.labels.length === 0) problems.push('no label: ' + one.outerHTML);
  for (const one of all('[aria-labelledby]')) if (!document.getElementById(one.getAttribute('aria-labelledby'))) problems.push('labelled by nothing');
  for (const one of all('[style]:not([style=""]), [onclick], script:not([src]), style')) problems.push('inline: ' + one.outerHTML);
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const [r, g, b, a = 1] = rgb(getComputedStyle(at).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  for (const one of all('body *')) {
    if (![...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) || one.closest('.unseen')) continue;
    const a = light(rgb(getComputedStyle(one).color));
    const b = light(ground(one));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) problems.push('contrast ' + ratio.toFixed(1) + ': ' + one.outerHTML.slice(0, 120));
  }
  if (document.documentElement.scrollWidth > innerWidth) problems.push('wider than the screen: ' + document.documentElement.scrollWidth);
  return problems;
})()`;

describe('the link', () => {
  it('is not used up by whoever only looks, and opens the page once', async () => {
    const link = await newLink();
    for (let looks = 0; looks < 3; looks++) expect((await fetch(link)).status).toBe(200);
    await page.goto(link);
    await picture(page, 'week-landing');
    await expectUsable();
    await page.getByRole('button', { name: 'Seite öffnen' }).click();
    await page.waitForURL('**/week');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect((await fetch(link)).status).toBe(410);
  });
});

describe('the week', () => {
  it('shows who comes when and where, by words and not by colour alone', async () => {
    await appointments().first().waitFor();
    await picture(page, 'week');
    expect(await appointments().count()).toBe(2);
    const names = await page.getByRole('listitem').filter({ hasText: 'Zaunkönig' }).first().textContent();
    expect(names?.replace(/[\u2068\u2069]/g, '')).toMatch(/Nr\. \d+ \(Zaunkönig\)/);
    expect(await page.getByRole('navigation', { name: 'Kalender' }).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 2 }).count()).toBeGreaterThanOrEqual(6);
    await expectUsable();
  });

  it('an appointment is dragged to a free time; the person hears of it in her language', async () => {
    const item = page.locator('.item.appointment').filter({ hasText: 'Zaunkönig' });
    const before = await item.locator('.time').textContent();
    const target = page.locator('.item.free').last();
    const to = await target.getAttribute('data-to');
    await item.dragTo(target);
    await page.waitForURL('**/week/move/**');
    await picture(page, 'week-confirm');
    await expectUsable();
    await page.getByRole('button', { name: 'Verschieben' }).click();
    await said().waitFor();
    expect(await said().textContent()).toContain('Verschoben');
    expect(await focused()).toBe('said');
    await picture(page, 'week-moved');
    const moved = page.locator('.item.appointment').filter({ hasText: 'Zaunkönig' });
    expect(await moved.locator('.time').textContent()).not.toBe(before);
    expect(await page.locator(`.item.free[data-to="${to}"]`).count()).toBe(0);
    await hears(AMAL, 'تم تغيير موعدكم');
  });

  it('an appointment is moved with the keyboard alone', async () => {
    await page.goto(`${page.url().split('/week')[0]}/week`);
    const link = appointments().filter({ hasNotText: 'Zaunkönig' }).first();
    const before = await link.locator('.time').textContent();
    for (let tabs = 0; tabs < 40; tabs++) {
      await page.keyboard.press('Tab');
      if (await link.and(page.locator(':focus')).count()) break;
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/week/move/**');
    await picture(page, 'week-choose');
    await expectUsable();
    const slots = page.locator('.slots a');
    expect(await slots.count()).toBeGreaterThan(0);
    await slots.last().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**to=**');
    await page.getByRole('button', { name: 'Verschieben' }).focus();
    await page.keyboard.press('Enter');
    await said().waitFor();
    expect(await said().textContent()).toContain('Verschoben');
    expect(await appointments().filter({ hasNotText: 'Zaunkönig' }).first().locator('.time').textContent()).not.toBe(
      before,
    );
  });

  it('on paper has the number and not the name', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.nickname').first().isVisible()).toBe(false);
    expect(await page.locator('.number').first().isVisible()).toBe(true);
    await picture(page, 'week-print');
    await page.emulateMedia({ media: 'screen' });
  });

  it('and the month count the appointments, and lead to each other', async () => {
    await page.getByRole('link', { name: 'Monat' }).click();
    await page.locator('table.month').waitFor();
    await picture(page, 'month');
    await expectUsable();
    await page
      .getByRole('link', { name: /: \d Termine?/ })
      .first()
      .click();
    await page.locator('.week').waitFor();
  });
});

describe('an absence', () => {
  it('is set with labelled fields, a mistake keeps what was entered, and it stands in the week', async () => {
    await page.goto(`${page.url().split('/week')[0]}/week`);
    await page.getByRole('link', { name: 'Neue Abwesenheit' }).click();
    const monday = (await page.getByLabel('Erster Tag').inputValue()) ?? '';
    await page.getByLabel('Letzter Tag').fill(String(addDays(monday as never, 1)));
    await page.getByLabel('Ab Uhrzeit').fill('13:00');
    await page.getByLabel('Bis Uhrzeit').fill('12:00');
    await page.getByLabel('Erster Tag').fill(String(addDays(monday as never, 1)));
    await page.getByLabel('Warum sind Sie nicht da?').selectOption('training');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await said().waitFor();
    expect(await said().textContent()).toContain('Das Ende liegt vor dem Anfang');
    expect(await focused()).toBe('said');
    expect(await page.getByLabel('Ab Uhrzeit').inputValue()).toBe('13:00');
    expect(await page.getByLabel('Warum sind Sie nicht da?').inputValue()).toBe('training');
    await picture(page, 'absence-form');
    await expectUsable();
    await page.getByLabel('Bis Uhrzeit').fill('16:00');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.waitForURL('**/week?**');
    expect(await said().textContent()).toContain('gespeichert');
    expect(await page.locator('.item.absence').textContent()).toContain('13:00–16:00');
    await picture(page, 'week-absence');
    await expectUsable();
    await page.locator('#absences + ul a, section a.line').first().click();
    await picture(page, 'absence');
    await expectUsable();
    await page.getByRole('button', { name: /löschen|wieder da/ }).click();
    await said().waitFor();
    expect(await page.locator('.item.absence').count()).toBe(0);
  });
});

describe.each([
  ['de', 'ltr', 'Orte'],
  ['en', 'ltr', 'Places'],
  ['ar', 'rtl', 'الأماكن'],
  ['ti', 'ltr', 'ቦታታት'],
])('in %s', (locale, direction, places) => {
  it('the pages fit a phone of 360 pixels and a desk', async () => {
    await write(MARIA, '/language');
    await press(MARIA, `lang.to:${locale}`);
    await openPage();
    for (const [name, width, height] of [
      ['phone', 360, 740],
      ['desk', 1280, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.goto(`${page.url().split('/week')[0]}/week`);
      expect(await page.locator('html').getAttribute('dir')).toBe(direction);
      expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toContain(places);
      await picture(page, `week-${locale}-${name}`);
      await expectUsable();
      await appointments().first().click();
      await page.waitForURL('**/week/move/**');
      await picture(page, `move-${locale}-${name}`);
      await expectUsable();
      await page.locator('.slots a').first().click();
      await page.waitForURL('**to=**');
      await picture(page, `confirm-${locale}-${name}`);
      await expectUsable();
      await page.goto(`${page.url().split('/week')[0]}/week/month`);
      await picture(page, `month-${locale}-${name}`);
      await expectUsable();
    }
  });
});

describe('the page inside of Telegram', () => {
  it('hands over what Telegram put behind the address, and goes on when it is believed', async () => {
    let handed: string | null = null;
    await page.context().clearCookies();
    const base = page.url().split('/week')[0];
    await page.route('**/week/app', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      handed = new URLSearchParams(route.request().postData() ?? '').get('initData');
      await route.fulfill({ status: 403 });
    });
    const initData = 'auth_date=1&user=%7B%22id%22%3A1%7D&hash=ab';
    await page.goto(`${base}/week/app#${new URLSearchParams({ tgWebAppData: initData, tgWebAppVersion: '9.0' })}`);
    await page.getByText('Telegram sagt mir nicht').or(page.getByText('Telegram does not tell')).waitFor();
    expect(handed).toBe(initData);
    await page.unroute('**/week/app');
    // The refusal that was played above.
    complaints.length = 0;
  });
});

describe('the end', () => {
  it('comes with the button, and after half an hour by itself; then nothing is shown', async () => {
    await openPage();
    await page.locator('header form button').click();
    await page.locator('.card').waitFor();
    complaints.length = 0;
    expect((await page.goto(`${page.url().split('/week')[0]}/week`))?.status()).toBe(401);
    await openPage();
    await simulator('/clock', { kind: 'hour' });
    expect((await page.reload())?.status()).toBe(401);
    expect(await page.content()).not.toContain('Zaunkönig');
    await picture(page, 'week-ended');
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });

  it('asked no other host and complained about nothing', () => {
    expect(foreign).toEqual([]);
  });
});
