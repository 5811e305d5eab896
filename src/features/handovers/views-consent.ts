import type { Translator } from '../../platform/i18n.ts';
import { LOCALES, type Locale, NATIVE_NAMES } from '../../platform/locale.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { helpButton, menuButton, screen, ticked as withBox } from '../../telegram/views.ts';
import type { Contact } from '../county/model.ts';
import { consentButtons as buttons, lettersOf, ownButtons } from './buttons-consent.ts';
import { type DeclineReason, EXTRA_PURPOSES, type ExtraPurpose, type Kind } from './model.ts';
import { ticked } from './rules-consent.ts';
import type { Asked, LinkProblem } from './service-consent.ts';
import { caseLines, elsewhereOf, namesOf, purposeName, reasonText } from './views-case.ts';

// What the refugee sees, always in her own language: who asks, what goes to whom, and what became of it.

/** All five languages, before anything else is said. */
export const chooseLanguage = (translators: readonly Translator[], first: Locale | undefined, token: string): View => {
  const order = first === undefined ? LOCALES : [first, ...LOCALES.filter((locale) => locale !== first)];
  const ordered = order.flatMap((locale) => translators.filter((t) => t.locale === locale));
  return {
    locale: 'de',
    text: ordered.map((t) => t('people:language.choose')).join('\n'),
    rows: order.map((locale): Button[] => [
      { label: `🌐 ${NATIVE_NAMES[locale]}`, data: buttons.language.data({ locale, token }) },
    ]),
  };
};

export const askWhether = (
  t: Translator,
  token: string,
  by: { readonly name: string; readonly circle: string },
): View => ({
  locale: t.locale,
  text: t('handovers:consent.ask', by),
  rows: [
    [
      {
        label: t.label('handovers:consent.mine'),
        data: buttons.claim.data({ locale: t.locale, token }),
        style: 'success',
      },
    ],
    [{ label: t.label('handovers:consent.not-mine'), data: buttons.notMine.data({ locale: t.locale }) }],
    [helpButton(t), menuButton(t)],
  ],
});

export const notMine = (t: Translator): View => ({
  locale: t.locale,
  text: t('handovers:consent.thanks'),
  rows: [[menuButton(t), helpButton(t)]],
});

/** Everything that would be passed on, to whom, and what else may be allowed. */
export const askedLines = (t: Translator, { handover, content, team }: Asked): readonly string[] => {
  const name = handover.volunteer?.name ?? '–';
  return [
    t('handovers:consent.title', { name }),
    ...caseLines(t, handover, content),
    '',
    t('handovers:consent.to', { names: namesOf(team.managers), carrier: team.carrier?.name ?? '–' }),
    '',
    t('consents:more', { name }),
    '',
  ];
};

/** A box for each purpose; its button carries the ticks that it leads to. */
export const purposeRows = (
  t: Translator,
  purposes: readonly ExtraPurpose[],
  data: (letters: string) => string,
): Button[][] =>
  EXTRA_PURPOSES.map((one) => [
    {
      label: withBox(purposeName(t, one), purposes.includes(one)),
      data: data(lettersOf(ticked(purposes, one))),
    },
  ]);

/**
 * Nothing is ticked before she ticks it; agreeing is one press, declining as well. `isAnew`: others would get it than when
 * she read it.
 */
export function askConsent(
  t: Translator,
  token: string,
  asked: Asked,
  purposes: readonly ExtraPurpose[],
  isAnew = false,
): View {
  const { locale } = t;
  return {
    locale,
    text: lines(
      isAnew ? t('consents:here.changed') : undefined,
      ...askedLines(t, asked),
      t('consents:terms.link', { name: asked.handover.volunteer?.name ?? '–', command: '/delete' }),
    ),
    rows: [
      ...purposeRows(t, purposes, (chosen) => buttons.choose.data({ locale, token, chosen })),
      [
        {
          label: t.label('people:consent.yes'),
          data: buttons.agree.data({ locale, token, chosen: lettersOf(purposes), stamp: asked.stamp }),
          style: 'success',
        },
      ],
      [{ label: t.label('people:consent.no'), data: buttons.refuse.data({ locale, token }) }],
      [helpButton(t), menuButton(t)],
    ],
  };
}

/** With the way to her own page, on which she changes it or takes it back. */
export const agreed = (t: Translator): View =>
  screen(t, {
    text: t('handovers:consent.agreed'),
    rows: [[{ label: t.label('consents:own.menu'), data: ownButtons.list.data({ page: '0' }) }]],
  });

export const refused = (t: Translator, office: Contact): View => ({
  locale: t.locale,
  text: t('handovers:consent.refused', { office: office.name, phone: office.phone }),
  rows: [[menuButton(t), helpButton(t)]],
});

export const linkProblem = (t: Translator, problem: LinkProblem): View => ({
  locale: t.locale,
  text: t(`handovers:problem.${problem}`),
  rows: [[menuButton(t), helpButton(t)]],
});

/** Told to the refugee when somebody has taken her case. */
export const taken = (t: Translator, kind: Kind, name: string, carrier: string): View =>
  screen(t, {
    text:
      kind === 'transfer'
        ? t('handovers:taken.transfer', { name, carrier })
        : t('handovers:taken.referral', { name, carrier }),
    stays: true,
  });

export const notTaken = (
  t: Translator,
  reason: DeclineReason | undefined,
  facts: { readonly office: Contact; readonly shelterService: Contact },
): View =>
  screen(t, {
    text: t('handovers:not-taken', { reason: reasonText(t, reason ?? 'capacity'), ...elsewhereOf(reason, facts) }),
    stays: true,
  });
