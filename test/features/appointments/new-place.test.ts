import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { draftOf, inviteFor, joinBy } from '../../support/builders.ts';
import {
  arrive,
  everything,
  findButton,
  forge,
  offered,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

// A manager adds a place in the middle of the form that makes office hours.

let world: World;
let maria: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  maria = staffOf(world).maria;
});
afterEach(() => world.stop());

async function answers(...given: readonly string[]): Promise<void> {
  for (const one of given) {
    if (/^(?:hf|ko)\./.test(one)) await press(world, maria, one);
    else await write(world, maria, one);
  }
}
async function toPlaces(): Promise<void> {
  await write(world, maria, '/menu');
  await press(world, maria, 'hours:0');
  await press(world, maria, 'hours.add');
  await answers('hf.day:6:1', 'hf.days', '08:30', '12:00', 'hf.way:place:1', 'hf.ways');
}
async function pins(lat: number, lon: number): Promise<void> {
  maria.sendsLocation(lat, lon);
  await world.settle();
}
const places = () => world.db.prisma.place.findMany({ where: { name: 'Haus der Begegnung' } });
const hours = () => world.db.prisma.officeHours.findMany({ where: { weekday: 6 } });

describe.each(LOCALES)('in %s', (locale) => {
  it('with address and a pin that she sends; what she had entered is still there, and the card’s pin points to it', async () => {
    await write(world, maria, '/language');
    await press(world, maria, `lang.to:${locale}`);
    await toPlaces();
    await answers('hf.new', 'Haus der Begegnung', 'ko.f.kind:circle-room', 'Lederstraße 5', 'ko.f.town:08235085');
    await pins(48.7162, 8.7382);
    expect(says(maria)).toContain('Haus der Begegnung');
    expect(says(maria)).toContain('08:30');
    await answers('hf.save');
    const [place] = await places();
    expect(place).toMatchObject({ lat: 48.7162, lon: 8.7382, street: 'Lederstraße 5', ags: '08235085' });
    expect(await hours()).toMatchObject([{ from: '08:30', to: '12:00', placeId: place?.id, ways: ['place'] }]);

    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await write(world, amal, '/book');
    await press(world, amal, 'bk.topic:');
    await press(world, amal, 'bk.way:');
    await press(world, amal, offered(amal).find((data) => data.includes(':2026-11-28:')) ?? '-');
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    expect(everything(amal)).toContain('Haus der Begegnung');
    const venue = amal.chat.findLast((one) => one.venue !== undefined)?.venue;
    expect(venue).toMatchObject({ title: 'Haus der Begegnung', location: { latitude: 48.7162, longitude: 8.7382 } });
  });
});

describe('a new place', () => {
  it('stands in the county’s list, and the log says who added it', async () => {
    await toPlaces();
    await answers('hf.new', 'Haus der Begegnung', 'ko.f.kind:office', 'ko.f.bare', 'ko.f.town:08235085', 'ko.f.mid');
    const karin = world.person('Karin');
    await joinBy(world, karin, await inviteFor(world, draftOf.coordinator('Karin Kern')));
    await forge(world, karin, 'ko.places:0');
    const [place] = await places();
    await forge(world, karin, `ko.place:${place?.id}`);
    expect(says(karin)).toContain('Haus der Begegnung');
    await forge(world, karin, 'ko.log:0');
    expect(says(karin)).toContain('Maria Keller');
    expect(says(karin)).toContain('Neuer Treffpunkt: Haus der Begegnung');
  });

  it('goes back question by question, and out of the first to the places', async () => {
    await toPlaces();
    await answers('hf.new', 'Haus', 'ko.f.kind:office', 'ko.f.bare', 'ko.f.town:08235085');
    expect(says(maria)).toContain(words(world, 'county:place.pin-ask').slice(0, 20));
    for (const question of ['town-ask', 'street-ask', 'kind-ask', 'name-ask'] as const) {
      await answers('hf.back');
      expect(says(maria)).toContain(words(world, `county:place.${question}`));
    }
    await answers('hf.back');
    expect(offered(maria)).toContain('hf.new');
    await answers('hf.place:rathaus-calw');
    expect(says(maria)).toContain('08:30');
    expect(await world.db.prisma.place.count({ where: { name: 'Haus' } })).toBe(0);
  });

  it('cannot lie where she does not work, nor far from its town; nothing entered is lost', async () => {
    await toPlaces();
    await answers('hf.new', 'Haus der Begegnung', 'ko.f.kind:office', 'ko.f.bare', 'Atlantis');
    expect(says(maria)).toContain(words(world, 'county:place.town-unknown'));
    await answers('Wildberg');
    expect(says(maria)).toContain(words(world, 'county:place.town-not-served'));
    await answers('ko.f.town:08235085');
    await pins(52.52, 13.4);
    expect(says(maria)).toContain('liegt weit weg von Calw');
    await pins(48.7162, 8.7382);
    await answers('hf.save');
    expect(await places()).toHaveLength(1);
    expect(await hours()).toHaveLength(1);
  });

  it('of a name that is there already is that place, not a second one', async () => {
    await toPlaces();
    await answers('hf.new', 'Haus der Begegnung', 'ko.f.kind:office', 'ko.f.bare', 'ko.f.town:08235085', 'ko.f.mid');
    await toPlaces();
    await answers('hf.new', 'haus der begegnung', 'ko.f.kind:office', 'ko.f.bare', 'ko.f.town:08235085', 'ko.f.mid');
    await answers('hf.save');
    expect(await places()).toHaveLength(1);
    expect((await hours()).map(({ placeId }) => placeId)).toEqual([(await places())[0]?.id]);
  });

  it('pressed twice is made once', async () => {
    await toPlaces();
    await answers('hf.new', 'Haus der Begegnung', 'ko.f.kind:office', 'ko.f.bare', 'ko.f.town:08235085');
    const { messageId, data } = findButton(maria, 'ko.f.mid');
    for (const _ of [1, 2]) maria.presses(messageId, data);
    await world.settle();
    expect(await places()).toHaveLength(1);
  });

  it('is no matter of a refugee’s: a forged button shows her the menu', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await forge(world, amal, 'hf.new');
    expect(await world.db.prisma.place.count({ where: { name: '' } })).toBe(0);
    expect(offered(amal)).toContain('bk');
  });
});
