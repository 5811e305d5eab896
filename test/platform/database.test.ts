import { beforeEach, describe, expect, it } from 'vitest';
import { type Database, type Db, violatedConstraint } from '../../src/platform/database.ts';
import { emptyDatabase } from '../support/database.ts';

let db: Database;
beforeEach(async () => {
  db = await emptyDatabase();
  await db.prisma.carrier.create({ data: { id: 'c', name: 'C' } });
  await db.prisma.manager.create({ data: { id: 'm', name: 'M', carrierId: 'c', workingDays: 5 } });
  await db.prisma.appointment.create({ data: appointment('a', '10:00', '11:00') });
});

const at = (time: string) => new Date(`2026-11-23T${time}:00Z`);
const appointment = (id: string, from: string, to: string, managerId = 'm') => ({
  id,
  managerId,
  carrierId: 'c',
  ags: '1',
  way: 'place',
  startsAt: at(from),
  endsAt: at(to),
  blocksFrom: at(from),
  blocksTo: at(to),
  interpreter: false,
  bookedAt: at('09:00'),
  key: id,
  openNumber: 1,
});

const INSERT = `INSERT INTO appointment (id, manager_id, carrier_id, ags, way, starts_at, ends_at, blocks_from, blocks_to,
  interpreter, booked_at, key, open_number) VALUES ($1, $2, 'c', '1', 'place', $3, $4, $3, $4, false, $3, $1, 1)`;
type Made = Parameters<typeof appointment>;
const bySql = (on: Db, [id, from, to, managerId = 'm']: Made) =>
  on.sql(INSERT, [id, managerId, at(from), at(to)]).then(() => {});
const byPrisma = (on: Db, made: Made) => on.prisma.appointment.create({ data: appointment(...made) }).then(() => {});

const VIOLATIONS: readonly [string, string, Made][] = [
  ['something unique', 'appointment_key_key', ['b', '12:00', '13:00']],
  ['an exclusion', 'appointment_manager_free', ['c', '10:30', '11:30']],
  ['a foreign key', 'appointment_manager_id_fkey', ['c', '12:00', '13:00', 'nobody']],
  ['a check', 'appointment_time_order', ['c', '13:00', '12:00']],
];
const WAYS: readonly [string, (made: Made) => Promise<void>][] = [
  ['sql', (made) => bySql(db, made)],
  ['sql in a transaction', (made) => db.transaction((tx) => bySql(tx, made))],
  ['Prisma', (made) => byPrisma(db, made)],
  ['Prisma in a transaction', (made) => db.transaction((tx) => byPrisma(tx, made))],
];

describe.each(WAYS)('a constraint violated by %s', (_, write) => {
  it.each(VIOLATIONS)('has its name: %s', async (_kind, constraint, made) => {
    if (constraint === 'appointment_key_key') await db.sql(`UPDATE appointment SET key = 'b'`);
    const error = await write(made).catch((caught: unknown) => caught);
    expect(violatedConstraint(error)).toBe(constraint);
    expect(await db.prisma.appointment.count()).toBe(1);
  });
});

describe('what is no violated constraint', () => {
  it('has no name', async () => {
    const wrong = await db.sql('SELECT nothing').catch((caught: unknown) => caught);
    expect([wrong, new Error('constraint "x"'), 'text', undefined].map(violatedConstraint)).toEqual(
      Array(4).fill(undefined),
    );
  });
});
