import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, phoneOf, picture, type Started, startProgram, temporaryFolder } from './browser.ts';

const AMAL = 700001;
const MARIA = 700003;
const SELAM = 700004;
const KARIN = 700008;

let browser: Browser;
let program: Started;
let page: Page;
const data = temporaryFolder();
const foreign: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  program = await startProgram(data.folder);
  page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
  page.on('request', (request) => {
    if (!request.url().startsWith(program.url) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(program.url);
});
afterAll(async () => {
  await browser.close();
  await program.stop();
  data.remove();
});

async function settleIn(id: number, language: RegExp, agree: RegExp, flat: RegExp, town: string, none: RegExp) {
  const phone = phoneOf(page, id);
  await phone.start();
  await phone.tap(language);
  await phone.tap(agree);
  await phone.tap(flat);
  await phone.says(/⌨️/);
  await phone.type(town);
  await phone.tap(/📍 ⁨?(Calw|Nagold)/);
  await picture(page, `settled-${id}`);
  await phone.tap(none);
  return phone;
}

describe('the whole thing in the browser', () => {
  it('a coordinator sends a table of courses from the page, and reads what became of it', async () => {
    const karin = phoneOf(page, KARIN);
    await karin.start();
    const buffer = Buffer.from('source_id;kind;title;provider;ags\nA;EOK;Deutsch;Beispiel;08235085\nB;XX;T;P;\n');
    await karin.phone.locator('.file-input').setInputFiles({ name: 'kurse.csv', mimeType: 'text/csv', buffer });
    await karin.tap(/Eigene Kursliste/);
    await karin.says(/Die Kurse sind jetzt aktuell/);
    await karin.says(/Zeile .*3/);
    await picture(page, 'courses-imported');
  });

  it('an Arabic speaker books; her manager knows at once; nothing leaves the machine', async () => {
    const amal = await settleIn(AMAL, /العربية/, /✅/, /🏠/, 'كالف', /❌/);
    await picture(page, 'menu-arabic');
    await amal.tap(/📅/);
    await picture(page, 'topics-arabic');
    await amal.tap(/📚/);
    await amal.tap(/🏛/);
    await picture(page, 'days-arabic');
    await amal.tap(/📅/);
    await picture(page, 'times-arabic');
    await amal.tap(/🕘/);
    await picture(page, 'summary-arabic');
    await amal.tap(/✅/);
    await phoneOf(page, MARIA).says(/Neuer Termin/);
    await amal.says(/Maria Keller/);
    await amal.phone
      .locator('.log')
      .getByText(/7(5365|2202) (Calw|Nagold)/)
      .last()
      .waitFor();
    await picture(page, 'booked-arabic');
    const bubble = amal.phone.locator('.log .line').filter({ hasText: 'Maria Keller' });
    expect(await bubble.first().getAttribute('dir')).toBe('rtl');
    expect(await bubble.last().getAttribute('dir')).toBe('ltr');
  });

  it('a Tigrinya speaker books as well', async () => {
    const selam = await settleIn(SELAM, /Tigrinya/, /✅/, /🏠/, '72202', /❌/);
    await selam.tap(/📅/);
    await picture(page, 'topics-tigrinya');
    await selam.tap(/🏘/);
    await selam.tap(/📞/);
    await picture(page, 'days-tigrinya');
    await selam.tap(/📅/);
    await selam.tap(/🕘/);
    await selam.tap(/✅/);
    await selam.says(/Maria Keller/);
    await picture(page, 'booked-tigrinya');
  });

  it('asks no other host and complains about nothing', () => {
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('fits a phone of 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    await picture(page, 'narrow');
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('stops cleanly and goes on where it was', async () => {
    expect(await program.stop()).toBe(0);
    program = await startProgram(data.folder);
    await page.setViewportSize({ width: 1500, height: 1000 });
    await page.goto(program.url);
    await phoneOf(page, SELAM).says(/Maria Keller/);
    await phoneOf(page, SELAM).type('/menu');
    await phoneOf(page, SELAM).says(/📋/);
  });
});
