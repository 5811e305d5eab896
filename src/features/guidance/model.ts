import { z } from 'zod';
import { day } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';

/** Numbers that the help screen shows, in this order. */
export const HELP_NUMBERS = [
  'emergency',
  'police',
  'doctor_on_call',
  'poison',
  'violence_women',
  'pastoral_1',
  'children',
] as const;
/** Numbers on the screen behind it. Its beginning is read in a list of chats: nothing about violence stands first. */
export const MORE_NUMBERS = [
  'parents',
  'pastoral_muslim',
  'depression',
  'pregnancy',
  'violence_men',
  'sexual_abuse',
] as const;
const ALL_NUMBERS = [...HELP_NUMBERS, ...MORE_NUMBERS] as const;
type HelpNumberId = (typeof ALL_NUMBERS)[number];
/** Whether the program has words for it; of any other the county's file says what it is. */
export const isHelpNumber = (id: string): id is HelpNumberId => ALL_NUMBERS.includes(id as HelpNumberId);

const calendarDay = z.string().transform((text, context) => {
  try {
    return day(text);
  } catch {
    context.addIssue('is not a day that exists, written as 2026-12-03');
    return z.NEVER;
  }
});

/** Who answers for a text or a number: without it nothing is shown to people. */
const owned = {
  /** Where it comes from, so that somebody else can check it. */
  source: z.string().min(3),
  checkedOn: calendarDay,
  /** A role or an office, never a person's name; null while nobody who answers for it has checked it. */
  checkedBy: z.string().min(3).nullable(),
  validUntil: calendarDay,
  recheckMonths: z.number().int().min(1).max(24),
};

const numberId = z.string().regex(/^[a-z][a-z0-9_-]{1,39}$/, 'is no id: small letters, digits, - and _');
const label = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[^\n{}<>]*$/, 'has a line break or a bracket');

const helpNumber = z
  .object({
    id: numberId,
    /** What a number is that the program does not know, per language; where one is missing the German is shown. */
    labels: z
      .strictObject({
        de: label,
        ar: label.optional(),
        fa: label.optional(),
        ti: label.optional(),
        en: label.optional(),
      })
      .optional(),
    /** As it is written; null where the county has to supply it. */
    number: z
      .string()
      .regex(/^\+?\d[\d ()/-]{1,24}$/, 'is no telephone number')
      .nullable(),
    checked: calendarDay,
    source: z.string().min(3),
    /** Named in a source. What is not is never shown. */
    verified: z.enum(['yes', 'no']),
  })
  .superRefine(({ id, labels }, context) => {
    const complaint =
      isHelpNumber(id) && labels !== undefined
        ? 'the program has its own words for this number: leave labels out, or give it another id'
        : !isHelpNumber(id) && labels === undefined
          ? 'is not known to the program: say in labels what it is, at least in German (de)'
          : undefined;
    if (complaint !== undefined) context.addIssue({ code: 'custom', path: ['labels'], message: `${id} ${complaint}` });
  });

/** `help-numbers.json` in a county's folder; what else stands there is for people who check it. */
export const helpNumbersFile = z.object({
  recheck_every_months: z.number().int().min(1).max(24),
  numbers: z
    .array(helpNumber)
    .max(40)
    .superRefine((numbers, context) => {
      const ids = numbers.map(({ id }) => id);
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined) context.addIssue({ code: 'custom', message: `has ${twice} twice` });
    }),
});

const name = z.string().regex(/^[a-z][a-z-]*$/);
const code = z.string().regex(/^[a-z][0-9]$/);

/** What a page offers beside its text and its links. */
const ACTIONS = ['call', 'talk', 'letter'] as const;

const page = z.object({
  name,
  /** What buttons say instead of the name: it tells nothing, and it never changes. */
  code,
  /** Where the way back leads: to another page, to the first screen of the room, to the help numbers. */
  parent: z.union([name, z.literal('start'), z.literal('help')]).optional(),
  /** A service that people ask for by topic. */
  isTopic: z.boolean().default(false),
  next: z.array(name),
  actions: z.array(z.enum(ACTIONS)),
  helpers: z.array(name),
  /** Ids of help numbers, the county's own as well. */
  numbers: z.array(numberId),
  ...owned,
});
export type Page = z.infer<typeof page>;

/** `pages.json`: what each text page is and who answers for it. Its words stand beside it, one file per language. */
export const pagesFile = z.object({ pages: z.array(page).min(1) });

const helper = z.object({
  id: name,
  /** Names of pages that are topics. */
  topics: z.array(name),
  /** What she does while its number is missing: asking her manager for some numbers would say why. */
  insteadOfNumber: z.enum(['manager', 'call-back', 'page-number']).default('manager'),
  name: z.string().min(3),
  ags: z
    .string()
    .regex(/^\d{8}$/)
    .nullable(),
  phone: z
    .string()
    .regex(/^\+49\d{5,13}$/)
    .nullable(),
  web: z
    .string()
    .regex(/^[a-z0-9.-]+\.[a-z]{2,}$/)
    .nullable(),
  ...owned,
});
/** A service, circle or office that helps. What nobody has confirmed is null. */
export type Helper = z.infer<typeof helper>;
export const helpersFile = z.object({ helpers: z.array(helper) });

/** Kinds of courses as the rules on who may take part sort them. */
const COURSE_GROUPS = ['integration', 'work', 'first', 'women', 'county', 'open'] as const;

const paper = z.object({
  name,
  /** What buttons say instead of the name. */
  code,
  /** What is printed on it, the same for every reader: the paragraph of the law. */
  printed: z.string().min(3).max(40).nullable(),
  /** Per kind of course the sentences that are said, by name; what is not there is not known. */
  says: z.partialRecord(z.enum(COURSE_GROUPS), z.array(name).min(1)),
  /** Kinds of courses that may be possible, to be named beside the one that she asked about. */
  others: z.array(z.enum(COURSE_GROUPS)),
  ...owned,
});
/** A paper that somebody says she has, and what it may mean for courses: guidance, never a decision. */
export type Paper = z.infer<typeof paper>;
/** `eligibility.json`: its words stand beside it, one file per language. */
export const eligibilityFile = z.object({ papers: z.array(paper).min(1).max(10) });

/** German is the source; the others say from which German they were made, as in `locales/`. */
export const germanTexts = z.record(z.string(), z.string().min(1));
export const translatedTexts = z.record(
  z.string(),
  z.object({ text: z.string().min(1), status: z.enum(['draft', 'reviewed']), german: z.string() }),
);

export interface HelpNumber {
  readonly id: string;
  readonly number: string;
}

/** Anything whose correctness somebody must answer for. */
export interface Owned {
  /** Unique among all of them, and safe on a button: `p.stay`, `h.mbe`, `n.police`. */
  readonly key: string;
  readonly title: string;
  readonly source: string;
  readonly checkedOn: Page['checkedOn'];
  readonly checkedBy: string | null;
  readonly validUntil: Page['validUntil'];
  readonly recheckMonths: number;
  /** Changes with every word of it: a check of the old words is none of the new. */
  readonly mark: string;
  /** Languages that lack it, or were made from an older German. */
  readonly missing: readonly Locale[];
  readonly stale: readonly Locale[];
  /** Languages that no native reader has confirmed. */
  readonly drafts: readonly Locale[];
}

/** That somebody who answers for it has checked it. It counts while the words are the same. */
export interface Review {
  readonly key: string;
  readonly mark: string;
  readonly checkedOn: Page['checkedOn'];
  readonly checkedBy: string;
  readonly validUntil: Page['validUntil'];
}

/** Who has checked it, when the county's coordinator pressed that she has. */
export const BY_COUNTY = 'county';

export type ContentState = 'overdue' | 'unchecked' | 'soon' | 'fine';

/** Everything that a county says to its people, read once at the start: it works without database and network. */
export interface Content {
  readonly pages: readonly Page[];
  readonly helpers: readonly Helper[];
  readonly papers: readonly Paper[];
  readonly numbers: readonly HelpNumber[];
  readonly owned: readonly Owned[];
  /**
   * The words of a page, of a button to it, of a paper (`paper.NAME`) or a sentence about it (`say.NAME`), or of a number
   * of the county's own (`number.ID`); German where the language lacks them.
   */
  words(locale: Locale, key: string): Words;
}

export interface Words {
  readonly text: string;
  /** In which language it is said. */
  readonly locale: Locale;
}
