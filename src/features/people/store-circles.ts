import type { Db } from '../../platform/database.ts';
import { type Day, type Instant, toDate } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';

/** Which circles somebody answers for: those that help where she works. Empty: all of the county. */
export interface CircleScope {
  readonly carrierId?: string;
  readonly managerId?: string;
}

/** Municipalities within a scope on a day. */
function within({ carrierId, managerId }: CircleScope, today: Day) {
  const on = new Date(`${today}T00:00:00Z`);
  const valid = { validFrom: { lte: on }, OR: [{ validTo: null }, { validTo: { gte: on } }] };
  return {
    ...(carrierId !== undefined && { assignments: { some: { carrierId, ...valid } } }),
    ...(managerId !== undefined && { managers: { some: { managerId, ...valid } } }),
  };
}
const isAll = ({ carrierId, managerId }: CircleScope) => carrierId === undefined && managerId === undefined;
const ofScope = (scope: CircleScope, today: Day) =>
  isAll(scope) ? {} : { municipalities: { some: { municipality: within(scope, today) } } };

export const listCircles = (db: Db, scope: CircleScope, today: Day) =>
  db.prisma.circle.findMany({
    where: ofScope(scope, today),
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  });

export async function findCircle(db: Db, scope: CircleScope, today: Day, id: string) {
  return db.prisma.circle.findFirst({
    where: { id, ...ofScope(scope, today) },
    include: {
      municipalities: { include: { municipality: { select: { name: true } } }, orderBy: { ags: 'asc' } },
      volunteers: {
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        include: { undertakings: { select: { version: true } } },
      },
    },
  });
}

/** A volunteer of one of these circles. */
export const findVolunteer = (db: Db, scope: CircleScope, today: Day, id: string) =>
  db.prisma.volunteer.findFirst({
    where: { id, circle: ofScope(scope, today) },
    include: {
      circle: { select: { id: true, name: true } },
      person: { select: { telegramId: true } },
      undertakings: { select: { version: true } },
    },
  });

export async function countWithin(db: Db, scope: CircleScope, today: Day, ags: readonly string[]): Promise<number> {
  return db.prisma.municipality.count({ where: { ags: { in: [...ags] }, ...within(scope, today) } });
}

/** The id of the circle of that name; opens it where there is none. Two at once open one. */
export async function ensureCircle(
  db: Db,
  circle: { id: string; name: string; municipalities: readonly string[]; now: Instant },
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const made = await db.sql<{ id: string }>(
    'INSERT INTO circle (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING RETURNING id',
    [circle.id, circle.name, toDate(circle.now)],
  );
  if (made.length === 0) {
    const known = await db.prisma.circle.findUniqueOrThrow({ where: { name: circle.name }, select: { id: true } });
    return { id: known.id, isNew: false };
  }
  await db.prisma.circleMunicipality.createMany({
    data: circle.municipalities.map((ags) => ({ circleId: circle.id, ags })),
  });
  return { id: circle.id, isNew: true };
}

/** Who comes into another circle speaks for none there. */
export async function upsertVolunteer(
  db: Db,
  row: { id: string; personId: string; name: string; circleId: string; now: Instant },
): Promise<void> {
  await db.sql(
    `INSERT INTO volunteer (id, person_id, name, circle_id, since) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, circle_id = excluded.circle_id,
       speaker = volunteer.speaker AND volunteer.circle_id = excluded.circle_id`,
    [row.id, row.personId, row.name, row.circleId, toDate(row.now)],
  );
}

/** Her used invitation goes with her: otherwise her account would be kept until it runs out. */
export async function deleteVolunteer(db: Db, id: string): Promise<boolean> {
  await db.sql(
    `DELETE FROM invite WHERE role = 'volunteer' AND used_at IS NOT NULL
       AND person_id = (SELECT person_id FROM volunteer WHERE id = $1) RETURNING id`,
    [id],
  );
  return (await db.prisma.volunteer.deleteMany({ where: { id } })).count > 0;
}

export async function setSpeaker(db: Db, id: string, speaker: boolean): Promise<void> {
  await db.prisma.volunteer.updateMany({ where: { id }, data: { speaker } });
}

/** Signing twice is signing once. */
export async function insertUndertaking(
  db: Db,
  proof: { volunteerId: string; version: string; locale: Locale; now: Instant },
): Promise<void> {
  await db.sql(
    'INSERT INTO undertaking (volunteer_id, version, locale, signed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [proof.volunteerId, proof.version, proof.locale, toDate(proof.now)],
  );
}

export const circleName = async (db: Db, id: string): Promise<string | undefined> =>
  (await db.prisma.circle.findUnique({ where: { id }, select: { name: true } }))?.name;

export async function isMember(db: Db, personId: string, circleId: string): Promise<boolean> {
  return (await db.prisma.volunteer.count({ where: { personId, circleId } })) > 0;
}
