import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVERYTHING } from '../../../src/features/courses/buttons.ts';
import { ANSWERS, type CourseRecord, FORMS, KINDS, START_KINDS } from '../../../src/features/courses/model.ts';
import { formatDay } from '../../../src/platform/date-formats.ts';
import { day } from '../../../src/platform/datetime.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import { rows } from '../../support/builders.ts';
import { aRecord, listCourses } from '../../support/courses.ts';
import { dump } from '../../support/database.ts';
import {
  arrive,
  buttonsOf,
  consent,
  findButton,
  forge,
  lastMessage,
  offered,
  press,
  says,
  signUndertaking,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ withCourses: true });
});
afterEach(() => world.stop());

const label = (locale: (typeof LOCALES)[number], key: 'answer.unknown' | 'answer.no' | 'answer.rolling') =>
  world.i18n.translator(locale).label(`courses:${key}`).replaceAll('\u200f', '');

describe.each(LOCALES)('a refugee who speaks %s', (locale) => {
  it('finds a course with three taps, turns the pages, and comes back to where she was', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await write(world, amal, '/menu');
    await press(world, amal, 'co');
    await press(world, amal, 'co.list:');
    expect(says(amal)).toContain('Calw');
    expect(says(amal)).toContain('1 · ');
    expect(offered(amal).filter((data) => data.startsWith('co.card:'))).toHaveLength(5);
    await press(world, amal, 'co.list:xxxn0h:1');
    const list = says(amal);
    expect(list).toContain('6 · ');
    expect(offered(amal)).toEqual(expect.arrayContaining(['co.list:xxxn0h:0', 'co.list:xxxn0h:2', 'menu']));
    await press(world, amal, 'co.card:');
    expect(says(amal)).toContain('📚 ');
    expect(offered(amal)).toEqual(expect.arrayContaining(['co.list:xxxn0h:1', 'menu']));
    await press(world, amal, 'co.list:xxxn0h:1');
    expect(says(amal)).toBe(list);
    await press(world, amal, 'menu');
    expect(offered(amal)).toContain('co');
  });

  it('reads on the card what is known, and whom to ask for the rest', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await listCourses(world, [
      aRecord({
        title: 'Deutsch <b>A1</b> & mehr',
        levelFrom: 'A1',
        levelTo: 'A2',
        startKind: 'date',
        startsOn: day('2027-02-15'),
        endsOn: day('2027-07-09'),
        registerUntil: day('2027-02-01'),
        daysTimes: 'Mo, Mi 08:30-11:45',
        place: { postalCode: '75365', city: 'Calw', street: 'Beispielgasse 2', confirmed: true },
        provider: {
          name: 'Beispiel GmbH',
          phone: '+497051000001',
          mail: 'a@example.invalid',
          url: 'https://example.invalid',
        },
        free: 'yes',
        childCare: 'no',
        womenOnly: 'yes',
        checkedOn: day('2026-11-20'),
      }),
    ]);
    await openCard(amal, 'Deutsch <b>A1</b>');
    const text = says(amal);
    for (const value of [
      'Deutsch <b>A1</b> & mehr',
      'A1–A2',
      formatDay(locale, day('2027-02-15')),
      formatDay(locale, day('2027-07-09')),
      formatDay(locale, day('2027-02-01')),
      formatDay(locale, day('2026-11-20')),
      'Mo, Mi 08:30-11:45',
      'Beispielgasse 2, 75365 Calw',
      'Beispiel GmbH',
      '+497051000001',
      'a@example.invalid',
      'https://example.invalid',
      words(world, 'courses:free', locale),
      words(world, 'courses:women-only', locale),
      label(locale, 'answer.no'),
      'Testliste',
    ]) {
      expect(text).toContain(value);
    }
    // No source says whether there are free places; nobody said whether a permit is needed.
    expect(text.split(label(locale, 'answer.unknown'))).toHaveLength(3);
    expect(text).not.toContain(words(world, 'courses:card.stale', locale));
  });

  it('is told to ask for everything of which nothing is known', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await listCourses(world, [aRecord({ title: 'Rätselkurs', place: { confirmed: false } })]);
    await openCard(amal, 'Rätselkurs');
    const asked = ['level', 'start', 'register', 'times', 'cost', 'child-care', 'women', 'permit', 'free-places'];
    expect(says(amal).split(label(locale, 'answer.unknown'))).toHaveLength(asked.length + 2);
    expect(says(amal)).toContain(words(world, 'courses:place.unconfirmed', locale));
  });

  it('reads every kind, form, answer and start', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    const all = KINDS.map((kind, n): CourseRecord => {
      const said = ANSWERS[n % 3] ?? 'unknown';
      return aRecord({
        recordId: kind,
        title: kind,
        kind,
        form: FORMS[n % 3] ?? 'mixed',
        startKind: START_KINDS[n % 3] ?? 'ask',
        startsOn: n % 2 === 0 ? day('2026-11-02') : day('2027-01-11'),
        registerUntil: day('2026-11-10'),
        ...{ free: said, childCare: said, womenOnly: said, permitNeeded: said },
        remarks: 'Zeile eins\nZeile zwei',
        lessons: 100,
      });
    });
    await listCourses(world, all);
    const ids = await world.db.prisma.offering.findMany({ where: { sourceId: 'test' } });
    await write(world, amal, '/menu');
    for (const { id, title } of ids) {
      await forge(world, amal, `co.card:${id}:${EVERYTHING}:0`);
      expect(says(amal)).toContain(title);
    }
  });
});

/** Turns pages until the course stands there, and opens it. */
async function openCard(person: ReturnType<World['person']>, title: string): Promise<void> {
  await write(world, person, '/menu');
  await press(world, person, 'co');
  await press(world, person, 'co.list:');
  for (let page = 1; ; page++) {
    const found = buttonsOf(lastMessage(person)).find((button) => button.label.includes(title));
    if (found !== undefined) return press(world, person, found.data);
    await press(world, person, `co.list:${EVERYTHING}:${page}`);
  }
}

it('searching and reading leaves no row and no log line', async () => {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await write(world, amal, '/menu');
  const before = await rows(world);
  const logged = world.logged.length;
  await press(world, amal, 'co');
  await press(world, amal, `co.list:${EVERYTHING}:0`);
  await press(world, amal, `co.list:${EVERYTHING}:1`);
  await press(world, amal, 'co.card:');
  await forge(world, amal, 'co.list:rxxn25p4871.874:0');
  await press(world, amal, 'co.card:');
  expect(await rows(world)).toEqual(before);
  expect(world.logged.slice(logged)).toEqual([]);
  expect(
    Object.values(await dump(world.db))
      .flat()
      .join('\n'),
  ).not.toContain('4871');
});

describe('who may', () => {
  it('a stranger is led to language and consent, and nothing is known of her', async () => {
    const neu = world.person('Neu');
    neu.starts();
    await world.settle();
    const before = await rows(world);
    for (const data of ['co', `co.list:${EVERYTHING}:0`]) {
      await forge(world, neu, data);
      expect(offered(neu).filter((one) => one.startsWith('lang.to:'))).toHaveLength(5);
    }
    expect(await rows(world)).toEqual(before);
  });

  it('whoever helps looks as well, without a home of hers and without anything to save', async () => {
    const { maria, karin, jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    for (const person of [maria, karin, jutta]) {
      await write(world, person, '/courses');
      await press(world, person, 'co.list:');
      expect(says(person)).toContain(words(world, 'courses:list.no-place'));
      await press(world, person, 'co.card:');
      const data = offered(person);
      expect(data.filter((one) => /^(?:bk|co\.rem|co\.tell)/.test(one))).toEqual([]);
      expect(data.some((one) => one.startsWith('co.free:'))).toBe(person !== jutta);
    }
    await write(world, jutta, '/menu');
    expect(offered(jutta)).toContain('co');
  });

  it('a volunteer before her undertaking comes to her own menu', async () => {
    const { jutta } = staffOf(world);
    await write(world, jutta, '/menu');
    const menu = says(jutta);
    await forge(world, jutta, 'co');
    expect(says(jutta)).toBe(menu);
    expect(offered(jutta)).not.toContain('co');
  });

  it('who waits for a manager finds courses as well', async () => {
    const omar = world.person('Omar');
    await arrive(world, omar, 'de', 'Enzklösterle');
    expect(offered(omar)).not.toContain('bk');
    await press(world, omar, 'co');
    await press(world, omar, 'co.list:');
    expect(says(omar)).toContain('Enzklösterle');
  });

  it('who lives in a shelter finds them too, without distances', async () => {
    const omar = world.person('Omar');
    await consent(world, omar, 'de');
    await press(world, omar, 'housing:shelter');
    await press(world, omar, 'co');
    await press(world, omar, 'co.list:');
    expect(says(omar)).toContain(words(world, 'courses:list.no-place'));
    expect(says(omar)).not.toMatch(/\d km/);
    await press(world, omar, 'menu');
    expect(offered(omar)).toContain('co');
  });
});

describe('old and forged buttons', () => {
  it('to a course that is over or gone say so politely, with a way to the others', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await listCourses(world, [aRecord({ title: 'Flüchtiger Kurs' }), aRecord({ recordId: 'R-2', title: 'Bleibt' })]);
    await openCard(amal, 'Flüchtiger Kurs');
    const { id } = await world.db.prisma.offering.findFirstOrThrow({ where: { title: 'Flüchtiger Kurs' } });
    await listCourses(world, [aRecord({ recordId: 'R-2', title: 'Bleibt' })]);
    for (const data of [`co.card:${id}:${EVERYTHING}:0`, `co.card:zzzzzzzzzzzz:${EVERYTHING}:0`]) {
      await forge(world, amal, data);
      expect(says(amal)).toContain(words(world, 'courses:over'));
      expect(offered(amal)).toEqual([`co.list:${EVERYTHING}:0`, 'menu', 'help.in:de']);
    }
  });

  it('a page beyond the end is the last one; what is no search is an old button', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await forge(world, amal, `co.list:${EVERYTHING}:999999`);
    expect(says(amal)).toContain('25 · ');
    await forge(world, amal, `co.list:${EVERYTHING}:-5`);
    expect(says(amal)).toContain('1 · ');
    await forge(world, amal, 'co.list:zzzz:0');
    expect(amal.toasts.at(-1)?.text).toContain(words(world, 'common:old-button'));
  });

  it('pressed twice at once show the same list once', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await write(world, amal, '/menu');
    const messages = amal.chat.length;
    const { messageId, data } = findButton(amal, 'co');
    amal.presses(messageId, data);
    amal.presses(messageId, data);
    await world.settle();
    expect(amal.chat).toHaveLength(messages);
    expect(says(amal)).toContain(words(world, 'finder:purpose.ask'));
  });
});

it('an empty catalogue says so at once, and whom to ask', async () => {
  await world.stop();
  world = await createWorld();
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await press(world, amal, 'co');
  expect(says(amal)).toContain(words(world, 'courses:list.none'));
  expect(offered(amal).map((data) => data.split(':')[0])).toEqual(['co.tell', 'bk.topic', 'menu', 'help.in']);
});

it('a course whose source nobody has delivered for long says so', async () => {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  world.clock.pass(31 * 24 * 60);
  await openCard(amal, 'Sprachcafé');
  expect(says(amal)).toContain(words(world, 'courses:card.stale'));
  expect(says(amal)).toContain('Vorführung, erfundene Kurse');
});

it('the longest course that the catalogue takes fits into one message', async () => {
  const amal = world.person('Amal', 'ar');
  await arrive(world, amal, 'ar');
  const long = (size: number) => '&'.repeat(size);
  await listCourses(world, [
    aRecord({
      title: long(200),
      daysTimes: long(400),
      costText: long(300),
      audience: long(300),
      remarks: long(800),
      place: { street: long(150), city: long(100), confirmed: false },
      provider: {
        name: long(200),
        mail: `${'a'.repeat(60)}@${'b'.repeat(60)}.example`,
        url: `https://example.invalid/${'x'.repeat(270)}`,
      },
    }),
  ]);
  await openCard(amal, '&&&');
  expect(says(amal)).toContain('&'.repeat(800));
});

it('erasing herself takes saved wishes and reminders along', async () => {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  const { personId } = await world.db.prisma.refugee.findFirstOrThrow();
  const { id: offeringId } = await world.db.prisma.offering.findFirstOrThrow();
  const now = new Date(world.clock.now());
  const wish = world.seal.seal('course-wish', '{}');
  await world.db.prisma.courseWish.create({
    data: { id: 'w', personId, wish, createdAt: now, toldUntil: now, endsAt: now },
  });
  await world.db.prisma.courseReminder.create({ data: { id: 'r', personId, offeringId, createdAt: now } });
  await write(world, amal, '/delete');
  await press(world, amal, 'erase:yes');
  const left = await dump(world.db);
  expect([left.course_wish, left.course_reminder]).toEqual([[], []]);
  expect(left.offering).toHaveLength(26);
});
