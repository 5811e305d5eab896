import { oweNotices } from '../../delivery/outbox.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Slot, Way } from '../appointments/model.ts';
import type { Manager } from '../people/model.ts';
import type { Client, Draft, Sending } from './model.ts';
import { invitationNotice } from './owed.ts';
import { expiryOf, isUnseen, obstacleOf, spread } from './rules.ts';
import type { OutreachDeps } from './service.ts';
import * as store from './store-invitations.ts';

/** A draft with the people whom it names. */
export interface OpenDraft extends Draft {
  readonly clients: readonly Client[];
}

/** Who gets an invitation, and who does not and why. */
export interface Preview extends OpenDraft {
  readonly way: Way;
  readonly invited: readonly Client[];
  readonly left: readonly { readonly client: Client; readonly why: 'unreachable' | 'stopped' | 'invited' }[];
}

export type Sent =
  | { readonly status: 'sent'; readonly count: number; readonly from: Instant }
  /** Nobody of the picked can be invited any more. */
  | { readonly status: 'nobody' }
  | { readonly status: 'gone' };

/** What a manager does to make the first contact. Drafts and people of others find nothing. */
export interface InvitingDesk {
  /** Her people, those not seen for longest first. */
  clients(manager: Manager): Promise<readonly Client[]>;
  client(manager: Manager, number: number): Promise<Client | undefined>;
  /** A new draft, with one person picked or nobody. */
  newDraft(manager: Manager, number?: number): Promise<string>;
  draft(manager: Manager, id: string): Promise<OpenDraft | undefined>;
  /** Picks all whom she has not seen for so many weeks, who have no appointment and who can be invited. */
  pickUnseen(manager: Manager, id: string, weeks: number): Promise<OpenDraft | undefined>;
  togglePick(manager: Manager, id: string, number: number): Promise<OpenDraft | undefined>;
  chooseWay(manager: Manager, id: string, way: Way): Promise<OpenDraft | undefined>;
  /** Free times of hers that an invitation may propose. */
  proposable(manager: Manager, way: Way): Promise<readonly Slot[]>;
  toggleSlot(manager: Manager, id: string, startsAt: Instant): Promise<OpenDraft | undefined>;
  /** Undefined without a way. */
  preview(manager: Manager, id: string): Promise<Preview | undefined>;
  /** Once per draft, whatever is pressed twice. */
  send(manager: Manager, id: string): Promise<Sent>;
  sendings(manager: Manager): Promise<readonly Sending[]>;
  sending(manager: Manager, id: string): Promise<Sending | undefined>;
}

export function createInvitingDesk(deps: OutreachDeps): InvitingDesk {
  const { db, clock, seal, appointments, noticeMinutes } = deps;

  const clients = (manager: Manager) => store.listClients(db, seal, manager.managerId, clock.now());
  const client = async (manager: Manager, number: number) =>
    (await clients(manager)).find((one) => one.number === number);

  async function draft(manager: Manager, id: string): Promise<OpenDraft | undefined> {
    const found = await store.findDraft(db, manager.managerId, id);
    return found === undefined ? undefined : { ...found, clients: await clients(manager) };
  }

  const split = (all: readonly Client[], picked: ReadonlySet<string>): Pick<Preview, 'invited' | 'left'> => {
    const chosen = all.filter(({ personId }) => picked.has(personId));
    return {
      invited: chosen.filter((one) => obstacleOf(one) === undefined),
      left: chosen.flatMap((one) => {
        const why = obstacleOf(one);
        return why === undefined ? [] : [{ client: one, why }];
      }),
    };
  };

  return {
    clients,
    client,
    draft,

    async newDraft(manager, number) {
      const id = await store.insertDraft(db, manager.managerId, clock.now());
      const one = number === undefined ? undefined : await client(manager, number);
      if (one !== undefined) await store.addPicks(db, manager.managerId, id, [one.personId]);
      return id;
    },

    async pickUnseen(manager, id, weeks) {
      const now = clock.now();
      const unseen = (await clients(manager)).filter(
        (one) => isUnseen(one, weeks, now) && obstacleOf(one) === undefined,
      );
      await store.pick(
        db,
        manager.managerId,
        id,
        unseen.map(({ personId }) => personId),
      );
      return draft(manager, id);
    },

    async togglePick(manager, id, number) {
      const one = await client(manager, number);
      if (one !== undefined && !(await store.unpick(db, manager.managerId, id, one.personId))) {
        await store.addPicks(db, manager.managerId, id, [one.personId]);
      }
      return draft(manager, id);
    },

    async chooseWay(manager, id, way) {
      await store.setWay(db, manager.managerId, id, way);
      return draft(manager, id);
    },

    proposable: async ({ managerId }, way) =>
      (await appointments.timesFor(db, managerId)).filter(
        (slot) => slot.managerId === managerId && slot.ways.includes(way),
      ),

    async toggleSlot(manager, id, startsAt) {
      await store.toggleSlot(db, manager.managerId, id, startsAt);
      return draft(manager, id);
    },

    async preview(manager, id) {
      const open = await draft(manager, id);
      if (open?.way === undefined) return undefined;
      return { ...open, way: open.way, ...split(open.clients, open.picked) };
    },

    async send(manager, id) {
      const now = clock.now();
      const { managerId } = manager;
      const sent = await db.transaction(async (tx): Promise<Sent> => {
        await store.expireInvitations(tx, now, managerId);
        await store.settleBooked(tx, managerId);
        const found = await store.findDraft(tx, managerId, id);
        if (found === undefined) return { status: 'gone' };
        const { invited } = split(await store.listClients(tx, seal, managerId, now), found.picked);
        if (invited.length === 0) return { status: 'nobody' };
        const sending = await store.markSent(tx, managerId, id, now);
        if (sending === undefined) return { status: 'gone' };
        const expiresAt = expiryOf(now, sending.slots, noticeMinutes);
        const order = invited.map(({ personId }) => personId);
        const opened = await store.openInvitations(tx, id, order, expiresAt);
        const times = spread(now, opened.length);
        await oweNotices(
          tx,
          opened.map((one, index) => invitationNotice(one.refugeeId, one.id, times[index] ?? now)),
        );
        return { status: 'sent', count: opened.length, from: times[0] ?? now };
      });
      deps.wake();
      return sent;
    },

    async sendings(manager) {
      await store.settleBooked(db, manager.managerId);
      return store.listSendings(db, seal, manager.managerId, clock.now());
    },
    async sending(manager, id) {
      await store.settleBooked(db, manager.managerId);
      return (await store.listSendings(db, seal, manager.managerId, clock.now(), id))[0];
    },
  };
}
