import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCounty } from '../../../src/features/county/source.ts';
import { draftOf, inviteFor, joinBy } from '../../support/builders.ts';
import { arrive } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const CALW = '08235085';
const WILDBERG = '08235080';
const ENZKLOESTERLE = '08235025';

describe('who is responsible', () => {
  it.each([
    [CALW, 'landratsamt', 'Maria Keller', false],
    [WILDBERG, 'verbund', 'Thomas Weiß', true],
  ])(
    'for %s is its carrier, with its managers and whether the county has confirmed it',
    async (ags, id, name, sure) => {
      const found = await world.program.services.county.responsibleFor(ags);
      expect(found?.carrier).toMatchObject({ id, confirmed: sure });
      expect(found?.managers.map((manager) => manager.name)).toEqual([name]);
    },
  );

  it('is nobody where the county says so, and nothing is known of other counties', async () => {
    const { county } = world.program.services;
    expect(await county.responsibleFor(ENZKLOESTERLE)).toMatchObject({ carrier: undefined, managers: [] });
    expect(await county.responsibleFor('08111000')).toBeUndefined();
  });

  it('is asked of every municipality of the county', async () => {
    const { county } = world.program.services;
    const towns = await county.municipalities();
    expect(towns).toHaveLength(25);
    for (const { ags } of towns) expect((await county.responsibleFor(ags))?.municipality.ags).toBe(ags);
  });

  it('is the carrier of that day: a change begins on its date', async () => {
    const old = { ags: WILDBERG, carrierId: 'verbund' };
    await world.db.prisma.carrierAssignment.updateMany({ where: old, data: { validTo: new Date('2026-12-31') } });
    await world.db.prisma.carrierAssignment.create({
      data: { id: 'new', ags: WILDBERG, carrierId: 'diakonie', validFrom: new Date('2027-01-01'), source: 'test' },
    });
    const carrier = async () => (await world.program.services.county.responsibleFor(WILDBERG))?.carrier?.id;
    expect(await carrier()).toBe('verbund');
    world.clock.pass(60 * 24 * 60);
    expect(await carrier()).toBe('diakonie');
  });
});

describe('the manager of a newcomer', () => {
  const assigned = (name: string) => world.db.prisma.refugee.count({ where: { manager: { name } } });

  it('is whoever has the most free capacity, by her working days', async () => {
    const paul = world.person('Paul');
    await joinBy(world, paul, await inviteFor(world, draftOf.manager('Paul Maier', [CALW], 2.5)));
    for (let index = 0; index < 6; index++) await arrive(world, world.person(`R${index}`), 'de');
    expect([await assigned('Maria Keller'), await assigned('Paul Maier')]).toEqual([4, 2]);
  });

  it('is the same for equal capacity, however often one asks', async () => {
    const paul = world.person('Paul');
    await joinBy(world, paul, await inviteFor(world, draftOf.manager('Paul Maier', [CALW], 5)));
    const { county } = world.program.services;
    const answers = new Set<string | undefined>();
    for (let times = 0; times < 5; times++) answers.add(await county.managerFor(world.db, CALW));
    expect(answers.size).toBe(1);
  });

  it('is never somebody who has not joined yet, has left, or takes nobody', async () => {
    await inviteFor(world, draftOf.manager('Paul Maier', [ENZKLOESTERLE]));
    const { county } = world.program.services;
    expect(await county.managerFor(world.db, ENZKLOESTERLE)).toBeUndefined();
    await world.db.prisma.manager.updateMany({ where: { name: 'Thomas Weiß' }, data: { leftAt: new Date() } });
    expect(await county.managerFor(world.db, WILDBERG)).toBeUndefined();
    await world.db.prisma.manager.updateMany({ where: { name: 'Maria Keller' }, data: { accepts: false } });
    expect(await county.managerFor(world.db, CALW)).toBeUndefined();
  });
});

describe('the county’s folder', () => {
  it('is loaded once: a second start changes nothing', async () => {
    const before = await world.db.prisma.municipality.count();
    expect(await world.program.services.county.load(readCounty('calw'))).toBe(false);
    expect(await world.db.prisma.municipality.count()).toBe(before);
  });

  it('gives every place an address line and its carriers a name', async () => {
    const { county } = world.program.services;
    expect((await county.places()).length).toBeGreaterThan(20);
    expect(await county.place('rathaus-calw')).toMatchObject({ city: 'Calw' });
    expect(await county.place('nowhere')).toBeUndefined();
    expect((await county.carriers()).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['landratsamt', 'verbund', 'diakonie', 'altensteig']),
    );
  });
});

it('says in one sentence that there is no such county', () => {
  expect(() => readCounty('nowhere')).toThrow('COUNTY: there is no county named nowhere in prisma/counties.');
});
