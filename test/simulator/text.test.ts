import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHtml } from '../../src/simulator/html.ts';
import { cleanFormatted, cleanText } from '../../src/simulator/text.ts';
import { box, result } from './box.ts';

const RLM = '\u200F';

describe('text is cleaned as Telegram cleans it', () => {
  test.each([
    ['a label loses embeddings, tabs and outer blanks', '\u202Bبله\t✅ ', 'بله ✅'],
    ['carriage returns vanish', 'a\r\nb', 'a\nb'],
    ['line separators vanish', 'a\u2028b\u2029c\u202Ed', 'abcd'],
    ['controls become spaces', 'a\u0001b\u000Bc', 'a b c'],
    ['one direction mark and isolates survive', `${RLM}\u2068x\u2069`, `${RLM}\u2068x\u2069`],
    ['of a run of marks only the last survives', `${RLM}${RLM}a`, `\u200C${RLM}a`],
  ])('%s', (_, given, kept) => {
    expect(cleanText(given)).toBe(kept);
  });

  test('entities move with the text, and are cut at its end', () => {
    const cleaned = cleanFormatted('  a\rb\u202Ac  ', [{ type: 'bold', offset: 4, length: 5 }]);
    expect(cleaned).toEqual({ text: 'abc', entities: [{ type: 'bold', offset: 1, length: 2 }] });
  });

  test('cleaning twice changes nothing, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const once = cleanFormatted(typed, []).text;
        expect(cleanFormatted(once, []).text).toBe(once);
      }),
    );
  });

  test('labels come back cleaned, empty rows not at all', async () => {
    const { call, amina } = box();
    const reply_markup = { inline_keyboard: [[{ text: '\u202BOK\t', callback_data: 'x' }], []] };
    const message = result<{ reply_markup: unknown }>(
      await call('sendMessage', { chat_id: amina.id, text: 'x', reply_markup }),
    );
    expect(message.reply_markup).toEqual({ inline_keyboard: [[{ text: 'OK', callback_data: 'x' }]] });
  });
});

describe('HTML becomes text and entities', () => {
  test.each<[html: string, text: string, entities: object[]]>([
    [
      '<b>a<i>b</i></b>',
      'ab',
      [
        { type: 'bold', offset: 0, length: 2 },
        { type: 'italic', offset: 1, length: 1 },
      ],
    ],
    ['👋 <b>x</b>', '👋 x', [{ type: 'bold', offset: 3, length: 1 }]],
    ['a &lt;b&gt; &amp; &quot;&#1575;&#x12A0;', 'a <b> & "اአ', []],
    [
      '<a href="https://a.de/?x=1&amp;y=2">l</a>',
      'l',
      [{ type: 'text_link', offset: 0, length: 1, url: 'https://a.de/?x=1&y=2' }],
    ],
    ['<a href="tel:+491">l</a>', 'l', []],
    ['<pre><code class="language-ts">x</code></pre>', 'x', [{ type: 'pre', offset: 0, length: 1, language: 'ts' }]],
    [
      '<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>',
      'xy',
      [
        { type: 'spoiler', offset: 0, length: 1 },
        { type: 'spoiler', offset: 1, length: 1 },
      ],
    ],
    ['<blockquote expandable>x</blockquote>', 'x', [{ type: 'expandable_blockquote', offset: 0, length: 1 }]],
    ['<B>x</B>', 'x', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<b></b>x > y', 'x > y', []],
  ])('%s', (html, text, entities) => {
    expect(parseHtml(html)).toEqual({ ok: true, text, entities });
  });

  test.each([
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ['ሀ<script>x</script>', 'Unsupported start tag "script" at byte offset 3'],
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['Müller & Sohn', 'Unescaped character "&" at byte offset 8'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<a href="x', 'Unclosed start tag'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<a href>x</a>', 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'],
  ])('%s is refused', (html, problem) => {
    expect(parseHtml(html)).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
  });

  test('no input makes it hang, throw or point outside the text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      'b',
      'i',
      'a href="',
      '"',
      '&',
      '&lt;',
      ' ',
      'ሀ',
      '👋',
      '=',
      '/',
      'span',
      "'",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const parsed = parseHtml(pieces.join(''));
        if (parsed.ok)
          for (const { offset, length } of parsed.entities)
            expect(offset + length).toBeLessThanOrEqual(parsed.text.length);
      }),
    );
  });

  test('4096 characters are counted after parsing, in code points', async () => {
    const { call, amina } = box();
    const text = `<b>${'👋'.repeat(4096)}</b>`;
    expect((await call('sendMessage', { chat_id: amina.id, text, parse_mode: 'HTML' })).ok).toBe(true);
  });

  test('links, commands and numbers are found by Telegram itself', async () => {
    const { call, amina } = box();
    const text = '/start https://a.de, a@b.de +49 7051 160-0';
    const { entities } = result<{ entities: { type: string }[] }>(
      await call('sendMessage', { chat_id: amina.id, text }),
    );
    expect(entities.map(({ type }) => type)).toEqual(['bot_command', 'url', 'email', 'phone_number']);
  });
});
