import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { instant } from '../../platform/datetime.ts';
import type { CaseloadDesk } from '../appointments/service-caseload.ts';
import type { CountyService } from '../county/service.ts';
import type { Coordinator } from '../people/model.ts';
import type { Client, TeamMember } from '../people/model-team.ts';
import type { TeamDesk } from '../people/service-team.ts';
import { LOAD_DAYS } from './model.ts';
import { freeCapacity } from './rules.ts';
import type { Journal } from './service-journal.ts';

/** How much a manager has to do. */
export interface Load {
  readonly clients: number;
  /** Of the next four weeks. */
  readonly appointments: number;
  readonly workingDays: number;
  /** How many more people her working days allow for; negative: too many. */
  readonly free: number;
}

export interface LoadedMember {
  readonly member: TeamMember;
  readonly load: Load;
}

export interface TeamService {
  /** Managers within reach, by name. */
  team(by: Coordinator): Promise<readonly LoadedMember[]>;
  member(by: Coordinator, id: string): Promise<LoadedMember | undefined>;
  /** Names of the municipalities that she serves. */
  townsOf(member: TeamMember): Promise<readonly string[]>;
  clientsOf(by: Coordinator, id: string): Promise<{ member: TeamMember; clients: readonly Client[] } | undefined>;
  /** These managers with what they have to do. */
  loads(members: readonly TeamMember[]): Promise<readonly LoadedMember[]>;
  /** Takes back the invitation of a manager who has not joined. */
  withdrawInvite(by: Coordinator, id: string): Promise<boolean>;
}

export interface TeamDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly county: CountyService;
  readonly team: TeamDesk;
  readonly caseload: CaseloadDesk;
  readonly journal: Journal;
}

export function createTeamService(deps: TeamDeps): TeamService {
  const { db, clock, county, team, caseload } = deps;

  async function loads(members: readonly TeamMember[]): Promise<readonly LoadedMember[]> {
    const now = clock.now();
    const ahead = await caseload.countBetween(db, now, instant(now + LOAD_DAYS * 86_400_000));
    return members.map((member) => ({
      member,
      load: {
        clients: member.clients,
        appointments: ahead.get(member.id) ?? 0,
        workingDays: member.workingDays,
        free: freeCapacity(member, county.facts.caseload.peoplePerPost),
      },
    }));
  }
  const find = async (by: Coordinator, id: string) =>
    (await team.managers(db, by.carrierId)).find((member) => member.id === id);

  return {
    loads,
    team: async (by) => loads(await team.managers(db, by.carrierId)),

    async member(by, id) {
      const member = await find(by, id);
      return member === undefined ? undefined : (await loads([member]))[0];
    },

    async townsOf({ serves }) {
      const towns = await county.municipalities();
      return towns.filter(({ ags }) => serves.includes(ags)).map(({ name }) => name);
    },

    async clientsOf(by, id) {
      const member = await find(by, id);
      return member === undefined ? undefined : { member, clients: await team.clientsOf(db, [id]) };
    },

    async withdrawInvite(by, id) {
      const member = await find(by, id);
      if (member === undefined || member.personId !== undefined) return false;
      return db.transaction(async (tx) => {
        if (!(await team.withdrawInvite(tx, id))) return false;
        const act = { act: 'withdrawn', subject: `manager:${id}`, carrierId: member.carrierId } as const;
        await deps.journal(tx, by, act, clock.now());
        return true;
      });
    },
  };
}
