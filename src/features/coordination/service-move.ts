import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import { hashToken, newId } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Coordinator } from '../people/model.ts';
import { endedNotice } from '../people/service-team.ts';
import type { Plan, PlannedAppointment, Reason } from './model.ts';
import type { Journal } from './service-journal.ts';
import { type Composed, compose, type PlanDeps } from './service-plan.ts';
import * as store from './store.ts';
import { settleWishes } from './store-wishes.ts';

// Makes a plan true: people, appointments, the manager herself, everybody's notices and the log, all in one transaction.

/** What another room does when a manager's access ends: what only she could go on with is somebody else's then. */
export type Leaver = (tx: Db, managerId: string, now: Instant) => Promise<void>;

export interface MoveDeps extends PlanDeps {
  readonly leavers: readonly Leaver[];
  readonly tx: Db;
  readonly now: Instant;
  readonly journal: Journal;
}

export interface MoveOrder extends Omit<Composed, 'change' | 'clash' | 'print'> {
  readonly id: string;
  readonly key: string;
  readonly reason: Reason;
  readonly by: Pick<Coordinator, 'personId'> | undefined;
}

/** Something was no longer as the plan knew it: nothing of it may stand. */
export class PlanStale extends Error {}

/** Throws `PlanStale` or the violated constraint of a lost race; the caller's transaction ends then. */
export async function applyMove(deps: MoveDeps, order: MoveOrder): Promise<{ readonly cancelled: number }> {
  const { tx, now, team } = deps;
  const { plan, id, subject, reason, by } = order;

  if (!(await team.assign(tx, plan.people, now))) throw new PlanStale();
  const appointments = await changeAppointments(deps, plan);
  await changeManager(deps, order);
  await store.insertMove(tx, {
    id,
    reason,
    managerId: subject?.id,
    byId: by?.personId,
    carrierId: order.carrierId,
    key: order.key,
    doneAt: now,
    days: order.days,
    takenOver: order.takenOver,
    takerId: takerOf(order),
    people: plan.people.map(({ personId, from, to }) => ({
      personId,
      from,
      to,
      waitedSince: order.clients.get(personId)?.waitingSince,
    })),
    appointments,
  });
  await settleWishes(tx);
  await oweNotices(tx, noticesOf(order, now));
  const cancelled = appointments.filter(({ fate }) => fate === 'cancelled').length;
  if (by !== undefined) {
    const counts = { people: plan.people.length, appointments: appointments.length, cancelled };
    await deps.journal(tx, by, { act: 'moved', subject: id, carrierId: order.carrierId, counts }, now);
  }
  return { cancelled };
}

async function changeAppointments(
  { tx, now, caseload }: MoveDeps,
  plan: Plan,
): Promise<Omit<store.MovedAppointment, 'restored'>[]> {
  const goes = plan.appointments.flatMap(({ fate, to, appointment }) =>
    fate === 'goes' && to !== undefined ? [{ id: appointment.id, sequence: appointment.sequence, managerId: to }] : [],
  );
  const off = plan.appointments.filter(({ fate }) => fate === 'cancelled').map(({ appointment }) => appointment);
  const gone = await caseload.reassign(tx, goes, now);
  const cancelled = gone === undefined ? undefined : await caseload.cancel(tx, off, now);
  if (gone === undefined || cancelled === undefined) throw new PlanStale();
  const after = new Map([...gone, ...cancelled].map((one) => [one.id, one.sequence]));
  return plan.appointments.map(({ appointment, fate, to }: PlannedAppointment) => ({
    id: appointment.id,
    fate,
    from: appointment.managerId,
    to,
    sequence: after.get(appointment.id) ?? appointment.sequence,
  }));
}

async function changeManager(deps: MoveDeps, order: MoveOrder): Promise<void> {
  const { tx, now, team } = deps;
  const { subject, reason, lastDay, days } = order;
  if (subject === undefined) return;
  if (days !== undefined) await team.changeManager(tx, subject.id, { workingDays: days.after });
  if (reason !== 'leaves') return;
  await team.changeManager(tx, subject.id, {
    accepts: false,
    ...(lastDay === undefined ? { leftAt: now } : { leavesOn: lastDay }),
  });
  // First the colleague who takes over is there: what waits again is hers to hear of.
  const taker = takerOf(order);
  if (taker !== undefined) await team.startServing(tx, taker, order.takenOver, now);
  if (lastDay === undefined) await hasLeft(deps, subject.id);
}

/** Her access has ended: whom she stood in for needs somebody else, and so does what she had accepted. */
async function hasLeft({ tx, now, caseload, leavers }: MoveDeps, managerId: string): Promise<void> {
  await caseload.releaseDeputy(tx, managerId, now);
  for (const leaver of leavers) await leaver(tx, managerId, now);
}

/** The colleague who takes municipalities over. */
const takerOf = ({ target, takenOver }: MoveOrder): string | undefined =>
  target.kind === 'colleague' && takenOver.length > 0 ? target.managerId : undefined;

/** Everybody hears what it means for her: people served, both managers, and whoever's access ends. */
function noticesOf({ id, plan, subject, managers, reason, lastDay }: MoveOrder, now: Instant): OwedNotice[] {
  const owed = (kind: string, personId: string): OwedNotice => ({
    kind,
    personId,
    subjectId: id,
    dueAt: now,
    key: `${kind}:${id}:${personId}`,
  });
  const people = new Set([
    ...plan.people.map(({ personId }) => personId),
    ...plan.appointments.filter(({ fate }) => fate !== 'kept').map(({ appointment }) => appointment.personId),
  ]);
  const staff = new Set([
    ...plan.people.flatMap(({ from, to }) => [from, to]),
    ...plan.appointments.map(({ to }) => to),
    ...(reason === 'leaves' || reason === 'share' || reason === 'comes' ? [subject?.id] : []),
  ]);
  const accounts = [...staff].flatMap((one) => (one === undefined ? [] : (managers.get(one)?.personId ?? [])));
  const isOut = reason === 'leaves' && lastDay === undefined && subject?.personId !== undefined;
  return [
    ...[...people].map((personId) => owed('caseload-person', personId)),
    ...accounts.map((personId) => owed('caseload-manager', personId)),
    ...(isOut ? [endedNotice(subject.personId, 'manager', now)] : []),
  ];
}

/**
 * Everything of a manager who has left goes on: to whoever has most free capacity, or to the waiting list. Her
 * coordinators hear of it, she does not. Nobody undoes this. Returns how many appointments were cancelled.
 */
export async function handOnEverything(deps: MoveDeps, managerId: string): Promise<number> {
  const { tx, now, team } = deps;
  const member = await team.manager(tx, managerId);
  if (member === undefined) return 0;
  await hasLeft(deps, managerId);
  const wish = {
    change: { reason: 'leaves', managerId, lastDay: undefined },
    target: { kind: 'capacity' },
    clash: 'cancel',
  } as const;
  const colleagues = (await team.managers(tx)).map(({ id }) => id);
  await deps.caseload.lock(tx, [managerId, ...colleagues]);
  const gone = { ...member, personId: undefined };
  const subject = { member: gone, client: undefined, carrierId: member.carrierId };
  const composed = await compose(deps, tx, undefined, wish, subject, now);
  if (composed === undefined) return 0;
  const { people, appointments } = composed.plan;
  if (people.length === 0 && appointments.length === 0) return 0;
  const id = newId();
  const { cancelled } = await applyMove(deps, { ...composed, id, key: hashToken(id), reason: 'left', by: undefined });
  const coordinators = await team.coordinatorsFor(tx, member.carrierId);
  await oweNotices(
    tx,
    coordinators.map((personId) => ({
      kind: 'manager-left',
      personId,
      subjectId: id,
      dueAt: now,
      key: `manager-left:${id}:${personId}`,
    })),
  );
  return cancelled;
}
