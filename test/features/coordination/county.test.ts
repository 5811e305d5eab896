import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { draftOf, inviteFor, joinBy } from '../../support/builders.ts';
import { arrive, book, forge, offered, press, says, staffOf, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import { CALW, colleague, managerId } from './office.ts';

let world: World;
let karin: SimulatedPerson;
let rita: SimulatedPerson;
const WILDBERG = '08235080';
beforeEach(async () => {
  world = await createWorld();
  ({ karin } = staffOf(world));
  rita = world.person('Rita');
  await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'verbund')));
});
afterEach(() => world.stop());

const hub = async (person: SimulatedPerson, entry: string) => {
  await write(world, person, '/menu');
  await press(world, person, 'ko');
  await press(world, person, entry);
};
const agsOf = async (name: string) => (await world.db.prisma.municipality.findFirstOrThrow({ where: { name } })).ags;

describe('who serves a municipality', () => {
  it('is confirmed by name and day, once', async () => {
    await forge(world, karin, `ko.town:${CALW}:0`);
    expect(says(karin)).toContain('noch nicht bestätigt');
    await press(world, karin, `ko.sure:${CALW}`);
    expect(says(karin)).toContain('bestätigt am Montag, 23.11.2026: Karin Lutz');
    expect(offered(karin)).not.toContain(`ko.sure:${CALW}`);
    expect((await world.program.services.county.responsibleFor(CALW))?.carrier?.confirmed).toBe(true);
  });

  it('changes from a day on by a new row; what was stays, also under the appointments', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    await forge(world, karin, `ko.town:${CALW}:0`);
    await press(world, karin, 'ko.swap:');
    await press(world, karin, `ko.from:${CALW}:diakonie`);
    await press(world, karin, `ko.swap.ask:${CALW}:diakonie:2026-12-01`);
    expect(says(karin)).toContain('bleiben beim alten Träger');
    await press(world, karin, 'ko.swap.ok:');
    expect(says(karin)).toContain('Gespeichert');
    const rows = await world.db.prisma.carrierAssignment.findMany({
      where: { ags: CALW },
      orderBy: { validFrom: 'asc' },
    });
    expect(rows.map(({ carrierId, validTo }) => [carrierId, validTo?.toISOString().slice(0, 10)])).toEqual([
      ['landratsamt', '2026-11-30'],
      ['diakonie', undefined],
    ]);
    const { county } = world.program.services;
    expect((await county.responsibleFor(CALW))?.carrier?.id).toBe('landratsamt');
    world.clock.pass(8 * 24 * 60);
    expect((await county.responsibleFor(CALW))?.carrier?.id).toBe('diakonie');
    expect((await world.db.prisma.appointment.findFirst())?.carrierId).toBe('landratsamt');
    await forge(world, karin, `ko.town:${CALW}:0`);
    expect(says(karin)).toContain('Montag, 14.05.2018 bis Montag, 30.11.2026');
  });

  it('a planned change that is overtaken stays in the history and never counts', async () => {
    const change = (carrier: string, day: string) => forge(world, karin, `ko.swap.ok:${CALW}:${carrier}:${day}`);
    await change('diakonie', '2027-01-01');
    await change('verbund', '2026-12-01');
    await change('verbund', '2026-12-01');
    expect(says(karin)).toContain('Das ist schon so');
    world.clock.pass(60 * 24 * 60);
    expect((await world.program.services.county.responsibleFor(CALW))?.carrier?.id).toBe('verbund');
    await forge(world, karin, `ko.town:${CALW}:0`);
    expect(says(karin)).toContain('Geplant ab Freitag, 01.01.2027, dann geändert');
    await change('-', '2026-11-01');
    expect(says(karin)).toContain('schon vorbei');
    await change('nobody', '2027-05-01');
    expect(says(karin)).toContain('Das gibt es nicht mehr');
  });

  it('two decisions for one day cannot both stand: the database refuses', async () => {
    const insert = world.db.prisma.carrierAssignment.create({
      data: { id: 'x', ags: CALW, carrierId: 'verbund', validFrom: new Date('2026-01-01'), source: '' },
    });
    await expect(insert).rejects.toThrow(/carrier_assignment_one_a_day/);
  });

  it('a day can be typed', async () => {
    await forge(world, karin, `ko.fromday:${CALW}:verbund`);
    await write(world, karin, 'irgendwann');
    expect(says(karin)).toContain('Diesen Tag verstehe ich nicht');
    await write(world, karin, '1.3.2027');
    await press(world, karin, 'ko.swap.ask:');
    await press(world, karin, 'ko.swap.ok:');
    expect(await world.db.prisma.carrierAssignment.count({ where: { ags: CALW } })).toBe(2);
  });

  it('a carrier’s coordinator confirms and staffs her own, and decides about no other', async () => {
    await hub(rita, 'ko.towns:0');
    expect(offered(rita).filter((data) => data.startsWith('ko.town:'))).toHaveLength(3);
    for (const data of [
      `ko.town:${CALW}:0`,
      `ko.sure:${CALW}`,
      `ko.swap:${CALW}`,
      `ko.swap.ok:${CALW}:verbund:2027-01-01`,
    ]) {
      await forge(world, rita, data);
      expect([data, says(rita)]).toEqual([data, expect.stringContaining('Das gibt es nicht mehr')]);
    }
    await forge(world, rita, `ko.swap.ok:${WILDBERG}:diakonie:2027-01-01`);
    expect(says(rita)).toContain('Das gibt es nicht mehr');
    expect(await world.db.prisma.carrierAssignment.count()).toBe(25);
  });
});

describe('vacancies', () => {
  it('are municipalities that nobody serves, with who waits since when; giving one a manager settles both', async () => {
    const enz = await agsOf('Enzklösterle');
    const selam = world.person('Selam');
    await arrive(world, selam, 'de', 'Enzklösterle');
    await hub(karin, 'ko.gaps:0');
    expect(says(karin)).toContain('Enzklösterle: 1 auf der Liste, seit Montag, 23.11.2026');
    const paula = await colleague(world, 'Paula Neu');
    await forge(world, karin, `ko.town:${enz}:0`);
    expect(says(karin)).toContain('Hier arbeitet gerade niemand');
    await forge(world, karin, `ko.serve:${enz}:${paula.id}:yes`);
    expect(says(karin)).toContain('Hier arbeiten: Paula Neu');
    expect(says(selam)).toContain('Paula Neu');
    await hub(karin, 'ko.gaps:0');
    expect(says(karin)).toContain('Jeder Ort hat eine Ansprechperson');
    await forge(world, karin, `ko.serve:${enz}:${paula.id}:no`);
    expect(says(karin)).toContain('Hier arbeitet gerade niemand');
    expect(await world.db.prisma.managerMunicipality.count({ where: { managerId: paula.id, ags: enz } })).toBe(0);
  });

  it('somebody who waits can be given to a manager from the list', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de', 'Enzklösterle');
    await write(world, karin, '/menu');
    await press(world, karin, 'waiting:0');
    await press(world, karin, 'ko.to:');
    const maria = await managerId(world, 'Maria Keller');
    await press(world, karin, `ko.see:${offered(karin)[0]?.split(':')[1]}:o:${maria}`);
    await press(world, karin, 'ko.do:');
    expect(says(selam)).toContain('Ihre Ansprechperson ist jetzt Maria Keller');
    const since = new Date(world.clock.now());
    world.clock.pass(60);
    await press(world, karin, 'ko.undo:');
    expect((await world.db.prisma.refugee.findFirst())?.waitingSince).toEqual(since);
    expect(says(selam)).toContain('Wir suchen eine neue für Sie');
  });
});

describe('a place', () => {
  const form = async (person: SimulatedPerson, ...answers: readonly string[]) => {
    for (const answer of answers) {
      if (answer.startsWith('ko.')) await press(world, person, answer);
      else await write(world, person, answer);
    }
  };
  it('is made with a pin of the map, and is there for office hours at once', async () => {
    await hub(karin, 'ko.places:0');
    await press(world, karin, 'ko.p.add');
    await form(karin, 'Café International', 'ko.f.kind:circle-room', 'Lederstraße 5', 'Calw');
    expect(says(karin)).toContain('Wo ist das genau?');
    karin.sendsLocation(52.52, 13.4);
    await world.settle();
    expect(says(karin)).toContain('liegt weit weg von Calw');
    karin.sendsLocation(48.7162, 8.7382);
    await world.settle();
    expect(says(karin)).toContain('Gespeichert');
    await press(world, karin, 'ko.place:');
    expect(says(karin)).toContain('Lederstraße 5, 75365 Calw');
    const place = (await world.program.services.county.places()).find(({ name }) => name === 'Café International');
    expect(place).toMatchObject({ lat: 48.7162, lon: 8.7382, kind: 'circle-room', ags: CALW });
  });

  it('lies in the middle of the town without a pin, and can do without a street', async () => {
    await forge(world, karin, 'ko.p.add');
    await form(karin, 'Haus am Markt', 'ko.f.kind:office', 'ko.f.bare', 'Kalw', 'ko.f.town:', 'ko.f.mid').catch(
      async () => {
        await press(world, karin, 'ko.f.mid');
      },
    );
    const calw = await world.db.prisma.municipality.findUniqueOrThrow({ where: { ags: CALW } });
    expect(await world.db.prisma.place.findFirst({ where: { name: 'Haus am Markt' } })).toMatchObject({
      street: null,
      lat: calw.lat,
      lon: calw.lon,
    });
  });

  it('bad input is asked for again, and nothing that was entered is lost', async () => {
    await forge(world, karin, 'ko.p.add');
    await write(world, karin, 'x'.repeat(200));
    expect(says(karin)).toContain('höchstens 60 Zeichen');
    karin.sendsSticker();
    await world.settle();
    await form(karin, 'Haus <b>am</b> Markt', 'blau');
    expect(says(karin)).toContain('auf eine Taste');
    await form(karin, 'ko.f.kind:office', 'ko.f.bare', 'Atlantis');
    expect(says(karin)).toContain('Diesen Ort kenne ich nicht');
    await form(karin, 'Nagold', 'hier');
    expect(says(karin)).toContain('Wo ist das genau?');
    await press(world, karin, 'ko.f.mid');
    expect(await world.db.prisma.place.count({ where: { name: 'Haus <b>am</b> Markt', city: 'Nagold' } })).toBe(1);
  });

  it('is renamed, moved and given another kind', async () => {
    await forge(world, karin, 'ko.place:rathaus-calw');
    await press(world, karin, 'ko.p.text:rathaus-calw:name');
    await write(world, karin, 'Altes Rathaus');
    await press(world, karin, 'ko.place:');
    await press(world, karin, 'ko.p.text:rathaus-calw:street');
    await write(world, karin, 'Marktplatz 9');
    await press(world, karin, 'ko.place:');
    await press(world, karin, 'ko.p.kind:');
    await press(world, karin, 'ko.p.is:rathaus-calw:office');
    expect(says(karin)).toContain('Altes Rathaus');
    expect(says(karin)).toContain('Büro');
    expect(says(karin)).toContain('Marktplatz 9, 75365 Calw');
    await press(world, karin, 'ko.p.where:');
    await form(karin, 'Nagold', 'ko.f.mid');
    expect(await world.db.prisma.place.findUnique({ where: { id: 'rathaus-calw' } })).toMatchObject({
      city: 'Nagold',
      name: 'Altes Rathaus',
    });
  });

  it('is closed only when nobody’s office hours are held there, and opened again', async () => {
    await forge(world, karin, 'ko.p.open:rathaus-calw:no');
    expect(says(karin)).toContain('Hier gibt es noch Sprechzeiten von: Maria Keller');
    await world.db.prisma.officeHours.deleteMany({ where: { placeId: 'rathaus-calw' } });
    await forge(world, karin, 'ko.p.open:rathaus-calw:no');
    expect(says(karin)).toContain('Geschlossen');
    expect((await world.program.services.county.places()).some(({ id }) => id === 'rathaus-calw')).toBe(false);
    await press(world, karin, 'ko.p.open:rathaus-calw:yes');
    expect((await world.program.services.county.places()).some(({ id }) => id === 'rathaus-calw')).toBe(true);
  });

  it('of another carrier’s municipality is none of hers', async () => {
    for (const data of ['ko.place:rathaus-calw', 'ko.p.open:rathaus-calw:no', 'ko.p.is:rathaus-calw:shelter']) {
      await forge(world, rita, data);
      expect(says(rita)).toContain('Das gibt es nicht mehr');
    }
    await forge(world, rita, 'ko.p.add');
    await form(rita, 'Haus', 'ko.f.kind:office', 'ko.f.bare', 'Calw');
    expect(says(rita)).toContain('gehört nicht zu Ihrem Träger');
    await form(rita, 'Wildberg', 'ko.f.mid');
    expect(await world.db.prisma.place.count({ where: { name: 'Haus', city: 'Wildberg' } })).toBe(1);
  });
});
