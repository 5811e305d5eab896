import { describe, expect, it } from 'vitest';
import { createI18n, escapeHtml, isolate, withoutDirection } from '../../src/platform/i18n.ts';
import { LOCALES } from '../../src/platform/locale.ts';

const i18n = createI18n({ strict: true });
const told = (locale: (typeof LOCALES)[number], name: string) =>
  i18n.translator(locale)('appointments:lost.told', { name });

describe('a sentence', () => {
  it('escapes what people typed, and puts it into an isolate of its own', () => {
    for (const locale of LOCALES) {
      const text = told(locale, '<b>أمل & Co</b>');
      const isolated = locale === 'ar' || locale === 'fa' ? '\u2067' : '\u2068';
      expect(text).toContain(`${isolated}&lt;b&gt;أمل &amp; Co&lt;/b&gt;\u2069`);
    }
  });

  it('does not let a value turn the text around or leave its isolate', () => {
    expect(isolate('a\u202eb\u2069c\u2066', 'ar')).toBe('\u2068abc\u2069');
    expect(withoutDirection('\u200f\u2068a\u2069')).toBe('a');
  });

  it('reads a value with letters from the right that way, also where it begins with a foreign word', () => {
    expect(isolate('B1 یا بالاتر', 'fa')).toBe('\u2067B1 یا بالاتر\u2069');
    expect(isolate('Calw', 'fa')).toBe('\u2068Calw\u2069');
    expect(isolate('Amal أمل', 'de')).toBe('\u2068Amal أمل\u2069');
  });

  it('writes a fraction as the language does, in the digits of the bot', () => {
    const days = (locale: (typeof LOCALES)[number]) => i18n.translator(locale)('coordination:told.days', { days: 2.5 });
    expect(days('de')).toContain('2,5');
    for (const locale of ['ar', 'fa', 'ti', 'en'] as const) expect(days(locale)).toContain('2.5');
  });

  it('does not read a value as a placeholder or as another key', () => {
    expect(told('de', '{{name}} $t(common:error)')).toContain('{{name}} $t(common:error)');
  });

  it('says on each line that it runs from right to left, in those languages alone', () => {
    for (const locale of LOCALES) {
      const text = i18n.translator(locale)('common:error');
      const isMarked = (line: string) => line.startsWith('\u200f');
      const lines = text.split('\n').filter((line) => line !== '');
      expect(lines.every(isMarked)).toBe(locale === 'ar' || locale === 'fa');
      expect(lines.some(isMarked)).toBe(locale === 'ar' || locale === 'fa');
    }
  });

  it('is plain text on a button', () => {
    expect(i18n.translator('de').label('appointments:lost.told', { name: 'A & B' })).toContain('A & B');
  });

  it('escapes all that HTML reads as markup', () => {
    expect(escapeHtml('<a href="x">&amp;</a>')).toBe('&lt;a href="x"&gt;&amp;amp;&lt;/a&gt;');
  });
});
