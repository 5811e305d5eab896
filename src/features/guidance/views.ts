import type { Translator } from '../../platform/i18n.ts';
import { lines, type View } from '../../telegram/view.ts';
import { menuButton } from '../../telegram/views.ts';
import type { Contact } from '../county/model.ts';
import type { HelpNumber } from './model.ts';

/** Spoken into a German phone, so it stays German in every language. */
const GERMAN_SENTENCES = '„Ich brauche Hilfe.“\n„Ich bin in …“\n„Ein Mensch ist verletzt.“';

/** One tap away everywhere, before language and consent too. */
export const help = (t: Translator, numbers: readonly HelpNumber[], office: Contact): View => ({
  locale: t.locale,
  text: lines(
    t('guidance:help.title'),
    '',
    ...numbers.map(({ id, number }) => t(`guidance:help.number.${id}`, { number })),
    '',
    t('guidance:help.sentences'),
    GERMAN_SENTENCES,
    t.locale === 'de' ? undefined : t('guidance:help.meaning'),
    '',
    t('guidance:help.office', { office: office.name, phone: office.phone }),
  ),
  rows: [[menuButton(t)]],
});
