import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courseRecord, type Reading } from '../../../src/features/courses/model.ts';
import { readCsv } from '../../../src/features/courses/source-csv.ts';
import { coordinates, phoneNumber, plainText, webAddress } from '../../../src/features/courses/source-text.ts';
import { all, fileOf } from '../../support/courses.ts';

const HEAD = 'source_id;kind;title;provider;start;city\r\n';
const read = (content: string | Uint8Array, largest?: number) => all(readCsv(fileOf(content), largest));
const one = async (content: string | Uint8Array) => (await read(content)).find(({ kind }) => kind === 'record');
/** A table of one line that has these cells beside the needed ones. */
const withCells = (cells: Readonly<Record<string, string>>) =>
  `source_id;kind;title;provider;${Object.keys(cells).join(';')}\nA;EOK;T;P;${Object.values(cells).join(';')}\n`;
const cell = async (name: string, value: string) => (await read(withCells({ ags: '08235085', [name]: value })))[0];
const refusedLines = (readings: readonly Reading[]) =>
  readings.flatMap((reading) => (reading.kind === 'refused' ? [[reading.line, reading.complaint, reading.field]] : []));

const DEMO = readFileSync(path.join(import.meta.dirname, '../../../prisma/counties/calw/courses-demo.csv'));

describe('our own table', () => {
  it('reads every course of the demo, as the catalogue takes it', async () => {
    const readings = await read(DEMO);
    expect(readings.filter(({ kind }) => kind === 'refused')).toEqual([]);
    const records = readings.flatMap((reading) => (reading.kind === 'record' ? [reading.record] : []));
    expect(records).toHaveLength(26);
    for (const record of records) expect(courseRecord.safeParse(record).error).toBeUndefined();
    expect(records.find(({ recordId }) => recordId === 'DEMO-17')).toMatchObject({
      title: 'Deutsch A1 mit Kinderbetreuung',
      levelTo: 'A1',
      startKind: 'date',
      startsOn: '2027-02-15',
      registerUntil: '2027-02-01',
      childCare: 'yes',
      place: { ags: '08235046', confirmed: true },
      provider: { phone: '+497452000002' },
    });
  });

  it.each([
    ['UTF-8', (text: string) => new TextEncoder().encode(text)],
    ['UTF-8 with a byte order mark', (text: string) => new TextEncoder().encode(`\ufeff${text}`)],
    ['Windows-1252', (text: string) => Buffer.from(text, 'latin1')],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('reads %s, in whatever pieces it comes', async (_, encode) => {
    const bytes = encode(`${HEAD}A;EOK;Übung für Höfen;Träger;;Höfen an der Enz\r\n`);
    for (const chunk of [1, 2, 3, 64, 100_000]) {
      const readings = await all(readCsv(fileOf(bytes, chunk)));
      expect(readings.at(-1)).toMatchObject({ kind: 'record', record: { title: 'Übung für Höfen' } });
    }
  });

  it.each([';', ',', '\t'])('knows its separator %j from the headline', async (separator) => {
    const text = `${HEAD}A;EOK;"Lesen; Schreiben, Reden";P;2027-02-15;Calw\n`;
    // Quoted, a separator is a letter.
    const table = text.replaceAll(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/g, separator);
    expect(await one(table)).toMatchObject({ record: { title: 'Lesen; Schreiben, Reden', startsOn: '2027-02-15' } });
  });

  it.each(['\n', '\r\n', '\r'])('knows the line end %j', async (end) => {
    const readings = await read(`${HEAD.trim()}${end}A;EOK;T;P;;${end}B;XX;T;P;;${end}`);
    expect(refusedLines(readings)).toEqual([[3, 'choice', 'kind']]);
  });

  it.each([
    ['2027-02-15', '2027-02-15'],
    ['15.02.2027', '2027-02-15'],
    ['5.2.27', '2027-02-05'],
    ['2027-02-15T00:00:00', '2027-02-15'],
    ['15.02.2027 00:00', '2027-02-15'],
    ['46433', '2027-02-15'],
    ['36526', '2000-01-01'],
  ])('reads the date %s', async (written, day) => {
    expect(await cell('start', written)).toMatchObject({ record: { startKind: 'date', startsOn: day } });
  });

  it.each(['31.02.2027', '2027-13-01', '2/3/2027', '15.2.', 'Februar', '99999', '1', '2027'])(
    'refuses the date %s, with its line and column',
    async (written) => {
      expect(await cell('start', written)).toEqual({ kind: 'refused', line: 2, complaint: 'date', field: 'start' });
    },
  );

  it.each(['', ' ', '-', '–', '?', 'k.A.', 'k. A.'])('takes %j for unknown', async (empty) => {
    expect(await cell('childcare', empty)).toMatchObject({ record: { childCare: 'unknown' } });
    expect(await cell('start', empty)).toMatchObject({ record: { startKind: 'ask' } });
  });

  it.each([
    ['kind', 'Kurs', 'choice'],
    ['level_from', 'A7', 'choice'],
    ['lessons_total', 'viele', 'number'],
    ['lessons_total', '-3', 'number'],
    ['childcare', 'vielleicht', 'choice'],
    ['phone', '112x', 'address'],
    ['email', 'nobody', 'address'],
    ['url', 'javascript:alert(1)', 'address'],
    ['url', 'https://user:secret@example.org', 'address'],
    ['plz', '7536', undefined],
    ['plz', '753', 'address'],
    ['ags', '123', 'address'],
    ['title', '=1+1', 'formula'],
    ['title', '@SUM(A1)', 'formula'],
    ['title', '+CMD', 'formula'],
    ['title', '#NAME?', 'formula'],
    ['title', '#BEZUG!', 'formula'],
    ['title', '\u200b=HYPERLINK(1)', 'formula'],
    ['title', '\u2066=1', 'formula'],
    ['title', '<b></b>=cmd|1!A1', 'formula'],
    ['title', '"&#61;cmd|1!A1"', 'formula'],
    ['days_times', '<p> @SUM(A1)', 'formula'],
    ['title', 'Deutsch = gut & +A1', undefined],
    ['title', 'x'.repeat(201), 'too-long'],
    ['title', '', 'missing'],
    ['provider', ' ', 'missing'],
  ])('%s = %s: %s', async (field, value, complaint) => {
    const table = `source_id;kind;title;provider;ags;plz;x\nA;EOK;T;P;08235085;;\n`;
    const names = table.split('\n')[0]?.split(';') ?? [];
    const cells = table.split('\n')[1]?.split(';') ?? [];
    const at = names.indexOf(field);
    const changed = at === -1 ? [...names.slice(0, -1), field] : names;
    const line = cells.map((old, index) => (index === (at === -1 ? cells.length - 1 : at) ? value : old));
    const readings = await read(`${changed.join(';')}\n${line.join(';')}\n`);
    expect(refusedLines(readings)).toEqual(complaint === undefined ? [] : [[2, complaint, field]]);
  });

  it('gives back the zeros that a spreadsheet has eaten', async () => {
    const [reading] = await read(withCells({ ags: '8235085', plz: '1067' }));
    expect(reading).toMatchObject({ record: { place: { ags: '08235085', postalCode: '01067' } } });
  });

  it('refuses what is in no order', async () => {
    expect(await read(withCells({ start: '2027-03-01', end: '2027-02-01' }))).toMatchObject([
      { complaint: 'order', field: 'end' },
    ]);
    expect(await read(withCells({ level_from: 'B2', level_to: 'A1' }))).toMatchObject([
      { complaint: 'order', field: 'level_to' },
    ]);
  });

  it('asks for a confirmation where only the postal code says which municipality it is', async () => {
    const readings = await read(withCells({ plz: '75378' }));
    expect(readings).toMatchObject([
      { kind: 'note', line: 2, complaint: 'place-assumed' },
      { kind: 'record', record: { place: { postalCode: '75378', confirmed: false } } },
    ]);
  });

  it('never lets a broken line stop the rest, and says which lines it took', async () => {
    const lines = [
      'A;EOK;T;P;;',
      'B;EOK;"offen;P;;',
      'C;EOK;T;P;;',
      'D;EOK;"x; y";P;;',
      'E;EOK;T;P;;',
      'F;EOK',
      'G;EOK;T;P;;',
    ];
    const readings = await read(HEAD + lines.join('\r\n'));
    expect(readings.flatMap((r) => (r.kind === 'record' ? [[r.line, r.record.recordId]] : []))).toEqual([
      [2, 'A'],
      [6, 'E'],
      [8, 'G'],
    ]);
    expect(refusedLines(readings).map(([line]) => line)).toEqual([3, 4, 5, 7]);
  });

  it('counts lines as the file has them, also after a cell with line breaks and empty lines', async () => {
    const readings = await read(`${HEAD}A;EOK;"zwei\r\nZeilen";P;;\r\n\r\n;;;;;\r\nB;XX;T;P;;\r\n`);
    expect(readings).toMatchObject([
      { kind: 'note', line: 2 },
      { kind: 'record', line: 2, record: { title: 'zwei Zeilen' } },
      { kind: 'refused', line: 6 },
    ]);
  });

  it('a quotation mark that nobody closes makes the file unreadable, not the memory full', async () => {
    const readings = await read(`${HEAD}A;EOK;T;P;;\nB;EOK;"${'x'.repeat(30_000)}\n${'C;EOK;T;P;;\n'.repeat(50)}`);
    expect(readings.at(-1)).toMatchObject({ kind: 'unreadable', complaint: 'quote' });
    // Whatever stands in the quotation mark is no course.
    expect(readings.some((one) => one.kind === 'record' && one.record.recordId === 'C')).toBe(false);
  });

  it.each([
    ['nothing', '', 'columns'],
    ['only a headline of another table', 'a;b;c\n1;2;3\n', 'columns'],
    ['JSON', '{"termine": []}', 'columns'],
    ['a spreadsheet’s own file', Buffer.from('PK\u0003\u0004\0\0\0\0'), 'format'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), 'format'],
  ])('%s is unreadable', async (_, content, complaint) => {
    expect((await read(content))[0]).toMatchObject({ kind: 'unreadable', complaint });
  });

  it('a headline alone has no course and is no error', async () => {
    expect(await read(HEAD)).toEqual([]);
  });

  it('reads no further than the size that is allowed', async () => {
    let pulled = 0;
    const endless = async function* () {
      for (;;) {
        pulled += 1;
        yield new Uint8Array(1_000).fill(97);
      }
    };
    expect(await all(readCsv(endless, 10_000))).toMatchObject([{ kind: 'unreadable', complaint: 'too-large' }]);
    expect(pulled).toBeLessThan(13);
  });

  it('mentions unknown columns, but never what may be a name', async () => {
    const readings = await read(`source_id;kind;title;provider;Maria Müller;notiz\nA;EOK;T;P;x;y\n`);
    expect(readings.slice(0, 2)).toEqual([
      { kind: 'note', line: 1, complaint: 'unknown-column', field: undefined },
      { kind: 'note', line: 1, complaint: 'unknown-column', field: 'notiz' },
    ]);
  });

  it('never throws, and hands over nothing that the catalogue refuses, whatever the bytes', async () => {
    const piece = fc.constantFrom(
      'A',
      ';',
      '"',
      '\n',
      '\r',
      '<b>',
      '\u202e',
      '=1',
      '2027-01-01',
      'EOK',
      '\0',
      'ä',
      '&lt;',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        const readings = await read(`${HEAD}Z;EOK;T;P;;\n${pieces.join('')}`);
        for (const reading of readings) {
          if (reading.kind === 'record') expect(courseRecord.safeParse(reading.record).error).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('text of strangers', () => {
  it.each([
    ['<p>Montag - Freitag<br/>08:30</p>', 'Montag - Freitag\n08:30'],
    ['F&uuml;r M&#252;tter &amp; V&#xe4;ter', 'Für Mütter & Väter'],
    ['&lt;b&gt;fett&lt;/b&gt;', '<b>fett</b>'],
    ['a<script>alert(1)</script>b', 'a b'],
    ['a<!-- <b> -->b<style>x', 'a b'],
    ['5 < 6 und 7 > 3', '5 < 6 und 7 > 3'],
    ['links\u202erechts\u200b\u2066', 'linksrechts'],
    ['a\u0000b\u0007c\td', 'abc d'],
    ['&#0;&#xD800;&#1114112;x&unbekannt;', 'x&unbekannt;'],
    ['<p>   </p>', undefined],
  ])('%j is %j', (raw, text) => expect(plainText(raw, 100)).toBe(text));

  it('is cut at a word, never within a letter', () => {
    expect(plainText('eins zwei drei', 12)).toBe('eins zwei…');
    expect(plainText('🙂'.repeat(20), 10)).toBe('🙂🙂🙂🙂…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 30 }), (raw, longest) => {
        const text = plainText(raw, longest) ?? '';
        expect(text.length).toBeLessThanOrEqual(longest);
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });

  it('takes no longer for what is long', () => {
    const began = performance.now();
    plainText('<'.repeat(1_000_000), 100);
    plainText('<script'.repeat(100_000), 100);
    plainText('<!--'.repeat(100_000), 100);
    plainText('&#1'.repeat(300_000), 100);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it.each([
    ['07452 / 000001', '+497452000001'],
    ['+49.7452.000001', '+497452000001'],
    ['0049 7452 000001', '+497452000001'],
    ['+49 (0) 7452 000001', '+497452000001'],
    ['0800 1234567', '+498001234567'],
    ['112', undefined],
    ['siehe oben', undefined],
  ])('the number %s is %s', (raw, phone) => expect(phoneNumber(raw)).toBe(phone));

  it.each([
    ['example.org/kurs', 'https://example.org/kurs'],
    ['http://example.org', 'http://example.org/'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['https://a@example.org', undefined],
    ['localhost', undefined],
    ['keine', undefined],
  ])('the address %s is %s', (raw, address) => expect(webAddress(raw)).toBe(address));

  it.each([
    [48.7, 8.7, { lat: 48.7, lon: 8.7 }],
    ['48,7', '8.7', { lat: 48.7, lon: 8.7 }],
    [8.7, 48.7, { lat: 48.7, lon: 8.7 }],
    [19.44, 41.04, undefined],
    [null, 8.7, undefined],
    ['', '', undefined],
    [Number.NaN, 8, undefined],
  ])('%j, %j is %j', (lat, lon, point) => expect(coordinates(lat, lon)).toEqual(point));
});
