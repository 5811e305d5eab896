import { html } from 'hono/html';
import { formatClock, formatDay, formatMonth, formatWeekday } from '../../platform/date-formats.ts';
import { addDays, type Day, dayOf, type Instant, weekdayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { Appointment, Way } from './model.ts';
import { type Board, type BoardDay, type BoardItem, WEEK_PATH } from './model-week.ts';
import { addMonths, boardDays, type Grid, gridOf, monthOf, rowsOf, shownDays } from './rules-week.ts';
import { type Assets, type Html, hiddenCsrf, pageFrame, type Session, saidLine } from './views-page.ts';

// A manager's week and month as pages.

/** What has been done, or why not. It travels in the address, so it can only be one of these. */
export const SAID = ['moved', 'taken', 'busy', 'gone', 'absent', 'absence-ended', 'absence-gone'] as const;
export type Said = (typeof SAID)[number];

export const saidText = (t: Translator, said: Said | undefined): string | undefined => {
  switch (said) {
    case undefined:
      return undefined;
    case 'moved':
      return t.label('appointments:staff.move-done');
    case 'taken':
      return t.label('week:page.move-taken');
    case 'busy':
      return t.label('appointments:staff.busy');
    case 'gone':
      return t.label('appointments:staff.gone');
    case 'absent':
      return t.label('week:absence.added');
    case 'absence-ended':
      return t.label('diary:absence.ended');
    case 'absence-gone':
      return t.label('diary:absence.gone');
  }
};

/** As many colours as can be told apart; each has a letter as well. */
const COLOURS = 8;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WAY_ICONS: Readonly<Record<Exclude<Way, 'place'>, string>> = { home: '🏠', telephone: '📞' };

/** Colour, sign and words of where something is: never the colour alone. */
export interface Spot {
  readonly colour: string;
  readonly sign: string;
  readonly name: string;
}
export function spotOf(t: Translator, board: Board, way: Way, placeId: string | undefined): Spot {
  const index = board.places.findIndex(({ id }) => id === placeId);
  if (way !== 'place' || index < 0) {
    const other = way === 'place' ? 'home' : way;
    return {
      colour: way === 'place' ? 'nowhere' : way,
      sign: way === 'place' ? '·' : WAY_ICONS[other],
      name: t.label(`appointments:way.${way}-staff`),
    };
  }
  return {
    colour: `place-${index % COLOURS}`,
    sign: LETTERS[index % LETTERS.length] ?? '',
    name: board.places[index]?.name ?? '',
  };
}
export const spotLine = ({ colour, sign, name }: Spot): Html =>
  html`<span class="spot"><span class="sign ${colour}" aria-hidden="true">${sign}</span> <bdi>${name}</bdi></span>`;

/** Number and chosen name apart: paper does not show the name. */
export const personLine = (t: Translator, refugee: Appointment['refugee']): unknown =>
  refugee === undefined
    ? t.label('appointments:person.unknown')
    : html`<span class="number">${t.label('appointments:person.number', { number: refugee.number })}</span>${
        refugee.nickname === undefined ? '' : html` <bdi class="nickname">(${refugee.nickname})</bdi>`
      }`;

export const timeRange = (from: Instant, to: Instant): Html =>
  html`<bdi class="time" dir="ltr">${formatClock(from)}–${formatClock(to)}</bdi>`;

const address = (view: '' | '/month', day: Day): string => `${WEEK_PATH}${view}?day=${day}`;

function navigation(
  t: Translator,
  shown: {
    readonly view: 'week' | 'month';
    readonly title: string;
    readonly day: Day;
    readonly earlier: Day;
    readonly later: Day;
    readonly today: Day;
    readonly session: Session;
  },
): Html {
  const { view, day } = shown;
  const path = view === 'week' ? '' : '/month';
  const tab = (which: 'week' | 'month') =>
    html`<a href="${address(which === 'week' ? '' : '/month', day)}"${
      which === view ? html` aria-current="page"` : ''
    }>${t.label(`week:page.${which}`)}</a>`;
  return html`<header>
<h1>${shown.title}</h1>
<nav aria-label="${t.label('week:page.calendar')}">
<span class="group">
<a rel="prev" href="${address(path, shown.earlier)}">${t.label('week:page.earlier')}</a>
<a href="${address(path, shown.today)}">${t.label('week:page.today')}</a>
<a rel="next" href="${address(path, shown.later)}">${t.label('week:page.later')}</a>
</span>
<span class="group">${tab('week')} ${tab('month')}</span>
</nav>
<form method="post" action="${WEEK_PATH}/close">${hiddenCsrf(shown.session)}<button>${t.label('week:page.close')}</button></form>
</header>`;
}

const legend = (t: Translator, board: Board): unknown => {
  const ways = (['home', 'telephone'] as const).filter((way) => board.appointments.some((one) => one.way === way));
  const spots = [
    ...board.places.map(({ id }) => spotOf(t, board, 'place', id)),
    ...ways.map((way) => spotOf(t, board, way, undefined)),
  ];
  return spots.length === 0
    ? ''
    : html`<section class="legend" aria-labelledby="legend">
<h2 id="legend">${t.label('week:page.legend')}</h2>
<ul>${spots.map((spot) => html`<li>${spotLine(spot)}</li>`)}</ul>
</section>`;
};

/** Where it stands in the grid: classes of the style sheet, because the page's policy forbids styles of its own. */
const place = (item: BoardItem, grid: Grid): string => {
  const { row, rows } = rowsOf(item, grid);
  return `at-${row} for-${rows}`;
};

/** Where a way is meant by a free time: at its place if it has one. */
export const slotSpot = (
  t: Translator,
  board: Board,
  slot: { readonly ways: readonly Way[]; readonly placeId: string | undefined },
): Spot => spotOf(t, board, slot.ways.includes('place') ? 'place' : (slot.ways[0] ?? 'telephone'), slot.placeId);

/** Minutes since 1970, as the page's addresses name a time. */
export const minutesOf = (at: Instant): number => Math.floor(at / 60_000);
export const moveAddress = (id: string): string => `${WEEK_PATH}/move/${id}`;

/** Whose free time it is, where it is of somebody who stands in. */
export const standsIn = (t: Translator, board: Board, managerId: string): unknown => {
  const name = board.colleagues.get(managerId);
  return name === undefined ? '' : html`<span class="more">${t.label('week:page.with', { name })}</span>`;
};

function itemLine(t: Translator, board: Board, grid: Grid, item: BoardItem): Html {
  switch (item.kind) {
    case 'absence':
      return html`<li class="item absence ${place(item, grid)}">${timeRange(item.from, item.to)} ${t.label('week:feed.absent')}</li>`;
    case 'free': {
      const spot = slotSpot(t, board, item.slot);
      return html`<li class="item free ${spot.colour} ${place(item, grid)}" data-to="${minutesOf(item.from)}">
${t.label('week:page.free', { time: formatClock(item.from) })} ${spotLine(spot)} ${standsIn(t, board, item.slot.managerId)}</li>`;
    }
    case 'appointment': {
      const { id, way, interpreterLanguage, coming, refugee, manager } = item.appointment;
      const spot = spotOf(t, board, way, item.appointment.place?.id);
      const isOver = item.to <= board.now;
      const says = html`${timeRange(item.from, item.to)}
<span class="who">${personLine(t, refugee)}</span>
${spotLine(spot)}
${
  interpreterLanguage === undefined
    ? ''
    : html`<span class="more">${t.label('week:feed.interpreter', {
        language: t.label(`people:interpreter.language.${interpreterLanguage}`),
      })}</span>`
}
${manager.id === board.managerId ? '' : html`<span class="more">${t.label('week:page.for', { name: manager.name })}</span>`}
${coming ? html`<span class="more">${t.label('appointments:staff.comes')}</span>` : ''}`;
      return isOver
        ? html`<li class="item appointment over ${spot.colour} ${place(item, grid)}">${says} <span class="more">${t.label('week:page.over')}</span></li>`
        : html`<li class="item appointment ${spot.colour} ${place(item, grid)}" draggable="true" data-move="${moveAddress(id)}">
<a href="${moveAddress(id)}" draggable="false">${says}<span class="unseen">. ${t.label('week:page.move')}</span></a></li>`;
    }
  }
}

/** An appointment in a list: when, who, where; it leads to where it is moved. */
export const appointmentLine = (
  t: Translator,
  one: Appointment,
): Html => html`<a class="line" href="${moveAddress(one.id)}">
${formatDay(t.locale, dayOf(one.startsAt))}, ${timeRange(one.startsAt, one.endsAt)} <span class="who">${personLine(t, one.refugee)}</span>
<bdi>${one.way === 'place' && one.place !== undefined ? one.place.name : t.label(`appointments:way.${one.way}-staff`)}</bdi></a>`;

function dayColumn(t: Translator, board: Board, grid: Grid, { day, holiday, items }: BoardDay): Html {
  const isToday = day === board.today;
  const free = items.filter(({ kind }) => kind === 'free').length;
  const isEmpty = items.every(({ kind }) => kind === 'free');
  return html`<li class="day${isToday ? ' today' : ''}">
<div class="head"><h2>${formatDay(t.locale, day)}</h2>
${isToday ? html`<p class="note">${t.label('week:page.today')}</p>` : ''}
${holiday === undefined ? '' : html`<p class="note">${t.label('appointments:diary.holiday', { name: holiday })}</p>`}
${isEmpty ? html`<p class="note">${t.label('week:page.nothing')}</p>` : ''}
${free === 0 ? '' : html`<p class="free-count">${t.label('week:page.free-count', { count: free })}</p>`}</div>
<ul class="items">${items.map((item) => itemLine(t, board, grid, item))}</ul>
</li>`;
}

export function weekPage(
  t: Translator,
  assets: Assets,
  session: Session,
  board: Board,
  said: Said | undefined,
  below: unknown = '',
): Html {
  const days = shownDays(boardDays(board));
  const grid = gridOf(days);
  const hours = Array.from({ length: grid.lastHour - grid.firstHour }, (_, index) => grid.firstHour + index);
  const title = t.label('week:page.range', {
    from: formatDay(t.locale, board.from),
    to: formatDay(t.locale, addDays(board.from, board.days - 1)),
  });
  const { from, today } = board;
  return pageFrame(t, assets, {
    title,
    session,
    header: navigation(t, {
      ...{ view: 'week', title, day: from, today, session },
      ...{ earlier: addDays(from, -7), later: addDays(from, 7) },
    }),
    main: html`${saidLine(saidText(t, said))}
${legend(t, board)}
<p class="hint wide">${t.label('week:page.hint')}</p>
<p class="hint narrow">${t.label('week:page.hint-phone')}</p>
<div class="board">
<div class="axis" aria-hidden="true">${hours.map((hour, index) => html`<span class="at-${index * 12} for-12">${String(hour).padStart(2, '0')}:00</span>`)}</div>
<ol class="week days-${days.length}">${days.map((day) => dayColumn(t, board, grid, day))}</ol>
</div>
${below}`,
  });
}

/** Six weeks at most, from the Monday before the first. */
export function monthPage(t: Translator, assets: Assets, session: Session, board: Board, month: Day): Html {
  const days = boardDays(board);
  const weeks = Array.from({ length: board.days / 7 }, (_, index) => days.slice(index * 7, index * 7 + 7)).filter(
    (week) => week.some(({ day }) => monthOf(day) === month),
  );
  const title = formatMonth(t.locale, month);
  return pageFrame(t, assets, {
    title,
    session,
    header: navigation(t, {
      ...{ view: 'month', title, day: month, today: board.today, session },
      ...{ earlier: addMonths(month, -1), later: addMonths(month, 1) },
    }),
    main: html`${legend(t, board)}
<table class="month">
<caption class="unseen">${title}</caption>
<thead><tr>${(weeks[0] ?? []).map(
      ({ day }) =>
        html`<th scope="col"><abbr title="${weekdayName(t, day)}">${formatWeekday(t.locale, day)}</abbr></th>`,
    )}</tr></thead>
<tbody>${weeks.map((week) => html`<tr>${week.map((day) => monthCell(t, board, month, day))}</tr>`)}</tbody>
</table>`,
  });
}

const weekdayName = (t: Translator, day: Day): string => t.label(`diary:weekday.${weekdayOf(day)}`);

function monthCell(t: Translator, board: Board, month: Day, { day, holiday, items }: BoardDay): Html {
  const appointments = items.flatMap((item) => (item.kind === 'appointment' ? [item.appointment] : []));
  const isAbsent = items.some(({ kind }) => kind === 'absence');
  const spots = new Map(
    appointments.map((one) => {
      const spot = spotOf(t, board, one.way, one.place?.id);
      return [spot.colour + spot.sign, spot];
    }),
  );
  const classes = [
    monthOf(day) === month ? '' : 'outside',
    day === board.today ? 'today' : '',
    isAbsent ? 'absence' : '',
    holiday === undefined ? '' : 'holiday',
  ].filter((name) => name !== '');
  return html`<td class="${classes.join(' ')}">
<a href="${address('', day)}"><span class="unseen">${formatDay(t.locale, day)}</span><span aria-hidden="true">${Number(day.slice(8))}</span>
${appointments.length === 0 ? '' : html`<span class="unseen">: ${t.label('week:page.count', { count: appointments.length })}</span><span class="count" aria-hidden="true">${appointments.length}</span>`}</a>
${holiday === undefined ? '' : html`<span class="note">${holiday}</span>`}
${isAbsent ? html`<span class="note">${t.label('week:feed.absent')}</span>` : ''}
<span class="signs">${[...spots.values()].map(({ colour, sign, name }) => html`<span class="sign ${colour}"><span aria-hidden="true">${sign}</span><span class="unseen">${name} </span></span>`)}</span>
</td>`;
}
