/** The five languages of the bot, in the order in which they are offered. Two letters, as Telegram knows them. */
export const LOCALES = ['ar', 'fa', 'ti', 'de', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale);

/** Arabic and Farsi are written from right to left; Tigrinya is not. */
export const isRightToLeft = (locale: Locale): boolean => locale === 'ar' || locale === 'fa';

/** How a language calls itself. Tigrinya also in Latin, because old phones may lack its script. */
export const NATIVE_NAMES: Record<Locale, string> = {
  ar: 'العربية',
  fa: 'فارسی / دری',
  ti: 'ትግርኛ · Tigrinya',
  de: 'Deutsch',
  en: 'English',
};
