import { z } from 'zod';
import { type Day, day } from '../../platform/datetime.ts';
import type { Complaint, CourseRecord, Reading } from './model.ts';
import { costOf, groupOf, joined, kindOf, lessonsIn, levelsOf, permitIn, womenOnlyIn } from './source-kind.ts';
import { isFormula, phoneNumber, plainLine, plainText, webAddress } from './source-text.ts';
import { findElement, readXml, wordsAt, type XmlElement } from './source-xml.ts';

// openQ-cat V1.1: what providers deliver to KURSNET. A course is one "Angebot" (what it is) and any number of
// "Veranstaltungen" (when and where), held together by COURSE_ID.

/** As large as a catalogue of 20,000 courses may become. */
export const LARGEST_CATALOGUE = 256 * 2 ** 20;
/** So many courses wait for their Veranstaltungen: mostly they follow at once, in whatever order up to this many. */
const COURSES_OPEN = 500;
/** And so many of them for one course. */
const RUNS_OPEN = 500;
const SUPPLIERS = 1_000;

const NAMES = { root: 'OPENQCAT', outer: ['NEW_CATALOG', 'UPDATE_CATALOG'], whole: ['SUPPLIER', 'SERVICE'] } as const;

/** The days are those of the wall calendar; what stands behind them (midnight, a zone of summer in winter) is not. */
function dayAt(from: XmlElement, ...path: readonly string[]): Day | undefined {
  const text = wordsAt(from, ...path)?.slice(0, 10) ?? '';
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? day(text) : undefined;
  } catch {
    return undefined;
  }
}

type Provider = CourseRecord['provider'];
const words = (text: string | undefined): string => (text === undefined ? '' : (plainText(text, 2_000) ?? ''));
/** A name, a place or an id. What a spreadsheet would calculate is none. */
const lineOf = (text: string | undefined, longest: number) =>
  text === undefined || isFormula(text) ? undefined : plainLine(text, longest);

function webOf(text: string | undefined): string | undefined {
  return text === undefined || text.length > 280 ? undefined : webAddress(text);
}

/** The organisation; its contact people are not taken. */
function providerOf(supplier: XmlElement): Provider | undefined {
  const name = lineOf(wordsAt(supplier, 'SUPPLIER_NAME') ?? wordsAt(supplier, 'ADDRESS', 'NAME'), 200);
  if (name === undefined) return undefined;
  return {
    name,
    phone: phoneNumber(wordsAt(supplier, 'ADDRESS', 'PHONE') ?? ''),
    mail: z
      .email()
      .max(150)
      .safeParse(wordsAt(supplier, 'ADDRESS', 'EMAILS', 'EMAIL')).data,
    url: webOf(wordsAt(supplier, 'ADDRESS', 'URL')),
  };
}

interface Dates {
  readonly startsOn: Day | undefined;
  readonly endsOn: Day | undefined;
}

/** What a SERVICE says of when and where. */
interface Run {
  readonly line: number;
  readonly id: string;
  readonly dates: Dates;
  readonly isRolling: boolean;
  readonly daysTimes: string | undefined;
  readonly form: CourseRecord['form'] | undefined;
  readonly timeMode: CourseRecord['timeMode'];
  readonly place: CourseRecord['place'];
  readonly announcedUntil: Day | undefined;
  readonly supplier: string;
  readonly url: string | undefined;
  readonly what: What;
}

/** What a SERVICE says of the course itself; a Veranstaltung mostly says nothing. */
interface What {
  readonly title: string | undefined;
  readonly codes: readonly string[];
  readonly content: string;
  readonly conditions: string;
  readonly audience: string | undefined;
  readonly price: number | undefined;
  readonly priceText: string;
}

function formOf(type: string): CourseRecord['form'] | undefined {
  switch (type[0]) {
    case '1':
      return 'presence';
    case '2':
    case '4':
      return 'virtual';
    case '3':
      return 'mixed';
    default:
      return undefined;
  }
}

function placeOf(module: XmlElement | undefined): CourseRecord['place'] {
  const location = module === undefined ? undefined : findElement(module, 'LOCATION');
  if (location === undefined) return { confirmed: false };
  const postalCode = wordsAt(location, 'ZIP');
  return {
    postalCode: postalCode !== undefined && /^\d{5}$/.test(postalCode) ? postalCode : undefined,
    city: lineOf(wordsAt(location, 'CITY')?.split(',')[0], 100),
    street: lineOf(wordsAt(location, 'STREET'), 150),
    confirmed: wordsAt(location, 'CITY') !== undefined || postalCode !== undefined,
  };
}

function whatOf(service: XmlElement, details: XmlElement): What {
  const classes = findElement(service, 'SERVICE_CLASSIFICATION')?.children ?? [];
  const price = Number(
    wordsAt(service, 'SERVICE_PRICE_DETAILS', 'SERVICE_PRICE', 'PRICE_AMOUNT')?.replace(',', '.') ?? NaN,
  );
  return {
    title: lineOf(wordsAt(details, 'TITLE'), 200),
    codes: classes.flatMap((one) => (one.name === 'FEATURE' ? (wordsAt(one, 'FNAME') ?? []) : [])),
    content: words(wordsAt(details, 'DESCRIPTION_LONG')),
    conditions: words(wordsAt(details, 'TERMS_AND_CONDITIONS')),
    audience: plainText(words(wordsAt(details, 'TARGET_GROUP', 'TARGET_GROUP_TEXT')), 300),
    price: Number.isFinite(price) ? price : undefined,
    priceText: words(wordsAt(service, 'SERVICE_PRICE_DETAILS', 'REMARKS')),
  };
}

interface Service {
  readonly courseId: string;
  readonly isOffer: boolean;
  readonly run: Run;
}

/** One SERVICE, or which of its elements is missing. */
function serviceOf(service: XmlElement): Service | { readonly missing: string } {
  const id = lineOf(wordsAt(service, 'PRODUCT_ID'), 120);
  if (id === undefined) return { missing: 'PRODUCT_ID' };
  const details = findElement(service, 'SERVICE_DETAILS');
  const education = details === undefined ? undefined : findElement(details, 'SERVICE_MODULE', 'EDUCATION');
  if (details === undefined || education === undefined) return { missing: 'EDUCATION' };
  const info = findElement(education, 'EXTENDED_INFO');
  const typeOf = (name: string) => (info === undefined ? undefined : findElement(info, name))?.attributes.type ?? '';
  const module = findElement(education, 'MODULE_COURSE');
  const time = typeOf('INSTRUCTION_TIME');
  const remarks = module === undefined ? undefined : wordsAt(module, 'INSTRUCTION_REMARKS');
  return {
    courseId: wordsAt(education, 'COURSE_ID')?.slice(0, 200) ?? id,
    isOffer: education.attributes.type !== 'false',
    run: {
      line: service.line,
      id,
      dates: {
        startsOn: dayAt(details, 'SERVICE_DATE', 'START_DATE'),
        endsOn: dayAt(details, 'SERVICE_DATE', 'END_DATE'),
      },
      isRolling: module !== undefined && wordsAt(module, 'FLEXIBLE_START') === 'true',
      daysTimes: joined(400, words(wordsAt(details, 'SERVICE_DATE', 'DATE_REMARKS')), words(remarks)),
      form: formOf(typeOf('INSTRUCTION_FORM')),
      timeMode: time === '1' ? 'full' : time === '2' ? 'part' : 'unknown',
      place: placeOf(module),
      announcedUntil: dayAt(details, 'ANNOUNCEMENT', 'END_DATE'),
      supplier: wordsAt(service, 'SUPPLIER_ID_REF') ?? '',
      url: webOf(wordsAt(education, 'MIME_INFO', 'MIME_ELEMENT', 'MIME_SOURCE')),
      what: whatOf(service, details),
    },
  };
}

/** A course that is being put together. */
interface Course {
  offer: Run | undefined;
  readonly runs: Run[];
}

const sameRun = (one: Run, other: Run): boolean =>
  one.dates.startsOn === other.dates.startsOn &&
  one.dates.endsOn === other.dates.endsOn &&
  one.place.postalCode === other.place.postalCode &&
  one.place.city === other.place.city &&
  one.place.street === other.place.street;

/**
 * The occurrences of a course: its Veranstaltungen. The Angebot is one of its own where there is no Veranstaltung, or where
 * it has dates that none of them has: mostly it repeats those of the first.
 */
function occurrences({ offer, runs }: Course): readonly Run[] {
  if (offer === undefined) return runs;
  const isOwn = runs.length === 0 || (offer.dates.startsOn !== undefined && !runs.some((run) => sameRun(run, offer)));
  return isOwn ? [offer, ...runs] : runs;
}

/** Its own place, else that of its course, which somebody should confirm. A virtual one needs none. */
function placed(run: Run, offer: Run | undefined, form: CourseRecord['form']): CourseRecord['place'] {
  if (form === 'virtual') return { ...run.place, confirmed: true };
  return run.place.confirmed ? run.place : { ...(offer?.place ?? run.place), confirmed: false };
}

/** A Veranstaltung as it is, the rest as its Angebot says. */
function readingOf(run: Run, offer: Run | undefined, providers: ReadonlyMap<string, Provider>): Reading {
  const own = run.what;
  const from = offer?.what ?? own;
  const refused = (complaint: Complaint, field: string): Reading => ({
    kind: 'refused',
    line: run.line,
    complaint,
    field,
  });
  const title = own.title ?? from.title;
  if (title === undefined) return refused('missing', 'TITLE');
  const provider = providers.get(run.supplier) ?? providers.get(offer?.supplier ?? '') ?? [...providers.values()][0];
  if (provider === undefined) return refused('missing', 'SUPPLIER');
  const codes = own.codes.length > 0 ? own.codes : from.codes;
  const conditions = own.conditions || from.conditions;
  const content = own.content || from.content;
  const kind = kindOf(codes, title);
  const { startsOn, endsOn } = run.dates;
  const form = run.form ?? offer?.form ?? 'presence';
  const url = run.url ?? offer?.url ?? provider.url;
  const record: CourseRecord = {
    recordId: run.id,
    group: groupOf(codes),
    kind,
    title,
    ...levelsOf(kind, title, conditions),
    lessons: lessonsIn(title, content),
    startKind: run.isRolling ? 'rolling' : startsOn === undefined ? 'ask' : 'date',
    startsOn,
    endsOn: startsOn !== undefined && endsOn !== undefined && endsOn < startsOn ? undefined : endsOn,
    daysTimes: run.daysTimes ?? offer?.daysTimes,
    form,
    timeMode: run.timeMode === 'unknown' ? (offer?.timeMode ?? 'unknown') : run.timeMode,
    place: placed(run, offer, form),
    provider: { ...provider, url },
    ...costOf(own.price ?? from.price, own.priceText || from.priceText),
    childCare: 'unknown',
    womenOnly: womenOnlyIn(kind, title),
    permitNeeded: permitIn(conditions),
    audience: own.audience ?? from.audience,
    remarks: joined(800, content, conditions),
    // One generator announces a course until its end, another until registration ends. Before the announcement begins it
    // is shown as well: with the first of them that is the first day of the course.
    shownUntil: run.announcedUntil,
  };
  return { kind: 'record', line: run.line, record };
}

/**
 * A catalogue, full or an update, in one pass. A full one says of each of its courses whether it is there; an update says
 * what is new and what is deleted. Never throws for what stands in the file.
 */
export async function* readOpenQcat(
  chunks: AsyncIterable<Uint8Array>,
  largestBytes = LARGEST_CATALOGUE,
): AsyncGenerator<Reading> {
  const providers = new Map<string, Provider>();
  const courses = new Map<string, Course>();
  let hasCatalogue = false;
  function* settle(course: Course): Generator<Reading> {
    for (const run of occurrences(course)) yield readingOf(run, course.offer, providers);
  }
  for await (const event of readXml(chunks, NAMES, largestBytes)) {
    switch (event.kind) {
      case 'broken':
        return yield { kind: 'unreadable', line: event.line, complaint: event.complaint, field: undefined };
      case 'oversized':
        yield { kind: 'refused', line: event.line, complaint: 'too-long', field: undefined };
        break;
      case 'outer':
        hasCatalogue = true;
        if (event.name !== 'NEW_CATALOG' || event.attributes.FULLCATALOG !== 'true') yield { kind: 'update' };
        break;
      case 'whole': {
        const { element, within } = event;
        if (element.name === 'SUPPLIER') {
          const provider = providerOf(element);
          const id = wordsAt(element, 'SUPPLIER_ID') ?? '';
          if (provider !== undefined && providers.size < SUPPLIERS) providers.set(id, provider);
          break;
        }
        if (within.at(-1) === 'DELETE') {
          const recordId = lineOf(wordsAt(element, 'PRODUCT_ID'), 120);
          yield recordId === undefined
            ? { kind: 'refused', line: element.line, complaint: 'missing', field: 'PRODUCT_ID' }
            : { kind: 'withdrawn', line: element.line, recordId };
          break;
        }
        const service = serviceOf(element);
        if ('missing' in service) {
          yield { kind: 'refused', line: element.line, complaint: 'missing', field: service.missing };
          break;
        }
        const course = courses.get(service.courseId) ?? { offer: undefined, runs: [] };
        if (service.isOffer && course.offer === undefined) course.offer = service.run;
        else if (course.runs.length >= RUNS_OPEN) {
          yield readingOf(service.run, course.offer, providers);
          break;
        } else course.runs.push(service.run);
        courses.set(service.courseId, course);
        if (courses.size > COURSES_OPEN) {
          const [oldest, first] = courses.entries().next().value ?? [];
          if (oldest !== undefined && first !== undefined) {
            courses.delete(oldest);
            yield* settle(first);
          }
        }
      }
    }
  }
  for (const course of courses.values()) yield* settle(course);
  if (!hasCatalogue) yield { kind: 'unreadable', line: 1, complaint: 'format', field: undefined };
}
