import { html } from 'hono/html';
import { formatClock, formatDay } from '../../platform/date-formats.ts';
import { addDays, type Day, dayOf, mondayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { Appointment, Slot } from './model.ts';
import { type Board, WEEK_PATH } from './model-week.ts';
import { type Assets, type Html, hiddenCsrf, pageFrame, type Session, saidLine } from './views-page.ts';
import {
  minutesOf,
  moveAddress,
  personLine,
  type Said,
  saidText,
  slotSpot,
  spotLine,
  spotOf,
  standsIn,
  timeRange,
} from './views-week.ts';

// How an appointment is moved on the page: by a list of free times, or after it was dragged to one.

interface Moving {
  readonly appointment: Appointment;
  readonly board: Board;
  readonly session: Session;
}

const backTo = (t: Translator, day: Day): Html =>
  html`<p><a class="button" href="${WEEK_PATH}?day=${day}">${t.label('week:page.back')}</a></p>`;

/** Who it is, and when and where it stands now. */
const facts = (t: Translator, { appointment, board }: Moving): Html => html`<dl>
<dt>${t.label('week:page.move-from')}</dt>
<dd>${formatDay(t.locale, dayOf(appointment.startsAt))}, ${timeRange(appointment.startsAt, appointment.endsAt)}<br>
${spotLine(spotOf(t, board, appointment.way, appointment.place?.id))}</dd>
</dl>`;

const heading = (t: Translator, appointment: Appointment): Html =>
  html`<h1>${t.label('week:page.move')}: ${personLine(t, appointment.refugee)}</h1>`;

/** All free times of a week, day by day. */
export function choosePage(t: Translator, assets: Assets, moving: Moving, said: Said | undefined): Html {
  const { appointment, board, session } = moving;
  const days = Map.groupBy(board.slots, ({ startsAt }) => dayOf(startsAt));
  const week = (from: Day): string => `${moveAddress(appointment.id)}?from=${from}`;
  return pageFrame(t, assets, {
    title: t.label('week:page.move'),
    session,
    main: html`${saidLine(saidText(t, said))}
${heading(t, appointment)}
${facts(t, moving)}
<h2>${t.label('week:page.move-choose')}</h2>
<nav aria-label="${t.label('week:page.calendar')}"><span class="group">
<a rel="prev" href="${week(addDays(board.from, -7))}">${t.label('week:page.earlier')}</a>
<a rel="next" href="${week(addDays(board.from, 7))}">${t.label('week:page.later')}</a>
</span></nav>
<p>${t.label('week:page.range', { from: formatDay(t.locale, board.from), to: formatDay(t.locale, addDays(board.from, 6)) })}</p>
${days.size === 0 ? html`<p>${t.label('week:page.move-none')}</p>` : ''}
${[...days].map(
  ([day, slots]) => html`<section><h3>${formatDay(t.locale, day)}</h3>
<ul class="slots">${slots.map((slot) => slotLink(t, board, appointment, slot))}</ul></section>`,
)}
${backTo(t, mondayOf(dayOf(appointment.startsAt)))}`,
  });
}

const slotLink = (t: Translator, board: Board, { id }: Appointment, slot: Slot): Html =>
  html`<li><a class="button" href="${moveAddress(id)}?to=${minutesOf(slot.startsAt)}"><bdi>${formatClock(slot.startsAt)}</bdi> ${spotLine(
    slotSpot(t, board, slot),
  )} ${standsIn(t, board, slot.managerId)}</a></li>`;

/** Asks once before the person is told: a drag goes astray easily. The way is hers to choose where the time has several. */
export function confirmPage(t: Translator, assets: Assets, moving: Moving, slot: Slot): Html {
  const { appointment, board, session } = moving;
  const chosen = slot.ways.includes(appointment.way) ? appointment.way : slot.ways[0];
  const day = dayOf(slot.startsAt);
  return pageFrame(t, assets, {
    title: t.label('week:page.move'),
    session,
    main: html`${heading(t, appointment)}
${facts(t, moving)}
<form method="post" action="${moveAddress(appointment.id)}">
${hiddenCsrf(session)}
<input type="hidden" name="to" value="${minutesOf(slot.startsAt)}">
<dl>
<dt>${t.label('week:page.move-to')}</dt>
<dd>${formatDay(t.locale, day)}, ${timeRange(slot.startsAt, slot.endsAt)} ${standsIn(t, board, slot.managerId)}</dd>
</dl>
<fieldset><legend>${t.label('week:page.move-way')}</legend>
${slot.ways.map(
  (way) =>
    html`<label><input type="radio" name="way" value="${way}"${way === chosen ? html` checked` : ''}> ${spotLine(
      spotOf(t, board, way, slot.placeId),
    )}</label>`,
)}
</fieldset>
<p>${t.label('week:page.move-tells')}</p>
<p class="actions"><button class="main">${t.label('week:page.move-yes')}</button>
<a class="button" href="${moveAddress(appointment.id)}?from=${mondayOf(day)}">${t.label('week:page.other-time')}</a></p>
</form>
${backTo(t, mondayOf(dayOf(appointment.startsAt)))}`,
  });
}
