import { formatDay, formatShortDay, formatTime } from '../../platform/date-formats.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { buttons as appointmentButtons, minuteOf } from '../appointments/buttons.ts';
import type { Appointment, Way } from '../appointments/model.ts';
import { buttons as people } from '../people/buttons.ts';
import { buttons } from './buttons.ts';
import type { Offer, WaitState, WishedWay } from './model.ts';
import type { Suggested } from './service-wishes.ts';

// Earlier times and the waiting list, as a refugee sees them. Invitations are in views-invitation.ts.

const when = (t: Translator, at: Instant) => ({
  day: formatDay(t.locale, dayOf(at)),
  time: formatTime(t.locale, at),
});

/** A time as a value for a sentence. */
const moment = (t: Translator, at: Instant): string => t.label('outreach:moment', when(t, at));

const wayName = (t: Translator, way: WishedWay): string =>
  way === 'any' ? t.label('outreach:way.any') : t.label(`appointments:way.${way}`);

/** A time and how or where one would meet, in short. */
export const timeLabel = (t: Translator, at: Instant, how: string): string =>
  t.label('outreach:time', { day: formatShortDay(t.locale, dayOf(at)), time: formatTime(t.locale, at), how });

/** A time in short. */
export const momentLabel = (t: Translator, at: Instant): string =>
  t.label('appointments:mine.entry', {
    day: formatShortDay(t.locale, dayOf(at)),
    time: formatTime(t.locale, at),
  });

const timeButton = (t: Translator, at: Instant, way: Way, data: string): Button => ({
  label: timeLabel(t, at, wayName(t, way)),
  data,
});

const cardOf = (id: string): string => appointmentButtons.card.data({ id });
const moveRows = (t: Translator, id: string, times: readonly Suggested[]): Button[][] =>
  times.map(({ startsAt, way }) => [
    timeButton(t, startsAt, way, appointmentButtons.moveConfirm.data({ id, way, minute: minuteOf(startsAt) })),
  ]);

/** Whether to tell her of earlier times; what is free before her appointment anyway stands on top. */
export function askEarlier(
  t: Translator,
  { id, startsAt, way }: Appointment,
  wish: WishedWay | undefined,
  free: readonly Suggested[],
): View {
  const on = (wished: WishedWay): Button[] => [
    {
      label: t.label('outreach:early.yes', { way: wayName(t, wished) }),
      data: buttons.earlierOn.data({ id, way: wished }),
    },
  ];
  return screen(t, {
    text: lines(
      wish === undefined ? t('outreach:early.ask') : t('outreach:early.on', { way: wayName(t, wish) }),
      t('outreach:early.current', { current: moment(t, startsAt) }),
      free.length === 0 ? undefined : t('outreach:early.free'),
    ),
    rows: [...moveRows(t, id, free), ...(wish === undefined ? [on(way), on('any')] : [stopRow(t, id)])],
    back: cardOf(id),
  });
}

const stopRow = (t: Translator, id: string): Button[] => [
  { label: t.label('outreach:early.stop'), data: buttons.earlierOff.data({ id }) },
];

export const earlierNoted = (t: Translator, id: string): View =>
  screen(t, { text: t('outreach:early.noted'), rows: [stopRow(t, id)], back: cardOf(id) });

export const earlierDropped = (t: Translator, id: string): View =>
  screen(t, { text: t('outreach:early.stopped'), back: cardOf(id) });

/** An earlier time, offered to her and perhaps to two others. It stays: she answers below it or on it. */
export const offer = (t: Translator, one: Offer, current: Instant, place: string | undefined): View =>
  screen(t, {
    text: lines(
      t('outreach:offer', when(t, one.startsAt)),
      place === undefined ? t(`appointments:way.${one.way}`) : t('appointments:summary.place', { place }),
      '',
      t('outreach:early.current', { current: moment(t, current) }),
      t('outreach:offer.ask', { time: formatTime(t.locale, one.answerBy) }),
    ),
    rows: [
      [{ label: t.label('outreach:offer.yes'), data: buttons.offerYes.data({ id: one.id }), style: 'success' }],
      [{ label: t.label('appointments:cancel.no'), data: buttons.offerNo.data({ id: one.id }) }],
    ],
    stays: true,
  });

/** She keeps what she has: by her own word, or because she has an earlier time by now. */
export const offerDeclined = (t: Translator, id: string): View =>
  screen(t, { text: t('outreach:offer.kept'), rows: [stopRow(t, id)], back: cardOf(id) });

export const offerLate = (t: Translator, { id, startsAt }: Appointment, next: readonly Suggested[]): View =>
  screen(t, {
    text: lines(
      t('outreach:offer.late'),
      t('outreach:early.current', { current: moment(t, startsAt) }),
      next.length === 0 ? undefined : t('outreach:early.free'),
    ),
    rows: moveRows(t, id, next),
    back: cardOf(id),
  });

export const offerGone = (t: Translator, id: string): View =>
  screen(t, { text: t('outreach:offer.gone'), rows: [stopRow(t, id)], back: cardOf(id), stays: true });

export const askWait = (t: Translator): View =>
  screen(t, {
    text: t('outreach:wait.ask'),
    rows: (['any', 'place', 'telephone', 'home'] as const).map((way) => [
      { label: wayName(t, way), data: buttons.waitOn.data({ way }) },
    ]),
    back: appointmentButtons.book.data({}),
  });

const change = (t: Translator, to: 'pause' | 'resume' | 'stop'): Button[] => [
  { label: t.label(`outreach:wait.${to}`), data: buttons.waitChange.data({ to }) },
];

export function waiting(t: Translator, wait: WaitState): View {
  const values = { way: wayName(t, wait.way) };
  switch (wait.status) {
    case 'waiting':
      return screen(t, { text: t('outreach:wait.on', values), rows: [change(t, 'pause'), change(t, 'stop')] });
    case 'paused':
      return screen(t, { text: t('outreach:wait.paused', values), rows: [change(t, 'resume'), change(t, 'stop')] });
    case 'asked':
      return waitAsked(t);
  }
}

/** The friendly question after eight weeks; silence ends the waiting as well. */
export const waitAsked = (t: Translator): View =>
  screen(t, { text: t('outreach:wait.asked'), rows: [change(t, 'resume'), change(t, 'stop')], stays: true });

export const waitStopped = (t: Translator): View =>
  screen(t, {
    text: t('outreach:wait.stopped'),
    rows: [[{ label: t.label('appointments:menu.book'), data: appointmentButtons.book.data({}) }]],
  });

/** Times have opened: each button leads to the question whether this is right. `draft` makes the booking's key. */
export const slotsOpened = (t: Translator, manager: string, times: readonly Suggested[], draft: string): View =>
  screen(t, {
    text: t('outreach:wait.opened', { name: manager }),
    rows: [
      ...times.map(({ startsAt, way }) => [
        timeButton(
          t,
          startsAt,
          way,
          appointmentButtons.time.data({ draft, topic: 'unsaid', way, minute: minuteOf(startsAt) }),
        ),
      ]),
      [{ label: t.label('outreach:wait.all'), data: appointmentButtons.book.data({}) }],
      change(t, 'pause'),
      change(t, 'stop'),
    ],
    stays: true,
  });

/** What is kept of her wishes. */
export interface OwnWishes {
  readonly wait: WaitState | undefined;
  readonly earlier: readonly { readonly appointmentId: string; readonly startsAt: Instant }[];
  readonly invitations: { readonly isOpen: boolean; readonly isStopped: boolean };
}

/** The lines of it, for "my data" as well. */
export const wishLines = (t: Translator, { wait, earlier, invitations }: OwnWishes): readonly string[] => [
  ...(wait === undefined ? [] : [t('outreach:own.wait', { way: wayName(t, wait.way) })]),
  ...earlier.map(({ startsAt }) => t('outreach:own.earlier', { current: moment(t, startsAt) })),
  ...(invitations.isOpen ? [t('outreach:own.invited')] : []),
  ...(invitations.isStopped ? [t('outreach:own.not-invited')] : []),
];

export const wishesButton = (t: Translator): Button => ({
  label: t.label('outreach:own.open'),
  data: buttons.wishes.data({}),
});

export function wishes(t: Translator, own: OwnWishes): View {
  const said = wishLines(t, own);
  return screen(t, {
    text: lines(t('outreach:own.title'), ...(said.length === 0 ? [t('outreach:own.none')] : said)),
    rows: [
      ...own.earlier.map(({ appointmentId, startsAt }) => [
        {
          label: t.label('outreach:own.earlier', { current: moment(t, startsAt) }),
          data: appointmentButtons.earlier.data({ id: appointmentId }),
        },
      ]),
      ...(own.wait === undefined
        ? []
        : [
            [
              {
                label: t.label('outreach:own.wait', { way: wayName(t, own.wait.way) }),
                data: appointmentButtons.waiting.data({}),
              },
            ],
          ]),
      [
        own.invitations.isStopped
          ? { label: t.label('outreach:invitation.allow'), data: buttons.stop.data({ to: 'allow' }) }
          : { label: t.label('outreach:invitation.stop'), data: buttons.stop.data({ to: 'stop' }) },
      ],
    ],
    back: people.data.data({}),
  });
}
