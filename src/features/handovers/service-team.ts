import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database.ts';
import type { ManagerContact } from '../county/model.ts';
import type { CountyService } from '../county/service.ts';
import * as deadlines from './store-deadlines.ts';

/** Who gets a case: the carrier's managers of a municipality, whoever has most room first. */
export interface Team {
  /** Undefined where nobody is assigned: the county's contact answers. */
  readonly carrier: { readonly id: string; readonly name: string } | undefined;
  /** Who is asked now: for somebody absent, whoever stands in. Whoever is at work comes first. */
  readonly managers: readonly ManagerContact[];
  /** Ids of those among them who are at work now: somebody absent for whom nobody stands in is asked, but does not answer. */
  readonly present: readonly string[];
  /** Ids of those who are absent and stood in for: nobody writes to them, but it stays their team. */
  readonly away: readonly string[];
}

/** `ownManagerId` is whose the person is already, if anybody's: she belongs to the team whatever the municipality says. */
export type TeamOf = (db: Db, ags: string, ownManagerId?: string) => Promise<Team>;

/** The one place that decides who is asked. Read within the caller's transaction: an absence counts from its first minute. */
export const createTeam =
  (county: CountyService, clock: Clock): TeamOf =>
  async (db, ags, ownManagerId) => {
    const { carrier, managers } = await county.team(db, ags);
    const isMissing = ownManagerId !== undefined && !managers.some(({ id }) => id === ownManagerId);
    const own = isMissing ? await county.managerWithin(db, ownManagerId) : undefined;
    // Last: whom the volunteer is told that we have called is somebody of the team that she was shown, as long as one is there.
    const all = own === undefined ? managers : [...managers, own];
    const asked: ManagerContact[] = [];
    const away: string[] = [];
    const duties = await deadlines.listOnDuty(
      db,
      all.map(({ id }) => id),
      clock.now(),
    );
    for (const one of all) {
      const dutyId = duties.find(({ id }) => id === one.id)?.dutyId ?? one.id;
      // A deputy without an account would not hear of it: then it stays with whoever is absent.
      const deputy = dutyId === one.id ? undefined : await county.managerWithin(db, dutyId);
      if (deputy !== undefined) away.push(one.id);
      const reader = deputy ?? one;
      if (!asked.some(({ id }) => id === reader.id)) asked.push(reader);
    }
    const absent = await deadlines.listAbsent(
      db,
      asked.map(({ id }) => id),
      clock.now(),
    );
    const isPresent = ({ id }: ManagerContact) => !absent.includes(id);
    const atWork = asked.filter(isPresent);
    const sorted = [...atWork, ...asked.filter((one) => !isPresent(one))];
    return { carrier, managers: sorted, present: atWork.map(({ id }) => id), away };
  };

export const isOfTeam = (team: Team, managerId: string): boolean =>
  team.managers.some(({ id }) => id === managerId) || team.away.includes(managerId);
