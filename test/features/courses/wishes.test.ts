import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSearch } from '../../../src/features/courses/buttons.ts';
import {
  ANSWERS,
  ANY,
  type CourseRecord,
  DAY_PARTS,
  KILOMETRES,
  LEVELS,
  PURPOSES,
  REACHED,
  type Wish,
} from '../../../src/features/courses/model.ts';
import { fulfils, purposesOf } from '../../../src/features/courses/rules.ts';
import { freePlaceOn, remindOn, wishEnd } from '../../../src/features/courses/rules-finder.ts';
import { dayPartsOf } from '../../../src/features/courses/rules-times.ts';
import { addMinutes, day } from '../../../src/platform/datetime.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, rows } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import { aRecord, listCourses } from '../../support/courses.ts';
import { dump } from '../../support/database.ts';
import {
  arrive,
  everything,
  forge,
  lastMessage,
  offered,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
let amal: SimulatedPerson;
beforeEach(async () => {
  // Nobody sleeps.
  world = await createWorld({ now: berlin('2026-11-23', '09:00') });
  amal = world.person('Amal');
  await arrive(world, amal, 'de');
});
afterEach(() => world.stop());

const DAY = 24 * 60;
const CALW = { ags: '08235085', postalCode: '75365', city: 'Calw', lat: 48.7142, lon: 8.7403, confirmed: true };
const north = (km: number) => ({ ...CALW, ags: undefined, postalCode: '75394', lat: CALW.lat + km / 111.195 });
const saved = (wish: Partial<Wish> = {}) => forge(world, amal, `co.tell:${search(wish)}`);
const search = (wish: Partial<Wish>) => writeSearch({ wish: { ...ANY, ...wish }, from: 'home', isAll: false });
const wishRows = () => world.db.prisma.courseWish.findMany();
/** A look reaches up to the moment before it, so that time must go on. */
const makeRounds = async () => {
  world.clock.pass(1);
  await world.settle();
  await world.program.services.courses.makeRounds();
  await world.settle();
};
const pass = async (minutes: number) => {
  world.clock.pass(minutes);
  await world.settle();
  await makeRounds();
};
const toldOf = (person: SimulatedPerson, title: string): number =>
  person.chat.filter((one) => one.fromBot && one.text?.includes(title)).length;
const evening = (title: string, own: Partial<CourseRecord> = {}) =>
  aRecord({ recordId: title, title, daysTimes: 'Mo 18:30-20:00', place: CALW, ...own });

describe('a saved wish', () => {
  it('is sealed, shown under her data, and goes with her', async () => {
    await saved({ purpose: 'everyday', when: 'evening', km: 25 });
    expect(says(amal)).toContain(words(world, 'finder:tell.saved'));
    expect(says(amal)).toContain('23.05.2027');
    expect(
      Object.values(await dump(world.db))
        .flat()
        .join('\n'),
    ).not.toMatch(/"evening"|everyday/);
    await press(world, amal, 'co.mine');
    await press(world, amal, 'data');
    expect(says(amal)).toContain(words(world, 'finder:mine.wish'));
    await press(world, amal, 'co.mine');
    await press(world, amal, 'co.wish:');
    expect(says(amal)).toContain('abends');
    await write(world, amal, '/delete');
    await press(world, amal, 'erase:yes');
    expect((await dump(world.db)).course_wish).toEqual([]);
    expect((await dump(world.db)).notice?.filter((row) => row.includes('course-'))).toEqual([]);
  });

  it('is kept once, and there are three at most, also of two that are pressed at once', async () => {
    await saved({ when: 'evening' });
    await saved({ when: 'evening' });
    expect(says(amal)).toContain(words(world, 'finder:tell.known'));
    await saved({ when: 'morning' });
    const id = lastMessage(amal)?.message_id ?? 0;
    const refugee = await actorOf(world, amal, 'refugee');
    const { courses } = world.program.services;
    const both = await Promise.all([
      courses.tellMe(refugee, { ...ANY, childCare: true }),
      courses.tellMe(refugee, { ...ANY, when: 'weekend' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['limit', 'saved']);
    amal.presses(id, `co.tell:${search({ km: 10 })}`);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'finder:tell.limit'));
    expect(await wishRows()).toHaveLength(3);
  });

  it('tells once of a course that appears, and of none that was there', async () => {
    await listCourses(world, [evening('Alter Kurs')]);
    world.clock.pass(1);
    await saved({ when: 'evening', km: 10 });
    await listCourses(world, [
      evening('Alter Kurs'),
      evening('Neuer Kurs'),
      evening('Morgens', { daysTimes: 'Mo 08:00-11:00' }),
      evening('Fern', { place: north(30) }),
    ]);
    await makeRounds();
    expect(says(amal)).toContain('Neuer Kurs');
    for (const other of ['Alter Kurs', 'Morgens', 'Fern']) expect(says(amal)).not.toContain(other);
    await pass(2 * DAY);
    await pass(2 * DAY);
    expect(toldOf(amal, 'Neuer Kurs')).toBe(1);
    await press(world, amal, 'co.card:');
    expect(says(amal)).toContain('Neuer Kurs');
  });

  it('tells of no course that is gone again before it could be told', async () => {
    await saved({ when: 'evening' });
    world.clock.pass(13 * 60 + 45);
    await listCourses(world, [evening('Kurz da')]);
    await makeRounds();
    expect(toldOf(amal, 'Kurz da')).toBe(0);
    await listCourses(world, []);
    await world.db.prisma.offering.updateMany({ data: { goneAt: new Date(world.clock.now()) } });
    await pass(12 * 60);
    expect(toldOf(amal, 'Kurz da')).toBe(0);
  });

  it('is silent in her quiet hours and speaks when they end', async () => {
    await saved({ when: 'evening' });
    world.clock.pass(15 * 60);
    await listCourses(world, [evening('Nachts gemeldet')]);
    await makeRounds();
    expect(toldOf(amal, 'Nachts gemeldet')).toBe(0);
    await pass(10 * 60);
    expect(toldOf(amal, 'Nachts gemeldet')).toBe(1);
  });

  it('says nothing on a locked screen where she wants that; a tap opens it', async () => {
    await forge(world, amal, 'rem.discreet:-:yes');
    await saved({ when: 'evening' });
    await listCourses(world, [evening('Verdeckter Kurs')]);
    await makeRounds();
    expect(everything(amal)).not.toContain('Verdeckter Kurs');
    await press(world, amal, 'open:');
    expect(says(amal)).toContain('Verdeckter Kurs');
  });

  it('tells of a place that staff report, and of none that was taken back', async () => {
    const { maria } = staffOf(world);
    await listCourses(world, [evening('Voller Kurs')]);
    const { id } = await world.db.prisma.offering.findFirstOrThrow();
    world.clock.pass(1);
    await saved({ when: 'evening' });
    await forge(world, amal, `co.free:${id}:xxxn0h:0:yes`);
    expect((await world.db.prisma.offering.findFirstOrThrow()).placeReportedAt).toBeNull();
    world.clock.pass(1);
    await forge(world, maria, `co.card:${id}:xxxn0h:0`);
    await press(world, maria, 'co.free:');
    expect(says(maria)).toContain(words(world, 'finder:card.free-place'));
    await makeRounds();
    expect(says(amal)).toContain('Voller Kurs');
    await press(world, amal, 'co.card:');
    expect(says(amal)).toContain(words(world, 'finder:card.free-place'));
    await press(world, maria, 'co.free:');
    expect((await world.db.prisma.offering.findFirstOrThrow()).placeReportedAt).toBeNull();
    expect(says(maria)).not.toContain(words(world, 'finder:card.free-place'));
    await forge(world, maria, 'co.free:zzzzzzzzzzzz:xxxn0h:0:yes');
    expect(says(maria)).toContain(words(world, 'courses:over'));
  });

  it('pauses, goes on without what came meanwhile, and ends', async () => {
    await saved({ when: 'evening' });
    await press(world, amal, 'co.wish.to:');
    expect(says(amal)).toContain(words(world, 'finder:tell.paused'));
    world.clock.pass(1);
    await listCourses(world, [evening('In der Pause')]);
    await makeRounds();
    world.clock.pass(1);
    await press(world, amal, 'co.wish.to:');
    await makeRounds();
    expect(toldOf(amal, 'In der Pause')).toBe(0);
    world.clock.pass(1);
    await listCourses(world, [evening('In der Pause'), evening('Danach')]);
    await makeRounds();
    expect(says(amal)).toContain('Danach');
    const end = offered(amal).find((data) => data.endsWith(':end')) ?? '';
    await press(world, amal, end);
    expect(says(amal)).toContain(words(world, 'finder:tell.ended'));
    expect(await wishRows()).toEqual([]);
    await forge(world, amal, end);
    expect(says(amal)).toContain(words(world, 'finder:tell.over'));
  });

  it('asks two weeks before its six months are over; yes is six months more, silence is the end', async () => {
    await saved({ when: 'evening' });
    await saved({ when: 'morning' });
    const ends = wishEnd(world.clock.now());
    world.clock.set(addMinutes(ends, -15 * DAY));
    await makeRounds();
    expect(toldOf(amal, words(world, 'finder:told.asked'))).toBe(0);
    await pass(DAY + 1);
    await pass(DAY);
    expect(offered(amal).filter((data) => data.endsWith(':keep'))).toHaveLength(1);
    expect(amal.chat.filter((one) => one.text?.includes(words(world, 'finder:told.asked')))).toHaveLength(2);
    await press(world, amal, offered(amal).find((data) => data.endsWith(':keep')) ?? '');
    world.clock.set(addMinutes(ends, 1));
    await world.settle();
    await world.program.services.courses.forget();
    const left = await wishRows();
    expect(left.map(({ askedAt }) => askedAt)).toEqual([null]);
    expect(left[0]?.endsAt.getTime()).toBeGreaterThan(addMinutes(ends, 150 * DAY));
  });

  it('of somebody who cannot be reached waits for her', async () => {
    await saved({ when: 'evening' });
    amal.blocks();
    await world.settle();
    await listCourses(world, [evening('Später gesehen')]);
    await makeRounds();
    amal.unblocks();
    await world.settle();
    await makeRounds();
    expect(toldOf(amal, 'Später gesehen')).toBe(1);
  });

  it('waits for an import that runs: its courses are listed under the moment at which it began', async () => {
    await listCourses(world, []);
    const begun = {
      id: 'run',
      sourceId: 'test',
      way: 'shell',
      startedAt: new Date(world.clock.now()),
      status: 'running',
    };
    await world.db.prisma.courseImport.create({ data: begun });
    world.clock.pass(5);
    await saved({ when: 'evening' });
    world.clock.pass(5);
    await listCourses(world, [evening('Anderer Kurs')], { source: { id: 'b', name: 'B', staleAfterDays: 3 } });
    await makeRounds();
    expect(toldOf(amal, 'Anderer Kurs')).toBe(0);
    await world.db.prisma.courseImport.update({
      where: { id: 'run' },
      data: { finishedAt: new Date(world.clock.now()) },
    });
    await pass(1);
    expect(toldOf(amal, 'Anderer Kurs')).toBe(1);
  });

  it('does not wait for an import that has died, once its list was delivered whole', async () => {
    await saved({ purpose: 'everyday' });
    await listCourses(world, [evening('Erster')]);
    const [source] = await world.db.prisma.courseSource.findMany();
    world.clock.pass(1);
    const startedAt = new Date(world.clock.now());
    const died = { id: 'died-i', sourceId: source?.id ?? '', way: 'schedule', startedAt, status: 'running' };
    await world.db.prisma.courseImport.create({ data: died });
    world.clock.pass(30);
    await listCourses(world, [evening('Erster'), evening('Deutsch am Abend')]);
    await pass(1);
    expect(toldOf(amal, 'Deutsch am Abend')).toBe(1);
  });
});

describe('a reminder before registration ends', () => {
  const course = (until: string, own: Partial<CourseRecord> = {}) =>
    aRecord({ title: 'Mit Frist', registerUntil: day(until), place: CALW, ...own });
  const card = async () => {
    const { id } = await world.db.prisma.offering.findFirstOrThrow();
    await forge(world, amal, `co.card:${id}:xxxn0h:0`);
    return id;
  };

  it('comes three days before, once; it is on the card and under her data, and can be taken back', async () => {
    await listCourses(world, [course('2026-12-10')]);
    await card();
    await press(world, amal, 'co.rem:');
    expect(says(amal)).toContain('07.12.2026');
    await press(world, amal, 'co.rem:');
    expect(await world.db.prisma.courseReminder.count()).toBe(0);
    await press(world, amal, 'co.rem:');
    await write(world, amal, '/menu');
    await press(world, amal, 'data');
    expect(says(amal)).toContain('Mit Frist');
    world.clock.set(berlin('2026-12-07', '09:00'));
    await makeRounds();
    expect(says(amal)).not.toContain(words(world, 'finder:told.register'));
    await pass(61);
    await pass(DAY);
    expect(amal.chat.filter((one) => one.text?.includes(words(world, 'finder:told.register')))).toHaveLength(1);
    await world.program.services.courses.forget();
    expect(await world.db.prisma.courseReminder.count()).toBe(1);
    world.clock.set(berlin('2026-12-11', '00:01'));
    await world.settle();
    await world.program.services.courses.forget();
    expect(await world.db.prisma.courseReminder.count()).toBe(0);
  });

  it('follows a date that its source moves, and is silent about a course that is gone', async () => {
    await listCourses(world, [course('2026-12-10')]);
    await card();
    await press(world, amal, 'co.rem:');
    await listCourses(world, [course('2026-12-20')]);
    world.clock.set(berlin('2026-12-07', '11:00'));
    await makeRounds();
    expect(everything(amal)).not.toContain(words(world, 'finder:told.register'));
    await listCourses(world, [aRecord({ recordId: 'R-2', title: 'Anderer' })]);
    world.clock.set(berlin('2026-12-17', '11:00'));
    await makeRounds();
    expect(everything(amal)).not.toContain(words(world, 'finder:told.register'));
    await write(world, amal, '/menu');
    await press(world, amal, 'data');
    expect(says(amal)).not.toContain('Mit Frist');
  });

  it('is not offered where it would come too late, or nobody knows the date; forged, it keeps nothing', async () => {
    for (const own of [course('2026-11-24'), course('2026-11-20'), aRecord({ title: 'Mit Frist' })]) {
      await listCourses(world, [own]);
      const id = await card();
      expect(offered(amal).some((data) => data.startsWith('co.rem:'))).toBe(false);
      const before = await rows(world);
      await forge(world, amal, `co.rem:${id}:xxxn0h:0:yes`);
      expect(await rows(world)).toEqual(before);
    }
    await forge(world, amal, 'co.rem:zzzzzzzzzzzz:xxxn0h:0:yes');
    expect(says(amal)).toContain(words(world, 'courses:over'));
  });

  it('there are five at most, and each can be forgotten', async () => {
    await listCourses(
      world,
      Array.from({ length: 6 }, (_, n) => course('2027-01-10', { recordId: `R-${n}`, title: `Frist ${n}` })),
    );
    for (const { id } of await world.db.prisma.offering.findMany())
      await forge(world, amal, `co.rem:${id}:xxxn0h:0:yes`);
    expect(says(amal)).toContain(words(world, 'finder:card.remind-limit'));
    expect(await world.db.prisma.courseReminder.count()).toBe(5);
    await press(world, amal, 'co.mine');
    await press(world, amal, 'co.forget:');
    expect(await world.db.prisma.courseReminder.count()).toBe(4);
    await write(world, amal, '/delete');
    await press(world, amal, 'erase:yes');
    expect(await world.db.prisma.courseReminder.count()).toBe(0);
  });
});

it('when a reminder comes, to the day', () => {
  expect(remindOn(day('2026-12-10'), day('2026-12-06'))).toBe('2026-12-07');
  expect(remindOn(day('2026-12-10'), day('2026-12-07'))).toBe('2026-12-09');
  expect(remindOn(day('2026-12-10'), day('2026-12-08'))).toBe('2026-12-09');
  expect(remindOn(day('2026-12-10'), day('2026-12-09'))).toBeUndefined();
  const reported = berlin('2026-11-23', '10:00');
  expect(freePlaceOn(reported, addMinutes(reported, 14 * DAY))).toBe('2026-11-23');
  expect(freePlaceOn(reported, addMinutes(reported, 14 * DAY + 1))).toBeUndefined();
});

const wishes: fc.Arbitrary<Wish> = fc.record({
  purpose: fc.option(fc.constantFrom(...PURPOSES), { nil: undefined }),
  reached: fc.option(fc.constantFrom(...REACHED), { nil: undefined }),
  when: fc.option(fc.constantFrom(...DAY_PARTS), { nil: undefined }),
  childCare: fc.boolean(),
  km: fc.option(fc.constantFrom(...KILOMETRES), { nil: undefined }),
});
const records = fc
  .record({
    kind: fc.constantFrom('IK_ALPHA', 'IK_ALLG', 'BSK_B2', 'OK', 'EHRENAMT'),
    levels: fc.option(fc.tuple(fc.constantFrom(...LEVELS), fc.constantFrom(...LEVELS)), { nil: undefined }),
    daysTimes: fc.constantFrom(undefined, 'Mo 08:00-11:00', 'Mo 18:00-20:00', 'Sa 09:00-12:00'),
    form: fc.constantFrom('presence', 'virtual'),
    km: fc.integer({ min: 0, max: 60 }),
    childCare: fc.constantFrom(...ANSWERS),
  })
  .map(({ levels, km, ...own }) => {
    const [levelFrom, levelTo] = levels?.toSorted() ?? [];
    return { ...aRecord(), ...(own as Partial<CourseRecord>), levelFrom, levelTo, place: north(km) };
  });

let runs = 0;
it('one statement matches wishes with what is new as the rules say, and nobody is told twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(records, { minLength: 1, maxLength: 6 }),
      fc.uniqueArray(wishes, { minLength: 1, maxLength: 3, selector: (wish) => JSON.stringify(wish) }),
      async (some, wanted) => {
        await world.db.prisma.courseWish.deleteMany();
        await world.db.prisma.notice.deleteMany();
        runs += 1;
        world.clock.set(addMinutes(berlin('2026-11-24', '10:00'), runs * DAY));
        await listCourses(world, [], { isConfirmed: true });
        await world.db.prisma.offering.deleteMany();
        const refugee = await actorOf(world, amal, 'refugee');
        const ids: string[] = [];
        for (const wish of wanted) {
          const told = await world.program.services.courses.tellMe(refugee, wish);
          if (told.status === 'saved') ids.push(told.saved.id);
        }
        world.clock.set(addMinutes(world.clock.now(), 1));
        const all = some.map((own, n) => ({ ...own, recordId: `R-${n}`, title: `K ${n}` }));
        await listCourses(world, all, { isConfirmed: true });
        const expected = wanted.flatMap((wish, n) =>
          all.some((one) =>
            Object.values(fulfils({ ...one, purposes: purposesOf(one), dayParts: dayPartsOf(one) }, wish, CALW)).every(
              Boolean,
            ),
          )
            ? [ids[n]]
            : [],
        );
        await makeRounds();
        await makeRounds();
        const owed = await world.db.prisma.notice.findMany({ where: { kind: 'course-found' } });
        expect(owed.map(({ subjectId }) => subjectId).sort()).toEqual(expected.sort());
        expect(owed.every(({ status }) => status === 'sent')).toBe(true);
      },
    ),
    { numRuns: 12 },
  );
});
