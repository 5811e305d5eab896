import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId, type Seal } from '../../platform/crypto.ts';
import type { Database } from '../../platform/database.ts';
import { addDays, type Day, dayOf, type Instant, instant } from '../../platform/datetime.ts';
import type { Coordinator, Counsellor, Manager, Refugee } from '../people/model.ts';
import type { PeopleService } from '../people/service.ts';
import { BY_COUNTY, type Owned, type Review } from './model.ts';
import { CALL_DAYS, type CallRequest, MOST_CALLS } from './model-call.ts';
import { isDialable, validUntil } from './rules.ts';
import * as store from './store.ts';

const PURPOSE = 'call';
/** Requests of the same few minutes are one message: the counsellors look in, and no message tells a moment. */
const GATHER_MS = 5 * 60_000;
export const CALLS_PAGE = 6;
const CARDS_AT_ONCE = 50;

export interface OpenCall extends CallRequest {
  readonly id: string;
  readonly deleteOn: Day;
}

/** What every screen of these pages reads, whichever it is: which one was opened stands in no statement. */
export interface Standing {
  readonly reviews: readonly Review[];
  readonly today: Day;
  /** Whether a counselling centre has joined that calls people back. */
  readonly calls: boolean;
}

/** Ids of managers: who answers now, and whose person she is. */
export interface TalkPartner {
  readonly managerId: string;
  readonly ownId: string;
}

export interface GuidanceService {
  standing(): Promise<Standing>;
  /** Hands a request to the counselling centre. Nobody gives her name: nothing links it to an account. */
  askCall(request: CallRequest): Promise<'asked' | 'closed' | 'wrong'>;
  calls(by: Counsellor, page: number): Promise<{ readonly total: number; readonly calls: readonly OpenCall[] }>;
  /** What one of them says, to be shown in that message of her chat, which is remembered for it. */
  call(by: Counsellor, id: string, messageId: number | undefined): Promise<OpenCall | undefined>;
  /** That message shows something else now. */
  leaveCard(by: Counsellor, messageId: number | undefined): Promise<void>;
  /** Messages that show requests which are no more, a few at a time. */
  deadCards(): Promise<readonly store.DeadCard[]>;
  /** One of them does not show it any more, or never will be changed. */
  endCard(card: store.DeadCard): Promise<void>;
  /** The call was made: the request is deleted. */
  settleCall(by: Counsellor, id: string): Promise<void>;
  /** Whom she would talk to now: her manager, or whoever stands in. Undefined where nobody has joined. */
  talkPartner(refugee: Refugee): Promise<TalkPartner | undefined>;
  /** Tells that manager that she would like to talk, once a day, and not about what. Resolves to whom; undefined: nobody. */
  wishTalk(refugee: Refugee): Promise<TalkPartner | undefined>;
  /** Tells one of the people for whom she answers that she has read it. */
  readTalk(
    by: Manager,
    personId: string,
  ): Promise<{ readonly personId: string; readonly number: number; readonly nickname: string | undefined } | undefined>;
  /** Only the county's own coordinator answers for its words. Undefined when she may not, or the words have changed. */
  confirm(by: Coordinator, one: Owned, mark: string): Promise<Day | undefined>;
  /** Removes requests that nobody has answered. */
  forgetCalls(): Promise<void>;
}

export interface GuidanceDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly people: Pick<PeopleService, 'counsellors'>;
  /** A notice was owed: send it now. */
  wake(): void;
  /** A request is gone that a counsellor's chat may still show. */
  wakeCards(): void;
}

export function createGuidanceService(deps: GuidanceDeps): GuidanceService {
  const { db, clock, seal, people } = deps;
  const today = () => dayOf(clock.now());
  const open = (row: store.CallRow): OpenCall => ({
    ...(JSON.parse(seal.open(PURPOSE, row.request)) as CallRequest),
    id: row.id,
    deleteOn: row.deleteOn,
  });
  return {
    async standing() {
      const [reviews, counsellors] = await Promise.all([store.listReviews(db), people.counsellors(db)]);
      return { reviews, today: today(), calls: counsellors.length > 0 };
    },

    async askCall(request) {
      if (!isDialable(request.phone)) return 'wrong';
      const status = await db.transaction(async (tx) => {
        const counsellors = await people.counsellors(tx);
        if (counsellors.length === 0) return 'closed' as const;
        const kept = await store.keepCall(tx, {
          id: newId(),
          request: seal.seal(PURPOSE, JSON.stringify(request)),
          mark: seal.mark(`${PURPOSE}:${request.phone}`),
          deleteOn: addDays(today(), CALL_DAYS),
          most: MOST_CALLS,
        });
        if (!kept) return 'closed' as const;
        await oweNotices(
          tx,
          counsellors.map((personId) => callNotice(personId, clock.now())),
        );
        return 'asked' as const;
      });
      deps.wake();
      return status;
    },

    async calls(_by, page) {
      const total = await store.countCalls(db);
      return { total, calls: (await store.listCalls(db, page * CALLS_PAGE, CALLS_PAGE)).map(open) };
    },
    async call(by, id, messageId) {
      const row = await store.findCall(db, id);
      if (row === undefined) return undefined;
      if (messageId !== undefined) await store.keepCard(db, by.personId, messageId, id);
      return open(row);
    },
    async leaveCard(by, messageId) {
      if (messageId !== undefined) await store.deleteCard(db, by.personId, messageId);
    },
    deadCards: () => store.listDeadCards(db, CARDS_AT_ONCE),
    endCard: ({ personId, messageId }) => store.deleteCard(db, personId, messageId),
    async settleCall(_by, id) {
      await store.deleteCall(db, id);
      // Whatever else shows it is overwritten now.
      deps.wakeCards();
    },

    talkPartner: (refugee) => store.findOnDuty(db, refugee.personId, clock.now()),

    async wishTalk(refugee) {
      const now = clock.now();
      const onDuty = await store.findOnDuty(db, refugee.personId, now);
      if (onDuty === undefined) return undefined;
      await db.transaction((tx) =>
        oweNotices(tx, [
          {
            kind: 'talk-wished',
            personId: onDuty.managerPersonId,
            subjectId: refugee.personId,
            dueAt: now,
            key: `talk-wished:${refugee.personId}:${onDuty.managerId}:${today()}`,
          },
        ]),
      );
      deps.wake();
      return onDuty;
    },

    async readTalk(by, personId) {
      const client = await store.findClient(db, by.managerId, personId, clock.now());
      if (client === undefined) return undefined;
      await db.transaction((tx) =>
        oweNotices(tx, [
          {
            kind: 'talk-read',
            personId,
            subjectId: by.managerId,
            dueAt: clock.now(),
            key: `talk-read:${personId}:${by.managerId}:${today()}`,
          },
        ]),
      );
      deps.wake();
      const { number, nickname } = client;
      return { personId, number, nickname: nickname === undefined ? undefined : seal.open('nickname', nickname) };
    },

    async confirm(by, one, mark) {
      if (by.carrierId !== undefined || one.mark !== mark) return undefined;
      const until = validUntil(one, today());
      await store.saveReview(db, { key: one.key, mark, checkedOn: today(), checkedBy: BY_COUNTY, validUntil: until });
      return until;
    },

    forgetCalls: () => store.deleteCallsUntil(db, today()),
  };
}

function callNotice(personId: string, now: Instant): OwedNotice {
  const dueAt = instant(Math.ceil((now + 1) / GATHER_MS) * GATHER_MS);
  return { kind: 'call-asked', personId, subjectId: 'calls', dueAt, key: `call-asked:${personId}:${dueAt}` };
}
