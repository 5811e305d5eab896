import { formatDay, formatTime } from '../../platform/date-formats.ts';
import { type Day, dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { Button, View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { minuteOf } from '../appointments/buttons.ts';
import type { Appointment, Slot, Way } from '../appointments/model.ts';
import { card } from '../appointments/views-card.ts';
import { buttons } from './buttons.ts';
import { bookingButtons } from './buttons-booking.ts';

// Booking with the person or for her: what the volunteer sees, and what the person is told.

const PER_PAGE = 6;
const choice = (label: string, data: string): Button[] => [{ label, data }];
const toCase = (id: string): string => buttons.open.data({ id });

/** On the card of an accepted case. */
export const bookingRow = (t: Translator, id: string): Button[] =>
  choice(t.label('consents:book'), bookingButtons.start.data({ id }));

/** Without her consent: how to do it with her, on her own phone. */
export const bookTogether = (t: Translator, id: string): View =>
  screen(t, { text: t('consents:book.together', { command: '/book' }), back: toCase(id) });

export const bookWay = (t: Translator, id: string, ways: readonly Way[]): View =>
  screen(t, {
    text: ways.length === 0 ? t('consents:book.none') : t('consents:book.way'),
    rows: ways.map((way) =>
      choice(t.label(`appointments:way.${way}`), bookingButtons.days.data({ id, way, page: '0' })),
    ),
    back: toCase(id),
  });

export function bookDay(t: Translator, id: string, way: Way, days: readonly Day[], page: number): View {
  const { items, row } = paged(t, days, page, PER_PAGE, (to) =>
    bookingButtons.days.data({ id, way, page: String(to) }),
  );
  return screen(t, {
    text: days.length === 0 ? t('consents:book.none') : t('appointments:day.ask'),
    rows: [
      ...items.map((day) => choice(formatDay(t.locale, day), bookingButtons.times.data({ id, way, day, page: '0' }))),
      row,
    ],
    back: bookingButtons.start.data({ id }),
  });
}

export function bookTime(t: Translator, id: string, way: Way, day: Day, slots: readonly Slot[], page: number): View {
  const { items, row } = paged(t, slots, page, PER_PAGE, (to) =>
    bookingButtons.times.data({ id, way, day, page: String(to) }),
  );
  return screen(t, {
    text: slots.length === 0 ? t('consents:book.none') : t('appointments:time.ask', { day: formatDay(t.locale, day) }),
    rows: [
      ...items.map(({ startsAt }) =>
        choice(formatTime(t.locale, startsAt), bookingButtons.ask.data({ id, way, minute: minuteOf(startsAt) })),
      ),
      row,
    ],
    back: bookingButtons.days.data({ id, way, page: '0' }),
  });
}

const when = (t: Translator, at: Instant) => ({ day: formatDay(t.locale, dayOf(at)), time: formatTime(t.locale, at) });

export const askBooking = (t: Translator, id: string, way: Way, at: Instant): View =>
  screen(t, {
    text: t('consents:book.ask', when(t, at)),
    rows: [
      [
        {
          label: t.label('consents:book.yes'),
          data: bookingButtons.confirm.data({ id, way, minute: minuteOf(at) }),
          style: 'success',
        },
      ],
    ],
    back: bookingButtons.days.data({ id, way, page: '0' }),
  });

export const bookedFor = (t: Translator, id: string, at: Instant): View =>
  screen(t, { text: t('consents:book.done', when(t, at)), back: toCase(id) });
export const notBooked = (t: Translator, id: string): View =>
  screen(t, { text: t('consents:book.failed'), back: bookingButtons.start.data({ id }) });

/** To the person: the same card as after booking herself, with who has done it. */
export const bookedForYou = (t: Translator, german: Translator, appointment: Appointment, name: string): View =>
  card(t, german, appointment, undefined, t('consents:book.told', { name }));
