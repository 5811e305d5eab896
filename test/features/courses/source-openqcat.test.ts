import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courseRecord, type Reading } from '../../../src/features/courses/model.ts';
import { visibleUntil } from '../../../src/features/courses/rules.ts';
import { readOpenQcat } from '../../../src/features/courses/source-openqcat.ts';
import { all, fileOf } from '../../support/courses.ts';

const EXAMPLE = readFileSync(path.join(import.meta.dirname, '../../support/data/openqcat.xml'), 'utf8');

const read = (content: string | Uint8Array, chunk = 4_096, largest?: number) =>
  all(readOpenQcat(fileOf(content, chunk)(), largest));
const recordsOf = (readings: readonly Reading[]) =>
  readings.flatMap((one) => (one.kind === 'record' ? [one.record] : []));

const SUPPLIER =
  '<HEADER><SUPPLIER><SUPPLIER_ID>S</SUPPLIER_ID><SUPPLIER_NAME>Beispiel</SUPPLIER_NAME></SUPPLIER></HEADER>';
const catalogue = (services: string, head = SUPPLIER) =>
  `<?xml version="1.0" encoding="UTF-8"?><OPENQCAT version="1.1">${head}<NEW_CATALOG FULLCATALOG="true">${services}</NEW_CATALOG></OPENQCAT>`;
/** An Angebot, or a Veranstaltung of a course. */
const service = (id: string, course: string, isOffer: boolean, details = '', module = '') =>
  `<SERVICE><PRODUCT_ID>${id}</PRODUCT_ID><SUPPLIER_ID_REF>S</SUPPLIER_ID_REF><SERVICE_DETAILS>${details}<SERVICE_MODULE>` +
  `<EDUCATION type="${isOffer}"><COURSE_ID>${course}</COURSE_ID><MODULE_COURSE>${module}</MODULE_COURSE></EDUCATION></SERVICE_MODULE></SERVICE_DETAILS></SERVICE>`;
const title = (text: string) => `<TITLE>${text}</TITLE>`;
const dates = (from: string, to = '') =>
  `<SERVICE_DATE><START_DATE>${from}</START_DATE>${to === '' ? '' : `<END_DATE>${to}</END_DATE>`}</SERVICE_DATE>`;
const place = (zip: string, city: string) => `<LOCATION><ZIP>${zip}</ZIP><CITY>${city}</CITY></LOCATION>`;

describe('the example of the domain', () => {
  it('has six dates of three courses, of which five are shown on the day that it was written for', async () => {
    for (const chunk of [11, 300, 1_000_000]) {
      const readings = await read(EXAMPLE, chunk);
      expect(readings.map(({ kind }) => kind)).toEqual(Array(6).fill('record'));
      const records = recordsOf(readings);
      for (const record of records) expect(courseRecord.safeParse(record).error).toBeUndefined();
      expect(records.filter((record) => visibleUntil(record) >= '2026-12-01').map(({ recordId }) => recordId)).toEqual([
        'TEST-A-ALPHA-V001',
        'TEST-A-ALPHA-V002',
        'TEST-B-BSK-B2-V001',
        'TEST-B-BSK-B2-V002',
        'TEST-C-0002',
      ]);
    }
  });

  it.each([
    [
      'TEST-A-ALPHA-V001',
      {
        kind: 'IK_ALPHA',
        startsOn: '2027-02-08',
        lessons: 1000,
        title: 'Integrationskurs mit Alphabetisierung',
        permitNeeded: 'yes',
        timeMode: 'full',
      },
    ],
    ['TEST-A-ALPHA-V002', { startsOn: '2027-04-19', shownUntil: '2028-02-25' }],
    ['TEST-B-BSK-B2-V001', { kind: 'BSK_B2', startsOn: '2027-03-01', place: { city: 'Calw', confirmed: true } }],
    ['TEST-B-BSK-B2-V002', { startKind: 'rolling', form: 'virtual', timeMode: 'part', place: { city: undefined } }],
    ['TEST-C-0001', { shownUntil: '2026-10-31' }],
    [
      'TEST-C-0002',
      {
        startsOn: '2027-01-12',
        costText: '120 € · Ratenzahlung möglich',
        free: 'no',
        levelTo: 'A2',
        childCare: 'unknown',
      },
    ],
  ])('%s is %j', async (id, expected) => {
    expect(recordsOf(await read(EXAMPLE)).find(({ recordId }) => recordId === id)).toMatchObject(expected);
  });

  it('takes the organisation, never who answers for it', async () => {
    const text = JSON.stringify(await read(EXAMPLE));
    expect(text).not.toMatch(/TEST-VERWALTUNG|TEST-KURSBUERO|kursbuero|verwaltung@/);
    expect(text).toContain('+497452000001');
  });

  it('reads the same in ISO-8859-15, with the sign of the euro', async () => {
    const latin = EXAMPLE.replace('encoding="UTF-8"', 'encoding="ISO-8859-15"').replaceAll(
      'Ratenzahlung',
      'Rate 30 € mal vier',
    );
    const readings = await read(new Uint8Array(Buffer.from(latin.replaceAll('€', '\u00a4'), 'latin1')), 100);
    const records = recordsOf(readings);
    expect(records).toHaveLength(6);
    expect(records[0]?.place.street).toBe('Musterstraße 1');
    expect(records[5]?.costText).toContain('Rate 30 €');
  });
});

describe('the traps of this catalogue', () => {
  it('courses are held together by COURSE_ID, in whatever order their parts come', async () => {
    const parts = [
      service('A-2', 'A', false, dates('2027-03-01')),
      service('B-1', 'B', false, dates('2027-04-01')),
      service('A-0', 'A', true, title('Kurs A')),
      service('B-0', 'B', true, title('Kurs B')),
      service('A-1', 'A', false, dates('2027-02-01')),
    ];
    const found = recordsOf(await read(catalogue(parts.join(''))));
    expect(found.map((record) => [record.recordId, record.title])).toEqual([
      ['A-2', 'Kurs A'],
      ['A-1', 'Kurs A'],
      ['B-1', 'Kurs B'],
    ]);
  });

  it('an Angebot counts where it has no Veranstaltung, or dates and a place that none of them has', async () => {
    const offer = (own: string, at = '') => service('O', 'C', true, title('T') + own, at);
    const run = service('V', 'C', false, dates('2027-03-01', '2027-06-01'), place('75365', 'Calw'));
    const ids = async (services: string) => recordsOf(await read(catalogue(services))).map(({ recordId }) => recordId);
    expect(await ids(offer(''))).toEqual(['O']);
    expect(await ids(offer('') + run)).toEqual(['V']);
    expect(await ids(offer(dates('2027-03-01', '2027-06-01'), place('75365', 'Calw')) + run)).toEqual(['V']);
    expect(await ids(offer(dates('2027-03-01', '2027-06-01'), place('72202', 'Nagold')) + run)).toEqual(['O', 'V']);
    expect(await ids(offer(dates('2027-09-01'), place('75365', 'Calw')) + run)).toEqual(['O', 'V']);
  });

  it.each(['2027-01-12T00:00:00', '2027-01-12T00:00:00.000+02:00', '2027-01-12+01:00', '2027-01-12'])(
    'the day of %s is what stands there, whatever zone is claimed',
    async (written) => {
      expect(recordsOf(await read(catalogue(service('O', 'C', true, title('T') + dates(written)))))).toMatchObject([
        { startKind: 'date', startsOn: '2027-01-12' },
      ]);
    },
  );

  it('a course is shown before its announcement begins, and not after it ends', async () => {
    const announced = `<ANNOUNCEMENT><START_DATE>2027-04-19+01:00</START_DATE><END_DATE>2027-04-30+02:00</END_DATE></ANNOUNCEMENT>`;
    const [record] = recordsOf(
      await read(catalogue(service('O', 'C', true, title('T') + dates('2027-04-19') + announced))),
    );
    expect(record && visibleUntil(record)).toBe('2027-04-30');
  });

  it('no price is not free', async () => {
    expect(recordsOf(await read(catalogue(service('O', 'C', true, title('T')))))).toMatchObject([
      { free: 'unknown', costText: undefined },
    ]);
  });

  it('a Veranstaltung without a place has that of its course, to be confirmed; a virtual one needs none', async () => {
    const offer = service('O', 'C', true, title('T'), place('75365', 'Calw'));
    expect(recordsOf(await read(catalogue(offer + service('V', 'C', false, dates('2027-01-12')))))).toMatchObject([
      { place: { city: 'Calw', confirmed: false } },
    ]);
  });

  it('an update says what is new and what is deleted, and leaves the rest', async () => {
    const update = `<OPENQCAT version="1.1">${SUPPLIER}<UPDATE_CATALOG seq_number="2"><DELETE><SERVICE><PRODUCT_ID>OLD</PRODUCT_ID></SERVICE></DELETE><NEW>${service('N', 'C', true, title('Neu'))}</NEW></UPDATE_CATALOG></OPENQCAT>`;
    expect(await read(update)).toMatchObject([
      { kind: 'update' },
      { kind: 'withdrawn', recordId: 'OLD' },
      { kind: 'record', record: { recordId: 'N' } },
    ]);
    const partial = catalogue(service('N', 'C', true, title('Neu'))).replace(
      'FULLCATALOG="true"',
      'FULLCATALOG="false"',
    );
    expect((await read(partial))[0]).toEqual({ kind: 'update' });
  });
});

describe('a hostile or broken catalogue', () => {
  it('loses its broken courses and keeps the rest, and says which', async () => {
    const services = [
      service('A', 'A', true, title('T')),
      '<SERVICE>\n</SERVICE>',
      service('B', 'B', false, dates('2027-01-12')),
      '<SERVICE><PRODUCT_ID>C</PRODUCT_ID></SERVICE>',
      service('D', 'D', true, title('T')),
    ];
    const readings = await read(catalogue(services.join('\n')));
    expect(recordsOf(readings).map(({ recordId }) => recordId)).toEqual(['A', 'D']);
    expect(readings.flatMap((one) => (one.kind === 'refused' ? [[one.line, one.complaint, one.field]] : []))).toEqual([
      [2, 'missing', 'PRODUCT_ID'],
      [5, 'missing', 'EDUCATION'],
      [4, 'missing', 'TITLE'],
    ]);
  });

  it('refuses courses of nobody', async () => {
    expect(await read(catalogue(service('A', 'A', true, title('T')), '<HEADER/>'))).toMatchObject([
      { kind: 'refused', field: 'SUPPLIER' },
    ]);
  });

  const LAUGHS = `<?xml version="1.0"?><!DOCTYPE OPENQCAT [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`;
  it.each([
    ['entities that grow', `${LAUGHS}${catalogue(title('&c;')).replace(/^<\?xml.*?\?>/, '')}`, 'document-type'],
    [
      'an entity of another file',
      '<!DOCTYPE OPENQCAT [<!ENTITY x SYSTEM "file:///etc/passwd">]><OPENQCAT>&x;</OPENQCAT>',
      'document-type',
    ],
    [
      'a document type of another address',
      '<!DOCTYPE OPENQCAT SYSTEM "http://example.invalid/x.dtd"><OPENQCAT/>',
      'document-type',
    ],
    ['a document type without end', `<!DOCTYPE OPENQCAT [${'<!ENTITY a "x">'.repeat(20_000)}`, 'format'],
    ['an entity that nobody declared', catalogue(service('A', 'A', true, title('&nobody;'))), 'format'],
    ['its end cut off', EXAMPLE.slice(0, 9_000), 'format'],
    ['its last letter cut off', EXAMPLE.trimEnd().slice(0, -1), 'format'],
    ['elements that do not fit', '<OPENQCAT><HEADER></OPENQCAT></HEADER>', 'format'],
    ['elements without end', `<OPENQCAT>${'<A>'.repeat(100_000)}`, 'format'],
    ['a tag without end', `<OPENQCAT><A b="${'x'.repeat(500_000)}`, 'format'],
    ['another root', '<html><body/></html>', 'format'],
    ['no catalogue in it', `<OPENQCAT>${SUPPLIER}</OPENQCAT>`, 'format'],
    ['nothing', '', 'format'],
    ['JSON', '{"_embedded": {}}', 'format'],
    ['UTF-16', Buffer.from(`\ufeff${EXAMPLE}`, 'utf16le'), 'format'],
    ['an encoding nobody knows', EXAMPLE.replace('UTF-8', 'EBCDIC-FR'), 'format'],
    ['bytes that are not of its encoding', Buffer.from(EXAMPLE, 'latin1'), 'format'],
    ['an archive', Buffer.from('PK\u0003\u0004\0\0'), 'format'],
  ])('with %s cannot be read', async (_, content, complaint) => {
    expect((await read(content as string | Uint8Array, 65_536)).at(-1)).toMatchObject({
      kind: 'unreadable',
      complaint,
    });
  });

  it('of a course too large to be one takes the others', async () => {
    const huge = service(
      'B',
      'B',
      true,
      `${title('T')}<DESCRIPTION_LONG>${'<KEYWORD>x</KEYWORD>'.repeat(10_000)}</DESCRIPTION_LONG>`,
    );
    const readings = await read(
      catalogue(service('A', 'A', true, title('T')) + huge + service('C', 'C', true, title('T'))),
      65_536,
    );
    expect(recordsOf(readings).map(({ recordId }) => recordId)).toEqual(['A', 'C']);
    expect(readings).toContainEqual(expect.objectContaining({ kind: 'refused', complaint: 'too-long' }));
  });

  it('is read no further than its size allows', async () => {
    expect((await read(EXAMPLE, 1_000, 5_000)).at(-1)).toMatchObject({ kind: 'unreadable', complaint: 'too-large' });
  });

  it('puts no markup, no tricks of direction and no formula into the catalogue', async () => {
    const nasty = '&lt;b&gt;Deutsch&lt;/b&gt; \u202eABC\u2066 &lt;script&gt;alert(1)&lt;/script&gt;';
    const [record] = recordsOf(await read(catalogue(service('A', 'A', true, title(nasty)))));
    expect(record?.title).toBe('Deutsch ABC');
    const formula = await read(catalogue(service('A', 'A', true, title('\u200b=HYPERLINK(1)'))));
    expect(formula).toContainEqual(expect.objectContaining({ kind: 'refused', field: 'TITLE' }));
    expect(courseRecord.safeParse(record).error).toBeUndefined();
  });

  it('never throws, and hands over nothing that the catalogue refuses, whatever is put into it', async () => {
    const text = catalogue(service('A', 'A', true, title('T') + dates('2027-01-12'), place('75365', 'Calw')));
    const piece = fc.constantFrom(
      '<',
      '>',
      '&',
      '&amp;',
      '"',
      '<!--',
      ']]>',
      '<![CDATA[',
      '<SERVICE>',
      '</SERVICE>',
      '\0',
      'ä',
      '<?x ?>',
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length }), piece, async (at, put) => {
        for (const reading of await read(text.slice(0, at) + put + text.slice(at), 32))
          if (reading.kind === 'record') expect(courseRecord.safeParse(reading.record).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
