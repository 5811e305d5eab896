import type { DueNotice } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { View } from '../../telegram/view.ts';
import type { CountyService } from '../county/service.ts';
import { ROLES } from './model.ts';
import * as store from './store.ts';
import * as circles from './store-circles.ts';
import { managerFound } from './views.ts';
import { accessEnded } from './views-circles.ts';
import { inviteOpened, personWaiting, roleEnded, roleSettled } from './views-staff.ts';

export type PeopleNotice =
  | 'person-waiting'
  | 'invite-opened'
  | 'role-granted'
  | 'role-refused'
  | 'role-ended'
  | 'manager-found'
  | 'circle-left';

type Renderer = (t: Translator, notice: DueNotice) => Promise<View | undefined>;

/** What people are told about each other's access, if it is still true when it is told. */
export function peopleNotices(deps: { db: Db; county: CountyService }): Record<PeopleNotice, Renderer> {
  const role = (notice: DueNotice) => ROLES.find((one) => one === notice.subjectId);
  return {
    async 'person-waiting'(t, notice) {
      const waiting = await store.findWaiting(deps.db, notice.subjectId);
      return waiting === undefined ? undefined : personWaiting(t, waiting.number, waiting.town ?? '–');
    },
    async 'manager-found'(t, notice) {
      const current = await store.findAssignedManager(deps.db, notice.personId);
      const manager = current === notice.subjectId ? await deps.county.manager(current) : undefined;
      return manager === undefined ? undefined : managerFound(t, manager);
    },
    async 'invite-opened'(t, notice) {
      const invite = await store.findOpenedInvite(deps.db, notice.subjectId, notice.personId);
      const invited = ROLES.find((one) => one === invite?.role);
      return invite === null || invited === undefined
        ? undefined
        : inviteOpened(t, { id: invite.id, name: invite.name, role: invited });
    },
    async 'role-granted'(t, notice) {
      const granted = role(notice);
      return granted === undefined ? undefined : roleSettled(t, granted, true);
    },
    async 'circle-left'(t, notice) {
      // Whoever has come back in the meantime is not told that she left.
      const circle = await circles.circleName(deps.db, notice.subjectId);
      const isBack = await circles.isMember(deps.db, notice.personId, notice.subjectId);
      return circle === undefined || isBack ? undefined : accessEnded(t, circle);
    },
    async 'role-ended'(t, notice) {
      const ended = role(notice);
      const row = await store.findIdentity(deps.db, notice.chatId);
      const held = {
        refugee: row?.number,
        volunteer: row?.volunteerId,
        manager: row?.managerId,
        coordinator: row?.coordinatorId,
        counsellor: row?.counsellorId,
      };
      return ended === undefined || held[ended] != null ? undefined : roleEnded(t, ended);
    },
    async 'role-refused'(t, notice) {
      const refused = role(notice);
      return refused === undefined ? undefined : roleSettled(t, refused, false);
    },
  };
}
