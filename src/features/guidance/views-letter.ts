import { formatShortDay, formatTime } from '../../platform/date-formats.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { buttons as appointments, minuteOf } from '../appointments/buttons.ts';
import type { Way } from '../appointments/model.ts';
import type { Contact } from '../county/model.ts';
import { buttons } from './buttons.ts';
import type { Content } from './model.ts';
import { DATES, ENVELOPES, LETTERHEADS, type Letter, type LetterDate, SENDERS, type Sender } from './model-letter.ts';
import { DAYS_LEFT, needsLegalAdvice, type urgencyOf } from './rules.ts';
import type { Standing } from './service.ts';
import { checkedOf } from './views.ts';
import { clearButton, frame, pageLabel, startData, told } from './views-frame.ts';

// "I got a letter": three questions with buttons, then how urgent it is and who looks at it with her.

export const askSender = (t: Translator): View =>
  frame(t, {
    text: t('guidance:letter.from'),
    rows: SENDERS.map((from) => [
      {
        label:
          from === 'other'
            ? t.label('guidance:letter.from.other')
            : t.label(`guidance:letter.from.${from}`, { name: LETTERHEADS[from] }),
        data: buttons.letterFrom.data({ locale: t.locale, from }),
      },
    ]),
    back: startData(t),
  });

export const askDate = (t: Translator, from: Sender): View =>
  frame(t, {
    text: t('guidance:letter.date'),
    rows: DATES.map((date) => [
      {
        label:
          date === 'soon'
            ? t.label('guidance:letter.date.soon', { days: DAYS_LEFT.week })
            : t.label(`guidance:letter.date.${date}`),
        data: buttons.letterDate.data({ locale: t.locale, from, date }),
      },
    ]),
    back: buttons.letter.data({ locale: t.locale }),
  });

export const askEnvelope = (t: Translator, from: Sender, date: LetterDate): View =>
  frame(t, {
    text: t('guidance:letter.envelope'),
    rows: ENVELOPES.map((envelope) => [
      {
        label: t.label(`guidance:letter.envelope.${envelope}`),
        data: buttons.letterEnvelope.data({ locale: t.locale, from, date, envelope }),
      },
    ]),
    back: buttons.letterFrom.data({ locale: t.locale, from }),
  });

/** What can be done about it now. */
export interface NextStep {
  /** The soonest free time with her own manager; undefined without a manager or a free time. */
  readonly slot: { readonly startsAt: Instant; readonly way: Way } | undefined;
  /** Whether that is soon enough. */
  readonly inTime: boolean;
  readonly hasManager: boolean;
  /** Identity of a booking that may begin here. */
  readonly draft: string;
}

export function letterAdvice(
  t: Translator,
  content: Content,
  letter: Letter,
  urgency: ReturnType<typeof urgencyOf>,
  next: NextStep,
  office: Contact,
  standing: Standing,
): View {
  const { slot, inTime, hasManager, draft } = next;
  const asylum = content.pages.find(({ name }) => name === 'asylum');
  const booking: readonly (readonly Button[])[] = !hasManager
    ? []
    : [
        ...(slot === undefined
          ? []
          : [
              [
                {
                  label: t.label('guidance:letter.slot', {
                    day: formatShortDay(t.locale, dayOf(slot.startsAt)),
                    time: formatTime(t.locale, slot.startsAt),
                  }),
                  data: appointments.time.data({
                    draft,
                    topic: 'letter',
                    way: slot.way,
                    minute: minuteOf(slot.startsAt),
                  }),
                  style: 'primary' as const,
                },
              ],
            ]),
        [
          {
            label: t.label('guidance:letter.other-slots'),
            data: appointments.topic.data({ draft, topic: 'letter' }),
          },
        ],
      ];
  const pages = [
    ...(letter.envelope === 'yellow' ? ['letter-yellow'] : []),
    ...(needsLegalAdvice(letter) ? ['letter-short'] : []),
    'letter-bring',
  ];
  const parts = [
    t(`guidance:letter.${urgency}`),
    ...pages.map((name) => told(t, content, name)),
    ...(inTime
      ? []
      : [
          lines(
            hasManager ? t('guidance:letter.no-slot') : undefined,
            t('guidance:letter.contact', { office: office.name, phone: office.phone }),
          ),
        ]),
    checkedOf(
      t,
      content,
      pages.map((name) => `p.${name}`),
      standing,
    ),
  ];
  return frame(t, {
    text: parts.join('\n\n'),
    rows: [
      ...booking,
      ...(needsLegalAdvice(letter) && asylum !== undefined
        ? [
            [
              {
                label: pageLabel(t, content, asylum),
                data: buttons.helpers.data({ locale: t.locale, code: asylum.code, ags: '-', page: '0' }),
              },
            ],
          ]
        : []),
      [clearButton(t)],
    ],
    back: buttons.letterDate.data({ locale: t.locale, from: letter.from, date: letter.date }),
  });
}
