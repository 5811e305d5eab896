import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arrive, book, press, says } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const MARIA = 700003;
const KARIN = 700008;

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const maria = () => world.telegram.person({ id: MARIA, firstName: 'Maria' });

describe('a manager who takes her account away', () => {
  async function leave(): Promise<void> {
    maria().sends('/delete');
    await world.settle();
    expect(says(maria())).toContain('Die Menschen kommen dann zu einer anderen Person');
    await press(world, maria(), 'erase:yes');
  }

  it('cancels what lies ahead and tells each person in her language', async () => {
    const amal = world.person('Amal', 'en');
    await arrive(world, amal, 'en');
    await book(world, amal);
    await leave();
    expect(await world.db.prisma.appointment.count({ where: { status: 'booked' } })).toBe(0);
    expect(amal.chat.filter(({ text }) => text?.includes('Maria Keller')).length).toBeGreaterThan(1);
    expect(amal.chat.some(({ text }) => text?.includes('❌'))).toBe(true);
  });

  it('leaves nobody with somebody who is gone: without a colleague her people wait, and the coordinator knows', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await leave();
    const row = await world.db.prisma.refugee.findFirst();
    expect(row?.managerId).toBeNull();
    expect(row?.waitingSince).not.toBeNull();
    expect(says(world.telegram.person({ id: KARIN, firstName: 'Karin' }))).toContain('auf die Warteliste: 1');
    amal.sends('/menu');
    await world.settle();
    expect(says(amal)).not.toContain('Maria Keller');
  });

  it('is in nobody’s list of who is responsible any more', async () => {
    await leave();
    const found = await world.program.services.county.responsibleFor('08235085');
    expect(found?.managers).toEqual([]);
  });
});

describe('a manager who joins', () => {
  it('gets those who wait in her municipalities, and they hear of it as they were told', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de', 'Enzklösterle');
    const { people } = world.program.services;
    const { token } = await people.invite(undefined, {
      role: 'manager',
      name: 'Ruth Neu',
      carrierId: 'landratsamt',
      municipalities: ['08235025'],
      workingDays: 5,
    });
    const ruth = world.telegram.person({ id: 4711, firstName: 'Ruth', started: true });
    await people.acceptInvite(ruth.id, 'de', token);
    await world.settle();
    expect(says(amal)).toContain('Ihre Ansprechperson ist Ruth Neu');
    expect((await world.db.prisma.refugee.findFirst())?.waitingSince).toBeNull();
  });
});
