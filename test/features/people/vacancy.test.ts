import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arrive, book, offered, press, says, staffOf, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

describe('a waiting person', () => {
  it('gets the new manager by giving her town again, and leaves the coordinator’s list', async () => {
    await world.db.prisma.manager.updateMany({ where: { name: 'Thomas Weiß' }, data: { accepts: false } });
    const selam = world.person('Selam');
    await arrive(world, selam, 'de', 'Wildberg');
    await world.db.prisma.manager.updateMany({ where: { name: 'Thomas Weiß' }, data: { accepts: true } });
    await press(world, selam, 'data');
    await press(world, selam, 'housing:ask');
    await press(world, selam, 'housing:municipality');
    await write(world, selam, 'Wildberg');
    await press(world, selam, 'town:live');
    expect(says(selam)).toContain('Thomas Weiß');
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'waiting:0');
    expect(says(karin)).not.toMatch(/\d/);
  });
});

it('somebody whose manager has gone still finds the appointment that she has with who stood in', async () => {
  const selam = world.person('Selam', 'ti');
  await arrive(world, selam, 'ti');
  await book(world, selam);
  await world.db.prisma.refugee.updateMany({ data: { managerId: null } });
  await write(world, selam, '/menu');
  expect(offered(selam)).not.toContain('bk');
  await press(world, selam, 'mine');
  await press(world, selam, 'card:');
  expect(offered(selam).some((data) => data.startsWith('cancel:'))).toBe(true);
});

describe('somebody who moves to another manager’s town', () => {
  it('keeps the appointment that she has, and books the next one with the new manager', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    await book(world, selam);
    await press(world, selam, 'menu.new');
    await press(world, selam, 'data');
    await press(world, selam, 'housing:ask');
    await press(world, selam, 'housing:municipality');
    await write(world, selam, 'Wildberg');
    await press(world, selam, 'town:live');
    await press(world, selam, 'interp:no');
    await press(world, selam, 'mine');
    expect(offered(selam).filter((data) => data.startsWith('card:'))).toHaveLength(1);
    await book(world, selam);
    const managers = await world.db.prisma.appointment.findMany({
      include: { manager: true },
      orderBy: { bookedAt: 'asc' },
    });
    expect(managers.map(({ manager }) => manager.name).toSorted()).toEqual(['Maria Keller', 'Thomas Weiß']);
  });

  it('moves the old appointment among the times of the manager with whom it is', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    await book(world, selam);
    await press(world, selam, 'menu.new');
    await press(world, selam, 'data');
    await press(world, selam, 'housing:ask');
    await press(world, selam, 'housing:municipality');
    await write(world, selam, 'Wildberg');
    await press(world, selam, 'town:live');
    await press(world, selam, 'mv:');
    await press(world, selam, 'mv.way:');
    await press(world, selam, 'mv.day:');
    await press(world, selam, 'mv.time:');
    expect(says(selam)).toContain('Maria Keller');
    await press(world, selam, 'mv.ok:');
    const moved = await world.db.prisma.appointment.findFirst({ include: { manager: true } });
    expect([moved?.sequence, moved?.manager.name]).toEqual([1, 'Maria Keller']);
  });
});
