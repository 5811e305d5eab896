import { z } from 'zod';
import { type Day, dayOf, type Instant, instant } from '../../platform/datetime.ts';
import type { CourseRecord, Reading } from './model.ts';
import { cutList } from './source-json.ts';
import { costOf, groupOf, joined, kindOf, lessonsIn, levelsOf, permitIn, womenOnlyIn } from './source-kind.ts';
import { coordinates, isFormula, phoneNumber, plainLine, plainText, webAddress } from './source-text.ts';

// The Bundesagentur's list of language courses ("sprachfoerderung"). Nobody promises its shape: whatever is not needed may
// be missing, of another type, or new.

/** As large as a file of 20,000 courses may become. */
export const LARGEST_LIST = 192 * 2 ** 20;
/** The service counts no further than this. */
const COUNTED = 10_000;
/** Who to ask where the list names no provider. */
const ASK = 'Bundesagentur für Arbeit';

/** What is of another type than expected is not known. */
const lenient = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);
const text = lenient(z.union([z.string(), z.number()]).transform(String));
const number = lenient(z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number()));
const flag = lenient(z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]));
const LATEST = 4_102_444_800_000;

/** Milliseconds, as a number or as text: midnight in Berlin, which is the day before in Greenwich. */
const moment = lenient(
  z
    .union([z.number(), z.string().trim().min(1).transform(Number)])
    .pipe(z.number().int().min(0).max(LATEST))
    .transform((ms): Instant => instant(ms)),
);

const address = lenient(
  z.looseObject({
    bezeichnung: text,
    strasse: text,
    hinweise: text,
    ortStrasse: lenient(z.looseObject({ plz: text, name: text })),
    koordinaten: lenient(z.looseObject({ lat: z.unknown(), lon: z.unknown() })),
  }),
);

const offer = z.looseObject({
  id: z.union([z.number().int(), z.string().regex(/^\d{1,18}$/)]).transform(String),
  beginn: moment,
  ende: moment,
  anmeldeschluss: moment,
  aktualisierungsdatum: moment,
  individuellerEinstieg: flag,
  unterrichtsform: lenient(z.looseObject({ id: number })),
  unterrichtszeiten: text,
  bemerkungZeit: text,
  bemerkung: text,
  kostenWert: number,
  kostenBemerkung: text,
  link: text,
  adresse: address,
  angebot: z.looseObject({
    titel: z.string().refine((title) => plainLine(title, 200) !== undefined),
    inhalt: text,
    foerderung: text,
    zugang: text,
    zielgruppe: text,
    link: text,
    traeger: text,
    systematiken: lenient(z.array(z.unknown())),
    bildungsanbieter: lenient(
      z.looseObject({
        name: text,
        telefonVorwahl: text,
        telefonDurchwahl: text,
        email: text,
        homepage: text,
        adresse: address,
      }),
    ),
  }),
});
type Offer = z.output<typeof offer>;

const code = z.looseObject({ codeNr: z.string() });

const says = (raw: string | null | undefined, longest = 2_000): string =>
  raw === null || raw === undefined ? '' : (plainText(raw, longest) ?? '');
/** A name or a place. What a spreadsheet would calculate is neither. */
const lineOf = (raw: string | null | undefined, longest: number): string | undefined =>
  raw === null || raw === undefined || isFormula(raw) ? undefined : plainLine(raw, longest);
const day = (at: Instant | null | undefined): Day | undefined =>
  at === null || at === undefined ? undefined : dayOf(at);

/** 4 and 5 are taught at a distance, unless the title or the times say that some of it is not. */
function formOf(form: number | null | undefined, title: string, times: string): CourseRecord['form'] {
  const isVirtual = form === 4 || form === 5;
  const isMixed =
    /teilweise (?:virtuell|online)|hybrid|\bblended\b/i.test(title) || (isVirtual && /in präsenz/i.test(times));
  return isMixed ? 'mixed' : isVirtual ? 'virtual' : 'presence';
}

const TIME_MODES: Readonly<Record<number, CourseRecord['timeMode']>> = {
  1: 'full',
  2: 'part',
  3: 'weekend',
  6: 'block',
};

function timeModeOf(form: number | null | undefined, words: string): CourseRecord['timeMode'] {
  const byForm = TIME_MODES[form ?? 0];
  if (byForm !== undefined) return byForm;
  return /teilzeit|abendkurs/i.test(words) ? 'part' : /vollzeit/i.test(words) ? 'full' : 'unknown';
}

/** Who pays is only told where it tells what one pays oneself. */
const aboutMoney = (funding: string): string => (/kosten|beitrag|gebühr|€|euro/i.test(funding) ? funding : '');

/** Where it is held; of the head office it is not certain. */
function placeOf(one: Offer): CourseRecord['place'] {
  const own = one.adresse ?? undefined;
  const found = own ?? one.angebot.bildungsanbieter?.adresse ?? undefined;
  const postalCode = found?.ortStrasse?.plz?.trim();
  // "Altensteig, Württemberg": what stands behind the comma is a region.
  const city = found?.ortStrasse?.name?.split(',')[0];
  const point =
    found?.koordinaten === null || found?.koordinaten === undefined
      ? undefined
      : coordinates(found.koordinaten.lat, found.koordinaten.lon);
  return {
    postalCode: postalCode !== undefined && /^\d{5}$/.test(postalCode) ? postalCode : undefined,
    city: lineOf(city, 100),
    street: lineOf(found?.strasse, 150),
    ...point,
    confirmed: own !== undefined,
  };
}

function webOf(...addresses: readonly (string | null | undefined)[]): string | undefined {
  return addresses
    .map((one) => (one === null || one === undefined || one.length > 280 ? undefined : webAddress(one.trim())))
    .find((one) => one !== undefined);
}

/** The organisation. Whoever is named as a contact is not taken, neither is the logo, whose address is an internal one. */
function providerOf({ link, angebot }: Offer): CourseRecord['provider'] {
  const from = angebot.bildungsanbieter ?? undefined;
  const mail = from?.email?.trim() ?? '';
  return {
    name: lineOf(says(from?.name), 200) ?? lineOf(says(angebot.traeger), 200) ?? ASK,
    phone: phoneNumber(`${from?.telefonVorwahl ?? ''}${from?.telefonDurchwahl ?? ''}`),
    mail: z.email().max(150).safeParse(mail).data,
    url: webOf(link, angebot.link, from?.homepage),
  };
}

function recordOf(one: Offer): CourseRecord {
  const { angebot } = one;
  const title = plainLine(angebot.titel, 200) ?? '';
  const codes = (angebot.systematiken ?? []).flatMap((given) => code.safeParse(given).data?.codeNr.trim() ?? []);
  const kind = kindOf(codes, title);
  const times = says(one.unterrichtszeiten);
  const when = says(one.bemerkungZeit);
  const content = says(angebot.inhalt);
  const conditions = says(angebot.zugang);
  const startsOn = day(one.beginn);
  const endsOn = day(one.ende);
  const isRolling = one.individuellerEinstieg === true;
  return {
    recordId: one.id,
    group: groupOf(codes),
    kind,
    title,
    ...levelsOf(kind, title, conditions),
    lessons: lessonsIn(title, content),
    startKind: isRolling ? 'rolling' : startsOn === undefined ? 'ask' : 'date',
    startsOn,
    // An end before the start says nothing.
    endsOn: startsOn !== undefined && endsOn !== undefined && endsOn < startsOn ? undefined : endsOn,
    registerUntil: day(one.anmeldeschluss),
    daysTimes: plainText(times, 400),
    form: formOf(one.unterrichtsform?.id, title, `${times} ${when}`),
    timeMode: timeModeOf(one.unterrichtsform?.id, `${title} ${times}`),
    place: placeOf(one),
    provider: providerOf(one),
    ...costOf(one.kostenWert ?? undefined, says(one.kostenBemerkung) || aboutMoney(says(angebot.foerderung))),
    // There is no field for it: what the text says is in the remarks, and the provider is asked.
    childCare: 'unknown',
    womenOnly: womenOnlyIn(kind, title),
    permitNeeded: permitIn(conditions),
    audience: plainText(says(angebot.zielgruppe), 300),
    // Dates that stand in a text are shown as a text.
    remarks: joined(800, when, says(one.bemerkung), conditions, content, says(one.adresse?.hinweise)),
    updatedAt: one.aktualisierungsdatum ?? undefined,
  };
}

function readElement(json: string, line: number): Reading {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    return { kind: 'refused', line, complaint: 'record', field: undefined };
  }
  const parsed = offer.safeParse(given);
  if (parsed.success) {
    return isFormula(parsed.data.angebot.titel)
      ? { kind: 'refused', line, complaint: 'formula', field: 'angebot.titel' }
      : { kind: 'record', line, record: recordOf(parsed.data) };
  }
  const field = parsed.error.issues[0]?.path.join('.');
  return { kind: 'refused', line, complaint: 'missing', field: field === '' ? undefined : field };
}

/** How much of the list a page is, by what stands around its courses. */
const counts = z.looseObject({ totalElements: number, totalPages: number });
const envelope = z.looseObject({
  page: lenient(counts),
  _embedded: lenient(z.looseObject({ page: lenient(counts) })),
});

export interface PageFacts {
  /** How many courses were in it, also broken ones. */
  readonly count: number;
  /** How many there are in all, and on how many pages, where it says so. */
  readonly total: number | undefined;
  readonly pages: number | undefined;
}

/**
 * One page of the list: the whole of it in a file, or what one request answers. Resolves to how much it was, or to
 * undefined when it cannot be read, which it has said by then. `before` courses came on the pages before it.
 */
export async function* readBaPage(
  chunks: AsyncIterable<Uint8Array>,
  before: number,
  largestBytes = LARGEST_LIST,
): AsyncGenerator<Reading, PageFacts | undefined> {
  let count = 0;
  for await (const cut of cutList(chunks, 'termine', largestBytes)) {
    const line = before + count + 1;
    if (cut.kind === 'broken') {
      yield { kind: 'unreadable', line, complaint: cut.complaint, field: undefined };
      return undefined;
    }
    if (cut.kind === 'rest') {
      const facts = factsOf(cut.text);
      if (facts !== undefined) return { count, ...facts };
      yield { kind: 'unreadable', line, complaint: 'format', field: undefined };
      return undefined;
    }
    count += 1;
    yield cut.kind === 'oversized'
      ? { kind: 'refused', line, complaint: 'too-long', field: undefined }
      : readElement(cut.text, line);
  }
  return undefined;
}

/** Links, page and counts stand beside the list in real answers, and within `_embedded` in the description. */
function factsOf(json: string): Pick<PageFacts, 'total' | 'pages'> | undefined {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    return undefined;
  }
  const one = z.union([envelope.transform((page) => [page]), z.array(envelope).min(1)]).safeParse(given).data;
  if (one === undefined) return undefined;
  // Any other table of values is not this list: one of its own names must be there.
  const isList = (page: z.output<typeof envelope>) => '_embedded' in page || 'termine' in page || 'page' in page;
  if (!one.every(isList)) return undefined;
  const [found] = one.map(({ page, _embedded }) => page ?? _embedded?.page ?? undefined);
  return { total: found?.totalElements ?? undefined, pages: found?.totalPages ?? undefined };
}

/** What is said at the end of a list of which a part is missing: nothing vanishes for not being in it. */
export function* endOfList(read: number, total: number | undefined): Generator<Reading> {
  if (total === undefined || (read >= total && total < COUNTED)) return;
  yield { kind: 'update' };
  yield { kind: 'note', line: read, complaint: 'incomplete', field: undefined };
}

/** The list in one file or several, a page or more in each. Never throws for what stands in them. */
export async function* readBa(
  files: readonly (() => AsyncIterable<Uint8Array>)[],
  largestBytes = LARGEST_LIST,
): AsyncGenerator<Reading> {
  let read = 0;
  let total: number | undefined;
  for (const open of files) {
    const facts = yield* readBaPage(open(), read, largestBytes);
    if (facts === undefined) return;
    read += facts.count;
    if (facts.total !== undefined) total = Math.max(total ?? 0, facts.total);
  }
  yield* endOfList(read, total);
}
