import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { countyFolder, readCounty } from '../../../src/features/county/source.ts';
import { readContent } from '../../../src/features/guidance/source.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import { checkLanguage, checkLimits } from '../../support/locale-checker.ts';
import { type Entry, type German, TRANSLATED, type Translation } from '../../support/locale-files.ts';
import { checkGerman } from '../../support/locale-german.ts';

const folder = countyFolder('calw');
const content = readContent(folder);
const FILES = ['pages.json', 'eligibility.json'];
const read = (locale: string, files = FILES): [string, unknown][] =>
  files.flatMap((file) =>
    Object.entries(JSON.parse(readFileSync(path.join(folder, 'texts', locale, file), 'utf8')) as object),
  );
const german = new Map(read('de')) as German;
const RETURN_PAGES = ['options', 'advice', 'counselling', 'applying', 'contact'];

describe('the pages of the county', () => {
  it('have German that is short and plain', () => {
    expect(checkGerman(german)).toEqual([]);
  });

  it.each(TRANSLATED)('are whole in %s, spelt as they should be, and of today’s German', (locale) => {
    const texts = new Map(read(locale) as [string, Entry][]) as Translation;
    expect(checkLanguage(locale, german, texts)).toEqual([]);
    const all = [...texts].map(([key, { text }]) => [key, text] as const);
    expect(checkLimits(locale, all, (key) => key.endsWith('.label'))).toEqual([]);
  });

  it('say what each number of the county’s own is, as carefully as everything else', () => {
    const { numbers } = JSON.parse(readFileSync(path.join(folder, 'help-numbers.json'), 'utf8')) as {
      numbers: { id: string; labels?: Record<string, string> }[];
    };
    const own = numbers.flatMap(({ id, labels }) => (labels === undefined ? [] : [{ id, labels }]));
    expect(own.map(({ id }) => id)).toEqual(['pastoral_2']);
    const source = new Map(own.map(({ id, labels }) => [id, labels.de ?? '']));
    expect(checkGerman(source)).toEqual([]);
    for (const locale of TRANSLATED) {
      const texts = own.map(({ id, labels }) => {
        const german = createHash('sha256')
          .update(labels.de ?? '')
          .digest('hex')
          .slice(0, 8);
        return [id, { text: labels[locale] ?? '', status: 'draft', german }] as const;
      });
      expect([locale, checkLanguage(locale, source, new Map(texts))]).toEqual([locale, []]);
    }
  });

  it('have neutral codes, one each, and a source, a day and an end', () => {
    expect(new Set(content.pages.map(({ code }) => code)).size).toBe(content.pages.length);
    for (const { source, checkedOn, validUntil } of content.pages) {
      expect(source.length).toBeGreaterThan(2);
      expect(checkedOn < validUntil).toBe(true);
    }
  });

  it('invent no place and no number: what the county must supply is null', () => {
    const towns = new Set(readCounty('calw').municipalities.map(({ ags }) => ags));
    const known = ['+4970511600'];
    for (const { ags, phone } of content.helpers) {
      if (ags !== null) expect(towns.has(ags)).toBe(true);
      if (phone !== null) expect(known).toContain(phone);
    }
    expect(content.helpers.filter(({ phone }) => phone === null).length).toBeGreaterThan(5);
  });

  it('send nobody to her manager for a number whose topic would be the reason', () => {
    const topicsOf = ['women', 'pregnancy'];
    const shownOn = content.pages.filter(({ name }) => RETURN_PAGES.includes(name)).flatMap(({ helpers }) => helpers);
    const missing = content.helpers.filter(
      ({ id, topics, phone, web }) =>
        phone === null && web === null && (shownOn.includes(id) || topics.some((topic) => topicsOf.includes(topic))),
    );
    expect(missing.map(({ id }) => id)).toEqual(['pregnancy-advice', 'womens-advice', 'return-counselling']);
    for (const one of missing) expect(one.insteadOfNumber).not.toBe('manager');
  });

  it('each topic has somebody who helps or a number to call', () => {
    const topics = content.pages.filter(({ isTopic }) => isTopic);
    expect(topics.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['work', 'german', 'migration', 'youth', 'debt', 'pregnancy', 'women', 'circles']),
    );
    for (const topic of topics) expect(content.helpers.some(({ topics: own }) => own.includes(topic.name))).toBe(true);
  });
});

describe('what is said about going back', () => {
  const FORBIDDEN = {
    de: /abschieb|ausreise(?:pflicht|frist)|sie (?:müssen|sollen) (?:gehen|zurück)|euro|€|flug/i,
    ar: /ترحيل|يجب أن تغادروا|يورو|€|تذكرة/,
    fa: /اخراج|دیپورت|یورو|€|پرواز/,
    ti: /ምጥራዝ|ጥረዝ|ዩሮ|€|ነፋሪት/,
    en: /deport|removal|you (?:must|should) (?:go|leave|return)|euro|€|flight/i,
  };
  const COUNTRIES =
    /syri|afghan|erit|äthiop|irak|iran|iraq|ethiop|سوري|العراق|أفغان|إريتري|افغان|عراق|سوریه|ኤርትራ|ኢትዮ|ሶርያ/i;

  it.each(LOCALES)('in %s: no countries, no sums, no deadlines, no pressure', (locale) => {
    for (const name of RETURN_PAGES) {
      for (const key of [name, `${name}.label`]) {
        const { text } = content.words(locale, key);
        expect([key, FORBIDDEN[locale].test(text)]).toEqual([key, false]);
        expect([key, COUNTRIES.test(text)]).toEqual([key, false]);
        expect([key, /\d/.test(text)]).toEqual([key, false]);
      }
    }
  });

  it('begins with one sentence: asking has no effect, and nobody is told', () => {
    expect(content.words('de', 'options').text.split('\n')[0]).toBe(
      'Fragen hat keine Folgen, und niemand erfährt davon.',
    );
    expect(content.words('en', 'options').text.split('\n')[0]).toBe('Asking has no effect, and nobody is told.');
  });

  it('names independent advice before any office, and opens the opposite door as well', () => {
    const first = content.pages.find(({ name }) => name === 'options');
    expect(first?.next.slice(0, 2)).toEqual(['advice', 'stay']);
    // A link to advice that is no office stands on the very first screen.
    expect(first?.helpers).toEqual(['asylum-advice']);
    expect(content.helpers.find(({ id }) => id === 'asylum-advice')).toMatchObject({ web: 'handbookgermany.de' });
    for (const name of RETURN_PAGES.slice(0, 2)) {
      const here = content.pages.find((page) => page.name === name)?.helpers ?? [];
      expect(here).not.toContain('integration-team');
    }
    expect(content.pages.find(({ name }) => name === 'advice')?.helpers).toEqual(['asylum-advice']);
  });

  it('stands last on the first screen, and no other page leads there', () => {
    const leading = content.pages.filter(({ next }) => next.includes('options'));
    expect(leading).toEqual([]);
    const inside = new Set([...RETURN_PAGES, 'stay']);
    const doors = content.pages.filter(({ name, next }) => !inside.has(name) && next.some((one) => inside.has(one)));
    expect(doors).toEqual([]);
  });

  it('never shares a screen with the word for volunteers, whose root is the same in two languages', () => {
    for (const name of [...RETURN_PAGES, 'stay']) {
      expect(content.words('fa', name).text).not.toMatch(/داوطلب/);
      expect(content.words('ti', name).text).not.toMatch(/ወለንተኛ/);
    }
  });
});

describe('a county’s folder that is not as it must be', () => {
  let copy: string | undefined;
  afterEach(() => {
    if (copy !== undefined) rmSync(copy, { recursive: true });
  });
  const changed = (file: string, change: (text: string) => string): (() => unknown) => {
    copy = mkdtempSync(path.join(tmpdir(), 'county-'));
    cpSync(folder, copy, { recursive: true });
    const where = path.join(copy, file);
    writeFileSync(where, change(readFileSync(where, 'utf8')));
    const there = copy;
    return () => readContent(there);
  };

  it.each([
    ['a code twice', 'pages.json', (text: string) => text.replace('"code": "r9"', '"code": "k4"'), /k4/],
    [
      'a day that does not exist',
      'pages.json',
      (text: string) => text.replace('2027-02-22', '2027-02-30'),
      /pages\.json.*validUntil/,
    ],
    ['no source', 'pages.json', (text: string) => text.replace(/"source": "[^"]*"/, '"source": ""'), /source/],
    ['a page that leads nowhere', 'pages.json', (text: string) => text.replace('"advice",', '"nowhere",'), /nowhere/],
    [
      'a page without German words',
      'texts/de/pages.json',
      (text: string) => text.replace('"stay"', '"stayed"'),
      /stay/,
    ],
    [
      'a number that nobody can dial',
      'helpers.json',
      (text: string) => text.replace('+4970511600', '07051 1600'),
      /phone/,
    ],
    [
      'a number of its own that does not say what it is',
      'help-numbers.json',
      (text: string) => text.replace('"id": "parents"', '"id": "parent"'),
      /numbers\.\d+\.labels parent is not known to the program.*German/,
    ],
    [
      'a number of its own without German',
      'help-numbers.json',
      (text: string) => text.replace(/"de": "💬[^"]*",/, ''),
      /numbers\.\d+\.labels\.de/,
    ],
    [
      'words in a language that there is not',
      'help-numbers.json',
      (text: string) => text.replace('"ti": "💬', '"tr": "💬'),
      /numbers\.\d+\.labels.*tr/,
    ],
    [
      'other words for a number of the program',
      'help-numbers.json',
      (text: string) => text.replace('"id": "pastoral_2"', '"id": "pastoral_1"'),
      /pastoral_1 the program has its own words/,
    ],
    [
      'a number twice',
      'help-numbers.json',
      (text: string) => text.replace('"id": "police"', '"id": "emergency"'),
      /emergency twice/,
    ],
    [
      'a help number that is none',
      'help-numbers.json',
      (text: string) => text.replace('"116 117"', '"call us"'),
      /numbers\.2\.number is no telephone number/,
    ],
    [
      'a page with a number that is not there',
      'pages.json',
      (text: string) => text.replace('"violence_women"', '"violence_woman"'),
      /violence_woman/,
    ],
    ['a topic that is none', 'helpers.json', (text: string) => text.replace('"work"', '"works"'), /works/],
  ])('is refused with its place: %s', (_, file, change, says) => {
    expect(changed(file, change)).toThrow(says);
  });

  it('but a language may lack a page, or all of them: German stands in and the gap is known', () => {
    const read = changed('texts/ti/pages.json', (text) => {
      const { stay: _, ...others } = JSON.parse(text);
      return JSON.stringify(others);
    });
    const lacking = read() as typeof content;
    expect(lacking.words('ti', 'stay')).toEqual({ text: content.words('de', 'stay').text, locale: 'de' });
    expect(lacking.owned.find(({ key }) => key === 'p.stay')?.missing).toEqual(['ti']);
    rmSync(path.join(copy ?? '', 'texts/fa'), { recursive: true });
    const less = readContent(copy ?? '');
    expect(less.owned.filter(({ key, missing }) => key.startsWith('p.') && !missing.includes('fa'))).toEqual([]);
  });

  it('a German that has changed makes its translations stale', () => {
    const stale = changed('texts/de/pages.json', (text) =>
      text.replace('Fragen Sie früh', 'Fragen Sie bald'),
    )() as typeof content;
    expect(stale.owned.find(({ key }) => key === 'p.asylum')?.stale).toEqual(['ar', 'fa', 'ti', 'en']);
    expect(stale.owned.find(({ key }) => key === 'p.asylum')?.mark).not.toBe(
      content.owned.find(({ key }) => key === 'p.asylum')?.mark,
    );
  });
});
