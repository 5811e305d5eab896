import { formatDay, formatTime } from '../../platform/date-formats.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { buttons as appointmentButtons, minuteOf } from '../appointments/buttons.ts';
import type { Slot, Way } from '../appointments/model.ts';
import { buttons } from './buttons.ts';
import type { Invitation } from './model.ts';
import { momentLabel, timeLabel } from './views.ts';

// An invitation, as a refugee reads it. It asks nothing of her, and says so.

/** A proposed time and, where they would meet at a place, its name. */
export interface Proposal {
  readonly startsAt: Instant;
  readonly place: string | undefined;
}

/** The way stands in the text; where people meet at a place, its name stands on the button. */
const proposalLabel = (t: Translator, { startsAt, place }: Proposal): string =>
  place === undefined ? momentLabel(t, startsAt) : timeLabel(t, startsAt, place);

/** What it says; a manager's preview shows the same words. */
export const invitationText = (t: Translator, name: string, way: Way, hasTimes: boolean): string =>
  lines(
    t(`outreach:invitation.${way}`, { name }),
    hasTimes ? t('outreach:invitation.times') : t('outreach:invitation.choose'),
    t('outreach:invitation.free'),
  );

/** The normal booking in that way, under the invitation's id. */
const booking = (draft: string, way: Way): string =>
  appointmentButtons.way.data({ draft, topic: 'unsaid', way, page: '0' });

const otherTime = (t: Translator, id: string, way: Way, hasTimes: boolean): Button[] => [
  {
    label: hasTimes ? t.label('outreach:invitation.other') : t.label('outreach:invitation.time'),
    data: way === 'home' ? buttons.otherHome.data({ id }) : booking(id, way),
  },
];

const declineRow = (t: Translator, id: string): Button[] => [
  { label: t.label('people:consent.no'), data: buttons.decline.data({ id }) },
];

export function invitation(t: Translator, one: Invitation, name: string, proposals: readonly Proposal[]): View {
  const { id, way } = one;
  return screen(t, {
    text: invitationText(t, name, way, proposals.length > 0),
    rows: [
      ...proposals.map((proposal) => [
        {
          label: proposalLabel(t, proposal),
          data: buttons.pick.data({ id, minute: minuteOf(proposal.startsAt) }),
          style: 'primary' as const,
        },
      ]),
      otherTime(t, id, way, proposals.length > 0),
      ...(way === 'home' ? insteadRows(t, id) : []),
      declineRow(t, id),
    ],
    stays: true,
  });
}

/** Nobody has to be visited: a place and the telephone are as good. */
const insteadRows = (t: Translator, draft: string): Button[][] =>
  (['place', 'telephone'] as const).map((way) => [
    { label: t.label(`outreach:instead.${way}`), data: booking(draft, way) },
  ]);

/** Her consent to a visit, asked each time, for a proposed time or another; the address is asked for after booking. */
export const askHome = (t: Translator, id: string, startsAt: Instant | undefined, name: string): View =>
  screen(t, {
    text: lines(
      startsAt === undefined
        ? undefined
        : t('outreach:home.when', { day: formatDay(t.locale, dayOf(startsAt)), time: formatTime(t.locale, startsAt) }),
      t('outreach:home.ask', { name }),
    ),
    rows: [
      [
        {
          label: t.label('outreach:home.yes'),
          data:
            startsAt === undefined ? booking(id, 'home') : buttons.pickHome.data({ id, minute: minuteOf(startsAt) }),
          style: 'success',
        },
      ],
      ...insteadRows(t, id),
      declineRow(t, id),
    ],
  });

/** Somebody was faster: the next free times, each one tap from the summary. */
export const taken = (t: Translator, { id, way }: Invitation, next: readonly Slot[]): View =>
  screen(t, {
    text: t('appointments:taken'),
    rows: [
      ...next.map(({ startsAt }) => [
        {
          label: momentLabel(t, startsAt),
          data: appointmentButtons.time.data({ draft: id, topic: 'unsaid', way, minute: minuteOf(startsAt) }),
        },
      ]),
      otherTime(t, id, way, true),
      declineRow(t, id),
    ],
  });

const bookRow = (t: Translator): Button[] => [
  { label: t.label('appointments:menu.book'), data: appointmentButtons.book.data({}) },
];

export const declined = (t: Translator): View =>
  screen(t, {
    text: t('outreach:invitation.declined'),
    rows: [bookRow(t), [{ label: t.label('outreach:invitation.stop'), data: buttons.stop.data({ to: 'stop' }) }]],
  });

export const expired = (t: Translator): View =>
  screen(t, { text: t('outreach:invitation.expired'), rows: [bookRow(t)] });

export const stopped = (t: Translator, isStopped: boolean): View =>
  screen(t, {
    text: isStopped ? t('outreach:invitation.stopped') : t('outreach:invitation.allowed'),
    rows: isStopped
      ? [[{ label: t.label('outreach:invitation.allow'), data: buttons.stop.data({ to: 'allow' }) }]]
      : [],
    back: buttons.wishes.data({}),
  });
