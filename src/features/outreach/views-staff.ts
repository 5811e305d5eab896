import { formatClock, formatDay, formatShortDay } from '../../platform/date-formats.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { buttons as appointmentButtons, minuteOf } from '../appointments/buttons.ts';
import { type Slot, WAYS } from '../appointments/model.ts';
import { personName } from '../appointments/views-staff.ts';
import type { Place } from '../county/model.ts';
import { staffButtons as buttons } from './buttons.ts';
import { type Client, type Invited, type Sending, UNSEEN_WEEKS } from './model.ts';
import type { OpenDraft, Preview } from './service-inviting.ts';
import { momentLabel, timeLabel } from './views.ts';
import { invitationText } from './views-invitation.ts';

// What a manager sees of her people and of what she sends them.

type Places = ReadonlyMap<string, Place>;
const PER_PAGE = 6;

export const managerRows = (t: Translator): readonly (readonly Button[])[] => [
  [{ label: t.label('outreach:menu.people'), data: buttons.people.data({ page: '0' }) }],
];

const nameOf = (t: Translator, { number, nickname }: Pick<Client, 'number' | 'nickname'>): string =>
  personName(t, { number, nickname });
const namesOf = (t: Translator, people: readonly Pick<Client, 'number' | 'nickname'>[]): string =>
  people.map((one) => nameOf(t, one)).join(', ');

const seen = (t: Translator, at: Instant | undefined): string =>
  at === undefined
    ? t.label('outreach:people.never')
    : t.label('outreach:people.seen', { day: formatShortDay(t.locale, dayOf(at)) });

/** What the legend explains. */
const marksOf = ({ next, isInvited, hasStopped, isReachable }: Client): string =>
  [next === undefined ? '' : '📅', isInvited ? '✉️' : '', hasStopped ? '🔕' : '', isReachable ? '' : '📵'].join('');

function entry(t: Translator, client: Client): string {
  const marks = marksOf(client);
  const values = { person: nameOf(t, client), seen: seen(t, client.seenAt) };
  return marks === ''
    ? t.label('outreach:people.entry', values)
    : t.label('outreach:people.entry-marked', { ...values, marks });
}

export function peopleList(t: Translator, clients: readonly Client[], page: number): View {
  const { items, row } = paged(t, clients, page, PER_PAGE, (to) => buttons.people.data({ page: String(to) }));
  return screen(t, {
    text: lines(
      t('outreach:people.title', { count: clients.length }),
      clients.length === 0 ? undefined : t('outreach:people.legend'),
    ),
    rows: [
      ...items.map((client) => [
        { label: entry(t, client), data: buttons.person.data({ number: String(client.number) }) },
      ]),
      row,
      ...(clients.length === 0
        ? []
        : [[{ label: t.label('outreach:people.invite'), data: buttons.start.data({}), style: 'primary' as const }]]),
      [{ label: t.label('outreach:sendings.open'), data: buttons.sendings.data({ page: '0' }) }],
    ],
  });
}

const backToPeople = buttons.people.data({ page: '0' });

export const personCard = (t: Translator, client: Client): View =>
  screen(t, {
    text: lines(
      t('outreach:person.title', { person: nameOf(t, client) }),
      client.seenAt === undefined
        ? t('outreach:person.never')
        : t('outreach:person.seen', { day: formatDay(t.locale, dayOf(client.seenAt)) }),
      client.next === undefined
        ? t('outreach:person.no-next')
        : t('outreach:person.next', {
            day: formatDay(t.locale, dayOf(client.next.startsAt)),
            time: formatClock(client.next.startsAt),
          }),
      client.isReachable ? undefined : t('outreach:person.unreachable'),
      client.isInvited ? t('outreach:person.invited') : undefined,
      client.hasStopped ? t('outreach:person.stopped') : undefined,
    ),
    rows: [
      ...(client.isReachable && !client.isInvited && !client.hasStopped
        ? [
            [
              {
                label: t.label('outreach:person.invite'),
                data: buttons.startFor.data({ number: String(client.number) }),
              },
            ],
          ]
        : []),
      ...(client.next === undefined
        ? []
        : [
            [
              {
                label: t.label('appointments:staff.open'),
                data: appointmentButtons.staffCard.data({ id: client.next.id }),
              },
            ],
          ]),
    ],
    back: backToPeople,
  });

/** No such person or draft of hers, any more or ever. */
export const gone = (t: Translator): View => screen(t, { text: t('outreach:draft.gone'), back: backToPeople });

export const askWhom = (t: Translator, draft: string): View =>
  screen(t, {
    text: t('outreach:whom.ask'),
    rows: [
      [{ label: t.label('outreach:whom.tick'), data: buttons.weeks.data({ draft, weeks: '0' }) }],
      ...UNSEEN_WEEKS.map((weeks) => [
        {
          label: t.label('outreach:whom.weeks', { weeks }),
          data: buttons.weeks.data({ draft, weeks: `${weeks}` as const }),
        },
      ]),
    ],
    back: backToPeople,
  });

const nextRow = (t: Translator, data: string): Button[] => [
  { label: t.label('outreach:draft.next'), data, style: 'primary' },
];

/** Her people with ticks, a page at a time. */
export function tickList(t: Translator, { id: draft, clients, picked }: OpenDraft, page: number): View {
  const { items, row } = paged(t, clients, page, PER_PAGE, (to) => buttons.list.data({ draft, page: String(to) }));
  return screen(t, {
    text: lines(t('outreach:tick.ask', { count: picked.size }), t('outreach:people.legend')),
    rows: [
      ...items.map((client) => [
        {
          label: picked.has(client.personId)
            ? t.label('outreach:tick.on', { person: entry(t, client) })
            : t.label('outreach:tick.off', { person: entry(t, client) }),
          data: buttons.tick.data({ draft, number: String(client.number), page: String(page) }),
        },
      ]),
      row,
      ...(picked.size === 0 ? [] : [nextRow(t, buttons.askWay.data({ draft }))]),
    ],
    back: buttons.whom.data({ draft }),
  });
}

export const askWay = (t: Translator, draft: string): View =>
  screen(t, {
    text: t('outreach:draft.way'),
    rows: WAYS.map((way) => [
      { label: t.label(`appointments:way.${way}-staff`), data: buttons.way.data({ draft, way }) },
    ]),
    back: buttons.list.data({ draft, page: '0' }),
  });

/** Up to three of her free times; none means that people choose for themselves. */
export function askSlots(
  t: Translator,
  { id: draft, slots: chosen }: OpenDraft,
  free: readonly Slot[],
  places: Places,
  page: number,
): View {
  const { items, row } = paged(t, free, page, PER_PAGE, (to) => buttons.times.data({ draft, page: String(to) }));
  return screen(t, {
    text: lines(
      t('outreach:slots.ask', { count: chosen.length }),
      free.length === 0 ? t('appointments:staff.none-free') : undefined,
    ),
    rows: [
      ...items.map((slot) => {
        const time = whenAndWhere(t, slot.startsAt, slot.placeId, places);
        return [
          {
            label: chosen.includes(slot.startsAt)
              ? t.label('outreach:tick.on', { person: time })
              : t.label('outreach:tick.off', { person: time }),
            data: buttons.slot.data({ draft, minute: minuteOf(slot.startsAt), page: String(page) }),
          },
        ];
      }),
      row,
      nextRow(t, buttons.preview.data({ draft })),
    ],
    back: buttons.askWay.data({ draft }),
  });
}

function whenAndWhere(t: Translator, at: Instant, placeId: string | undefined, places: Places): string {
  const place = placeId === undefined ? undefined : places.get(placeId)?.name;
  return place === undefined ? momentLabel(t, at) : timeLabel(t, at, place);
}

/** What they will read, each in her language, and who gets it. */
export function preview(t: Translator, name: string, shown: Preview, free: readonly Slot[], places: Places): View {
  const { id: draft, way, slots, invited, left } = shown;
  const why = (reason: Preview['left'][number]['why']) => {
    const people = left.filter((one) => one.why === reason).map(({ client }) => client);
    return people.length === 0 ? undefined : t(`outreach:preview.${reason}`, { people: namesOf(t, people) });
  };
  return screen(t, {
    text: lines(
      t('outreach:preview'),
      '',
      invitationText(t, name, way, slots.length > 0),
      ...slots.map((at) =>
        t('outreach:preview.time', {
          time: whenAndWhere(
            t,
            at,
            way === 'place' ? free.find(({ startsAt }) => startsAt === at)?.placeId : undefined,
            places,
          ),
        }),
      ),
      '',
      t('outreach:preview.count', { count: invited.length }),
      why('invited'),
      why('stopped'),
      why('unreachable'),
    ),
    rows:
      invited.length === 0
        ? []
        : [[{ label: t.label('outreach:preview.send'), data: buttons.send.data({ draft }), style: 'success' }]],
    back: buttons.times.data({ draft, page: '0' }),
  });
}

export const sent = (t: Translator, id: string, count: number, from: Instant): View =>
  screen(t, {
    text: t('outreach:sent', { count, day: formatDay(t.locale, dayOf(from)), time: formatClock(from) }),
    rows: [[{ label: t.label('outreach:sent.see'), data: buttons.sending.data({ id }) }]],
    back: backToPeople,
  });

export const nobody = (t: Translator, draft: string): View =>
  screen(t, { text: t('outreach:preview.nobody'), back: buttons.list.data({ draft, page: '0' }) });

const wayOf = (t: Translator, { way }: Sending): string => t.label(`appointments:way.${way}-staff`);

export function sendingList(t: Translator, all: readonly Sending[], page: number): View {
  const { items, row } = paged(t, all, page, PER_PAGE, (to) => buttons.sendings.data({ page: String(to) }));
  return screen(t, {
    text: all.length === 0 ? t('outreach:sendings.none') : t('outreach:sendings.title'),
    rows: [
      ...items.map((sending) => [
        {
          label: t.label('outreach:sendings.entry', {
            day: formatShortDay(t.locale, dayOf(sending.sentAt)),
            way: wayOf(t, sending),
            people: sending.people.length,
          }),
          data: buttons.sending.data({ id: sending.id }),
        },
      ]),
      row,
    ],
    back: backToPeople,
  });
}

/** What came of it. "Not now" is all that a manager learns of a no. */
export function sendingState(t: Translator, sending: Sending): View {
  const unreachable = (one: Invited) => !one.isReachable && one.status !== 'booked' && one.status !== 'later';
  const state = (key: Invited['status'] | 'unreachable', people: readonly Invited[]) =>
    people.length === 0 ? undefined : t(`outreach:state.${key}`, { count: people.length, people: namesOf(t, people) });
  const those = (status: Invited['status']) =>
    sending.people.filter((one) => one.status === status && !unreachable(one));
  return screen(t, {
    text: lines(
      t('outreach:sending', {
        day: formatDay(t.locale, dayOf(sending.sentAt)),
        time: formatClock(sending.sentAt),
        way: wayOf(t, sending),
      }),
      state('booked', those('booked')),
      state('later', those('later')),
      state('open', those('open')),
      state('expired', those('expired')),
      state('unreachable', sending.people.filter(unreachable)),
      sending.people.length === 0 ? t('outreach:sending.nobody') : undefined,
    ),
    back: buttons.sendings.data({ page: '0' }),
  });
}
