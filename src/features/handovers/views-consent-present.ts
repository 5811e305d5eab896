import { formatDay } from '../../platform/date-formats.ts';
import type { Day } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { LOCALES, type Locale, NATIVE_NAMES } from '../../platform/locale.ts';
import { type Button, lines, type Picture, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import type { Contact } from '../county/model.ts';
import { buttons } from './buttons.ts';
import { lettersOf, presentButtons } from './buttons-consent.ts';
import type { ExtraPurpose } from './model.ts';
import type { Asked } from './service-consent.ts';
import { askedLines, purposeRows } from './views-consent.ts';

// How the person is asked, on the volunteer's phone: some screens speak to the volunteer, some to the person herself.

const DAYS_PER_PAGE = 7;
const choice = (label: string, data: string): Button[] => [{ label, data }];
const toCase = (id: string): string => buttons.open.data({ id });

export const askWay = (t: Translator, id: string): View =>
  screen(t, {
    text: t('consents:ways.ask'),
    rows: [
      choice(t.label('consents:ways.link'), buttons.link.data({ id })),
      choice(t.label('consents:ways.phone'), presentButtons.give.data({ id })),
      choice(t.label('consents:ways.paper'), presentButtons.paper.data({ id })),
    ],
    back: toCase(id),
  });

/** Below the link, so that the person can photograph it with her own phone. */
export const qrRow = (t: Translator, token: string): Button[] =>
  choice(t.label('consents:qr.show'), presentButtons.qr.data({ token }));
export const qrCode = (t: Translator, bytes: Uint8Array): { readonly picture: Picture } => ({
  picture: { name: 'qr.png', bytes, caption: t('consents:qr') },
});

const languageRows = (data: (locale: Locale) => string): Button[][] =>
  LOCALES.map((locale) => [{ label: `🌐 ${NATIVE_NAMES[locale]}`, data: data(locale) }]);

/** To the volunteer; what she hands over is a choice of languages, which needs no words. */
export const givePhone = (t: Translator, id: string): View =>
  screen(t, {
    text: t('consents:here.give'),
    rows: languageRows((locale) => presentButtons.read.data({ id, locale, chosen: '-' })),
    back: presentButtons.ways.data({ id }),
  });

/** To the person, in her language. `isAnew`: the draft was changed while she read. */
export function askHere(t: Translator, asked: Asked, purposes: readonly ExtraPurpose[], isAnew = false): View {
  const { locale } = t;
  const { id } = asked.handover;
  return screen(t, {
    text: lines(
      isAnew ? t('consents:here.changed') : undefined,
      ...askedLines(t, asked),
      t('consents:terms.here', { name: asked.handover.volunteer?.name ?? '–' }),
    ),
    rows: [
      ...purposeRows(t, purposes, (chosen) => presentButtons.read.data({ id, locale, chosen })),
      [
        {
          label: t.label('people:consent.yes'),
          data: presentButtons.agree.data({ id, locale, chosen: lettersOf(purposes), stamp: asked.stamp }),
          style: 'success',
        },
      ],
      choice(t.label('people:consent.no'), presentButtons.refuse.data({ id, locale })),
    ],
    back: presentButtons.give.data({ id }),
  });
}

const giveBack = (t: Translator, id: string): Button[] => choice(t.label('consents:here.give-back'), toCase(id));

export const agreedHere = (t: Translator, id: string, number: number): View =>
  screen(t, { text: t('consents:here.agreed', { number }), rows: [giveBack(t, id)] });

export const refusedHere = (t: Translator, id: string, office: Contact): View =>
  screen(t, {
    text: t('handovers:consent.refused', { office: office.name, phone: office.phone }),
    rows: [giveBack(t, id)],
  });

export const askPaperLanguage = (t: Translator, id: string): View =>
  screen(t, {
    text: t('consents:paper.language'),
    rows: languageRows((locale) => presentButtons.paperDays.data({ id, locale, page: '0' })),
    back: presentButtons.ways.data({ id }),
  });

export function askPaperDay(t: Translator, id: string, locale: Locale, days: readonly Day[], page: number): View {
  const { items, row } = paged(t, days, page, DAYS_PER_PAGE, (to) =>
    presentButtons.paperDays.data({ id, locale, page: String(to) }),
  );
  return screen(t, {
    text: t('consents:paper.day', { days: days.length }),
    rows: [
      ...items.map((day) =>
        choice(formatDay(t.locale, day), presentButtons.paperCheck.data({ id, locale, day, chosen: '-' })),
      ),
      row,
    ],
    back: presentButtons.paper.data({ id }),
  });
}

/** To the volunteer: what the paper has to say, and what else stands on it. `isAnew`: the draft was changed meanwhile. */
export function checkPaper(
  t: Translator,
  asked: Asked,
  paper: { readonly locale: Locale; readonly day: Day; readonly purposes: readonly ExtraPurpose[] },
  isAnew = false,
): View {
  const { id } = asked.handover;
  const { locale, day, purposes } = paper;
  return screen(t, {
    text: lines(
      isAnew ? t('consents:here.changed') : undefined,
      t('consents:paper.check', { day: formatDay(t.locale, day), language: NATIVE_NAMES[locale] }),
      '',
      ...askedLines(t, asked),
    ),
    rows: [
      ...purposeRows(t, purposes, (chosen) => presentButtons.paperCheck.data({ id, locale, day, chosen })),
      [
        {
          label: t.label('consents:paper.send'),
          data: presentButtons.paperSend.data({ id, locale, day, chosen: lettersOf(purposes), stamp: asked.stamp }),
          style: 'success',
        },
      ],
    ],
    back: presentButtons.paperDays.data({ id, locale, page: '0' }),
  });
}

export const paperSent = (t: Translator, id: string, number: number): View =>
  screen(t, { text: t('consents:paper.sent', { number }), back: toCase(id) });

/** On the card of a case whose yes was given here or on paper. */
export const overRow = (t: Translator, id: string): Button[] =>
  choice(t.label('consents:over'), presentButtons.over.data({ id, answer: 'ask' }));

/** To the volunteer. */
export const askOver = (t: Translator, id: string): View =>
  screen(t, {
    text: t('consents:over.ask'),
    rows: [
      [{ label: t.label('consents:over.yes'), data: presentButtons.over.data({ id, answer: 'yes' }), style: 'danger' }],
    ],
    back: toCase(id),
  });
