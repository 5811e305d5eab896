import type { Api } from 'grammy';
import type { I18n } from '../platform/i18n.ts';
import { LOCALES } from '../platform/locale.ts';

/**
 * What people see of the bot before they write: name, descriptions and commands in each language. Compared first, so
 * that only differences are written: Telegram limits how often these may change.
 */
export async function localiseSurface(
  api: Api,
  i18n: I18n,
  options: {
    readonly county: string;
    readonly commands: readonly ('menu' | 'book' | 'courses' | 'help' | 'language' | 'privacy' | 'delete' | 'cancel')[];
  },
): Promise<void> {
  const { county, commands } = options;
  for (const locale of [undefined, ...LOCALES]) {
    const t = i18n.translator(locale ?? 'de');
    const language = locale === undefined ? {} : { language_code: locale };
    const name = t.label('common:bot.name', { county }).replace(/[\u200e\u200f\u2066-\u2069]/g, '');
    const about = t.label('common:bot.about');
    const description = t.label('common:bot.description', { county });
    const wanted = commands.map((command) => ({ command, description: t.label(`common:commands.${command}`) }));
    if ((await api.getMyName(language)).name !== name) await api.setMyName(name, language);
    if ((await api.getMyShortDescription(language)).short_description !== about) {
      await api.setMyShortDescription(about, language);
    }
    if ((await api.getMyDescription(language)).description !== description) {
      await api.setMyDescription(description, language);
    }
    const scope = { type: 'all_private_chats' as const };
    const present = await api.getMyCommands({ scope, ...language });
    if (JSON.stringify(present) !== JSON.stringify(wanted)) await api.setMyCommands(wanted, { scope, ...language });
  }
}
