import { describe, expect, it } from 'vitest';
import { plainLine, plainText } from '../../../src/features/courses/source-text.ts';

describe('the words of a foreign text', () => {
  it.each([
    ['<p class="a">Deutsch</p><br/>am   Abend', 'Deutsch\nam Abend'],
    ['a   \n   b \n \n c', 'a\nb\nc'],
    ['<script type="x">alert(1)</script>Kurs<!-- nie -->', 'Kurs'],
    ['2 < 3 und <b', '2 < 3 und <b'],
    ['&lt;b&gt;Kurs&lt;/b&gt; &#x202e;A', '<b>Kurs</b> A'],
    ['Kurs \ud83d', 'Kurs'],
  ])('of %j', (raw, words) => {
    expect(plainText(raw, 100)).toBe(words);
  });

  it('are read no further than anything reasonable goes, a title as well', () => {
    const opened = '<p '.repeat(200_000);
    expect(plainLine(`Kurs ${opened}`, 40)).toMatch(/^Kurs <p/);
    expect(plainLine(`${' '.repeat(30_000)}Kurs`, 40)).toBeUndefined();
    expect(plainText(`Kurs${' '.repeat(19_000)}A`, 40)).toBe('Kurs A');
  });
});
