import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countyFolder } from '../../../src/features/county/source.ts';
import { readContent } from '../../../src/features/guidance/source.ts';
import { LOCALES, NATIVE_NAMES } from '../../../src/platform/locale.ts';
import { forge, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const checked = { checked: '2026-11-22', source: 'Landratsamt', verified: 'yes' };
const SHELTER = {
  ...{ id: 'local_shelter', number: '07051 000001', ...checked },
  labels: { de: '🏠 Frauenhaus', ar: '🏠 ملجأ', fa: '🏠 پناه', ti: '🏠 ዑቕባ', en: '🏠 Shelter' },
};
const DUTY = { id: 'local_duty', number: '07051 000002', ...checked, labels: { de: '🧒 Jugendamt' } };
const UNNAMED = { ...DUTY, id: 'local_unnamed', number: '07051 000003', verified: 'no' };

let world: World;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'county-'));
  cpSync(countyFolder('calw'), folder, { recursive: true });
  const change = (file: string, to: (given: never) => unknown) => {
    const where = path.join(folder, file);
    writeFileSync(where, JSON.stringify(to(JSON.parse(readFileSync(where, 'utf8')) as never)));
  };
  change('help-numbers.json', (given: { numbers: unknown[] }) => ({
    ...given,
    numbers: [...given.numbers, SHELTER, DUTY, UNNAMED],
  }));
  change('pages.json', (given: { pages: { name: string; numbers: string[] }[] }) => ({
    pages: given.pages.map((page) =>
      page.name === 'women' ? { ...page, numbers: [...page.numbers, 'local_shelter'] } : page,
    ),
  }));
  world = await createWorld({ content: readContent(folder) });
});
afterEach(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});

it.each(LOCALES)(
  'a number of the county’s own needs no code: it is read in her language, or in German (%s)',
  async (locale) => {
    const selam = world.person('Selam', locale);
    await write(world, selam, '/help');
    expect(says(selam)).not.toContain('07051 000001');
    await press(world, selam, 'g.n:');
    const shown = says(selam);
    expect(shown).toContain(`${SHELTER.labels[locale]}${locale === 'ti' ? '፦' : ':'} 07051 000001`);
    expect(shown).toMatch(/🧒 Jugendamt[:፦] 07051 000002/);
    expect(shown).not.toContain('07051 000003');
    const sentence = words(world, 'guidance:page.only-german', locale);
    expect(shown.split(sentence)).toHaveLength(locale === 'de' ? 1 : 2);
    // Only what follows the sentence is German.
    if (locale !== 'de') expect(shown.indexOf('07051 000001')).toBeLessThan(shown.indexOf(sentence));
    // It may stand on a page as well.
    await forge(world, selam, `g.h:${locale}:f6:-:0`);
    expect(says(selam)).toContain('07051 000001');
    expect(says(selam)).not.toContain('07051 000002');
  },
);

it('a coordinator reads what it is, which languages lack it, and confirms it like any other', async () => {
  const { karin } = staffOf(world);
  await write(world, karin, '/menu');
  await press(world, karin, 'content:0');
  for (let page = 1; !offered(karin).includes('content.one:n.local_duty'); page++)
    await press(world, karin, `content:${page}`);
  await press(world, karin, 'content.one:n.local_duty');
  expect(says(karin)).toContain('☎️ 07051 000002 · 🧒 Jugendamt');
  expect(says(karin)).toContain(NATIVE_NAMES.ti);
  await press(world, karin, 'content.ok:');
  expect(await world.db.prisma.contentReview.findMany()).toMatchObject([{ key: 'n.local_duty' }]);
});
