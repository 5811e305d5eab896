import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, phoneOf, type Started, startProgram, temporaryFolder } from './browser.ts';

const AMAL = 700001;
const JUTTA = 700002;
const SELAM = 700004;
const THOMAS = 700005;

let browser: Browser;
let program: Started;
let page: Page;
const data = temporaryFolder();
const complaints: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  program = await startProgram(data.folder);
  page = await browser.newPage({ viewport: { width: 1900, height: 1300 } });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(program.url);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await program.stop();
  data.remove();
});

/** A phone, with a picture of each of its screens where SCREENSHOTS names a folder. */
function phone(id: number, name: string) {
  const one = phoneOf(page, id);
  let count = 0;
  const shot = async () => {
    const folder = process.env.SCREENSHOTS;
    if (folder === undefined) return;
    await page.waitForTimeout(700);
    count += 1;
    await one.phone.screenshot({ path: path.join(folder, `${name}-${String(count).padStart(2, '0')}.png`) });
  };
  return {
    ...one,
    shot,
    async tap(label: string | RegExp) {
      await one.tap(label);
      await shot();
    },
    async type(text: string) {
      await one.type(text);
      await shot();
    },
    text: () => one.phone.locator('.log').innerText(),
  };
}
type Phone = ReturnType<typeof phone>;

/** The form, by its signs, which are the same in every language. */
async function writeCase(volunteer: Phone, language: RegExp, words: string): Promise<void> {
  await volunteer.tap(/^\u200f?🤝/);
  await volunteer.tap(/✅/);
  await volunteer.says(/⌨️/);
  await volunteer.type('Wildberg');
  await volunteer.tap(/📍 ⁨?Wildberg/);
  await volunteer.tap(/✅/);
  await volunteer.tap(/2️⃣/);
  await volunteer.tap(language);
  await volunteer.tap(/✅/);
  await volunteer.tap(/🏘/);
  await volunteer.tap(/✅/);
  await volunteer.tap(/🟡/);
  await volunteer.tap(/🏛/);
  await volunteer.tap(/✅/);
  await volunteer.says(/✏️/);
  await volunteer.type(words);
  await volunteer.tap(/💬/);
  await volunteer.tap(/✅/);
  await volunteer.tap(/🌙/);
  await volunteer.tap(/✅/);
}

/** From the summary to a new link; its secret. */
async function link(volunteer: Phone): Promise<string> {
  const secrets = async () =>
    [...(await volunteer.text()).matchAll(/start=c_([\w-]{32})/g)].map(([, secret]) => secret);
  const before = await secrets();
  await volunteer.tap(/🙋/);
  await volunteer.tap(/📱/);
  await expect.poll(async () => (await secrets()).length, { timeout: 30_000 }).toBeGreaterThan(before.length);
  return (await secrets()).at(-1) ?? '';
}

it('a volunteer hands over in German, the person says yes in Tigrinya, the manager accepts, asks and is done', {
  timeout: 180_000,
}, async () => {
  const jutta = phone(JUTTA, 'jutta-de');
  await jutta.start();
  await jutta.tap(/✍️/);
  await writeCase(jutta, /Tigrinya/, 'Sie sucht eine Wohnung für drei Kinder.');
  const token = await link(jutta);

  const selam = phone(SELAM, 'selam-ti');
  await selam.start();
  await selam.type(`/start c_${token}`);
  await selam.tap(/Tigrinya/);
  await selam.says(/Jutta Hiller/);
  await selam.tap(/✅/);
  await selam.says(/Sie sucht eine Wohnung/);
  await selam.tap(/💬/);
  await selam.tap(/✅/);
  await jutta.says(/Die Person ist einverstanden/);
  await jutta.shot();

  const thomas = phone(THOMAS, 'thomas');
  await thomas.tap(/✅ Annehmen/);
  await thomas.says(/Der Fall gehört jetzt Ihnen/);
  await jutta.says(/Thomas Weiß.*hat den Fall angenommen/);
  await selam.says(/Thomas Weiß/);
  await selam.shot();
  await thomas.tap(/💬/);
  await thomas.tap(/✏️/);
  await thomas.type('Wie viele Zimmer braucht sie?');
  await jutta.tap(/💬 Nachricht lesen/);
  await jutta.tap(/✏️/);
  await jutta.type('Drei Zimmer.');
  await thomas.tap(/💬 Nachricht lesen/);
  await thomas.says(/Drei Zimmer/);

  await selam.type('/menu');
  await selam.tap(/⚙️/);
  await selam.tap(/🤝/);
  await selam.tap(/🤝/);
  await selam.says(/✋/);
  await selam.tap(/^\u200f?💬/);
  await selam.says(/Drei Zimmer/);

  await thomas.type('/menu');
  await thomas.tap(/🤝 Übergebene/);
  await thomas.tap(/✅.*Wildberg/);
  await thomas.tap(/🏁/);
  await thomas.tap(/🏁/);
  await jutta.says(/Der Fall ist fertig/);
  await jutta.shot();
  await selam.shot();
});

it('a volunteer hands over in Arabic, and the person says yes in Arabic', { timeout: 180_000 }, async () => {
  const jutta = phone(JUTTA, 'jutta-ar');
  await jutta.type('/language');
  await jutta.tap(/العربية/);
  await writeCase(jutta, /العربية/, 'تحتاج إلى شقة.');
  const token = await link(jutta);
  const amal = phone(AMAL, 'amal-ar');
  await amal.start();
  await amal.type(`/start c_${token}`);
  await amal.tap(/العربية/);
  await amal.tap(/✅/);
  await amal.says(/شقة/);
  await amal.tap(/📅/);
  await amal.tap(/✅/);
  const thomas = phone(THOMAS, 'thomas-ar');
  await thomas.tap(/✅ Annehmen/);
  await amal.says(/Thomas Weiß/);
  await amal.shot();
  await jutta.says(/Thomas Weiß/);
  await jutta.shot();
});

it('complains about nothing', () => {
  expect(complaints).toEqual([]);
});
