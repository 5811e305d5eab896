import { formatDay, formatShortDay } from '../../platform/date-formats.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { Contact, ManagerContact } from '../county/model.ts';
import type { DeclineReason, ExtraPurpose, Handover, Kind, Language, Urgency } from './model.ts';
import type { Content } from './service-drafts.ts';

// The words of a case, for whoever may read it: in the reader's language, the same in the form, to the refugee, to staff.

/** Between the entries of a list: no comma, because each script has its own. */
export const BETWEEN = ' · ';

export const languageName = (t: Translator, language: Language): string =>
  language === 'de' ? t.label('handovers:language.de') : t.label(`people:interpreter.language.${language}`);
export const kindName = (t: Translator, kind: Kind): string => t.label(`handovers:kind.${kind}`);
export const urgencyName = (t: Translator, urgency: Urgency): string => t.label(`handovers:urgency.${urgency}`);
export const reasonText = (t: Translator, reason: DeclineReason): string => t.label(`handovers:reason.${reason}`);
export const purposeName = (t: Translator, purpose: ExtraPurpose): string => t.label(`consents:purpose.${purpose}`);
export const dayText = (t: Translator, at: Instant): string => formatDay(t.locale, dayOf(at));
export const shortDay = (t: Translator, at: Instant): string => formatShortDay(t.locale, dayOf(at));
export const townName = ({ town }: Handover): string => town?.name ?? '–';
export const namesOf = (managers: readonly ManagerContact[]): string =>
  managers.length === 0 ? '–' : managers.map(({ name }) => name).join(BETWEEN);

/** Where else to turn when a team cannot help: for people in the county's shelters their own service. */
export const elsewhereOf = (
  reason: DeclineReason | undefined,
  facts: { readonly office: Contact; readonly shelterService: Contact },
): { readonly office: string; readonly phone: string } => {
  const { name, phone } = reason === 'shelter' ? facts.shelterService : facts.office;
  return { office: name, phone };
};

/** What was done so far about a case that nobody has accepted. */
export const deadlineLines = (t: Translator, one: Handover): readonly string[] => [
  ...(one.addressee === undefined ? [] : [t('cases:line.addressee', { name: one.addressee.name })]),
  ...(one.remindedAt === undefined ? [] : [t('cases:line.reminded', { day: dayText(t, one.remindedAt) })]),
  ...(one.escalatedAt === undefined ? [] : [t('cases:line.escalated', { day: dayText(t, one.escalatedAt) })]),
];

/** What was answered, line by line; what was left open is left out. */
export function caseLines(t: Translator, one: Handover, content: Content | undefined): readonly string[] {
  const listed = (names: readonly string[]): string => names.join(BETWEEN);
  const languages = one.languages.map((language) => languageName(t, language));
  return [
    ...(one.town === undefined ? [] : [t('handovers:line.town', { town: one.town.name })]),
    ...(one.kind === undefined ? [] : [t('handovers:line.kind', { kind: kindName(t, one.kind) })]),
    ...(languages.length === 0 ? [] : [t('handovers:line.languages', { languages: listed(languages) })]),
    ...(one.interpreter ? [t('handovers:languages.interpreter')] : []),
    ...(one.topics.length === 0
      ? []
      : [
          t('handovers:line.topics', {
            topics: listed(one.topics.map((topic) => t.label(`handovers:topic.${topic}`))),
          }),
        ]),
    ...(one.urgency === undefined ? [] : [t('handovers:line.urgency', { urgency: urgencyName(t, one.urgency) })]),
    ...(one.tried.length === 0
      ? []
      : [t('handovers:line.tried', { tried: listed(one.tried.map((what) => t.label(`handovers:tried.${what}`))) })]),
    ...(content?.text === undefined ? [] : [t('handovers:line.text', { text: content.text })]),
    ...(one.reach.length === 0
      ? []
      : [t('handovers:line.reach', { reach: listed(one.reach.map((way) => t.label(`handovers:reach.${way}`))) })]),
    ...(content?.phone === undefined ? [] : [t('handovers:line.phone', { phone: content.phone })]),
    ...(one.available.length === 0
      ? []
      : [
          t('handovers:line.available', {
            available: listed(one.available.map((when) => t.label(`handovers:available.${when}`))),
          }),
        ]),
  ];
}
