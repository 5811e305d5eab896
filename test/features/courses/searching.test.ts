import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ANSWERS,
  ANY,
  type CourseRecord,
  DAY_PARTS,
  type From,
  KILOMETRES,
  LEVELS,
  type Offering,
  PER_PAGE,
  PURPOSES,
  REACHED,
  START_KINDS,
  WISHES,
  type Wish,
} from '../../../src/features/courses/model.ts';
import { fulfils, isShown, purposesOf, wishesOf, without } from '../../../src/features/courses/rules.ts';
import { placed } from '../../../src/features/courses/rules-place.ts';
import { dayPartsOf } from '../../../src/features/courses/rules-times.ts';
import type { Refugee } from '../../../src/features/people/model.ts';
import { addDays, day, dayOf } from '../../../src/platform/datetime.ts';
import { actorOf } from '../../support/builders.ts';
import { aRecord, listCourses, SOURCE } from '../../support/courses.ts';
import { arrive } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
let amal: Refugee;
beforeEach(async () => {
  world = await createWorld();
  const person = world.person('Amal');
  await arrive(world, person, 'de');
  amal = await actorOf(world, person, 'refugee');
});
afterEach(() => world.stop());

const courses = () => world.program.services.courses;
const titles = async (wish: Partial<Wish> = {}, from: From = 'home') =>
  (await courses().findOfferings(amal, { ...ANY, ...wish }, from, 0)).found.map(({ offering }) => offering.title);
const TODAY = day('2026-11-23');
const CALW = { postalCode: '75365', city: 'Calw', lat: 48.7142, lon: 8.7403, confirmed: true };
const north = (km: number) => ({ ...CALW, postalCode: '75394', lat: CALW.lat + km / 111.195 });
const titled = (title: string, own: Partial<CourseRecord> = {}) => aRecord({ recordId: title, title, ...own });
const starting = (title: string, days: number, own: Partial<CourseRecord> = {}) =>
  titled(title, { startKind: 'date', startsOn: addDays(TODAY, days), place: CALW, ...own });

describe('the list', () => {
  it('has near courses first, in bands of five kilometres, and early ones first within a band', async () => {
    await listCourses(world, [
      starting('fern', 1, { place: north(12) }),
      starting('spät', 30, { place: north(1) }),
      starting('früh', 10, { place: north(4) }),
      titled('jederzeit', { startKind: 'rolling', place: north(3) }),
      titled('fragen', { startKind: 'ask', place: CALW }),
      titled('virtuell', { startKind: 'rolling', form: 'virtual' }),
    ]);
    const page = await courses().findOfferings(amal, ANY, 'home', 0);
    expect(page.found.map(({ offering, km }) => [offering.title, km])).toEqual([
      ['jederzeit', 3],
      ['früh', 4],
      ['spät', 1],
      ['fragen', 0],
      ['fern', 12],
    ]);
    const last = await courses().findOfferings(amal, ANY, 'home', 1);
    expect(last.found.map(({ offering, km }) => [offering.title, km])).toEqual([['virtuell', undefined]]);
  });

  it('shows one that has begun after those to come, and hides what is over, gone, or no longer to be shown', async () => {
    await listCourses(world, [
      starting('läuft', -30, { endsOn: addDays(TODAY, 30) }),
      starting('endet heute', -30, { endsOn: TODAY }),
      starting('vorbei', -30, { endsOn: addDays(TODAY, -1) }),
      starting('ohne Ende, lange her', -366),
      starting('nicht mehr gewünscht', 30, { shownUntil: addDays(TODAY, -1) }),
      starting('kommt', 200),
      starting('verschwindet', 3),
    ]);
    await listCourses(
      world,
      ['läuft', 'endet heute', 'vorbei', 'kommt'].map((title, n) =>
        starting(title, n === 3 ? 200 : -30, n === 3 ? {} : { endsOn: addDays(TODAY, [30, 0, -1][n] ?? 0) }),
      ),
    );
    expect((await titles()).sort()).toEqual(['endet heute', 'kommt', 'läuft']);
    expect((await titles())[0]).toBe('kommt');
  });

  it('has one line for a course with many dates at one place, and counts the others', async () => {
    const run = (n: number, own: Partial<CourseRecord> = {}) =>
      starting('Deutsch', 10 * n, { recordId: `D-${n}`, ...own });
    await listCourses(world, [run(3), run(1), run(2), run(4, { place: north(8) })]);
    const { found, total } = await courses().findOfferings(amal, ANY, 'home', 0);
    expect(total).toBe(2);
    expect(found.map(({ offering, more }) => [offering.recordId, more])).toEqual([
      ['D-1', 2],
      ['D-4', 0],
    ]);
  });

  it('has no distances without her place, and takes a shared one', async () => {
    await listCourses(world, [titled('hier', { place: CALW }), titled('dort', { place: north(20) })]);
    expect((await courses().findOfferings(amal, ANY, 'nowhere', 0)).found.map(({ km }) => km)).toEqual([
      undefined,
      undefined,
    ]);
    expect(await titles({}, { lat: CALW.lat + 20 / 111.195, lon: CALW.lon })).toEqual(['dort', 'hier']);
    expect(await titles({ km: 10 }, 'nowhere')).toHaveLength(2);
  });

  it('is empty, page 0 of 0, where nothing fits', async () => {
    expect(await courses().findOfferings(amal, ANY, 'home', 7)).toEqual({ found: [], total: 0, page: 0 });
  });

  it.each([-999_999, -1, 0, 2, 999_999])('page %i is one that exists', async (page) => {
    await listCourses(
      world,
      Array.from({ length: 12 }, (_, n) => titled(`K${n}`)),
    );
    const found = await courses().findOfferings(amal, ANY, 'home', page);
    expect(found.page).toBe(page <= 0 ? 0 : 2);
    expect(found.found).toHaveLength(page <= 0 ? 5 : 2);
  });
});

describe('a wish', () => {
  it('for a level finds what begins at or below it and leads beyond it', async () => {
    await listCourses(world, [
      titled('A1–A2', { levelFrom: 'A1', levelTo: 'A2' }),
      titled('A2–B1', { levelFrom: 'A2', levelTo: 'B1' }),
      titled('B1–B2', { levelFrom: 'B1', levelTo: 'B2' }),
      titled('unbekannt'),
    ]);
    expect((await titles({ reached: 'A0' })).sort()).toEqual(['unbekannt']);
    expect((await titles({ reached: 'A1' })).sort()).toEqual(['A1–A2', 'unbekannt']);
    expect((await titles({ reached: 'A2' })).sort()).toEqual(['A2–B1', 'unbekannt']);
    expect((await titles({ reached: 'C1' })).sort()).toEqual(['unbekannt']);
  });

  it('never loses what its source leaves open: it is asked about', async () => {
    await listCourses(world, [
      titled('ja', { childCare: 'yes', daysTimes: 'Mo 08:00-11:00' }),
      titled('nein', { childCare: 'no', daysTimes: 'Mo 18:00-20:00' }),
      titled('offen'),
    ]);
    expect((await titles({ childCare: true })).sort()).toEqual(['ja', 'offen']);
    expect((await titles({ when: 'morning' })).sort()).toEqual(['ja', 'offen']);
  });

  it('for a distance keeps virtual courses, and loses those whose place nobody knows', async () => {
    await listCourses(world, [
      titled('nah', { place: north(9) }),
      titled('fern', { place: north(11) }),
      titled('virtuell', { form: 'virtual' }),
      titled('irgendwo'),
    ]);
    expect((await titles({ km: 10 })).sort()).toEqual(['nah', 'virtuell']);
  });

  it('that finds nothing is told which one to drop, and how much that gives', async () => {
    await listCourses(world, [
      titled('A', { childCare: 'no', place: CALW, daysTimes: 'Mo 18:00-20:00' }),
      titled('B', { childCare: 'no', place: CALW, daysTimes: 'Mo 18:00-20:00' }),
      titled('C', { childCare: 'yes', place: CALW, daysTimes: 'Mo 08:00-10:00' }),
    ]);
    const wish: Wish = { ...ANY, childCare: true, when: 'evening', km: 10 };
    expect(await titles(wish)).toEqual([]);
    expect(await courses().loosen(amal, wish, 'home')).toEqual({
      loosenings: [
        { part: 'childCare', count: 2 },
        { part: 'when', count: 1 },
      ],
      all: 3,
    });
  });
});

const record = fc
  .record({
    kind: fc.constantFrom('IK_ALPHA', 'IK_ALLG', 'BSK_B2', 'OK', 'JOB_BSK', 'EHRENAMT'),
    title: fc.constantFrom('Deutsch', 'Deutsch im Beruf', 'Lesen und Schreiben'),
    levels: fc.option(fc.tuple(fc.constantFrom(...LEVELS), fc.constantFrom(...LEVELS))),
    to: fc.boolean(),
    startKind: fc.constantFrom(...START_KINDS),
    starts: fc.integer({ min: -400, max: 60 }),
    ends: fc.option(fc.integer({ min: 0, max: 100 })),
    daysTimes: fc.constantFrom(undefined, 'Mo 08:00-11:00', 'Mo 18:00-20:00', 'Sa 09:00-12:00', 'Mo-Fr 09:00-16:00'),
    form: fc.constantFrom('presence', 'virtual', 'mixed'),
    km: fc.option(fc.integer({ min: 0, max: 60 })),
    childCare: fc.constantFrom(...ANSWERS),
  })
  .map(({ levels, to, starts, ends, km, ...own }): Omit<CourseRecord, 'recordId'> => {
    const [from, until] = levels?.toSorted() ?? [];
    const startsOn = addDays(TODAY, starts);
    return {
      ...aRecord(),
      ...(own as Partial<CourseRecord>),
      levelFrom: to ? undefined : from,
      levelTo: until,
      startsOn,
      endsOn: ends === null ? undefined : addDays(startsOn, ends),
      place: km === null ? { confirmed: false } : north(km),
    };
  });
const wishes: fc.Arbitrary<Wish> = fc.record({
  purpose: fc.option(fc.constantFrom(...PURPOSES), { nil: undefined }),
  reached: fc.option(fc.constantFrom(...REACHED), { nil: undefined }),
  when: fc.option(fc.constantFrom(...DAY_PARTS), { nil: undefined }),
  childCare: fc.boolean(),
  km: fc.option(fc.constantFrom(...KILOMETRES), { nil: undefined }),
});

/** Every line of the list, page by page. */
async function wholeList(wish: Wish, from: From): Promise<Offering[]> {
  const found: Offering[] = [];
  for (let page = 0; ; page++) {
    const one = await courses().findOfferings(amal, wish, from, page);
    found.push(...one.found.map(({ offering }) => offering));
    expect(one.total === 0 || one.page === page).toBe(true);
    if ((page + 1) * PER_PAGE >= one.total) {
      expect(found).toHaveLength(one.total);
      return found;
    }
  }
}

it('the statement finds what the rules say, pages show each once, and loosening counts right and loses nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 25 }),
      fc.array(wishes, { minLength: 4, maxLength: 4 }),
      fc.constantFrom<From>('home', 'nowhere', north(20)),
      async (some, asked, from) => {
        const records = some.map((own, n) => ({ ...own, recordId: `R-${n}` }) as CourseRecord);
        await listCourses(world, records, { isConfirmed: true, source: SOURCE });
        const towns = await world.program.services.county.municipalities();
        const home = towns.find(({ ags }) => ags === amal.ags);
        const point = from === 'home' ? home : from === 'nowhere' ? undefined : from;
        const known = records.map((own) => ({
          ...own,
          place: placed(own.place, towns),
          purposes: purposesOf(own),
          dayParts: dayPartsOf(own),
          goneAt: undefined,
        }));
        const group = ({ title, place, form }: Pick<Offering, 'title' | 'place' | 'form'>) =>
          JSON.stringify([title, form, place.postalCode]);
        const expected = (wish: Wish) =>
          new Set(
            known
              .filter((one) => isShown(one, dayOf(world.clock.now())))
              .filter((one) => Object.values(fulfils(one, wish, point)).every(Boolean))
              .map(group),
          );
        for (const wish of asked) {
          const lines = await wholeList(wish, from);
          expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
          expect(new Set(lines.map(group))).toEqual(expected(wish));
          const { loosenings, all } = await courses().loosen(amal, wish, from);
          expect(all).toBe(expected(ANY).size);
          for (const part of wishesOf(wish)) {
            const looser = expected(without(wish, part));
            expect([...expected(wish)].every((line) => looser.has(line))).toBe(true);
            const offered = loosenings.find((one) => one.part === part)?.count;
            expect(offered ?? lines.length).toBe(looser.size);
          }
          expect(loosenings.every(({ part }) => WISHES.includes(part))).toBe(true);
        }
      },
    ),
    { numRuns: 25 },
  );
});
