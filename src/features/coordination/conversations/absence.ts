import type { Context as PlainContext } from 'grammy';
import { day as asDay, type Day } from '../../../platform/datetime.ts';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext } from '../../../telegram/dialogue.ts';
import { openForm } from '../../../telegram/form.ts';
import type { View } from '../../../telegram/view.ts';
import { plain } from '../../../telegram/views.ts';
import { absenceButtons as buttons, isOfForm } from '../../appointments/buttons-hours.ts';
import { askAwayDay, BACK, type Back, isBack } from '../../appointments/questions-absence.ts';
import { askFirst as firstDay, askLast as lastDay } from '../../appointments/views-absence.ts';
import type { Coordinator } from '../../people/model.ts';
import type { CoordinationService } from '../service.ts';
import type { Candidate, Cover } from '../service-absence.ts';
import { gone } from '../views.ts';
import * as views from '../views-absence.ts';

export interface AbsenceStart {
  readonly locale: Locale;
  readonly today: string;
  readonly managerId: string;
  readonly name: string;
}

/** A coordinator enters whole days in which a manager is away, and who stands in: a question a screen, each with a way back. */
export const absenceOfDialogue =
  (deps: { i18n: I18n; coordination: CoordinationService }) =>
  async (dialogue: Dialogue, first: PlainContext, start: AbsenceStart) => {
    const t = deps.i18n.translator(start.locale);
    const { managerId, name } = start;
    const today = asDay(start.today);
    const ask = openForm(dialogue, first, isOfForm(buttons), plain(t, 'common:use-buttons'));

    const askDay = (view: View, end: 'first' | 'last', notBefore: Day) => askAwayDay(ask, t, view, end, notBefore);
    let days: readonly [Day, Day] = [today, today];
    let deputy: Candidate | undefined;
    let note: views.Note | undefined;
    for (let step: 'first' | 'last' | 'deputy' | 'confirm' = 'first'; ; ) {
      if (step === 'first') {
        const answer = await askDay(firstDay(t, today), 'first', today);
        if (answer === BACK) return showList();
        days = [answer, answer];
        step = 'last';
      } else if (step === 'last') {
        const answer = await askDay(lastDay(t, days[0]), 'last', days[0]);
        if (answer !== BACK) days = [days[0], answer];
        step = answer === BACK ? 'first' : 'deputy';
      } else if (step === 'deputy') {
        const { all } = await ext(dialogue, async (outside) => {
          const found = await deps.coordination.candidates(outside.actor as Coordinator, managerId, views.range(days));
          return { kind: 'candidates', all: found.map((one) => ({ ...one })) };
        });
        const answer = await ask.press<{ readonly who: Candidate | undefined } | Back>(
          views.askDeputy(t, name, all),
          (data) => {
            if (isBack(data)) return BACK;
            if (buttons.nobody.parse(data)) return { who: undefined };
            const who = all.find(({ id, isAway }) => !isAway && id === buttons.deputy.parse(data)?.id);
            return who === undefined ? undefined : { who };
          },
        );
        if (answer !== BACK) deputy = answer.who;
        step = answer === BACK ? 'last' : 'confirm';
      } else {
        const range = views.range(days);
        const answer = await ask.press<'save' | Back>(views.confirm(t, name, range, deputy?.name, note), (data) =>
          isBack(data) ? BACK : buttons.save.parse(data) ? 'save' : undefined,
        );
        note = undefined;
        if (answer === BACK) {
          step = 'deputy';
          continue;
        }
        const { result } = await ext(dialogue, async (outside) => {
          const by = outside.actor as Coordinator;
          const added = await deps.coordination.addAbsence(by, managerId, { ...range, deputyId: deputy?.id });
          const cover = added.status === 'added' ? await deps.coordination.cover(by, added.absence.id) : undefined;
          return { kind: 'saved', result: JSON.stringify({ added, cover }) };
        });
        const { added, cover } = JSON.parse(result) as {
          added: Awaited<ReturnType<CoordinationService['addAbsence']>>;
          cover: Cover | undefined;
        };
        if (added.status === 'gone') return ask.say(gone(t));
        if (added.status === 'added') return ask.say(cover === undefined ? gone(t) : views.absenceSaved(t, cover));
        if (added.status === 'problem') note = { kind: 'problem', problem: added.problem };
        else if (added.status === 'overlaps') note = { kind: 'overlaps', other: added.other };
        else note = { kind: 'deputy-away' };
      }
    }

    async function showList(): Promise<void> {
      const { found } = await ext(dialogue, async (outside) => ({
        kind: 'list',
        found: JSON.stringify((await deps.coordination.absencesOf(outside.actor as Coordinator, managerId)) ?? null),
      }));
      const list = JSON.parse(found) as Awaited<ReturnType<CoordinationService['absencesOf']>> | null;
      await ask.say(list === null || list === undefined ? gone(t) : views.absences(t, list.member, list.all, 0));
    }
  };
