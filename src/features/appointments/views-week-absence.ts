import { html } from 'hono/html';
import type { Day } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { ABSENCE_KINDS, type Absence, type Appointment, CANCEL_REASONS } from './model.ts';
import { WEEK_PATH } from './model-week.ts';
import type { AbsenceAdded } from './service-absences.ts';
import { rangeWords } from './views-absence.ts';
import { type Assets, type Html, hiddenCsrf, pageFrame, type Session, saidLine } from './views-page.ts';
import { appointmentLine, type Said, saidText } from './views-week.ts';

// A manager's absences on the page: the list below the week, the form, and what becomes of appointments in one.

const PATH = `${WEEK_PATH}/absence`;
const addressOf = (id: string): string => `${PATH}/${id}`;
const back = (t: Translator): Html =>
  html`<p><a class="button" href="${WEEK_PATH}">${t.label('week:page.back')}</a></p>`;

export const absenceList = (t: Translator, all: readonly Absence[]): Html => html`<section aria-labelledby="absences">
<h2 id="absences">${t.label('diary:absence.menu')}</h2>
${all.length === 0 ? html`<p>${t.label('diary:absence.none')}</p>` : ''}
<ul>${all.map((one) => html`<li><a class="line" href="${addressOf(one.id)}">${t.label('diary:absence.entry', rangeWords(t, one))}</a></li>`)}</ul>
<p><a class="button" href="${PATH}">${t.label('diary:absence.add')}</a></p>
</section>`;

/** What she has entered; kept when something about it is wrong. */
export interface AbsenceFields {
  readonly kind: string;
  readonly first: string;
  readonly last: string;
  readonly from: string;
  readonly to: string;
  readonly deputy: string;
}

export type AbsenceWrong = Exclude<AbsenceAdded, { status: 'added' }> | { readonly status: 'unreadable' };

const wrongText = (t: Translator, wrong: AbsenceWrong): string => {
  switch (wrong.status) {
    case 'unreadable':
      return t.label('week:absence.unreadable');
    case 'problem':
      return t.label(`diary:absence.problem.${wrong.problem}`);
    case 'overlaps':
      return t.label('diary:absence.overlaps', rangeWords(t, wrong.other));
    case 'deputy-away':
      return t.label('diary:absence.deputy-away');
  }
};

export function absenceForm(
  t: Translator,
  assets: Assets,
  session: Session,
  form: {
    readonly fields: AbsenceFields;
    readonly today: Day;
    readonly colleagues: readonly { readonly id: string; readonly name: string }[];
    readonly wrong?: AbsenceWrong | undefined;
  },
): Html {
  const { fields, today, colleagues, wrong } = form;
  const input = (name: 'first' | 'last' | 'from' | 'to', type: 'date' | 'time') =>
    html`<label class="field">${t.label(`week:absence.${name}`)}<input type="${type}" name="${name}" value="${fields[name]}"${
      type === 'date' ? html` min="${today}" required` : ''
    }></label>`;
  const option = (value: string, chosen: string, says: string) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${says}</option>`;
  return pageFrame(t, assets, {
    title: t.label('diary:absence.add'),
    session,
    main: html`<h1>${t.label('diary:absence.add')}</h1>
${saidLine(wrong === undefined ? undefined : wrongText(t, wrong))}
<form method="post" action="${PATH}">
${hiddenCsrf(session)}
<fieldset><legend>${t.label('week:absence.when')}</legend>
${input('first', 'date')}
${input('last', 'date')}
<p class="note">${t.label('week:absence.hours')}</p>
${input('from', 'time')}
${input('to', 'time')}
</fieldset>
<p><label class="field">${t.label('diary:absence.ask.kind')}<select name="kind">${ABSENCE_KINDS.map((kind) =>
      option(kind, fields.kind, t.label(`diary:absence.kind.${kind}`)),
    )}</select></label></p>
<p><label class="field">${t.label('diary:absence.ask.deputy')}<select name="deputy">${[
      option('', fields.deputy, t.label('diary:absence.ask.nobody')),
      ...colleagues.map(({ id, name }) => option(id, fields.deputy, name)),
    ]}</select></label></p>
<p><button class="main">${t.label('diary:absence.save')}</button></p>
</form>
${back(t)}`,
  });
}

/** What was done with the appointments in an absence. */
export type AbsenceDone =
  | { readonly kind: 'handed'; readonly handed: number; readonly left: number }
  | { readonly kind: 'cancelled'; readonly count: number };

const doneText = (t: Translator, done: AbsenceDone): string =>
  done.kind === 'cancelled'
    ? t.label('diary:absence.cancelled', { count: done.count })
    : [
        t.label('diary:absence.handed', { handed: done.handed }),
        ...(done.left === 0 ? [] : [t.label('diary:absence.left', { left: done.left })]),
      ].join(' ');

export function absencePage(
  t: Translator,
  assets: Assets,
  session: Session,
  shown: {
    readonly absence: Absence;
    readonly deputy: string | undefined;
    readonly appointments: readonly Appointment[];
    readonly hasBegun: boolean;
    readonly done?: AbsenceDone | undefined;
    readonly said?: Said | undefined;
  },
): Html {
  const { absence, deputy, appointments, done } = shown;
  const action = (what: string, body: unknown): Html =>
    html`<form method="post" action="${addressOf(absence.id)}/${what}">${hiddenCsrf(session)}${body}</form>`;
  return pageFrame(t, assets, {
    title: t.label('diary:absence.menu'),
    session,
    main: html`<h1>${t.label('diary:absence.entry', rangeWords(t, absence))}</h1>
${saidLine(done === undefined ? saidText(t, shown.said) : doneText(t, done))}
<p>${t.label(`diary:absence.kind.${absence.kind}`)}</p>
<p>${deputy === undefined ? t.label('diary:absence.line.nobody') : t.label('diary:absence.line.deputy', { name: deputy })}</p>
${
  appointments.length === 0
    ? html`<p>${t.label('appointments:diary.empty')}</p>`
    : html`<section aria-labelledby="booked"><h2 id="booked">${t.label('diary:absence.booked', { count: appointments.length })}</h2>
<ul>${appointments.map((one) => html`<li>${appointmentLine(t, one)}</li>`)}</ul>
${deputy === undefined ? '' : action('hand', html`<p><button class="main">${t.label('diary:absence.hand')}</button></p>`)}
${action(
  'cancel',
  html`<p><label class="field">${t.label('diary:absence.cancel-ask')}<select name="reason">${CANCEL_REASONS.map(
    (reason) => html`<option value="${reason}">${t.label(`appointments:staff.reason.${reason}`)}</option>`,
  )}</select></label></p>
<p><button>${t.label('diary:absence.cancel')}</button></p>`,
)}</section>`
}
${action('end', html`<p><button>${t.label(shown.hasBegun ? 'diary:absence.end' : 'diary:absence.remove')}</button></p>`)}
${back(t)}`,
  });
}
