import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { arrive, findButton, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
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
/** One weekday, from, to, and talking by telephone: then the sheet. */
const toSheet = (weekday: number, from: string, to: string) =>
  answers(`hf.day:${weekday}:1`, 'hf.days', from, to, 'hf.way:telephone:1', 'hf.ways');
const added = (weekday: number) => world.db.prisma.officeHours.findMany({ where: { weekday } });

describe.each(LOCALES)('in %s', (locale) => {
  it('a manager makes office hours at a place, with times typed in Arabic digits, and people book them', async () => {
    await write(world, maria, '/language');
    await press(world, maria, `lang.to:${locale}`);
    await toForm();
    await answers('hf.day:6:1', 'hf.days', '٠٨:٣٠', '۱۲.۰۰', 'hf.way:place:1', 'hf.ways', 'wildberg');
    await answers('hf.place:rathaus-wildberg', 'hf.save');
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
      await answers('hf.day:6:1', 'hf.days', typed);
      expect(says(maria)).toContain(words(world, 'diary:hours.not-a-time'));
      await answers('8', '12 Uhr', 'hf.way:telephone:1', 'hf.ways', 'hf.save');
      expect(await added(6)).toMatchObject([{ from: '08:00', to: '12:00' }]);
    },
  );

  it.each([
    ['before its beginning', '14:00', '09:00', '15:00'],
    ['at its beginning', '14:00', '14:00', '15:00'],
    ['after midnight', '22:00', '02:00', '23:30'],
    ['at midnight', '22:00', '00:00', '23:30'],
  ])('says at once that an end %s cannot be, and keeps the beginning', async (_, from, wrong, to) => {
    await toForm();
    await answers('hf.day:6:1', 'hf.days', from, wrong);
    expect(says(maria)).toContain(words(world, 'diary:hours.ask.after-from').replace('|', from));
    await answers(to, 'hf.way:telephone:1', 'hf.ways', 'hf.save');
    expect(await added(6)).toMatchObject([{ from, to }]);
  });

  it('refuses a time in which no appointment fits, and everything entered stays', async () => {
    await toForm();
    await toSheet(6, '14:00', '14:20');
    await answers('hf.save');
    expect(says(maria)).toContain(words(world, 'diary:hours.problem.no-slot-fits'));
    expect(await added(6)).toEqual([]);
    await answers('hf.f:length', 'hf.min:slot:15', 'hf.min:before:0', 'hf.min:after:5', 'hf.save');
    expect(await added(6)).toMatchObject([{ from: '14:00', to: '14:20', slotMinutes: 15, bufferAfterMinutes: 5 }]);
  });

  it('refuses what overlaps with other hours, says with which, and lets the time be changed', async () => {
    await toForm();
    await toSheet(1, '11:00', '13:00');
    await answers('hf.save');
    expect(says(maria)).toContain('08:30–12:00');
    expect(await added(1)).toHaveLength((await world.db.prisma.manager.count()) - 1);
    await answers('hf.f:when', 'hf.days', '12:00', '13:00', 'hf.save');
    expect(says(maria)).toContain(words(world, 'diary:hours.saved'));
  });

  it('makes several weekdays at once, every second week, with buffers, travel, an interpreter and an end', async () => {
    await toForm();
    await answers('hf.day:6:1', 'hf.day:7:1', 'hf.days', '9', '12', 'hf.way:home:1', 'hf.ways');
    await answers('hf.f:length', 'hf.min:slot:60', 'hf.min:before:10', 'hf.min:after:15', 'hf.min:travel:30');
    await answers('hf.f:rhythm', 'hf.every:2', '30.11.2026', '31.03.2027', 'hf.int:1', 'hf.save');
    const expected = {
      ways: ['home'],
      slotMinutes: 60,
      bufferBeforeMinutes: 10,
      bufferAfterMinutes: 15,
      travelMinutes: 30,
      everyWeeks: 2,
      interpreter: true,
      validFrom: new Date('2026-11-30'),
      validTo: new Date('2027-03-31'),
    };
    expect(await added(6)).toMatchObject([expected]);
    expect(await added(7)).toMatchObject([expected]);
  });

  it('goes one step back from every question and keeps what was answered', async () => {
    await toForm();
    await answers('hf.day:6:1', 'hf.days', '9', 'hf.back');
    expect(says(maria)).toContain(words(world, 'diary:hours.ask.from').slice(0, 20));
    await answers('hf.back');
    expect(says(maria)).toContain(words(world, 'diary:hours.ask.weekdays'));
    await answers('hf.days', '10', '12', 'hf.way:telephone:1', 'hf.back');
    expect(says(maria)).toContain(words(world, 'diary:hours.ask.weekdays'));
    await answers('hf.days', '10', '12', 'hf.ways', 'hf.save');
    expect(await added(6)).toMatchObject([{ from: '10:00', to: '12:00', ways: ['telephone'] }]);
  });

  it('lets ways be chosen and unchosen; a box that is pressed twice stays as it was meant', async () => {
    await toForm();
    await answers('hf.day:6:1', 'hf.days', 'hf.time:from:0900', 'hf.time:to:1200');
    expect(offered(maria)).not.toContain('hf.ways');
    const { messageId, data } = findButton(maria, 'hf.way:home:1');
    for (let times = 0; times < 2; times++) maria.presses(messageId, data);
    await world.settle();
    expect(offered(maria)).toContain('hf.way:home:0');
    await answers('hf.way:telephone:1', 'hf.way:home:0', 'hf.ways', 'hf.save');
    expect(await added(6)).toMatchObject([{ ways: ['telephone'], placeId: null }]);
  });

  it('finds places by a few letters and says when there is none', async () => {
    await toForm();
    await answers('hf.day:6:1', 'hf.days', '9', '12', 'hf.way:place:1', 'hf.ways', 'zzz');
    expect(says(maria)).toContain(words(world, 'diary:hours.ask.place-none'));
    await answers('nagold');
    expect(offered(maria).filter((data) => data.startsWith('hf.place:')).length).toBeGreaterThan(0);
    expect(offered(maria).every((data) => !data.startsWith('hf.place:') || data.includes('nagold'))).toBe(true);
  });

  it('takes no place, date or number that it did not offer', async () => {
    await toForm();
    await answers('hf.day:6:1', 'hf.days', '9', '12', 'hf.way:place:1', 'hf.ways');
    const message = findButton(maria, 'hf.place:').messageId;
    for (const data of ['hf.place:nowhere', 'hf.from:2026-99-99', 'hf.min:slot:999999', 'hf.ways']) {
      maria.presses(message, data);
      await world.settle();
    }
    expect(await added(6)).toEqual([]);
  });
});
