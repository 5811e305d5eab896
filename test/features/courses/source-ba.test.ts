import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCounty } from '../../../src/features/county/source.ts';
import { courseRecord, type Reading } from '../../../src/features/courses/model.ts';
import { visibleUntil } from '../../../src/features/courses/rules.ts';
import { placed } from '../../../src/features/courses/rules-place.ts';
import { readBa, readBaPage } from '../../../src/features/courses/source-ba.ts';
import { kindOf } from '../../../src/features/courses/source-kind.ts';
import { type BaOffer, baOffer, baPage } from '../../support/course-lists.ts';
import { all, fileOf } from '../../support/courses.ts';

const EXAMPLE = readFileSync(path.join(import.meta.dirname, '../../support/data/ba-sprachfoerderung.json'));

const read = (content: string | Uint8Array, chunk?: number) => all(readBa([fileOf(content, chunk)]));
const readPages = (...pages: readonly unknown[]) =>
  all(readBa(pages.map((page) => fileOf(JSON.stringify(page), 4_096))));
const recordsOf = (readings: readonly Reading[]) =>
  readings.flatMap((one) => (one.kind === 'record' ? [one.record] : []));
/** The course that comes of an offer. */
async function one(own: BaOffer) {
  const [record] = recordsOf(await readPages(baPage([baOffer(own)])));
  if (record === undefined) throw new Error('the offer was refused');
  expect(courseRecord.safeParse(record).error).toBeUndefined();
  return record;
}

describe('the example of the domain', () => {
  it('is read whole, as the catalogue takes it, in whatever pieces it comes', async () => {
    for (const chunk of [13, 1_000, 1_000_000]) {
      const readings = await read(EXAMPLE, chunk);
      expect(readings.map(({ kind }) => kind)).toEqual(Array(13).fill('record'));
      for (const record of recordsOf(readings)) expect(courseRecord.safeParse(record).error).toBeUndefined();
    }
  });

  it.each([
    ['900000001', { kind: 'IK_ZWEITSCHRIFT', startsOn: '2027-02-01', registerUntil: '2027-01-20', free: 'unknown' }],
    ['900000002', { kind: 'IK_ALPHA', startKind: 'rolling' }],
    ['900000003', { kind: 'IK_ALLG', startsOn: '2026-09-14', lessons: 700, free: 'unknown' }],
    [
      '900000004',
      { kind: 'BSK_B2', startsOn: '2027-03-01', lessons: 500, free: 'unknown', levelFrom: 'B1', levelTo: 'B2' },
    ],
    ['900000005', { kind: 'IK_INTENSIV', startsOn: '2027-01-11' }],
    ['900000006', { kind: 'BSK_B2', form: 'virtual', startKind: 'ask', timeMode: 'part' }],
    ['900000007', { kind: 'OK', startsOn: '2027-04-12', timeMode: 'block' }],
    ['900000008', { kind: 'SONST', group: 'A8', startKind: 'ask', timeMode: 'weekend' }],
    ['900000009', { kind: 'SONST', group: 'MQ', startKind: 'ask' }],
    ['900000010', { kind: 'IK_LEGACY_JUGEND', endsOn: '2026-10-30' }],
    ['900000011', { kind: 'BSK_A2', form: 'mixed', startKind: 'rolling', startsOn: '2027-04-05' }],
    ['900000012', { kind: 'BSK_B1', title: 'Deutsch B1 & Beruf - Berufssprachkurs', startKind: 'rolling' }],
  ])('%s is %j', async (id, expected) => {
    expect(recordsOf(await read(EXAMPLE, 65_536)).find(({ recordId }) => recordId === id)).toMatchObject(expected);
  });
});

describe('the traps of this list', () => {
  it('1: milliseconds are midnight in Berlin, in summer and in winter', async () => {
    expect(await one({ beginn: 1_689_544_800_000 })).toMatchObject({ startsOn: '2023-07-17' });
    expect(await one({ beginn: 1_700_175_600_000 })).toMatchObject({ startsOn: '2023-11-17' });
  });

  it('2: links and page stand beside the list or within it', async () => {
    const counts = { totalElements: 2, totalPages: 1 };
    const offers = [baOffer({ id: 1 }), baOffer({ id: 2 })];
    const inside = { _embedded: { termine: offers, _links: {}, page: counts, aggregations: {} } };
    const beside = { _embedded: { termine: offers }, _links: {}, page: counts, aggregations: [] };
    for (const page of [inside, beside]) {
      expect(await all(readBaPage(fileOf(JSON.stringify(page))(), 0))).toHaveLength(2);
      const reading = readBaPage(fileOf(JSON.stringify(page))(), 0);
      let next = await reading.next();
      while (!next.done) next = await reading.next();
      expect(next.value).toEqual({ count: 2, total: 2, pages: 1 });
    }
    expect(await readPages({ page: { totalElements: 0 } })).toEqual([]);
  });

  it('3: numbers come as text and text as numbers; no price, and a price of zero, is not free', async () => {
    const texts = { beginn: '1801436400000', kostenWert: '0.0', id: '77', bemerkung: 12 };
    expect(await one(texts)).toMatchObject({ recordId: '77', startsOn: '2027-02-01', free: 'unknown' });
    for (const kostenWert of [null, 0, '0', '0.0']) expect((await one({ kostenWert })).free).toBe('unknown');
    expect((await one({ kostenWert: null, kostenBemerkung: '<p>Die Teilnahme ist kostenfrei.</p>' })).free).toBe('yes');
    expect((await one({ kostenWert: 0, kostenBemerkung: 'kostenfrei bei Berechtigung' })).free).toBe('unknown');
    expect(await one({ kostenWert: '240.5', kostenBemerkung: null })).toMatchObject({
      free: 'no',
      costText: '240,5 €',
    });
  });

  it('4: HTML becomes text, in the title as well, and cannot grow', async () => {
    const record = await one({
      unterrichtszeiten: '<p>Montag<br/>08:30 - 12:35 Uhr</p>',
      bemerkung: `<script>alert(1)</script><h4>A</h4>${'x'.repeat(5_000)}`,
      angebot: { titel: 'Deutsch &amp; <b>mehr</b>' },
    });
    expect(record).toMatchObject({ title: 'Deutsch & mehr', daysTimes: 'Montag\n08:30 - 12:35 Uhr' });
    expect(record.remarks?.length).toBeLessThanOrEqual(800);
    expect(record.remarks).not.toMatch(/script|<|>/);
  });

  it.each(['=cmd|1!A1', '\u200b=HYPERLINK(1)', '\u2066=1', '<b></b>=1', '&#61;1', '@SUM(A1)', '#REF!'])(
    'takes %j for no title, no provider and no place',
    async (formula) => {
      const provider = { name: formula, adresse: { strasse: formula, ortStrasse: { name: formula } } };
      const readings = await read(
        JSON.stringify(
          baPage([
            baOffer({ id: 1, angebot: { titel: formula } }),
            baOffer({
              id: 2,
              adresse: undefined,
              angebot: { titel: 'T', traeger: formula, bildungsanbieter: provider },
            }),
          ]),
        ),
      );
      expect(readings).toMatchObject([
        { kind: 'refused', line: 1, complaint: 'formula', field: 'angebot.titel' },
        { kind: 'record', line: 2 },
      ]);
      const record = readings[1]?.kind === 'record' ? readings[1].record : undefined;
      expect([record?.provider.name, record?.place.city, record?.place.street]).toEqual([
        'Bundesagentur für Arbeit',
        undefined,
        undefined,
      ]);
    },
  );

  it('5: it can be begun at any time where it says so, whatever date it has; else without a date it is asked', async () => {
    expect((await one({ individuellerEinstieg: true, beginn: 1_801_436_400_000 })).startKind).toBe('rolling');
    expect((await one({ individuellerEinstieg: true, beginn: null })).startKind).toBe('rolling');
    expect((await one({ individuellerEinstieg: false, beginn: null })).startKind).toBe('ask');
    expect((await one({ individuellerEinstieg: null, beginn: null })).startKind).toBe('ask');
  });

  it('6: dates in a text are shown as a text, none is guessed', async () => {
    const record = await one({ beginn: null, bemerkungZeit: '<p>Starttermine: 11.01.2027, 01.03.2027</p>' });
    expect(record).toMatchObject({ startKind: 'ask', startsOn: undefined });
    expect(record.remarks).toContain('Starttermine: 11.01.2027');
  });

  it('7: it is held at its own address; the head office is only a guess that says so', async () => {
    const head = { strasse: 'Sitz 1', ortStrasse: { plz: '71032', name: 'Böblingen' } };
    const own = { strasse: 'Kurs 2', ortStrasse: { plz: '72202', name: 'Nagold' } };
    const angebot = { bildungsanbieter: { name: 'P', adresse: head } };
    expect((await one({ adresse: own, angebot })).place).toMatchObject({ city: 'Nagold', confirmed: true });
    expect((await one({ adresse: null, angebot })).place).toMatchObject({ city: 'Böblingen', confirmed: false });
    expect((await one({ adresse: null, angebot: {} })).place).toMatchObject({ city: undefined, confirmed: false });
  });

  it.each([
    [
      { lat: 48.7, lon: 8.7 },
      { lat: 48.7, lon: 8.7 },
    ],
    [
      { lat: '48.7', lon: '8.7' },
      { lat: 48.7, lon: 8.7 },
    ],
    [
      { lat: 8.7, lon: 48.7 },
      { lat: 48.7, lon: 8.7 },
    ],
    [{ lat: 19.44, lon: 41.04 }, {}],
    [{ lat: null, lon: {} }, {}],
    [null, {}],
  ])('8: the point %j is %j', async (koordinaten, expected) => {
    const { lat, lon } = (await one({ adresse: { ortStrasse: { plz: '75365', name: 'Calw' }, koordinaten } })).place;
    expect({ lat, lon }).toEqual({ lat: undefined, lon: undefined, ...expected });
  });

  it('8, 9: without a point it is placed by postal code, then by the name before the comma; never outside the county', async () => {
    const towns = readCounty('calw').municipalities;
    const placedAt = async (plz: string | null, name: string) =>
      placed((await one({ adresse: { ortStrasse: { plz, name } } })).place, towns);
    expect(await placedAt('72213', 'Altensteig, Württemberg')).toMatchObject({ ags: '08235006' });
    expect(await placedAt(null, 'Altensteig, Württemberg')).toMatchObject({ ags: '08235006' });
    expect(await placedAt('75323', 'Bad Wildbad im Schwarzwald')).toMatchObject({ ags: '08235079' });
    expect(await placedAt('75172', 'Pforzheim')).not.toHaveProperty('ags');
    expect((await placedAt('75172', 'Pforzheim')).lat).toBeUndefined();
  });

  it.each([
    ['07452', '000001', '+497452000001'],
    ['0800', '0000000', '+498000000000'],
    [null, null, undefined],
    ['siehe', 'unten', undefined],
  ])('10: %s and %s are the number %s', async (telefonVorwahl, telefonDurchwahl, phone) => {
    const bildungsanbieter = { name: 'P', telefonVorwahl, telefonDurchwahl };
    expect((await one({ angebot: { bildungsanbieter } })).provider.phone).toBe(phone);
  });

  it('11: of child care only the text knows, so that it is asked', async () => {
    const record = await one({ angebot: { inhalt: '<b>Kinderbetreuung auf Anfrage.</b>' } });
    expect(record.childCare).toBe('unknown');
    expect(record.remarks).toContain('Kinderbetreuung auf Anfrage');
  });

  it.each([
    [['MC 01 4'], 'Deutsch', 'BSK_C1'],
    [['MC 02'], 'Spezialberufssprachkurs B1', 'BSK_B1'],
    [['MC 03'], 'Anerkennung', 'BSK_ANERK'],
    [['MC'], 'Fachsprache Pflege', 'BSK_FACH'],
    [['MB 01'], 'Integrationskurs', 'IK_ALLG'],
    [['MB 01'], 'Wiederholer Integrationskurs', 'IK_ALLG'],
    [['MB 01'], 'Frauenintegrationskurs', 'IK_LEGACY_FRAUEN'],
    [['MB 01'], 'Elternintegrationskurs', 'IK_LEGACY_ELTERN'],
    [['MB 01'], 'Förderkurs', 'IK_FOERDER'],
    [['A8', 'MB'], 'Deutsch und Beruf - Kurs für Frauen', 'SONST'],
    [['A8'], 'Erstorientierungskurs', 'EOK'],
    [[], 'Irgendein Kurs', 'SONST'],
  ])('12: %j and "%s" are %s', (codes, title, kind) => expect(kindOf(codes, title)).toBe(kind));

  it('13: at a distance, unless title or times say that some of it is not', async () => {
    const virtual = { unterrichtsform: { id: 5 } };
    expect((await one(virtual)).form).toBe('virtual');
    expect((await one({ ...virtual, angebot: { titel: 'B2 (teilweise virtuell)' } })).form).toBe('mixed');
    expect((await one({ ...virtual, unterrichtszeiten: 'Mo in Präsenz, Di online' })).form).toBe('mixed');
    expect((await one({ unterrichtsform: { id: 1 } })).form).toBe('presence');
  });

  it('14: nobody who is named as a contact is taken, nor the address of a logo', async () => {
    const [record] = recordsOf(
      await readPages(
        baPage([
          {
            ...baOffer({}),
            ansprechpartner: [{ vorname: 'CANARY-FIRST', nachname: 'CANARY-LAST', email: 'canary@example.invalid' }],
            angebot: { titel: 'T', bildungsanbieter: { name: 'P', logo: { url: 'http://canary.intern/1.png' } } },
          },
        ]),
      ),
    );
    expect(JSON.stringify(record)).not.toMatch(/canary/i);
  });

  it('15: a course that comes twice, also on two pages, is handed over twice with its dates: the newer one wins', async () => {
    const pages = [
      baPage([baOffer({ id: 5, aktualisierungsdatum: 2_000 })], { totalElements: 2, totalPages: 2 }),
      baPage([baOffer({ id: 5, aktualisierungsdatum: '1000' })], { totalElements: 2, totalPages: 2 }),
    ];
    const records = recordsOf(await readPages(...pages));
    expect(records.map(({ recordId, updatedAt }) => [recordId, updatedAt])).toEqual([
      ['5', 2_000],
      ['5', 1_000],
    ]);
  });

  it('16: what is over is hidden, what has begun is not', async () => {
    expect(visibleUntil(await one({ beginn: 1_768_172_400_000, ende: 1_793_314_800_000 }))).toBe('2026-10-30');
    expect(visibleUntil(await one({ beginn: 1_789_336_800_000, ende: 1_813_874_400_000 })) > '2026-12-01').toBe(true);
  });

  it('17: dates of one course have one title, provider and place, by which the list groups them', async () => {
    const [first, second] = [await one({ id: 1, beginn: 1_801_436_400_000 }), await one({ id: 2, beginn: null })];
    expect([second.title, second.provider, second.place]).toEqual([first.title, first.provider, first.place]);
  });

  it('18: a byte order mark is no letter; a count of 10,000 may be any number', async () => {
    const page = JSON.stringify(baPage([baOffer({})], { totalElements: 10_000, totalPages: 1 }));
    const readings = await read(`\ufeff${page}`);
    expect(recordsOf(readings)).toHaveLength(1);
    expect(readings.slice(-2)).toEqual([
      { kind: 'update' },
      { kind: 'note', line: 1, complaint: 'incomplete', field: undefined },
    ]);
  });
});

describe('a list in pages', () => {
  const counts = { totalElements: 3, totalPages: 2 };
  const [first, second] = [
    baPage([baOffer({ id: 1 }), baOffer({ id: 2 })], counts),
    baPage([baOffer({ id: 3 })], counts),
  ];
  it('is whole with all of them, in files or in one file', async () => {
    const ids = ['1', '2', '3'];
    for (const readings of [await readPages(first, second), await readPages([first, second])]) {
      expect(recordsOf(readings).map(({ recordId }) => recordId)).toEqual(ids);
      expect(readings).toHaveLength(3);
    }
  });
  it('leaves what it does not name where a page is missing', async () => {
    expect((await readPages(first)).map(({ kind }) => kind)).toEqual(['record', 'record', 'update', 'note']);
  });
});

describe('a hostile or broken file', () => {
  it('loses its broken courses and keeps the rest, and says which', async () => {
    const offers = [
      baOffer({ id: 1 }),
      { id: 2 },
      baOffer({ id: null }),
      'x',
      null,
      [],
      baOffer({ id: 3, angebot: { titel: ' ' } }),
    ];
    const readings = await readPages(baPage([...offers, baOffer({ id: 4 })]));
    expect(readings.flatMap((reading) => (reading.kind === 'refused' ? [[reading.line, reading.field]] : []))).toEqual([
      [2, 'angebot'],
      [3, 'id'],
      [4, undefined],
      [5, undefined],
      [6, undefined],
      [7, 'angebot.titel'],
    ]);
    expect(recordsOf(readings).map(({ recordId }) => recordId)).toEqual(['1', '4']);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'Hallo'],
    ['another JSON', '{"a": [1, 2, 3]}'],
    ['a number', '7'],
    ['one cut off in its list', JSON.stringify(baPage([baOffer({})])).slice(0, -40)],
    ['one cut off in a course', JSON.stringify(baPage([baOffer({})])).slice(0, 60)],
    ['brackets that do not fit', '{"_embedded": {"termine": [}]}'],
    ['brackets without end', '['.repeat(100_000)],
    ['a text without end', `{"termine": "${'x'.repeat(3_000_000)}`],
    ['Windows-1252', Buffer.from(JSON.stringify(baPage([baOffer({ angebot: { titel: 'Übung' } })])), 'latin1')],
    ['an archive', Buffer.from('PK\u0003\u0004\0\0')],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ])('%s cannot be read', async (_, content) => {
    expect((await read(content, 65_536)).at(-1)).toMatchObject({ kind: 'unreadable', complaint: 'format' });
  });

  it('of a course too large to be one takes the others', async () => {
    const huge = baOffer({ id: 2, bemerkung: 'x'.repeat(400_000) });
    const readings = await readPages(baPage([baOffer({ id: 1 }), huge, baOffer({ id: 3 })]));
    expect(readings.map(({ kind }) => kind)).toEqual(['record', 'refused', 'record']);
  });

  it('is read no further than its size allows', async () => {
    let pulled = 0;
    const endless = async function* () {
      for (;;) {
        pulled += 1;
        yield new TextEncoder().encode('{"a":"x"},'.repeat(100));
      }
    };
    expect((await all(readBa([endless], 10_000))).at(-1)).toMatchObject({ kind: 'unreadable', complaint: 'too-large' });
    expect(pulled).toBeLessThan(13);
  });

  it('never throws, and hands over nothing that the catalogue refuses, whatever stands in it', async () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant([]),
      fc.constant({}),
    );
    const names = [
      'beginn',
      'ende',
      'kostenWert',
      'kostenBemerkung',
      'adresse',
      'unterrichtsform',
      'link',
      'bemerkungZeit',
      'id',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...names), value),
        fc.dictionary(fc.constantFrom('titel', 'bildungsanbieter', 'systematiken', 'inhalt', 'zugang'), value),
        async (own, angebot) => {
          for (const reading of await readPages(
            baPage([{ ...baOffer({}), ...own, angebot: { titel: 'T', ...angebot } }]),
          ))
            if (reading.kind === 'record') expect(courseRecord.safeParse(reading.record).error).toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never throws, whatever the bytes', async () => {
    const text = JSON.stringify(baPage([baOffer({})]));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: text.length }),
        fc.constantFrom('"', '[', '}', '\\', ',', '\0', ':'),
        async (at, piece) => {
          await read(text.slice(0, at) + piece + text.slice(at), 64);
        },
      ),
      { numRuns: 200 },
    );
  });
});
