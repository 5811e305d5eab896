import type { Clock } from '../../platform/clock.ts';
import { hashToken, newId } from '../../platform/crypto.ts';
import { type Database, type Db, isTransient, violatedConstraint } from '../../platform/database.ts';
import { dayOf, type Instant, instant } from '../../platform/datetime.ts';
import type { Coordinator } from '../people/model.ts';
import type { TeamMember } from '../people/model-team.ts';
import {
  type Change,
  type Clash,
  type Move,
  type MoveFigures,
  type PlannedAppointment,
  type Target,
  UNDO_HOURS,
} from './model.ts';
import { countMove } from './rules-plan.ts';
import type { Journal } from './service-journal.ts';
import { applyMove, handOnEverything, type Leaver, PlanStale } from './service-move.ts';
import { type Composed, colleaguesFor, compose, figuresOf, findSubject, type PlanDeps } from './service-plan.ts';
import { type UndoResult, undoMove } from './service-undo.ts';
import * as store from './store.ts';

/** A plan as its reader decides on it. */
export interface Preview extends MoveFigures {
  readonly change: Change;
  readonly target: Target;
  readonly clash: Clash;
  /** Whom it is about; undefined for one person who has no manager. */
  readonly name: string | undefined;
  /** The number of the one person, where it is about one. */
  readonly number: number | undefined;
  readonly days: { readonly before: number; readonly after: number } | undefined;
  /** How many municipalities the one colleague takes over. */
  readonly takenOver: number;
  /** Every appointment that is concerned: first those that do not simply go along, each by start. */
  readonly appointments: readonly (Pick<PlannedAppointment, 'number' | 'fit' | 'fate'> & {
    readonly startsAt: Instant;
    /** With whom it would be, where it goes along. */
    readonly to: string | undefined;
  })[];
  /** Whether the former manager could keep any of these. */
  readonly mayKeep: boolean;
  readonly print: string;
}

export type Made =
  | { readonly status: 'done'; readonly move: Move }
  /** Something has changed since it was shown: what would happen now. */
  | { readonly status: 'changed'; readonly preview: Preview }
  | { readonly status: 'gone' };

export interface Wanted {
  readonly change: Change;
  readonly target: Target;
  readonly clash: Clash;
}

export interface CaseloadService {
  /** To whom people could go; undefined where there is nothing of hers to change. */
  takers(
    by: Coordinator,
    change: Change,
  ): Promise<{ readonly about: TeamMember | undefined; readonly colleagues: readonly TeamMember[] } | undefined>;
  preview(by: Coordinator, wanted: Wanted): Promise<Preview | undefined>;
  /** Makes it once per `draft`, and only if it is still what `print` stands for. */
  make(by: Coordinator, wanted: Wanted, draft: string, print: string): Promise<Made>;
  move(by: Coordinator, id: string): Promise<Move | undefined>;
  /** Newest first. */
  moves(by: Coordinator, page: number): Promise<{ readonly total: number; readonly moves: readonly Move[] }>;
  undo(by: Coordinator, id: string): Promise<UndoResult>;
  /** A manager has taken her account away: everything of hers goes on. Returns how many appointments were cancelled. */
  handOn(tx: Db, managerId: string, now: Instant): Promise<number>;
}

export interface CaseloadDeps extends PlanDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly leavers: readonly Leaver[];
  wake(): void;
}

export const MOVES_PAGE = 5;
const TRIES = 4;

/** Runs again when two changes met in the same instant: what they met in is read anew. */
export async function settled<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const isRace = isTransient(error) || violatedConstraint(error)?.startsWith('appointment_') === true;
      if (!isRace || tries >= TRIES) throw error;
    }
  }
}

export function createCaseloadService(deps: CaseloadDeps): CaseloadService {
  const { db, clock, team } = deps;

  async function composed(tx: Db, by: Coordinator, wanted: Wanted, now: Instant): Promise<Composed | undefined> {
    if (isOver(wanted.change, now)) return undefined;
    const subject = await findSubject(deps, tx, by.carrierId, wanted.change);
    return subject === undefined ? undefined : compose(deps, tx, by.carrierId, wanted, subject, now);
  }

  async function describe(row: store.MoveRow): Promise<Move> {
    const people = await store.listPeople(db, row.id);
    const appointments = await store.listAppointments(db, row.id);
    const names = new Map<string, string>();
    for (const id of new Set([row.managerId, ...people.flatMap(({ from, to }) => [from, to])])) {
      const name = id === undefined ? undefined : (await team.manager(db, id))?.name;
      if (id !== undefined && name !== undefined) names.set(id, name);
    }
    const about = row.managerId === undefined ? undefined : await team.manager(db, row.managerId);
    return {
      ...countMove(
        people,
        appointments.map(({ fate }) => fate),
        (id) => names.get(id),
      ),
      id: row.id,
      reason: row.reason,
      name: about?.name,
      lastDay: row.reason === 'leaves' ? about?.leavesOn : undefined,
      doneAt: row.doneAt,
      undoableUntil: instant(row.doneAt + UNDO_HOURS * 3_600_000),
      undone: row.undone,
    };
  }

  return {
    async takers(by, change) {
      if (isOver(change, clock.now())) return undefined;
      const subject = await findSubject(deps, db, by.carrierId, change);
      if (subject === undefined) return undefined;
      const all = await colleaguesFor(deps, db, by.carrierId, subject);
      const own = subject.member?.carrierId ?? subject.carrierId;
      // Her own carrier's first.
      const colleagues = [
        ...all.filter(({ carrierId }) => carrierId === own),
        ...all.filter(({ carrierId }) => carrierId !== own),
      ];
      return { about: subject.member, colleagues };
    },

    async preview(by, wanted) {
      const found = await composed(db, by, wanted, clock.now());
      return found === undefined ? undefined : previewOf(found);
    },

    async make(by, wanted, draft, print) {
      const key = hashToken(`${by.personId}:${draft}`);
      const again = async (): Promise<Made> => {
        const now = await composed(db, by, wanted, clock.now());
        return now === undefined ? { status: 'gone' } : { status: 'changed', preview: previewOf(now) };
      };
      const known = await store.findMoveByKey(db, key);
      if (known !== undefined) return { status: 'done', move: await describe(known) };
      const now = clock.now();
      const before = await composed(db, by, wanted, now);
      if (before === undefined) return { status: 'gone' };
      if (before.print !== print) return { status: 'changed', preview: previewOf(before) };
      const id = newId();
      try {
        await db.transaction(async (tx) => {
          await deps.caseload.lock(tx, [...before.managers.keys()]);
          const plan = await composed(tx, by, wanted, now);
          if (plan?.print !== print) throw new PlanStale();
          await applyMove({ ...deps, tx, now }, { ...plan, id, key, reason: wanted.change.reason, by });
        });
      } catch (error) {
        const made = await store.findMoveByKey(db, key);
        if (made !== undefined) return { status: 'done', move: await describe(made) };
        // Somebody booked, moved or changed something in the same instant: she decides on what is true now.
        if (error instanceof PlanStale || isTransient(error) || violatedConstraint(error) !== undefined) return again();
        throw error;
      }
      deps.wake();
      const made = await store.findMove(db, id);
      return made === undefined ? { status: 'gone' } : { status: 'done', move: await describe(made) };
    },

    async move(by, id) {
      const row = await store.findMove(db, id, by.carrierId);
      return row === undefined ? undefined : describe(row);
    },

    async moves(by, page) {
      const rows = await store.listMoves(db, by.carrierId, page * MOVES_PAGE, MOVES_PAGE);
      const moves: Move[] = [];
      for (const row of rows) moves.push(await describe(row));
      return { total: await store.countMoves(db, by.carrierId), moves };
    },

    async undo(by, id) {
      const result = await settled(() => db.transaction((tx) => undoMove({ ...deps, tx, now: clock.now() }, by, id)));
      deps.wake();
      return result;
    },

    handOn: (tx, managerId, now) => handOnEverything({ ...deps, tx, now }, managerId),
  };
}

/** A last day that has passed since its screen was shown. */
const isOver = (change: Change, now: Instant): boolean =>
  change.reason === 'leaves' && change.lastDay !== undefined && change.lastDay < dayOf(now);

function previewOf(found: Composed): Preview {
  const { change, target, clash, plan, subject, days, print } = found;
  const clashes = plan.appointments.filter(({ fit }) => fit !== 'free');
  const free = plan.appointments.filter(({ fit }) => fit === 'free');
  return {
    ...figuresOf(found),
    change,
    target,
    clash,
    name: subject?.name,
    number: 'personId' in change ? found.clients.get(change.personId)?.number : undefined,
    days,
    takenOver: found.takenOver.length,
    appointments: [...clashes, ...free].map(({ appointment, number, fit, fate, to }) => ({
      number,
      fit,
      fate,
      startsAt: appointment.startsAt,
      to: to === undefined ? undefined : found.managers.get(to)?.name,
    })),
    mayKeep: clashes.length > 0 && !(change.reason === 'leaves' && change.lastDay === undefined),
    print,
  };
}
