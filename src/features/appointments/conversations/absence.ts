import type { Context as PlainContext } from 'grammy';
import { parseTime } from '../../../platform/date-formats.ts';
import { day as asDay, at, type Day, type WallTime } from '../../../platform/datetime.ts';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext } from '../../../telegram/dialogue.ts';
import { openForm } from '../../../telegram/form.ts';
import type { View } from '../../../telegram/view.ts';
import { plain } from '../../../telegram/views.ts';
import type { Manager } from '../../people/model.ts';
import { absenceButtons as buttons, isOfForm } from '../buttons-hours.ts';
import { type Absence, type AbsenceKind, type Range, wholeDays } from '../model.ts';
import { askAwayDay, BACK, type Back, isBack } from '../questions-absence.ts';
import type { AppointmentsService } from '../service.ts';
import type { AbsenceAdded } from '../service-absences.ts';
import * as views from '../views-absence.ts';

const STEPS = ['kind', 'first', 'last', 'length', 'from', 'to', 'deputy', 'confirm'] as const;
type Step = (typeof STEPS)[number];

/** A manager says when she is away and who stands in: a question a screen, each with a way back. */
export const absenceDialogue =
  (deps: { i18n: I18n; appointments: AppointmentsService }) =>
  async (dialogue: Dialogue, first: PlainContext, start: { readonly locale: Locale; readonly today: string }) => {
    const t = deps.i18n.translator(start.locale);
    const today = asDay(start.today);
    const ask = openForm(dialogue, first, isOfForm(buttons), plain(t, 'common:use-buttons'));
    const press = <T>(view: View, read: (data: string) => T | undefined): Promise<T | Back> =>
      ask.press<T | Back>(view, (data) => (isBack(data) ? BACK : read(data)));

    const askDay = (view: View, end: 'first' | 'last', notBefore: Day) => askAwayDay(ask, t, view, end, notBefore);
    const askTime = async (end: 'from' | 'to', after?: WallTime): Promise<WallTime | Back> => {
      for (let shown = views.askAwayTime(t, end, after); ; ) {
        const answer = await ask.ask<WallTime | Back>(
          shown,
          ({ data, text }) => {
            if (isBack(data)) return BACK;
            if (data === undefined) return parseTime(text ?? '');
            const pressed = buttons.time.parse(data);
            return pressed?.end === end ? parseTime(`${pressed.time.slice(0, 2)}:${pressed.time.slice(2)}`) : undefined;
          },
          views.awayHint(t, 'not-a-time'),
        );
        if (answer === BACK || after === undefined || answer > after) return answer;
        shown = views.awayHint(t, 'ends-before-begins');
      }
    };

    let kind: AbsenceKind = 'leave';
    let days: [Day, Day] = [today, today];
    let hours: [WallTime, WallTime] | undefined;
    let from: WallTime | undefined;
    let deputy: views.Named | undefined;
    let note: views.AbsenceNote | undefined;
    const range = (): Range =>
      hours === undefined ? wholeDays(days[0], days[1]) : { from: at(days[0], hours[0]), to: at(days[0], hours[1]) };

    /** Asks one question; says which comes next, or that she went back. */
    const steps: Record<Exclude<Step, 'confirm'>, () => Promise<Step | Back>> = {
      async kind() {
        const answer = await press(views.askKind(t), (data) => buttons.kind.parse(data)?.kind);
        if (answer === BACK) return BACK;
        kind = answer;
        return 'first';
      },
      async first() {
        const answer = await askDay(views.askFirst(t, today), 'first', today);
        if (answer === BACK) return BACK;
        days = [answer, answer];
        return 'last';
      },
      async last() {
        const answer = await askDay(views.askLast(t, days[0]), 'last', days[0]);
        if (answer === BACK) return BACK;
        days = [days[0], answer];
        hours = undefined;
        return days[0] === answer ? 'length' : 'deputy';
      },
      async length() {
        const answer = await press(views.askLength(t), (data) => buttons.length.parse(data)?.length);
        hours = undefined;
        return answer === BACK ? BACK : answer === 'whole' ? 'deputy' : 'from';
      },
      async from() {
        const answer = await askTime('from');
        if (answer === BACK) return BACK;
        from = answer;
        return 'to';
      },
      async to() {
        const answer = await askTime('to', from);
        if (answer === BACK || from === undefined) return BACK;
        hours = [from, answer];
        return 'deputy';
      },
      async deputy() {
        const { colleagues } = await ext(dialogue, async (outside) => ({
          kind: 'colleagues',
          colleagues: (await deps.appointments.deputiesFor(outside.actor as Manager, range())).map((one) => ({
            ...one,
          })),
        }));
        const there = colleagues.filter(({ isAway }) => !isAway);
        const away = colleagues.filter(({ isAway }) => isAway);
        const answer = await press(views.askDeputy(t, there, away), (data) => {
          if (buttons.nobody.parse(data)) return { nobody: true as const };
          return there.find(({ id }) => id === buttons.deputy.parse(data)?.id);
        });
        if (answer === BACK) return BACK;
        deputy = 'nobody' in answer ? undefined : answer;
        return 'confirm';
      },
    };

    const path: Step[] = [];
    for (let step: Step = 'kind'; ; ) {
      if (step !== 'confirm') {
        const next: Step | Back = await steps[step]();
        if (next !== BACK) path.push(step);
        step = next === BACK ? (path.pop() ?? 'kind') : next;
        continue;
      }
      const draft = { ...range(), kind, deputyId: deputy?.id };
      const answer = await press(views.confirmAbsence(t, draft, deputy?.name, note), (data) =>
        buttons.save.parse(data),
      );
      note = undefined;
      if (answer === BACK) {
        step = path.pop() ?? 'kind';
        continue;
      }
      const { result } = await ext(dialogue, async (outside) => ({
        kind: 'saved',
        result: JSON.stringify(await deps.appointments.addAbsence(outside.actor as Manager, draft)),
      }));
      const added = JSON.parse(result) as AbsenceAdded;
      if (added.status === 'added') {
        return ask.say(views.absenceSaved(t, added.absence as Absence, deputy?.name, added.appointments.length));
      }
      if (added.status === 'problem') note = { kind: 'problem', problem: added.problem };
      else if (added.status === 'overlaps') note = { kind: 'overlaps', other: added.other };
      else note = { kind: 'deputy-away' };
    }
  };
