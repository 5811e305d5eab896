import { hashToken } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import type { Day, Instant } from '../../platform/datetime.ts';
import type { Standing } from '../appointments/model-caseload.ts';
import type { CaseloadDesk } from '../appointments/service-caseload.ts';
import type { CountyService } from '../county/service.ts';
import type { Client, TeamMember } from '../people/model-team.ts';
import type { TeamDesk } from '../people/service-team.ts';
import type { Change, Clash, MoveFigures, Plan, PlannedPerson, Target } from './model.ts';
import { type Candidate, fill, type Movable, relieve, type Shared, shareOut } from './rules.ts';
import { countMove, planMove, planText } from './rules-plan.ts';
import * as wishes from './store-wishes.ts';

// Puts a plan together from what is true now. Reads only: in a transaction it reads what that transaction sees.

export interface PlanDeps {
  readonly county: CountyService;
  readonly team: TeamDesk;
  readonly caseload: CaseloadDesk;
}

export interface PlanWish {
  readonly change: Change;
  readonly target: Target;
  readonly clash: Clash;
}

export interface Composed extends PlanWish {
  readonly plan: Plan;
  /** Whom it is about; undefined for one person who has no manager. */
  readonly subject: TeamMember | undefined;
  /** On whose side it counts; undefined is the county's. */
  readonly carrierId: string | undefined;
  readonly managers: ReadonlyMap<string, TeamMember>;
  readonly clients: ReadonlyMap<string, Client>;
  readonly lastDay: Day | undefined;
  readonly days: { readonly before: number; readonly after: number } | undefined;
  /** Municipalities that the one colleague takes over. */
  readonly takenOver: readonly string[];
  /** Six characters that stand for everything the reader agrees to. */
  readonly print: string;
}

/** What a change is about, within the reach of whoever makes it; undefined where there is no such thing. */
export interface Subject {
  readonly member: TeamMember | undefined;
  readonly client: Client | undefined;
  readonly carrierId: string | undefined;
}

export async function findSubject(
  deps: PlanDeps,
  db: Db,
  reach: string | undefined,
  change: Change,
): Promise<Subject | undefined> {
  const isWithin = (carrierId: string | undefined) => reach === undefined || carrierId === reach;
  if (change.reason === 'one' || change.reason === 'wish') {
    const [client] = await deps.team.clients(db, [change.personId]);
    if (client?.ags === undefined) return undefined;
    const member = client.managerId === undefined ? undefined : await deps.team.manager(db, client.managerId);
    const carrierId =
      member?.carrierId ?? (await deps.county.desk.inForce(db)).find(({ ags }) => ags === client.ags)?.carrierId;
    if (!isWithin(carrierId)) return undefined;
    if (change.reason === 'wish') {
      const wish = await wishes.findWish(db, client.personId);
      if (wish === undefined || wish.declinedAt !== undefined || wish.managerId !== client.managerId) return undefined;
    }
    return { member, client, carrierId };
  }
  const member = (await deps.team.managers(db, reach)).find(({ id }) => id === change.managerId);
  if (member === undefined || (member.personId === undefined && change.reason !== 'share')) return undefined;
  return { member, client: undefined, carrierId: member.carrierId };
}

/** Managers to whom a change may give people: they have joined, stay, and are within reach. */
export async function colleaguesFor(
  deps: PlanDeps,
  db: Db,
  reach: string | undefined,
  subject: Subject,
): Promise<readonly TeamMember[]> {
  const all = await deps.team.managers(db, reach);
  return all.filter(
    ({ id, personId, leavesOn }) => id !== subject.member?.id && personId !== undefined && leavesOn === undefined,
  );
}

const candidateOf = (one: TeamMember): Candidate => ({
  managerId: one.id,
  workingDaysPerWeek: one.workingDays,
  clients: one.clients,
  accepts: one.accepts,
  serves: one.serves,
});

/** The plan for a subject that was found. Undefined when the chosen colleague is none. */
export async function compose(
  deps: PlanDeps,
  db: Db,
  reach: string | undefined,
  wish: PlanWish,
  subject: Subject,
  now: Instant,
): Promise<Composed | undefined> {
  const { change, target, clash } = wish;
  const colleagues = await colleaguesFor(deps, db, reach, subject);
  const managers = new Map(
    [...colleagues, ...(subject.member === undefined ? [] : [subject.member])].map((one) => [one.id, one]),
  );
  const chosen = target.kind === 'colleague' ? colleagues.find(({ id }) => id === target.managerId) : undefined;
  if (target.kind === 'colleague' && chosen === undefined) return undefined;

  const clients = await clientsOf(deps, db, change, subject, colleagues);
  const byPerson = new Map(clients.map((client) => [client.personId, client]));
  const from = [...new Set(clients.flatMap(({ managerId }) => managerId ?? []))];
  const about = [...new Set([...from, ...(subject.member === undefined ? [] : [subject.member.id])])];
  const standing = await deps.caseload.standing(db, about, now);
  const shared = share(deps, change, subject, clients, colleagues, chosen, standing);
  const people = clients.flatMap((client): PlannedPerson[] => {
    if (!shared.has(client.personId)) return [];
    const { personId, number, managerId } = client;
    const to = shared.get(personId);
    // Only who goes leaves people behind without anybody.
    if (to === managerId || (to === undefined && change.reason !== 'leaves')) return [];
    return [{ personId, number, from: managerId, to }];
  });

  const isMoved = new Map(people.map((person) => [person.personId, person]));
  const concerned = standing.filter(({ personId, managerId }) =>
    change.reason === 'leaves' ? managerId === change.managerId : isMoved.get(personId)?.from === managerId,
  );
  const foreign = [...new Set(concerned.flatMap(({ personId }) => (isMoved.has(personId) ? [] : [personId])))];
  const others = new Map((await deps.team.clients(db, foreign)).map((client) => [client.personId, client]));
  const to = [...people.map((person) => person.to), ...[...others.values()].map(({ managerId }) => managerId)];
  const plan = planMove({
    people,
    appointments: concerned,
    others,
    diaries: await deps.caseload.diaries(db, [...new Set(to.filter((id) => id !== undefined))], now),
    clash,
    keepsUntil: change.reason === 'leaves' ? change.lastDay : 'stays',
  });
  return {
    ...wish,
    plan,
    subject: subject.member,
    carrierId: subject.carrierId,
    managers,
    clients: byPerson,
    lastDay: change.reason === 'leaves' ? change.lastDay : undefined,
    days:
      change.reason === 'share' && subject.member !== undefined
        ? { before: subject.member.workingDays, after: change.workingDays }
        : undefined,
    // Another carrier's municipalities are another decision.
    takenOver:
      change.reason === 'leaves' && chosen !== undefined && chosen.carrierId === subject.member?.carrierId
        ? subject.member.serves.filter((ags) => !chosen.serves.includes(ags))
        : [],
    print: printOf(wish, plan),
  };
}

/** Whoever may move: her own people, those of her colleagues, or one person. */
async function clientsOf(
  deps: PlanDeps,
  db: Db,
  change: Change,
  { member, client }: Subject,
  colleagues: readonly TeamMember[],
): Promise<readonly Client[]> {
  if (client !== undefined) return [client];
  if (member === undefined) return [];
  const takes = change.reason === 'comes' || (change.reason === 'share' && change.workingDays > member.workingDays);
  return deps.team.clientsOf(db, takes ? colleagues.map(({ id }) => id) : [member.id]);
}

function share(
  { county }: PlanDeps,
  change: Change,
  { member }: Subject,
  clients: readonly Client[],
  colleagues: readonly TeamMember[],
  chosen: TeamMember | undefined,
  standing: readonly Standing[],
): Shared {
  const movable = clients.map(
    (client): Movable => ({
      ...client,
      appointments: standing.filter(
        ({ personId, managerId }) => personId === client.personId && managerId === client.managerId,
      ).length,
    }),
  );
  const candidates = colleagues.map(candidateOf);
  const days = change.reason === 'share' ? change.workingDays : member?.workingDays;
  const own = member === undefined ? undefined : { ...candidateOf(member), workingDaysPerWeek: days ?? 0 };
  if (own !== undefined && change.reason === 'comes') return fill(own, movable, candidates);
  if (own !== undefined && change.reason === 'share') {
    if (change.workingDays > (member?.workingDays ?? 0)) return fill(own, movable, candidates);
    if (change.workingDays === member?.workingDays) return new Map();
    const takers =
      chosen === undefined
        ? candidates
        : [{ ...candidateOf(chosen), accepts: true, serves: clients.flatMap(({ ags }) => ags ?? []) }];
    return relieve(own, movable, takers, county.pickManager);
  }
  return chosen === undefined
    ? shareOut(movable, candidates, county.pickManager)
    : new Map(movable.map(({ personId }) => [personId, chosen.id]));
}

const printOf = ({ change, target }: PlanWish, plan: Plan): string =>
  hashToken(`${JSON.stringify([change, target])}|${planText(plan)}`).slice(0, 6);

/** The figures of a plan, with the names of today. */
export function figuresOf({ plan, managers }: Pick<Composed, 'plan' | 'managers'>): MoveFigures {
  return countMove(
    plan.people,
    plan.appointments.map(({ fate }) => fate),
    (id) => managers.get(id)?.name,
  );
}
