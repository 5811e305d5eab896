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
      expect(text).toContain('\u2068&lt;b&gt;أمل &amp; Co&lt;/b&gt;\u2069');
    }
  });

  it('does not let a value turn the text around or leave its isolate', () => {
    expect(isolate('a\u202eb\u2069c\u2066')).toBe('\u2068abc\u2069');
    expect(withoutDirection('\u200f\u2068a\u2069')).toBe('a');
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
