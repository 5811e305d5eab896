import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { arrive, book, findButton, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
let maria: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  maria = staffOf(world).maria;
});
afterEach(() => world.stop());

async function toForm(): Promise<void> {
  await write(world, maria, '/menu');
  await press(world, maria, 'hours:0');
  await press(world, maria, 'hours.add');
}

/** Typed where it does not look like a button. */
async function answers(...given: readonly string[]): Promise<void> {
  for (const one of given) {
    if (one.startsWith('hf.')) await press(world, maria, one);
    else await write(world, maria, one);
  }
}
const REST = ['hf.min:slot:30', 'hf.min:buffer:10', 'hf.from:', 'hf.save'];
const added = (weekday: number) => world.db.prisma.officeHours.findMany({ where: { weekday } });

describe.each(LOCALES)('in %s', (locale) => {
  it('a manager makes office hours at a place, with times typed in Arabic digits, and people book them', async () => {
    await write(world, maria, '/language');
    await press(world, maria, `lang.to:${locale}`);
    await toForm();
    await answers('hf.day:6', '٠٨:٣٠', '۱۲.۰۰', 'hf.way:place', 'hf.way:done', 'wildberg', 'hf.place:rathaus-wildberg');
    await answers(...REST);
    expect(await added(6)).toMatchObject([
      { from: '08:30', to: '12:00', placeId: 'rathaus-wildberg', ways: ['place'], slotMinutes: 30 },
    ]);
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await write(world, amal, '/book');
    await press(world, amal, 'bk.topic:');
    await press(world, amal, 'bk.way:');
    expect(offered(amal).some((data) => data.includes(':2026-11-28:'))).toBe(true);
  });
});

describe('the office hours form', () => {
  it.each(['25:00', '24:00', '8:60', 'morgens', '🙂', '-1', '12:00:00'])(
    'asks again after %s and keeps what was answered before',
    async (typed) => {
      await toForm();
      await answers('hf.day:6', typed);
      expect(says(maria)).toContain(words(world, 'appointments:hours.not-a-time'));
      await answers('8', '12 Uhr', 'hf.way:telephone', 'hf.way:done', ...REST);
      expect(await added(6)).toMatchObject([{ from: '08:00', to: '12:00' }]);
    },
  );

  it('refuses an end before its beginning', async () => {
    await toForm();
    await answers('hf.day:6', '14:00', '09:00', 'hf.way:telephone', 'hf.way:done', ...REST);
    expect(says(maria)).toContain(words(world, 'appointments:hours.problem.ends-before-begins'));
    expect(offered(maria)).toContain('hours.add');
    expect(await added(6)).toEqual([]);
  });

  it('refuses a time in which no appointment fits', async () => {
    await toForm();
    await answers('hf.day:6', '14:00', '14:20', 'hf.way:telephone', 'hf.way:done', ...REST);
    expect(says(maria)).toContain(words(world, 'appointments:hours.problem.no-slot-fits'));
    expect(await added(6)).toEqual([]);
  });

  it('refuses what overlaps with other hours and says with which', async () => {
    await toForm();
    await answers('hf.day:1', '11:00', '13:00', 'hf.way:telephone', 'hf.way:done', ...REST);
    expect(says(maria)).toContain('08:30–12:00');
    expect(await added(1)).toHaveLength((await world.db.prisma.manager.count()) - 1);
    await toForm();
    await answers('hf.day:1', '12:00', '13:00', 'hf.way:telephone', 'hf.way:done', ...REST);
    expect(says(maria)).toContain(words(world, 'appointments:hours.saved'));
  });

  it('lets ways be chosen and unchosen, and goes on with at least one', async () => {
    await toForm();
    await answers('hf.day:6', 'hf.time:from:0900', 'hf.time:to:1200');
    expect(offered(maria)).not.toContain('hf.way:done');
    await answers('hf.way:home', 'hf.way:telephone', 'hf.way:home', 'hf.way:done', ...REST);
    expect(await added(6)).toMatchObject([{ ways: ['telephone'], placeId: null }]);
  });

  it('finds places by a few letters and says when there is none', async () => {
    await toForm();
    await answers('hf.day:6', '9', '12', 'hf.way:place', 'hf.way:done', 'zzz');
    expect(says(maria)).toContain(words(world, 'appointments:hours.place-none'));
    await answers('nagold');
    expect(offered(maria).filter((data) => data.startsWith('hf.place:')).length).toBeGreaterThan(0);
    expect(offered(maria).every((data) => !data.startsWith('hf.place:') || data.includes('nagold'))).toBe(true);
  });

  it('takes no place, date or number that it did not offer', async () => {
    await toForm();
    await answers('hf.day:6', '9', '12', 'hf.way:place', 'hf.way:done');
    const message = findButton(maria, 'hf.place:').messageId;
    for (const data of ['hf.place:nowhere', 'hf.from:2026-99-99', 'hf.min:slot:999999', 'hf.way:done']) {
      maria.presses(message, data);
      await world.settle();
    }
    expect(await added(6)).toEqual([]);
  });
});

describe('removing office hours', () => {
  it('is refused while appointments stand in them, and possible afterwards', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    const manager = await world.db.prisma.manager.findFirst({ where: { name: 'Maria Keller' } });
    const monday = await world.db.prisma.officeHours.findFirst({ where: { weekday: 1, managerId: manager?.id ?? '' } });
    await write(world, maria, '/menu');
    await press(world, maria, 'hours:0');
    await press(world, maria, `hours.one:${monday?.id}`);
    await press(world, maria, 'hours.del:');
    expect(says(maria)).toContain(words(world, 'appointments:hours.booked'));
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.ok:');
    await write(world, maria, '/menu');
    await press(world, maria, 'hours:0');
    await press(world, maria, `hours.one:${monday?.id}`);
    const { messageId, data } = findButton(maria, 'hours.del:');
    await press(world, maria, 'hours.del:');
    expect(says(maria)).toContain(words(world, 'appointments:hours.removed'));
    maria.presses(messageId, data);
    await world.settle();
    expect(says(maria)).toContain(words(world, 'appointments:hours.gone'));
  });
});
