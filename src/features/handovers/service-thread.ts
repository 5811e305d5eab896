import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { hashToken, type Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Manager, SignedVolunteer } from '../people/model.ts';
import type { PeopleService } from '../people/service.ts';
import { type Handover, MOST_MESSAGES } from './model.ts';
import { owed } from './owed.ts';
import { type Finding, findingsIn } from './rules-text.ts';
import type { ManagerDesk } from './service-desk.ts';
import { isOfTeam, type TeamOf } from './service-team.ts';
import * as store from './store.ts';
import { listOnDuty } from './store-deadlines.ts';
import { insertEvent } from './store-flow.ts';
import * as messages from './store-thread.ts';

export type Writer = Manager | SignedVolunteer;

export interface ThreadMessage {
  readonly isMine: boolean;
  /** The name that somebody is known by here; never an account. */
  readonly name: string;
  readonly text: string;
  readonly sentAt: Instant;
}
export interface Thread {
  readonly handover: Handover;
  readonly messages: readonly ThreadMessage[];
  /** A volunteer answers; she begins only once somebody has accepted, because nobody would read it before. */
  readonly mayWrite: boolean;
}

export type Said =
  | { readonly status: 'said' | 'full' | 'closed' }
  /** Nothing was sent: something in it looks like what should not stand there. */
  | { readonly status: 'found'; readonly findings: readonly Finding[] };

/** Volunteer and managers ask each other about one case, while it is open and the refugee's consent to talk lives. */
export interface Threads {
  thread(writer: Writer, id: string): Promise<Thread | undefined>;
  /** `place` is where the words stand in her chat: the same words handled twice are one message. */
  say(writer: Writer, id: string, words: { text: string; place: number; isSure: boolean }): Promise<Said>;
}

export function createThreads(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly people: PeopleService;
  readonly team: TeamOf;
  readonly look: ManagerDesk['look'];
  wake(): void;
}): Threads {
  const { db, clock, seal, people, team } = deps;

  async function open(writer: Writer, id: string): Promise<Thread | undefined> {
    let handover: Handover | undefined;
    if (writer.kind === 'volunteer') handover = await store.findOfVolunteer(db, writer.volunteerId, id);
    else {
      const seen = await deps.look(writer, id);
      if (seen.status === 'shown') handover = seen.handover;
    }
    if (handover === undefined || !handover.mayTalk) return undefined;
    if (handover.status !== 'sent' && handover.status !== 'accepted') return undefined;
    const { volunteer, circle } = handover;
    const rows = await messages.listMessages(db, id);
    return {
      handover,
      messages: rows.map((row) => ({
        isMine: writer.kind === 'volunteer' ? row.by === 'volunteer' : row.managerId === writer.managerId,
        name: row.by === 'volunteer' ? (volunteer?.name ?? circle.name) : (row.managerName ?? '–'),
        text: seal.open('handover-message', row.text),
        sentAt: row.sentAt,
      })),
      mayWrite: writer.kind === 'manager' ? volunteer !== undefined : handover.status === 'accepted' || rows.length > 0,
    };
  }

  /**
   * Whoever holds the case; while nobody does, whoever of the team has asked since it waits, and whoever it was passed
   * on to. Where none of them is there any more, the whole team. For somebody absent, whoever stands in.
   */
  async function readersOf(tx: Db, handover: Handover, now: Instant): Promise<readonly string[]> {
    const accountsOnDuty = async (ids: readonly string[]) => {
      const duties = await listOnDuty(tx, [...new Set(ids)], now);
      return people.accountsOf(tx, [...new Set(duties.map(({ dutyId }) => dutyId))]);
    };
    const { manager, addressee, town, refugee, waitsSince } = handover;
    if (manager !== undefined) return accountsOnDuty([manager.id]);
    if (town === undefined) return [];
    const found = await team(tx, town.ags, refugee?.managerId);
    const asked = (await messages.listMessages(tx, handover.id)).flatMap(({ managerId, sentAt }) =>
      managerId === undefined || (waitsSince !== undefined && sentAt < waitsSince) ? [] : [managerId],
    );
    const concerned = [...asked, ...(addressee === undefined ? [] : [addressee.id])];
    const readers = await accountsOnDuty(concerned.filter((id) => isOfTeam(found, id)));
    if (readers.length > 0) return readers;
    return people.accountsOf(
      tx,
      found.managers.map(({ id }) => id),
    );
  }

  return {
    thread: open,
    async say(writer, id, { text, place, isSure }) {
      const thread = await open(writer, id);
      if (thread === undefined || !thread.mayWrite) return { status: 'closed' };
      const findings = isSure ? [] : findingsIn(text);
      if (findings.length > 0) return { status: 'found', findings };
      const { handover } = thread;
      const now = clock.now();
      const managerId = writer.kind === 'manager' ? writer.managerId : undefined;
      const written = await db.transaction(async (tx) => {
        const result = await messages.insertMessage(tx, {
          id: hashToken(`${id}:${writer.personId}:${place}`),
          handoverId: id,
          by: writer.kind,
          managerId,
          text: seal.seal('handover-message', text),
          limit: MOST_MESSAGES,
          now,
        });
        if (result !== 'new') return result;
        if (managerId === undefined) {
          const readers = await readersOf(tx, handover, now);
          await oweNotices(
            tx,
            readers.flatMap((personId) => owed('handover-answer', personId, id, now)),
          );
        } else {
          await messages.markAnswered(tx, id, now);
          await insertEvent(tx, { handoverId: id, kind: 'asked-back', by: 'manager', managerId, now });
          await oweNotices(tx, owed('handover-question', handover.volunteer?.personId, id, now));
        }
        return result;
      });
      deps.wake();
      return { status: written === 'new' || written === 'known' ? 'said' : written };
    },
  };
}
