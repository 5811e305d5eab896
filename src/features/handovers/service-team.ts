import type { Db } from '../../platform/database.ts';
import type { ManagerContact } from '../county/model.ts';
import type { CountyService } from '../county/service.ts';

/** Who gets a case: the carrier's managers of a municipality, whoever has most room first. */
export interface Team {
  /** Undefined where nobody is assigned: the county's contact answers. */
  readonly carrier: { readonly id: string; readonly name: string } | undefined;
  readonly managers: readonly ManagerContact[];
}

/** `ownManagerId` is whose the person is already, if anybody's: she belongs to the team whatever the municipality says. */
export type TeamOf = (db: Db, ags: string, ownManagerId?: string) => Promise<Team>;

/** The one place that decides who is asked. Whoever stands in for somebody absent is to be added here. */
export const createTeam =
  (county: CountyService): TeamOf =>
  async (db, ags, ownManagerId) => {
    const { carrier, managers } = await county.team(db, ags);
    const isMissing = ownManagerId !== undefined && !managers.some(({ id }) => id === ownManagerId);
    const own = isMissing ? await county.managerWithin(db, ownManagerId) : undefined;
    return { carrier, managers: own === undefined ? managers : [own, ...managers] };
  };

export const isOfTeam = (team: Team, managerId: string): boolean => team.managers.some(({ id }) => id === managerId);
