import { z } from 'zod';
import { type Day, day, type Instant, instant } from '../../platform/datetime.ts';

/** Kinds of courses; the three LEGACY ones left the rules on 7 Dec 2024 and only come from old lists. */
export const KINDS = [
  ...['IK_ALLG', 'IK_ALPHA', 'IK_ZWEITSCHRIFT', 'IK_FOERDER', 'IK_INTENSIV'],
  ...['IK_LEGACY_JUGEND', 'IK_LEGACY_ELTERN', 'IK_LEGACY_FRAUEN', 'OK'],
  ...['BSK_A2', 'BSK_B1', 'BSK_B2', 'BSK_C1', 'BSK_C2', 'BSK_FACH', 'BSK_ANERK', 'JOB_BSK'],
  ...['EOK', 'MIA', 'VWV_DEUTSCH', 'EHRENAMT', 'SONST'],
] as const satisfies readonly string[];
export type Kind = (typeof KINDS)[number];

/** Of the European framework; two of them compare as text does. */
export const LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const;
export type Level = (typeof LEVELS)[number];

/** A list of the Bundesagentur sorts its courses into these; everything else is none. */
export const GROUPS = ['MB', 'MC', 'A8', 'MQ', 'none'] as const;
export const START_KINDS = ['date', 'rolling', 'ask'] as const;
export const FORMS = ['presence', 'virtual', 'mixed'] as const;
export const TIME_MODES = ['full', 'part', 'weekend', 'block', 'unknown'] as const;
/** Whatever a source does not say is unknown: the card says "ask the provider". It is never taken for a no. */
export const ANSWERS = ['yes', 'no', 'unknown'] as const;
export type Answer = (typeof ANSWERS)[number];

/** What a course is for: to read and write, everyday German, work, B1 and more. */
export const PURPOSES = ['read', 'everyday', 'work', 'more'] as const;
export type Purpose = (typeof PURPOSES)[number];
export const DAY_PARTS = ['morning', 'afternoon', 'evening', 'weekend'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** Control characters, and those that turn the direction of a line: no source may bring them into the catalogue. */
const UNSEEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    // Half a letter is none that the database could keep.
    .refine(
      (value) => value.trim() === value && value.isWellFormed() && !UNSEEN.test(value.replaceAll('\n', '')),
      'has unseen characters',
    );

const calendarDay = z.custom<Day>((value) => {
  try {
    return typeof value === 'string' && day(value) === value;
  } catch {
    return false;
  }
}, 'is not a date');
const moment = z.custom<Instant>((value) => {
  try {
    return typeof value === 'number' && instant(value) === value;
  } catch {
    return false;
  }
}, 'is not an instant');

/** Germany, roughly: what lies outside is a mistake of the source. */
export const GERMANY = { lat: [47.2, 55.1], lon: [5.8, 15.1] } as const;
const within = ([from, to]: readonly [number, number]) => z.number().min(from).max(to);

const place = z
  .object({
    ags: z.string().regex(/^\d{8}$/),
    postalCode: z.string().regex(/^\d{5}$/),
    city: text(100),
    street: text(150),
    lat: within(GERMANY.lat),
    lon: within(GERMANY.lon),
  })
  .partial()
  .extend({
    /** False where the source leaves open whether the course is held there: the card says so. */
    confirmed: z.boolean(),
  });

/** The organisation, never a person: contact people are third parties. */
const provider = z.object({
  name: text(200),
  phone: z
    .string()
    .regex(/^\+\d{6,15}$/)
    .optional(),
  mail: z.email().max(150).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
});

/**
 * One run of a course as a source hands it over. What is not known is left out. The service checks each record against
 * this once more, so that no source can put anything else into the catalogue.
 */
export const courseRecord = z
  .object({
    recordId: text(120),
    group: z.enum(GROUPS),
    kind: z.enum(KINDS),
    title: text(200),
    levelFrom: z.enum(LEVELS).optional(),
    levelTo: z.enum(LEVELS).optional(),
    lessons: z.number().int().min(1).max(5_000).optional(),
    startKind: z.enum(START_KINDS),
    startsOn: calendarDay.optional(),
    endsOn: calendarDay.optional(),
    registerUntil: calendarDay.optional(),
    daysTimes: text(400).optional(),
    form: z.enum(FORMS),
    timeMode: z.enum(TIME_MODES),
    place,
    provider,
    costText: text(300).optional(),
    free: z.enum(ANSWERS),
    childCare: z.enum(ANSWERS),
    womenOnly: z.enum(ANSWERS),
    permitNeeded: z.enum(ANSWERS),
    audience: text(300).optional(),
    /** Whatever else the reader should know, in the source's German. */
    remarks: text(800).optional(),
    updatedAt: moment.optional(),
    checkedOn: calendarDay.optional(),
    /** A role ("Integrationskoordination"), never a name. */
    checkedBy: text(80).optional(),
    /** The last day on which the source wants it shown. */
    shownUntil: calendarDay.optional(),
  })
  .superRefine((record, context) => {
    const wrong = (path: string) => context.addIssue({ code: 'custom', path: [path], message: 'order' });
    const { levelFrom, levelTo, startsOn, endsOn } = record;
    if (levelFrom !== undefined && levelTo !== undefined && levelFrom > levelTo) wrong('levelTo');
    if (startsOn !== undefined && endsOn !== undefined && startsOn > endsOn) wrong('endsOn');
    if (record.startKind === 'date' && startsOn === undefined) wrong('startsOn');
  });
export type CourseRecord = z.infer<typeof courseRecord>;

/** Why a line is refused, or what is odd about it. Never what stood there: it may be a name. */
export const COMPLAINTS = [
  /** A required column is empty. */
  'missing',
  /** Not one of the words that are allowed there. */
  'choice',
  'date',
  'number',
  /** Not +49…, no mail address, no https:// address, no postal code. */
  'address',
  'too-long',
  /** A formula, or what a spreadsheet shows where one failed. */
  'formula',
  /** The end before the start, a level below the one before, a start without a date. */
  'order',
  /** More or fewer fields than the headline has. */
  'columns',
  /** A quotation mark is not closed. */
  'quote',
  /** A column that this format does not know: ignored. */
  'unknown-column',
  /** The municipality was found by its postal code: somebody should confirm it. */
  'place-assumed',
  /** Anything else that the catalogue does not take. */
  'record',
  /** The bytes are not this format, or not in its encoding. */
  'format',
  /** The file is larger than this way allows. */
  'too-large',
  /** An XML file that brings a document type along: it could name other files and grow without end. */
  'document-type',
  /** Pages of the list are missing: what is not in it stays. */
  'incomplete',
  /** The service does not answer, or breaks off. */
  'unreached',
  /** The service does not accept the key, or wants one. */
  'key',
  /** The service answers with a refusal. */
  'declined',
] as const;
export type Complaint = (typeof COMPLAINTS)[number];

export interface LineNote {
  /** Line of a file, or number of the record where there are no lines. */
  readonly line: number;
  readonly complaint: Complaint;
  /** The column or field, by the name that it has in the file; undefined for the line as a whole. */
  readonly field: string | undefined;
}

/** What a source hands over, in the order of its file, one at a time: nothing is kept in memory. */
export type Reading =
  | { readonly kind: 'record'; readonly line: number; readonly record: CourseRecord }
  /** The source says that this record no longer stands. */
  | { readonly kind: 'withdrawn'; readonly line: number; readonly recordId: string }
  | ({ readonly kind: 'refused' } & LineNote)
  /** Worth telling whoever imports; the line counts. */
  | ({ readonly kind: 'note' } & LineNote)
  /** This delivery is an update: what it does not mention stays. May come at any place. */
  | { readonly kind: 'update' }
  /** Nothing after this can be read: the whole delivery is refused. */
  | ({ readonly kind: 'unreadable' } & LineNote);

export interface SourceFacts {
  readonly id: string;
  /** What people read on the card. */
  readonly name: string;
  readonly staleAfterDays: number;
}

/** One delivery. */
export interface Catalogue {
  readonly source: SourceFacts;
  readonly readings: AsyncIterable<Reading> | Iterable<Reading>;
}

export const IMPORT_WAYS = ['shell', 'schedule', 'chat', 'demo'] as const;
export type ImportWay = (typeof IMPORT_WAYS)[number];

export type ImportStatus = 'accepted' | 'unreadable' | 'empty' | 'mostly-broken' | 'mostly-gone';

/** What became of a delivery. */
export interface ImportReport {
  readonly importId: string;
  readonly status: ImportStatus;
  readonly isUpdate: boolean;
  /** Records that could be read, each key once. */
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly gone: number;
  /** How many of the courses shown today it takes away, or would have taken. */
  readonly vanishing: number;
  readonly refused: number;
  /** The first refused lines. */
  readonly refusals: readonly LineNote[];
  readonly notes: readonly LineNote[];
}

export interface ImportProgress {
  readonly read: number;
  readonly refused: number;
}

/** Refused lines and notes that a report keeps; the rest is counted. */
export const NOTES_KEPT = 200;

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

export const isInGermany = ({ lat, lon }: Point): boolean =>
  lat >= GERMANY.lat[0] && lat <= GERMANY.lat[1] && lon >= GERMANY.lon[0] && lon <= GERMANY.lon[1];

/** What somebody has reached so far; A0 is nothing yet. A course fits whoever has not reached its goal. */
export const REACHED = ['A0', ...LEVELS] as const;
export type Reached = (typeof REACHED)[number];
export const KILOMETRES = [10, 25, 50] as const;

/** What somebody looks for. Undefined is: does not matter. Nothing of it is stored by searching. */
export interface Wish {
  readonly purpose: Purpose | undefined;
  readonly reached: Reached | undefined;
  readonly when: DayPart | undefined;
  readonly childCare: boolean;
  readonly km: (typeof KILOMETRES)[number] | undefined;
}
export const WISHES = ['purpose', 'reached', 'when', 'childCare', 'km'] as const satisfies readonly (keyof Wish)[];
export type WishPart = (typeof WISHES)[number];
export const ANY: Wish = {
  purpose: undefined,
  reached: undefined,
  when: undefined,
  childCare: false,
  km: undefined,
};

/** Her own municipality, a place that she shared for this search, or none. */
export type From = 'home' | 'nowhere' | Point;

/** A run of a course as people see it. */
export interface Offering extends CourseRecord {
  readonly id: string;
  readonly purposes: readonly Purpose[];
  readonly dayParts: readonly DayPart[];
  readonly source: { readonly name: string; readonly checkedAt: Instant | undefined; readonly isStale: boolean };
  /** Since when its source no longer lists it; undefined while it does. */
  readonly goneAt: Instant | undefined;
  readonly placeReportedAt: Instant | undefined;
}

/** One line of the list: the first run of a course at one place. */
export interface Found {
  readonly offering: Offering;
  /** Whole kilometres, as the crow flies; undefined for virtual ones and where either place is not known. */
  readonly km: number | undefined;
  /** Further runs of the same course at the same place that fit as well. */
  readonly more: number;
}

export const PER_PAGE = 5;

export interface FoundPage {
  readonly found: readonly Found[];
  readonly total: number;
  /** From 0; a page that does not exist becomes the last one. */
  readonly page: number;
}

/** A wish to drop, and how many courses that gives. */
export interface Loosening {
  readonly part: WishPart;
  readonly count: number;
}
