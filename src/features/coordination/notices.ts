import type { DueNotice } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import { type Instant, instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { View } from '../../telegram/view.ts';
import type { AbsenceDesk } from '../appointments/service-absences.ts';
import type { CaseloadDesk } from '../appointments/service-caseload.ts';
import type { CountyService } from '../county/service.ts';
import type { TeamDesk } from '../people/service-team.ts';
import { CHANGES } from './model.ts';
import { countMove } from './rules-plan.ts';
import * as store from './store.ts';
import { findWish, listOpen } from './store-wishes.ts';
import * as away from './views-absence.ts';
import * as duties from './views-duties.ts';
import * as told from './views-told.ts';

export type CoordinationNotice =
  | 'caseload-person'
  | 'caseload-manager'
  | 'caseload-undone-person'
  | 'caseload-undone-manager'
  | 'manager-left'
  | 'manager-unreachable'
  | 'manager-wished'
  | 'manager-wish-declined'
  | 'absence-set'
  | 'absence-lifted'
  | 'absence-changed'
  | 'absence-moved';

type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<View | undefined>;

/** What everybody is told about a change, if it is still true when it is told. */
export function coordinationNotices(deps: {
  db: Db;
  county: CountyService;
  team: TeamDesk;
  caseload: CaseloadDesk;
  absences: AbsenceDesk;
}): Record<CoordinationNotice, Renderer> {
  const { db, county, team, caseload, absences } = deps;

  /** Her appointments that a move concerned and that lie ahead: as they stand now, or what is free instead. */
  async function appointmentsOf(moved: readonly store.MovedAppointment[], managerId: string | undefined, now: Instant) {
    const all: told.ToldAppointment[] = [];
    for (const { id } of moved) {
      const appointment = await caseload.appointment(db, id);
      if (appointment === undefined || appointment.startsAt <= now) continue;
      if (appointment.status === 'booked') all.push({ appointment, next: [] });
      else if (appointment.cancelledBy === 'coordinator') {
        const next = managerId === undefined ? [] : await caseload.nextFree(db, managerId, appointment.way, now);
        all.push({ appointment, next });
      }
    }
    return all;
  }

  const toPerson =
    (isBack: boolean): Renderer =>
    async (t, notice, now) => {
      const move = await store.findMove(db, notice.subjectId);
      if (move === undefined || (move.undoneAt !== undefined) !== isBack) return undefined;
      const { person, appointments } = await store.findOfPerson(db, move.id, notice.personId);
      const [client] = await team.clients(db, [notice.personId]);
      const wanted = isBack ? person?.from : person?.to;
      const isTrue = person !== undefined && (!isBack || person.restored) && client?.managerId === wanted;
      const contact = client?.managerId === undefined ? undefined : await county.manager(client.managerId);
      const manager = isTrue ? (contact ?? 'waiting') : undefined;
      const concerned = isBack
        ? appointments.filter(({ restored, fate }) => restored || fate === 'kept')
        : appointments;
      const shown = await appointmentsOf(concerned, client?.managerId, now);
      if (manager === undefined && shown.length === 0) return undefined;
      return told.toldPerson(t, { manager, isBack, appointments: shown, office: county.facts.office });
    };

  const toManager =
    (isBack: boolean): Renderer =>
    async (t, notice) => {
      const move = await store.findMove(db, notice.subjectId);
      const own = await team.managerBehind(db, notice.personId);
      if (move === undefined || own === undefined || (move.undoneAt !== undefined) !== isBack) return undefined;
      const people = (await store.listPeople(db, move.id)).filter(({ restored }) => !isBack || restored);
      const appointments = await store.listAppointments(db, move.id);
      const to = isBack ? 'from' : 'to';
      const from = isBack ? 'to' : 'from';
      const came = people.filter((one) => one[to] === own.id);
      const went = people.filter((one) => one[from] === own.id);
      const numbers = await team.clients(
        db,
        came.map(({ personId }) => personId),
      );
      const names = new Map<string, string>();
      for (const id of new Set(went.flatMap((one) => one[to] ?? []))) {
        const member = await team.manager(db, id);
        if (member !== undefined) names.set(id, member.name);
      }
      const isAbout = move.managerId === own.id;
      return told.toldManager(t, {
        isBack,
        came: numbers.map(({ number }) => number),
        went: went.length,
        figures: countMove(
          went,
          appointments.filter((one) => one.from === own.id).map(({ fate }) => fate),
          (id) => names.get(id),
        ),
        appointmentsCame: appointments.filter((one) =>
          isBack ? one.restored && one.from === own.id : one.fate === 'goes' && one.to === own.id,
        ).length,
        workingDays: isAbout && move.daysAfter !== undefined ? own.workingDays : undefined,
        lastDay: isAbout && move.reason === 'leaves' ? own.leavesOn : undefined,
      });
    };

  return {
    'caseload-person': toPerson(false),
    'caseload-undone-person': toPerson(true),
    'caseload-manager': toManager(false),
    'caseload-undone-manager': toManager(true),

    async 'manager-left'(t, notice) {
      const move = await store.findMove(db, notice.subjectId);
      const member = move?.managerId === undefined ? undefined : await team.manager(db, move.managerId);
      if (move === undefined || member === undefined) return undefined;
      const people = await store.listPeople(db, move.id);
      const fates = (await store.listAppointments(db, move.id)).map(({ fate }) => fate);
      const names = new Map((await team.managers(db)).map(({ id, name }) => [id, name]));
      return told.managerLeft(
        t,
        member.name,
        move.id,
        countMove(people, fates, (id) => names.get(id)),
      );
    },

    async 'manager-wished'(t, notice) {
      const [wish] = await listOpen(db, undefined, { skip: 0, take: 1 }, notice.subjectId);
      return wish === undefined ? undefined : duties.wished(t, wish);
    },

    async 'manager-wish-declined'(t, notice) {
      const wish = await findWish(db, notice.personId);
      const [client] = await team.clients(db, [notice.personId]);
      const manager = client?.managerId === undefined ? undefined : await county.manager(client.managerId);
      const isTrue = wish?.declinedAt !== undefined && wish.managerId === manager?.id;
      return isTrue && manager !== undefined ? duties.wishDeclined(t, manager) : undefined;
    },

    async 'absence-set'(t, notice) {
      const one = await absences.find(notice.subjectId);
      if (one === undefined) return undefined;
      return away.absenceSet(
        t,
        one,
        one.deputyId === undefined ? undefined : (await county.manager(one.deputyId))?.name,
      );
    },

    async 'absence-lifted'(t, notice) {
      return (await absences.find(notice.subjectId)) === undefined ? away.absenceLifted(t) : undefined;
    },

    async 'absence-changed'(t, notice) {
      const one = await absences.find(notice.subjectId);
      const what = CHANGES.find((each) => each === notice.data.what);
      if (one === undefined || what === undefined) return undefined;
      const deputy = one.deputyId === undefined ? undefined : (await county.manager(one.deputyId))?.name;
      return away.absenceChanged(t, one, what, deputy, Number(notice.data.appointments ?? 0));
    },

    async 'absence-moved'(t, notice, now) {
      const one = await caseload.appointment(db, notice.subjectId);
      if (one === undefined || one.status !== 'booked' || one.endsAt <= now) return undefined;
      // Hers, or that of whoever stands in since then.
      const isHers = (await team.managerBehind(db, notice.personId))?.id === one.manager.id;
      return away.appointmentMoved(t, one, instant(Number(notice.data.before ?? 0)), isHers);
    },

    async 'manager-unreachable'(t, notice) {
      const member = await team.manager(db, notice.subjectId);
      const contact = member?.unreachableSince === undefined ? undefined : await county.manager(member.id);
      return contact === undefined ? undefined : told.managerUnreachable(t, contact);
    },
  };
}
