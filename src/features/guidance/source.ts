import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { addMonths } from '../../platform/datetime.ts';
import { LOCALES, type Locale } from '../../platform/locale.ts';
import {
  type Content,
  eligibilityFile,
  germanTexts,
  HELP_NUMBERS,
  type Helper,
  type HelpNumber,
  helpersFile,
  helpNumbersFile,
  isHelpNumber,
  MORE_NUMBERS,
  type Owned,
  type Page,
  type Paper,
  pagesFile,
  translatedTexts,
} from './model.ts';

type Translated = Exclude<Locale, 'de'>;
const TRANSLATED = LOCALES.filter((locale): locale is Translated => locale !== 'de');

/** A text's mark, as `locales/mark.js` writes it beside each translation. */
const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

function read<T>(folder: string, file: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`county file ${file}: ${issue?.path.join('.')} ${issue?.message}`);
}

/** Their keys do not overlap. */
const TEXT_FILES = ['pages.json', 'eligibility.json'] as const;

type Translation = z.infer<typeof translatedTexts>;
interface Texts {
  readonly german: Readonly<Record<string, string>>;
  readonly others: Readonly<Record<Translated, Translation>>;
}

/** A language without a file lacks every page: German stands in, and the coordinator sees it. */
function readTexts(folder: string): Texts {
  const translation = (locale: Translated): Translation =>
    Object.assign(
      {},
      ...TEXT_FILES.map((name) => `texts/${locale}/${name}`)
        .filter((file) => existsSync(path.join(folder, file)))
        .map((file) => read(folder, file, translatedTexts)),
    ) as Translation;
  return {
    german: Object.assign({}, ...TEXT_FILES.map((name) => read(folder, `texts/de/${name}`, germanTexts))),
    others: { ar: translation('ar'), fa: translation('fa'), ti: translation('ti'), en: translation('en') },
  };
}

type FileNumber = z.infer<typeof helpNumbersFile>['numbers'][number];

/** What the county's own numbers are, as words like any others. They remember no German: they stand beside it. */
function withLabels({ german, others }: Texts, numbers: readonly FileNumber[]): Texts {
  const labels = numbers.flatMap(({ id, labels }) => (labels === undefined ? [] : [{ key: `number.${id}`, labels }]));
  const said = (locale: Translated): Translation => ({
    ...others[locale],
    ...Object.fromEntries(
      labels.flatMap(({ key, labels }) => {
        const text = labels[locale];
        return text === undefined ? [] : [[key, { text, status: 'draft' as const, german: markOf(labels.de) }]];
      }),
    ),
  });
  return {
    german: { ...german, ...Object.fromEntries(labels.map(({ key, labels }) => [key, labels.de])) },
    others: { ar: said('ar'), fa: said('fa'), ti: said('ti'), en: said('en') },
  };
}

/** The keys of a page's words: its text, and its button where there is one. */
const keysOf = (page: Page): readonly string[] =>
  page.parent === undefined && !page.isTopic ? [page.name] : [`${page.name}.label`, page.name];

/** Every page has German words, every name that is named exists, every code is one page's. Throws and says what not. */
function check(
  pages: readonly Page[],
  helpers: readonly Helper[],
  numbers: readonly FileNumber[],
  german: Texts['german'],
): void {
  const names = new Set(pages.map((page) => page.name));
  const ids = new Set(helpers.map((helper) => helper.id));
  const wrong = [
    ...pages.flatMap((page) => keysOf(page).filter((key) => german[key] === undefined)),
    ...pages.flatMap((page) => page.next.filter((next) => !names.has(next))),
    ...pages.flatMap((page) => page.helpers.filter((helper) => !ids.has(helper))),
    ...pages.flatMap((page) => page.numbers.filter((id) => !numbers.some((number) => number.id === id))),
    ...pages.flatMap(({ parent }) =>
      parent === undefined || parent === 'start' || parent === 'help' || names.has(parent) ? [] : [parent],
    ),
    ...helpers.flatMap((helper) =>
      helper.topics.filter((topic) => !pages.some((one) => one.isTopic && one.name === topic)),
    ),
    ...pages
      .filter(({ code }, index) => pages.findIndex((page) => page.code === code) !== index)
      .map(({ code }) => code),
  ];
  if (wrong.length > 0)
    throw new Error(`county file pages.json: no words, page, helper or number, or not one: ${wrong.join(', ')}`);
}

/** The keys of what is said about a paper. */
const keysOfPaper = ({ name, says }: Paper): readonly string[] => [
  `paper.${name}`,
  ...new Set(
    Object.values(says)
      .flat()
      .map((one) => `say.${one}`),
  ),
];

/** The same for papers. */
function checkPapers(papers: readonly Paper[], german: Texts['german']): void {
  const wrong = [
    ...papers.flatMap((paper) => keysOfPaper(paper).filter((key) => german[key] === undefined)),
    ...papers
      .filter(({ code }, index) => papers.findIndex((paper) => paper.code === code) !== index)
      .map(({ code }) => code),
  ];
  if (wrong.length > 0) throw new Error(`county file eligibility.json: no words, or not one: ${wrong.join(', ')}`);
}

/** What languages lack of a page's words, and what was made from other German than today's. */
function gaps(keys: readonly string[], { german, others }: Texts) {
  const where = (isSo: (entry: Translation[string] | undefined, key: string) => boolean) =>
    TRANSLATED.filter((locale) => keys.some((key) => isSo(others[locale][key], key)));
  return {
    missing: where((entry) => entry === undefined),
    stale: where((entry, key) => entry !== undefined && entry.german !== markOf(german[key] ?? '')),
    drafts: where((entry) => entry?.status === 'draft'),
  };
}

const complete = { missing: [], stale: [], drafts: [] } as const;

/** Reads everything that a county tells its people. Throws with file and place where something is not as it must be. */
export function readContent(folder: string): Content {
  const { pages } = read(folder, 'pages.json', pagesFile);
  const { helpers } = read(folder, 'helpers.json', helpersFile);
  const file = read(folder, 'help-numbers.json', helpNumbersFile);
  const texts = withLabels(readTexts(folder), file.numbers);
  check(pages, helpers, file.numbers, texts.german);
  const { papers } = read(folder, 'eligibility.json', eligibilityFile);
  checkPapers(papers, texts.german);

  const known = file.numbers.filter(({ number, verified }) => number !== null && verified === 'yes');
  const own = known.flatMap(({ id }) => (isHelpNumber(id) ? [] : [id]));
  const numbers = [...HELP_NUMBERS, ...MORE_NUMBERS, ...own].flatMap((id): HelpNumber[] => {
    const number = known.find((one) => one.id === id)?.number;
    return number == null ? [] : [{ id, number }];
  });
  const owned: Owned[] = [
    ...pages.map((page): Owned => {
      const keys = keysOf(page);
      const words = keys.map((key) => texts.german[key] ?? '');
      const title = (words[0] ?? '').split('\n')[0] ?? page.name;
      return { ...page, key: `p.${page.name}`, title, mark: markOf(words.join('\n')), ...gaps(keys, texts) };
    }),
    ...papers.map((paper): Owned => {
      const keys = keysOfPaper(paper);
      const words = keys.map((key) => texts.german[key] ?? '');
      // What is said of which kind of course is part of what was checked.
      const mark = markOf([...words, JSON.stringify([paper.printed, paper.says, paper.others])].join('\n'));
      return {
        ...paper,
        key: `e.${paper.name}`,
        title: [words[0] ?? paper.name, paper.printed].filter((one) => one !== null).join(' · '),
        mark,
        ...gaps(keys, texts),
      };
    }),
    ...helpers.map((helper): Owned => {
      const mark = markOf([helper.name, helper.phone, helper.web, helper.ags].join('\n'));
      return { ...helper, key: `h.${helper.id}`, title: `🤲 ${helper.name}`, mark, ...complete };
    }),
    ...file.numbers.map((one): Owned => {
      const months = file.recheck_every_months;
      const keys = one.labels === undefined ? [] : [`number.${one.id}`];
      return {
        key: `n.${one.id}`,
        title: ['☎️', one.number ?? '–', ...(one.labels === undefined ? [] : ['·', one.labels.de])].join(' '),
        source: one.source,
        checkedOn: one.checked,
        // To be named in a source is no check: only whoever answers for it can say that the number is right.
        checkedBy: null,
        validUntil: addMonths(one.checked, months),
        recheckMonths: months,
        mark: markOf([one.number ?? '', ...keys.map((key) => texts.german[key] ?? '')].join('\n')),
        ...gaps(keys, texts),
      };
    }),
  ];
  return {
    pages,
    helpers,
    papers,
    numbers,
    owned,
    words(locale, key) {
      const own = locale === 'de' ? undefined : texts.others[locale][key]?.text;
      return own === undefined ? { text: texts.german[key] ?? '', locale: 'de' } : { text: own, locale };
    },
  };
}
