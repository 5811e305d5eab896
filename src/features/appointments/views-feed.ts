import { formatDay } from '../../platform/date-formats.ts';
import { dayOf } from '../../platform/datetime.ts';
import { type Translator, withoutDirection } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { feedButtons, NO_FEED } from './buttons-feed.ts';
import { diaryButtons } from './buttons-hours.ts';
import type { Appointment } from './model.ts';
import type { FeedAppointment } from './model-feed.ts';
import type { CurrentFeed } from './service-feed.ts';

// The calendar that a manager subscribes to: how she gets its address, and the words in it.

const back = (): string => diaryButtons.list.data({ page: '0' });

export const feedRow = (t: Translator): readonly Button[] => [
  { label: t.label('week:feed.menu'), data: feedButtons.feed.data({}) },
];

/** The setting that is missing where no page can be reached. */
const SETTING = 'PUBLIC_URL';
export const needsAddress = (t: Translator): View =>
  screen(t, { text: t('week:needs-address', { setting: SETTING }), back: back() });

export const feedOverview = (t: Translator, current: CurrentFeed | undefined): View => {
  const button = (label: string, data: string): Button[] => [{ label, data }];
  return screen(t, {
    text:
      current === undefined
        ? lines(t('week:feed.none'), t('week:feed.says'))
        : lines(t('week:feed.since', { day: formatDay(t.locale, dayOf(current.createdAt)) }), t('week:feed.says')),
    rows:
      current === undefined
        ? [
            [
              {
                label: t.label('week:feed.make'),
                data: feedButtons.make.data({ former: NO_FEED }),
                style: 'primary',
              },
            ],
          ]
        : [
            button(t.label('week:feed.how'), feedButtons.how.data({})),
            button(t.label('week:feed.renew'), feedButtons.ask.data({ what: 'renew', id: current.id })),
            button(t.label('week:feed.end'), feedButtons.ask.data({ what: 'end', id: current.id })),
          ],
    back: back(),
  });
};

/** What the menu entries of these programs are called is the same in each version of theirs, more or less. */
const PROGRAMS = { outlook: 'Outlook', google: 'Google', apple: 'Apple', thunderbird: 'Thunderbird' } as const;

const howText = (t: Translator): string =>
  lines(
    t('week:feed.how.title'),
    ...(['outlook', 'google', 'apple', 'thunderbird'] as const).map((program) =>
      t(`week:feed.how.${program}`, { program: PROGRAMS[program], url: 'URL' }),
    ),
    t('week:feed.how.slow'),
  );

export const feedHow = (t: Translator): View => screen(t, { text: howText(t), back: feedButtons.feed.data({}) });

/** The only time that the address is seen. It goes with the message. */
export const feedMade = (t: Translator, address: string): View =>
  screen(t, {
    // As code it is copied by a tap, and no direction mark gets in.
    text: lines(t('week:feed.made'), `<code>${address}</code>`, t('week:feed.secret'), '', howText(t)),
    rows: [[{ label: t.label('week:feed.copy'), copy: address }]],
    back: feedButtons.feed.data({}),
  });

export const feedAsk = (t: Translator, what: 'renew' | 'end', id: string): View =>
  screen(t, {
    text: t(`week:feed.${what}-ask`),
    rows: [
      what === 'renew'
        ? [{ label: t.label('week:feed.renew'), data: feedButtons.make.data({ former: id }), style: 'primary' }]
        : [{ label: t.label('week:feed.end'), data: feedButtons.end.data({ id }), style: 'danger' }],
    ],
    back: feedButtons.feed.data({}),
  });

export const feedEnded = (t: Translator): View =>
  screen(t, { text: t('week:feed.ended'), back: feedButtons.feed.data({}) });

/** Where, for what is at none of the county's places. */
const elsewhere = (t: Translator, { way }: Pick<Appointment, 'way'>): string | undefined =>
  way === 'place' ? undefined : withoutDirection(t.label(`appointments:way.${way}-staff`));

/** The words in a manager's calendar, in her language. No direction marks: they belong to chats. */
export const feedWords = (t: Translator) => {
  const plain = (text: string): string => withoutDirection(text);
  return {
    name: plain(t.label('week:feed.name')),
    absent: plain(t.label('week:feed.absent')),
    of: (one: FeedAppointment) => {
      const { person, interpreterLanguage } = one;
      const who =
        person === undefined
          ? t.label('appointments:person.unknown')
          : (person.nickname ?? t.label('appointments:person.number', { number: person.number }));
      return {
        title: plain(one.status === 'booked' ? who : t.label('week:feed.off', { person: who })),
        where: elsewhere(t, one),
        description:
          interpreterLanguage === undefined
            ? undefined
            : plain(
                t.label('week:feed.interpreter', {
                  language: t.label(`people:interpreter.language.${interpreterLanguage}`),
                }),
              ),
      };
    },
  };
};

/** Words for a refugee's calendar file. */
export const calendarWords = (t: Translator, one: Appointment) => {
  const title = t.label('appointments:calendar.title', { name: one.manager.name });
  const isOn = one.status === 'booked';
  return {
    title: withoutDirection(isOn ? title : t.label('week:feed.off', { person: title })),
    where: elsewhere(t, one),
    caption: isOn ? t.label('appointments:calendar.file') : t.label('week:entry.off'),
  };
};
