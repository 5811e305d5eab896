import type { CourseRecord, Kind, Level } from './model.ts';
import { plainText } from './source-text.ts';

// What a course is, by the code that its source gives it and by the words of its title.

/** MC 01 1 … MC 01 5 name the goal. */
const OF_CODE: Readonly<Record<string, Kind>> = {
  'MC 01 1': 'BSK_A2',
  'MC 01 2': 'BSK_B1',
  'MC 01 3': 'BSK_B2',
  'MC 01 4': 'BSK_C1',
  'MC 01 5': 'BSK_C2',
  'MC 03': 'BSK_ANERK',
};

/** Words by which courses are known, the most telling one first. */
const INTEGRATION_WORDS: readonly (readonly [RegExp, Kind])[] = [
  [/alphabetisierung|\balpha-?kurs/i, 'IK_ALPHA'],
  [/zweitschrift/i, 'IK_ZWEITSCHRIFT'],
  [/jugend-?integrationskurs|integrationskurs.*\bjugend/i, 'IK_LEGACY_JUGEND'],
  [/eltern-?integrationskurs|integrationskurs.*\beltern/i, 'IK_LEGACY_ELTERN'],
  [/frauen-?integrationskurs|integrationskurs.*\bfrauen/i, 'IK_LEGACY_FRAUEN'],
  [/intensiv/i, 'IK_INTENSIV'],
  [/förderkurs/i, 'IK_FOERDER'],
];
const OTHER_WORDS: readonly (readonly [RegExp, Kind])[] = [
  [/erstorientierung/i, 'EOK'],
  [/\bMiA\b|migrantinnen einfach stark/i, 'MIA'],
  [/\bjob-?bsk\b/i, 'JOB_BSK'],
];

const LEVEL = /\b([ABC][12])(?:\.\d)?\b/g;
export const levelsIn = (text: string): Level[] => [...text.matchAll(LEVEL)].map(([, level]) => level as Level);

const GROUPS = ['MC', 'MQ', 'A8', 'MB'] as const;

/** The group of the source's list; of several codes the one that says most. */
export const groupOf = (codes: readonly string[]): CourseRecord['group'] =>
  GROUPS.find((group) => codes.some((code) => code.startsWith(group))) ?? 'none';

export function kindOf(codes: readonly string[], title: string): Kind {
  const named = (words: readonly (readonly [RegExp, Kind])[]) => words.find(([word]) => word.test(title))?.[1];
  const isOf = (group: string) => codes.some((code) => code.startsWith(group));
  const byWord = named(OTHER_WORDS);
  if (byWord !== undefined) return byWord;
  if (isOf('MC') || /berufssprachkurs/i.test(title)) {
    const byCode = codes.map((code) => OF_CODE[code.trim()]).find((kind) => kind !== undefined);
    if (byCode !== undefined) return byCode;
    const goal = levelsIn(title).at(-1);
    // There is no such course for A1.
    return goal === undefined || goal === 'A1' ? 'BSK_FACH' : `BSK_${goal}`;
  }
  const isIntegration = /integrationskurs/i.test(title);
  if (/orientierungskurs/i.test(title) && !isIntegration) return isOf('MB') ? 'OK' : 'SONST';
  // A bare MB beside another group is a shelf, not a kind.
  const isShelved = isOf('MB') && !isOf('A8') && !isOf('MQ');
  if (!isShelved && !isIntegration) return 'SONST';
  return named(INTEGRATION_WORDS) ?? 'IK_ALLG';
}

/** From where to where a course leads, as its kind promises; for other kinds as title and conditions say. */
export function levelsOf(kind: Kind, title: string, conditions: string): Pick<CourseRecord, 'levelFrom' | 'levelTo'> {
  const asked = levelsIn(conditions)[0];
  const within = (levelFrom: Level | undefined, levelTo: Level | undefined) => ({
    levelTo,
    levelFrom: levelFrom !== undefined && levelTo !== undefined && levelFrom > levelTo ? undefined : levelFrom,
  });
  switch (kind) {
    case 'BSK_A2':
      return within(asked ?? 'A1', 'A2');
    case 'BSK_B1':
      return within(asked === 'B1' ? 'A2' : (asked ?? 'A2'), 'B1');
    case 'BSK_B2':
      return within('B1', 'B2');
    case 'BSK_C1':
      return within('B2', 'C1');
    case 'BSK_C2':
      return within('C1', 'C2');
    case 'OK':
      return within('B1', undefined);
    case 'IK_ALLG':
    case 'IK_ALPHA':
    case 'IK_ZWEITSCHRIFT':
    case 'IK_FOERDER':
    case 'IK_INTENSIV':
    case 'IK_LEGACY_JUGEND':
    case 'IK_LEGACY_ELTERN':
    case 'IK_LEGACY_FRAUEN':
      return within(undefined, 'B1');
    default: {
      const levels = levelsIn(title).sort();
      return levels.length > 1 ? within(levels[0], levels.at(-1)) : within(asked, levels[0]);
    }
  }
}

const LESSONS = /(\d{2,4})\s*(?:UE|Unterrichtseinheiten|UStd)\b(?!\s*\/|\s*(?:pro|je|in der)\b)/g;
/** An integration course is named by its two parts, in whatever order number and word stand. */
const TOGETHER =
  /(?:(\d{2,4})\s*UE Sprachkurs|Sprachkurs (\d{2,4})\s*UE) und (?:(\d{2,3})\s*UE Orientierungskurs|Orientierungskurs (\d{2,3})\s*UE)/;

/** How many lessons, where title or text say one number, or the two of a course with its orientation course. */
export function lessonsIn(title: string, text: string): number | undefined {
  const both = TOGETHER.exec(text);
  const numbers = (from: string) => [...new Set([...from.matchAll(LESSONS)].map(([, number]) => Number(number)))];
  const named = numbers(title);
  if (named.length === 1) return named[0];
  if (both !== null) return Number(both[1] ?? both[2]) + Number(both[3] ?? both[4]);
  const told = numbers(text);
  return told.length === 1 ? told[0] : undefined;
}

const FREE = /kostenfrei|kostenlos|gebührenfrei|keine kosten/i;
/** With any of these it is free for some, or somebody decides. */
const CONDITIONAL = /\b(?:bei|wenn|sofern|falls|ausnahme|antrag|befreiung|nicht|außer|für \w+ (?:mit|ohne))\b/i;

/**
 * What it costs. No price, or a price of zero, is what nobody has entered: only a text that says so without conditions
 * makes a course free.
 */
export function costOf(price: number | undefined, text: string): Pick<CourseRecord, 'free' | 'costText'> {
  const isPriced = price !== undefined && price > 0;
  const isFree = FREE.test(text) && !CONDITIONAL.test(text);
  const amount = isPriced ? `${String(Math.round(price * 100) / 100).replace('.', ',')} €` : undefined;
  const isNamed = isPriced && text.replace(/[.\s]/g, '').includes(String(Math.floor(price)));
  return {
    free: isPriced ? (FREE.test(text) || CONDITIONAL.test(text) ? 'unknown' : 'no') : isFree ? 'yes' : 'unknown',
    costText: plainText([isNamed ? undefined : amount, text].filter((one) => one).join(' · '), 300),
  };
}

/** Whether somebody must allow it first, as far as the conditions say so and leave no other way. */
export const permitIn = (conditions: string): CourseRecord['permitNeeded'] =>
  /berechtigung|verpflichtung|zulassung|berechtigungsschein/i.test(conditions) && !/selbstzahl/i.test(conditions)
    ? 'yes'
    : 'unknown';

export const womenOnlyIn = (kind: Kind, title: string): CourseRecord['womenOnly'] =>
  kind === 'MIA' || kind === 'IK_LEGACY_FRAUEN' || /\b(?:nur )?für (?:\w+ )?frauen\b|\bfrauenkurs/i.test(title)
    ? 'yes'
    : 'unknown';

/** Texts one below the other, each once. */
export const joined = (longest: number, ...texts: readonly (string | undefined)[]): string | undefined =>
  plainText([...new Set(texts.filter((text) => text !== undefined && text !== ''))].join('\n'), longest);
