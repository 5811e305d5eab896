import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import { type Instant, instant } from '../../platform/datetime.ts';
import type { Standing } from '../appointments/model-caseload.ts';
import type { Coordinator } from '../people/model.ts';
import type { TeamMember } from '../people/model-team.ts';
import { UNDO_HOURS, type Undone } from './model.ts';
import type { MoveDeps } from './service-move.ts';
import * as store from './store.ts';

export type UndoResult =
  | { readonly status: 'undone'; readonly undone: Undone }
  /** More than a day ago. */
  | { readonly status: 'late' }
  | { readonly status: 'gone' };

/**
 * Takes a change back as far as nobody has gone on since: people who are still where it put them, appointments that
 * nobody has touched and whose time is free with the former manager. Pressed twice, it says the same again.
 */
export async function undoMove(deps: MoveDeps, by: Coordinator, id: string): Promise<UndoResult> {
  const { tx, now, team, caseload } = deps;
  const move = await store.findMove(tx, id, by.carrierId);
  if (move === undefined || move.reason === 'left') return { status: 'gone' };
  if (move.undone !== undefined) return { status: 'undone', undone: move.undone };
  const since = instant(now - UNDO_HOURS * 3_600_000);
  if (!(await store.markUndone(tx, id, now, since))) return { status: 'late' };

  const people = await store.listPeople(tx, id);
  const appointments = await store.listAppointments(tx, id);
  const involved = [
    ...people.flatMap(({ from, to }) => [from, to]),
    ...appointments.flatMap(({ from, to }) => [from, to]),
    move.managerId,
  ].filter((one) => one !== undefined);
  await caseload.lock(tx, [...new Set(involved)]);

  await restoreManager(deps, move);
  const present = new Map((await team.managers(tx)).map((one) => [one.id, one]));
  const restored = await team.assignSome(
    tx,
    people
      .filter(({ from }) => from === undefined || present.has(from))
      .map(({ personId, from, to, waitedSince }) => ({ personId, from: to, to: from, waitingSince: waitedSince })),
    now,
  );
  const stays = new Set(people.map(({ personId }) => personId));
  for (const personId of restored) stays.delete(personId);
  const back = await restoreAppointments(deps, appointments, present, stays);

  const concerned = appointments.filter(({ fate }) => fate !== 'kept');
  const undone: Undone = {
    people: restored.length,
    peopleLeft: people.length - restored.length,
    appointments: back.length,
    appointmentsLeft: concerned.length - back.length,
  };
  await store.saveUndone(tx, id, undone, { people: restored, appointments: back.map(({ id: one }) => one) });
  await oweNotices(tx, undoneNotices(id, { people, restored, back, move, present }, now));
  const counts = { ...undone };
  await deps.journal(tx, by, { act: 'undone', subject: id, carrierId: move.carrierId, counts }, now);
  return { status: 'undone', undone };
}

/** She is there again, works as before, and serves what a colleague had taken over from her. */
async function restoreManager({ tx, now, team }: MoveDeps, move: store.MoveRow): Promise<void> {
  const member = move.managerId === undefined ? undefined : await team.manager(tx, move.managerId);
  if (member === undefined) return;
  if (move.daysAfter !== undefined && move.daysBefore !== undefined && member.workingDays === move.daysAfter) {
    await team.changeManager(tx, member.id, { workingDays: move.daysBefore });
  }
  // Whose account is gone has gone herself meanwhile.
  if (move.reason !== 'leaves' || member.personId === undefined) return;
  await team.changeManager(tx, member.id, { accepts: true, leftAt: null, leavesOn: null });
  if (move.takerId !== undefined) await team.stopServing(tx, move.takerId, move.takenOver, now);
}

async function restoreAppointments(
  { tx, now, caseload }: MoveDeps,
  appointments: readonly store.MovedAppointment[],
  present: ReadonlyMap<string, TeamMember>,
  stays: ReadonlySet<string>,
): Promise<readonly Standing[]> {
  const sources = new Map(appointments.map((one) => [one.id, one.from]));
  const untouched = await caseload.untouched(
    tx,
    {
      gone: appointments.flatMap(({ id, sequence, fate, to }) =>
        fate === 'goes' && to !== undefined ? [{ id, sequence, managerId: to }] : [],
      ),
      cancelled: appointments.filter(({ fate }) => fate === 'cancelled'),
    },
    now,
  );
  const diaries = await caseload.diaries(tx, [...new Set(sources.values())], now);
  /** With the former manager again, if she is there, the person is hers again, and nothing else blocks the time. */
  const canReturn = (one: Standing): boolean => {
    const from = sources.get(one.id);
    if (from === undefined || !present.has(from) || stays.has(one.personId)) return false;
    if (diaries.fit(from, one) === 'blocked') return false;
    diaries.take(from, one);
    return true;
  };
  const gone = untouched.gone.filter(canReturn);
  const cancelled = untouched.cancelled.filter(canReturn);
  const returned = await caseload.reassign(
    tx,
    gone.map(({ id, sequence }) => ({ id, sequence, managerId: sources.get(id) ?? '' })),
    now,
  );
  const revived = await caseload.revive(
    tx,
    cancelled.map(({ id }) => id),
    now,
  );
  return [...(returned ?? []), ...revived];
}

function undoneNotices(
  id: string,
  what: {
    readonly people: readonly store.MovedPerson[];
    readonly restored: readonly string[];
    readonly back: readonly Standing[];
    readonly move: store.MoveRow;
    readonly present: ReadonlyMap<string, TeamMember>;
  },
  now: Instant,
): OwedNotice[] {
  const owed = (kind: string, personId: string): OwedNotice => ({
    kind,
    personId,
    subjectId: id,
    dueAt: now,
    key: `${kind}:${id}:${personId}`,
  });
  const { present, move } = what;
  const people = new Set([...what.restored, ...what.back.map(({ personId }) => personId)]);
  const staff = new Set([...what.people.flatMap(({ from, to }) => [from, to]), move.managerId]);
  return [
    ...[...people].map((personId) => owed('caseload-undone-person', personId)),
    ...[...staff].flatMap((one) => {
      const account = one === undefined ? undefined : present.get(one)?.personId;
      return account === undefined ? [] : [owed('caseload-undone-manager', account)];
    }),
  ];
}
