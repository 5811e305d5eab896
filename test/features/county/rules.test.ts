import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManagerCapacity, Municipality } from '../../../src/features/county/model.ts';
import { pickManager, searchMunicipalities } from '../../../src/features/county/rules.ts';

/** The county's 25, from Destatis and GeoNames: ags, name, postal code, latitude, longitude. */
const COUNTY: readonly Municipality[] = (
  [
    ['08235006', 'Altensteig', '72213', 48.5865, 8.604],
    ['08235007', 'Althengstett', '75382', 48.7232, 8.7943],
    ['08235008', 'Bad Liebenzell', '75378', 48.7743, 8.7297],
    ['08235018', 'Dobel', '75335', 48.8, 8.5],
    ['08235020', 'Ebhausen', '72224', 48.5833, 8.6833],
    ['08235022', 'Egenhausen', '72227', 48.5667, 8.6167],
    ['08235025', 'Enzklösterle', '75337', 48.6664, 8.4708],
    ['08235029', 'Gechingen', '75391', 48.6953, 8.8291],
    ['08235032', 'Haiterbach', '72221', 48.5207, 8.6443],
    ['08235033', 'Bad Herrenalb', '76332', 48.7979, 8.4362],
    ['08235035', 'Höfen an der Enz', '75339', 48.8, 8.5833],
    ['08235046', 'Nagold', '72202', 48.5498, 8.7237],
    ['08235047', 'Neubulach', '75387', 48.6609, 8.6961],
    ['08235050', 'Neuweiler', '75389', 48.6667, 8.6],
    ['08235055', 'Oberreichenbach', '75394', 48.7333, 8.6667],
    ['08235057', 'Ostelsheim', '75395', 48.7263, 8.8482],
    ['08235060', 'Rohrdorf', '72229', 48.5667, 8.7],
    ['08235065', 'Schömberg', '75328', 48.7871, 8.645],
    ['08235066', 'Simmersfeld', '72226', 48.6167, 8.5167],
    ['08235067', 'Simmozheim', '75397', 48.7513, 8.8114],
    ['08235073', 'Unterreichenbach', '75399', 48.825, 8.7088],
    ['08235079', 'Bad Wildbad', '75323', 48.75, 8.55],
    ['08235080', 'Wildberg', '72218', 48.6234, 8.7452],
    ['08235084', 'Bad Teinach-Zavelstein', '75385', 48.6905, 8.6928],
    ['08235085', 'Calw', '75365', 48.7142, 8.7403],
  ] as const
).map(([ags, name, postalCode, lat, lon]) => ({ ags, name, kind: 'Gemeinde', postalCode, lat, lon }));

/** 'exact Calw', 'near Altensteig, Althengstett', 'outside' or 'none'. */
const search = (typed: string, all = COUNTY): string => {
  const found = searchMunicipalities(all, typed);
  if (found.kind === 'exact') return `exact ${found.municipality.name}`;
  return found.kind === 'near' ? `near ${found.municipalities.map(({ name }) => name).join(', ')}` : found.kind;
};

const withoutUmlauts = (name: string) => name.replaceAll('ö', 'o');
const inAscii = (name: string) => name.replaceAll('ö', 'oe');

describe('a municipality is found', () => {
  it.each([
    ['CALW', 'Calw'],
    ['  calw ', 'Calw'],
    ['Stadt Nagold', 'Nagold'],
    ['enzkloesterle', 'Enzklösterle'],
    ['Schomberg', 'Schömberg'],
    ['Scho\u0308mberg', 'Schömberg'],
    ['Bad-Liebenzell', 'Bad Liebenzell'],
    ['badteinach zavelstein', 'Bad Teinach-Zavelstein'],
    ['Wildbad', 'Bad Wildbad'],
    ['Bad Wildbad im Schwarzwald', 'Bad Wildbad'],
    ['Höfen/Enz', 'Höfen an der Enz'],
    ['Höfen a. d. Enz', 'Höfen an der Enz'],
    ['Hofen', 'Höfen an der Enz'],
    ['hoefen', 'Höfen an der Enz'],
  ])('by its name as people write it: %s', (typed, name) => {
    expect(search(typed)).toBe(`exact ${name}`);
  });

  it('by its own name in any case and with its umlauts written in any way', () => {
    const anyName = fc.constantFrom(...COUNTY).chain((town) =>
      fc.record({
        town: fc.constant(town),
        name: fc
          .constantFrom(town.name, withoutUmlauts(town.name), inAscii(town.name), town.name.normalize('NFD'))
          .chain((name) =>
            fc
              .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
              .map((upper) => [...name].map((c, i) => (upper[i] ? c.toUpperCase() : c.toLowerCase())).join('')),
          ),
        joint: fc.constantFrom(' ', '-', '  ', ''),
      }),
    );
    fc.assert(
      fc.property(anyName, ({ town, name, joint }) => {
        expect(searchMunicipalities(COUNTY, name.replaceAll(/[ -]/g, joint))).toEqual({
          kind: 'exact',
          municipality: town,
        });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['alteng', 'Altensteig, Althengstett'],
    ['neu', 'Neubulach, Neuweiler'],
    ['bad', 'Bad Herrenalb, Bad Liebenzell, Bad Teinach-Zavelstein, Bad Wildbad'],
    ['wildb', 'Bad Wildbad, Wildberg'],
    ['zavelstein', 'Bad Teinach-Zavelstein'],
    ['teinach', 'Bad Teinach-Zavelstein'],
    ['reichenbach', 'Oberreichenbach, Unterreichenbach'],
    ['enzkl', 'Enzklösterle'],
  ])('by a part of its name: %s', (typed, names) => {
    expect(search(typed)).toBe(`near ${names}`);
  });

  it.each([
    ['Altensteeg', 'Altensteig'],
    ['Nagolt', 'Nagold'],
    ['Nagodl', 'Nagold'],
    ['Kalw', 'Calw'],
    ['Kalf', 'Calw'],
    ['Schönberg', 'Schömberg'],
    ['Simersfeld', 'Simmersfeld'],
    ['Gechignen', 'Gechingen'],
    ['Hernalb', 'Bad Herrenalb'],
    ['Rohrdof', 'Rohrdorf'],
  ])('in spite of a typing error: %s', (typed, name) => {
    expect(search(typed)).toBe(`near ${name}`);
  });

  it.each([
    ['Ich wohne in Nagold', 'Nagold'],
    ['ich wohne in nagolt', 'Nagold'],
    ['Calw-Stammheim', 'Calw'],
    ['Bad Wildbad (Schwarzwald)', 'Bad Wildbad'],
    ['Nagold-Gündringen', 'Nagold'],
    ['Neuweiler bei Böblingen', 'Neuweiler'],
    ['انا اسكن في ناغولد', 'Nagold'],
    ['من در کالو زندگی می‌کنم', 'Calw'],
  ])('within more words: %s', (typed, name) => {
    expect(search(typed)).toBe(`near ${name}`);
  });

  it.each([
    ['Calw', 'كالف كالڤ قالف كالو'],
    ['Calw', 'کالو کالف کالوه'],
    ['Calw', 'ካልቭ ካልው ካልፍ ቃልቭ'],
    ['Nagold', 'ناغولد ناجولد ناكولد'],
    ['Nagold', 'نگولد ناگولد'],
    ['Nagold', 'ናጎልድ ናጎልት ናገልድ'],
    ['Altensteig', 'التنشتايغ ألتنشتايج ألتنستايغ'],
    ['Altensteig', 'آلتنشتایگ آلتن‌اشتایگ'],
    ['Altensteig', 'ኣልተንስታይግ ኣልተንሽታይግ'],
    ['Wildberg', 'فيلدبرغ فيلدبيرج ویلدبرگ وایلدبرگ ቪልድበርግ'],
    ['Bad Wildbad', 'فيلدباد ویلدباد ቪልድባድ'],
    ['Neuweiler', 'نويفايلر نویوایلر ኖይቫይለር'],
    ['Haiterbach', 'هايترباخ هایترباخ ሃይተርባኽ'],
    ['Höfen an der Enz', 'هوفن ሆፈን'],
    ['Schömberg', 'شومبرغ شومبرگ ሾምበርግ'],
    ['Ebhausen', 'إيبهاوزن ابهاوزن'],
    ['Dobel', 'دوبل ዶበል'],
    ['Simmozheim', 'سيموتسهايم ሲሞጽሃይም'],
  ])('%s by ear, in each of: %s', (name, spellings) => {
    for (const typed of spellings.split(' ')) expect(`${typed}: ${search(typed)}`).toBe(`${typed}: near ${name}`);
  });

  it('by two words in other scripts', () => {
    for (const typed of ['باد فيلدباد', 'باد ویلدباد', 'ባድ ቪልድባድ']) expect(search(typed)).toBe('near Bad Wildbad');
    expect(search('التن')).toBe('near Altensteig, Althengstett');
  });
});

describe('a postal code', () => {
  it.each([
    ['75365', 'exact Calw'],
    ['75 365', 'exact Calw'],
    ['D-75365', 'exact Calw'],
    ['٧٥٣٦٥', 'exact Calw'],
    ['۷۲۲۰۲', 'exact Nagold'],
    ['75365 Calw', 'exact Calw'],
    ['75365 Stammheim', 'exact Calw'],
    ['75365 Nagold', 'near Calw, Nagold'],
    ['71111 Calw', 'near Calw'],
    ['75392', 'outside'],
    ['70173', 'outside'],
    ['00000', 'none'],
    ['7536', 'none'],
    ['753650', 'none'],
  ])('%s is %s', (typed, expected) => {
    expect(search(typed)).toBe(expected);
  });

  it('of several municipalities asks which one', () => {
    const shared = COUNTY.map((town) => (town.name === 'Neuweiler' ? { ...town, postalCode: '75387' } : town));
    expect(search('75387', shared)).toBe('near Neubulach, Neuweiler');
    expect(search('75387 Neuweiler', shared)).toBe('exact Neuweiler');
  });

  it.each(['72200', '75162', '75363'])('of a large customer is nobody’s home: %s', (code) => {
    expect(search(code)).toBe('none');
    expect(search(`${code} Calw`)).toBe('exact Calw');
  });
});

describe('a place outside the county', () => {
  it.each(
    [
      'Pforzheim, Stuttgart, Böblingen, Sindelfingen, Herrenberg, Freudenstadt, Tübingen, Karlsruhe, Horb, Deckenpfronn',
      'Weil der Stadt, Leonberg, Renningen, Rottenburg, Baden-Baden, Gernsbach, Neuenbürg, baden baden, TUEBINGEN',
      'Pforzhiem, Stuttgard, Horb am Neckar, ich wohne in Stuttgart',
      'شتوتغارت, اشتوتگارت, ሽቱትጋርት, فورتسهايم, بفورتسهايم, ፕፎርጽሃይም',
    ].flatMap((line) => line.split(', ')),
  )('is said to be outside: %s', (typed) => {
    expect(search(typed)).toBe('outside');
  });

  it('is not guessed from what could be one of ours', () => {
    expect(search('Herrenal')).toBe('near Bad Herrenalb');
    expect(search('Wildburg')).toBe('near Wildberg');
  });
});

describe('what means no place', () => {
  it.each([
    '',
    '   ',
    'c',
    'Aleppo',
    'Kabul',
    'Asmara',
    'hallo',
    'ja',
    'termin',
    '😀😀😀',
    '.*+?^$',
    '((((((',
    '\\',
    '\u200f',
  ])('finds nothing: "%s"', (typed) => {
    expect(search(typed)).toBe('none');
  });

  it.each(['حلب', 'مرحبا', 'سلام', 'ሰላም', 'موعد', 'نعم', 'لا', 'ሓሙስ'])(
    'finds nothing in other scripts: %s',
    (typed) => {
      expect(search(typed)).toBe('none');
    },
  );

  it('finds nothing in a county without municipalities', () => {
    expect(search('Calw', [])).toBe('none');
    expect(search('Xyz', [])).toBe('none');
  });

  it('is answered safely and quickly, however hostile', () => {
    const hostile = ['a', ' ', '😀', '(', '٣', 'ﷺ', 'ሀ', 'calw ', '(a+)+$', '\u0301', '75365 ', '\ud800'];
    for (const piece of hostile) {
      for (const length of [79, 80, 81, 5000]) {
        const typed = piece.repeat(length).slice(0, length);
        const began = performance.now();
        searchMunicipalities(COUNTY, typed);
        expect(performance.now() - began).toBeLessThan(100);
      }
    }
  });

  it('never throws, and names at most six', () => {
    const letters = fc.constantFrom(...'abdefhilnorswzäöüß -ابدرنلفوکگناሀለመረሰቀበ0123456789٣');
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.array(letters, { maxLength: 20 }).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(anyText, (typed) => {
        const found = searchMunicipalities(COUNTY, typed);
        if (found.kind === 'near') {
          expect(found.municipalities.length).toBeGreaterThan(0);
          expect(found.municipalities.length).toBeLessThanOrEqual(6);
          expect(new Set(found.municipalities).size).toBe(found.municipalities.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the manager for a new person', () => {
  const manager = (managerId: string, own: Partial<ManagerCapacity> = {}): ManagerCapacity => ({
    managerId,
    workingDaysPerWeek: 5,
    clients: 50,
    accepts: true,
    ...own,
  });

  it('has the fewest clients per working day', () => {
    expect(pickManager([manager('a'), manager('b', { clients: 49 })])).toBe('b');
    expect(pickManager([manager('a'), manager('b', { clients: 26, workingDaysPerWeek: 2.5 })])).toBe('a');
    expect(pickManager([manager('a'), manager('b', { clients: 24, workingDaysPerWeek: 2.5 })])).toBe('b');
  });

  it('is the first by id of equals, in whichever order they come', () => {
    expect(pickManager([manager('b'), manager('a')])).toBe('a');
    expect(pickManager([manager('a'), manager('b')])).toBe('a');
    expect(pickManager([manager('b', { clients: 25, workingDaysPerWeek: 2.5 }), manager('a')])).toBe('a');
  });

  it('accepts people and works', () => {
    expect(pickManager([manager('a', { accepts: false, clients: 0 }), manager('b')])).toBe('b');
    expect(pickManager([manager('a', { workingDaysPerWeek: 0, clients: 0 }), manager('b')])).toBe('b');
    expect(pickManager([manager('a', { accepts: false }), manager('b', { workingDaysPerWeek: 0 })])).toBeUndefined();
    expect(pickManager([])).toBeUndefined();
  });
});
