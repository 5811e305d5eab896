import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { parseDay } from '../../platform/date-formats.ts';
import { addDays, at, type Day, day, wallTime } from '../../platform/datetime.ts';
import { ANSWERS, type Complaint, FORMS, KINDS, LEVELS, type Reading, TIME_MODES } from './model.ts';
import { isFormula, phoneNumber, plainLine, plainText, webAddress } from './source-text.ts';

/** Opens the file anew each time: it is read twice, once for its encoding. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

/** As large as a catalogue of 20,000 courses may become. */
const LARGEST_BYTES = 64 * 2 ** 20;
/** One course; what is longer has a quotation mark that nobody closed. */
const LONGEST_RECORD = 16_384;

/** What a spreadsheet writes where it means nothing. */
const EMPTY = /^(?:|-|–|\?|k\. ?A\.)$/i;

const refuse = (context: z.RefinementCtx, complaint: Complaint): never => {
  context.addIssue({ code: 'custom', message: complaint });
  return z.NEVER;
};

/** A column of text; empty is unknown. */
const column = <T>(read: (text: string, context: z.RefinementCtx) => T) =>
  z
    .string()
    .optional()
    .transform((raw, context) => {
      const text = raw?.trim() ?? '';
      if (EMPTY.test(text)) return undefined;
      return isFormula(text) ? refuse(context, 'formula') : read(text, context);
    });

const required = <T>(schema: z.ZodType<T | undefined, string | undefined>) =>
  schema.transform((value, context): T => value ?? refuse(context, 'missing'));

const line = (longest: number) =>
  column((text, context) => (text.length > longest ? refuse(context, 'too-long') : plainLine(text, longest)));
/** Longer texts are cut, not refused. */
const lines = (longest: number) => column((text) => plainText(text, longest));

const choice = <T extends string>(choices: readonly T[], also: Readonly<Record<string, T>> = {}) =>
  column((text, context): T => {
    const found = choices.find((one) => one.toLowerCase() === text.toLowerCase());
    return found ?? also[text.toLowerCase()] ?? refuse(context, 'choice');
  });

const answer = choice(ANSWERS, { ja: 'yes', nein: 'no', unbekannt: 'unknown' });

const DOTTED = /^\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})$/;
/** Day 0 of a spreadsheet; 36526 is the first day of 2000, 73050 the last of 2099. */
const SPREADSHEET_ZERO = day('1899-12-30');

/** `2027-02-15`, `15.02.2027`, with midnight behind it, or the number of a spreadsheet's day. Slashes are ambiguous. */
function readDay(text: string): Day | undefined {
  const bare = text.replace(/[T ]0{1,2}:00(?::00(?:[.,]0+)?)?$/, '');
  if (/^\d{5}$/.test(bare)) {
    const number = Number(bare);
    return number >= 36_526 && number <= 73_050 ? addDays(SPREADSHEET_ZERO, number) : undefined;
  }
  return DOTTED.test(bare) || /^\d{4}-\d{2}-\d{2}$/.test(bare) ? parseDay(bare) : undefined;
}
const date = column((text, context) => readDay(text) ?? refuse(context, 'date'));

/** Digits whose leading zeros a spreadsheet has eaten. */
const digits = (length: number) =>
  column((text, context) => {
    const padded = text.padStart(length, '0');
    return /^\d+$/.test(text) && text.length >= length - 1 && padded.length === length
      ? padded
      : refuse(context, 'address');
  });

const row = z.object({
  source_id: required(line(120)),
  kind: required(choice(KINDS)),
  title: required(line(200)),
  level_from: choice(LEVELS),
  level_to: choice(LEVELS),
  lessons_total: column((text, context) => {
    const number = Number(text.replace(/,0+$/, ''));
    return Number.isInteger(number) && number >= 1 && number <= 5_000 ? number : refuse(context, 'number');
  }),
  start: date,
  end: date,
  rolling: answer,
  register_until: date,
  days_times: lines(400),
  form: choice(FORMS),
  time_mode: choice(TIME_MODES),
  ags: digits(8),
  plz: digits(5),
  city: line(100),
  street: line(150),
  provider: required(line(200)),
  phone: column((text, context) => phoneNumber(text) ?? refuse(context, 'address')),
  email: column((text, context) => z.email().max(150).safeParse(text).data ?? refuse(context, 'address')),
  url: column((text, context) => (text.length > 280 ? undefined : webAddress(text)) ?? refuse(context, 'address')),
  cost_text: lines(300),
  cost_known_free: answer,
  childcare: answer,
  women_only: answer,
  needs_permit: answer,
  audience: lines(300),
  updated_on: date,
  checked_on: date,
  checked_by: line(80),
});
const COLUMNS = Object.keys(row.shape);
/** What stands in the first line of an empty table. A spreadsheet knows by its mark that it is UTF-8. */
export const headlineOf = (): string => `\ufeff${COLUMNS.join(';')}\r\n`;
const NEEDED = ['source_id', 'kind', 'title', 'provider'];

/** One line of the table as what it says of a course, or why it says nothing. */
function readRow(cells: unknown, number: number): Reading[] {
  const result = row.safeParse(cells);
  if (!result.success) {
    const [issue] = result.error.issues;
    const field = issue?.path[0];
    return [
      {
        kind: 'refused',
        line: number,
        complaint: (issue?.message ?? 'record') as Complaint,
        field: typeof field === 'string' ? field : undefined,
      },
    ];
  }
  const cell = result.data;
  const refused = (field: string): Reading[] => [{ kind: 'refused', line: number, complaint: 'order', field }];
  if (cell.level_from !== undefined && cell.level_to !== undefined && cell.level_from > cell.level_to) {
    return refused('level_to');
  }
  if (cell.start !== undefined && cell.end !== undefined && cell.start > cell.end) return refused('end');
  const form = cell.form ?? 'presence';
  // Which municipality a postal code means is not certain: a person confirms it.
  const isAssumed = cell.ags === undefined && form !== 'virtual';
  return [
    ...(isAssumed ? [{ kind: 'note', line: number, complaint: 'place-assumed', field: 'ags' } as const] : []),
    {
      kind: 'record',
      line: number,
      record: {
        recordId: cell.source_id,
        group: 'none',
        kind: cell.kind,
        title: cell.title,
        levelFrom: cell.level_from,
        levelTo: cell.level_to,
        lessons: cell.lessons_total,
        startKind: cell.rolling === 'yes' ? 'rolling' : cell.start === undefined ? 'ask' : 'date',
        startsOn: cell.start,
        endsOn: cell.end,
        registerUntil: cell.register_until,
        daysTimes: cell.days_times,
        form,
        timeMode: cell.time_mode ?? 'unknown',
        place: {
          ags: cell.ags,
          postalCode: cell.plz,
          city: cell.city,
          street: cell.street,
          confirmed: !isAssumed,
        },
        provider: { name: cell.provider, phone: cell.phone, mail: cell.email, url: cell.url },
        costText: cell.cost_text,
        free: cell.cost_known_free ?? 'unknown',
        childCare: cell.childcare ?? 'unknown',
        womenOnly: cell.women_only ?? 'unknown',
        permitNeeded: cell.needs_permit ?? 'unknown',
        audience: cell.audience,
        updatedAt: cell.updated_on === undefined ? undefined : at(cell.updated_on, wallTime('00:00')),
        checkedOn: cell.checked_on,
        checkedBy: cell.checked_by,
      },
    },
  ];
}

interface Look {
  readonly encoding: 'utf-8' | 'windows-1252' | 'utf-16le';
  readonly delimiter: string;
}

/** Reads the file once: what it is written in, and whether it is a table at all. */
async function look(open: OpenFile, largestBytes: number): Promise<Look | Complaint> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let head = new Uint8Array();
  let isUtf8 = true;
  let size = 0;
  for await (const chunk of open()) {
    size += chunk.length;
    if (size > largestBytes) return 'too-large';
    if (head.length < LONGEST_RECORD) head = Buffer.concat([head, chunk]);
    if (!isUtf8) continue;
    try {
      strict.decode(chunk, { stream: true });
    } catch {
      isUtf8 = false;
    }
  }
  const isUtf16 = head[0] === 0xff && head[1] === 0xfe;
  // A zero byte stands in no text: a spreadsheet's own file, a picture, an archive.
  if (!isUtf16 && head.subarray(0, LONGEST_RECORD).includes(0)) return 'format';
  const encoding = isUtf16 ? 'utf-16le' : isUtf8 ? 'utf-8' : 'windows-1252';
  const [headline = ''] = new TextDecoder(encoding).decode(head).split(/[\r\n]/, 1);
  const delimiter = [';', ',', '\t'].reduce((best, one) =>
    headline.split(one).length > headline.split(best).length ? one : best,
  );
  return { encoding, delimiter };
}

/** The text with one kind of line end: the parser would count `\r\n` within quotation marks twice. */
async function* decoded(open: OpenFile, encoding: Look['encoding']): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let isAfterReturn = false;
  const withLineEnds = (text: string): string => {
    const rest = isAfterReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') isAfterReturn = text.endsWith('\r');
    return rest.replace(/\r\n?/g, '\n');
  };
  for await (const chunk of open()) yield withLineEnds(decoder.decode(chunk, { stream: true }));
  yield withLineEnds(decoder.decode());
}

/**
 * Our own table of courses, as people write it in a spreadsheet: semicolons, commas or tabs; UTF-8, Windows-1252 or
 * UTF-16. A broken line is refused with its number, the others stand. Never throws for what stands in the file.
 */
export async function* readCsv(open: OpenFile, largestBytes = LARGEST_BYTES): AsyncGenerator<Reading> {
  const found = await look(open, largestBytes);
  const unreadable = (complaint: Complaint, number: number, field?: string): Reading => ({
    kind: 'unreadable',
    line: number,
    complaint,
    field,
  });
  if (typeof found === 'string') {
    yield unreadable(found, 1);
    return;
  }
  let header: readonly string[] = [];
  /** The last line that the parser has dealt with; it reads ahead of the loop below. */
  let lastLine = 1;
  const skipped: Reading[] = [];
  let isLost = false;
  const parser = parse({
    delimiter: found.delimiter,
    bom: true,
    trim: true,
    record_delimiter: '\n',
    columns: (names: string[]) => {
      header = names.map((name) => name.toLowerCase().trim());
      return [...header];
    },
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_RECORD,
    on_record: (cells: Readonly<Record<string, string>>, { lines: until }) => {
      lastLine = until;
      // A cell may have line breaks: the course begins where its first line stands.
      const breaks = Object.values(cells).reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      return { cells, line: until - breaks };
    },
    on_skip: (error: CsvError | undefined) => {
      if (error?.code === 'CSV_MAX_RECORD_SIZE') isLost = true;
      const isColumns = error?.code.startsWith('CSV_RECORD_INCONSISTENT') === true;
      const until = Math.max(lastLine + 1, Number(error?.lines ?? 0));
      // A quotation mark that is not closed takes the next lines with it: all of them are refused.
      for (let number = isColumns ? until : lastLine + 1; number <= until; number++) {
        skipped.push({ kind: 'refused', line: number, complaint: isColumns ? 'columns' : 'quote', field: undefined });
      }
      lastLine = until;
      return undefined;
    },
  });
  const feeding = pipeline(Readable.from(decoded(open, found.encoding)), parser);
  // Whatever breaks here is thrown by the loop below as well.
  feeding.catch(() => undefined);
  let isFirst = true;
  for await (const one of parser) {
    if (isFirst) yield* headline(header);
    isFirst = false;
    yield* skipped.splice(0);
    if (isLost) break;
    const { cells, line: number } = one as { cells: unknown; line: number };
    yield* readRow(cells, number);
  }
  if (isFirst) yield* headline(header);
  yield* skipped.splice(0);
  if (isLost) yield unreadable('quote', lastLine);

  function* headline(names: readonly string[]): Generator<Reading> {
    const missing = NEEDED.find((name) => !names.includes(name));
    if (missing !== undefined) yield unreadable('columns', 1, missing);
    for (const name of names) {
      if (!COLUMNS.includes(name) && name !== '') {
        // A strange headline may be a line of data: its words are not repeated.
        const field = /^[a-z_]{1,30}$/.test(name) ? name : undefined;
        yield { kind: 'note', line: 1, complaint: 'unknown-column', field };
      }
    }
  }
}
