import { createReadStream, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError } from './config.ts';
import type {
  Complaint,
  ImportProgress,
  ImportReport,
  ImportStatus,
  LineNote,
  Reading,
} from './features/courses/model.ts';
import { type Feed, FORMATS, type Format, LISTS } from './features/courses/model-sources.ts';
import type { CoursesService } from './features/courses/service.ts';
import { readBa } from './features/courses/source-ba.ts';
import { readCsv } from './features/courses/source-csv.ts';
import { fetchList } from './features/courses/source-fetch.ts';
import { readOpenQcat } from './features/courses/source-openqcat.ts';

import type { Clock } from './platform/clock.ts';

// `npm run cli -- import-courses`: a file of courses into the catalogue.

export interface ImportCommand {
  /** Several: the pages of one list. */
  readonly files: readonly string[];
  readonly format: string | undefined;
  readonly source: string | undefined;
  readonly name: string | undefined;
  readonly isConfirmed: boolean;
}

/** By what the file is called, where nobody says. */
const ENDINGS: Readonly<Record<string, Format>> = { csv: 'csv', txt: 'csv', tsv: 'csv', json: 'ba', xml: 'openqcat' };

function formatOf({ format, files }: ImportCommand): Format {
  if (format !== undefined) {
    const known = FORMATS.find((one) => one === format);
    if (known === undefined) throw new ConfigError(`--format must be one of ${FORMATS.join(', ')}.`);
    return known;
  }
  const ending = /\.([a-z]+)$/i.exec(files[0] ?? '')?.[1]?.toLowerCase() ?? '';
  const guessed = ENDINGS[ending];
  if (guessed === undefined) throw new ConfigError(`What is it? --format ${FORMATS.join(', --format ')}.`);
  return guessed;
}

function sourceOf({ source, name }: ImportCommand, format: Format) {
  const usual = LISTS[format];
  const id = source ?? usual.id;
  if (!/^[a-z][a-z0-9-]{0,29}$/.test(id)) throw new ConfigError('--source must be a short name: a-z, 0-9, hyphens.');
  const called = name?.trim() ?? (source === undefined ? usual.name : id);
  if (called === '' || called.length > 80) throw new ConfigError('--name must have 1 to 80 characters.');
  return { id, name: called, staleAfterDays: usual.staleAfterDays };
}

type OpenFile = () => AsyncIterable<Uint8Array>;

const READERS: Record<Format, (files: readonly OpenFile[]) => AsyncIterable<Reading>> = {
  csv: ([first]) => readCsv(first as OpenFile),
  ba: (files) => readBa(files),
  openqcat: ([first]) => readOpenQcat((first as OpenFile)()),
};

/** Imports the file. `progress` hears how far it is. Resolves to whether it was accepted, and the report. */
export async function importFile(
  courses: CoursesService,
  command: ImportCommand,
  progress: (share: number, progress: ImportProgress) => void,
): Promise<{ readonly isAccepted: boolean; readonly report: string }> {
  const { files } = command;
  if (files.length === 0) throw new ConfigError('Which file? npm run cli -- import-courses FILE.');
  const stats = files.map((file) => statSync(file, { throwIfNoEntry: false }));
  if (!stats.every((one) => one?.isFile() === true)) throw new ConfigError('There is no such file.');
  const format = formatOf(command);
  if (files.length > 1 && format !== 'ba') throw new ConfigError('Several files are the pages of a JSON list.');
  const source = sourceOf(command, format);
  // A table is read twice: once for its encoding.
  const whole = stats.reduce((sum, one) => sum + (one?.size ?? 0), 0) * (format === 'csv' ? 2 : 1);
  let bytes = 0;
  const open = (file: string) =>
    async function* () {
      for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        yield chunk;
      }
    };
  const report = await courses.importCatalogue(
    { source, readings: READERS[format](files.map(open)) },
    {
      way: 'shell',
      isConfirmed: command.isConfirmed,
      onProgress: (at) => progress(bytes / Math.max(1, whole), at),
    },
  );
  return { isAccepted: report.status === 'accepted', report: reportText(report, format) };
}

/** Fetches a list now and imports it. How long it is nobody knows before: the share stays at nothing. */
export async function importFeed(
  courses: CoursesService,
  feed: Feed,
  clock: Clock,
  progress: (share: number, progress: ImportProgress) => void,
): Promise<{ readonly isAccepted: boolean; readonly report: string }> {
  const { readings } = fetchList(feed, { pause, now: () => clock.now() });
  const report = await courses.importCatalogue(
    { source: LISTS[feed.format], readings },
    { way: 'shell', onProgress: (at) => progress(0, at) },
  );
  return { isAccepted: report.status === 'accepted', report: reportText(report, feed.format) };
}

const WIDTH = 30;
export const bar = (share: number, { read, refused }: ImportProgress): string => {
  const filled = Math.round(Math.min(1, share) * WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${read} read, ${refused} refused`;
};

/** On a terminal a bar that grows; elsewhere a line at each tenth. */
export function progressOn(isTerminal: boolean, write: (text: string) => void) {
  let tenth = 0;
  return {
    show(share: number, at: ImportProgress) {
      if (isTerminal) return write(`\r${bar(share, at)}`);
      const now = Math.floor(Math.min(1, share) * 10);
      if (now <= tenth) return;
      tenth = now;
      write(`${now * 10} %: ${at.read} read, ${at.refused} refused\n`);
    },
    end() {
      if (isTerminal) write('\n');
    },
  };
}

const STATUS: Record<ImportStatus, string> = {
  accepted: 'The catalogue is up to date.',
  unreadable: 'Refused: this cannot be read as a list of courses. The catalogue is as it was.',
  empty: 'Refused: there is no course in it. The catalogue is as it was.',
  'mostly-broken': 'Refused: more lines are broken than whole. The catalogue is as it was.',
  'mostly-gone':
    'Refused: most courses of this source would be gone. The catalogue is as it was. If that is right: --confirm.',
};

const COMPLAINT: Record<Complaint, string> = {
  missing: 'is missing or empty',
  choice: 'is not one of the words allowed there',
  date: 'is no date: write 2027-02-15 or 15.02.2027',
  number: 'is no number that makes sense',
  address: 'is no telephone number, mail address, web address, postal code or key',
  'too-long': 'is too long',
  formula: 'is a formula, or one that failed',
  order: 'does not fit what stands before it: the end before the start, a level below',
  columns: 'has not as many fields as the headline, or a needed column is missing',
  quote: 'has a quotation mark that is not closed',
  'unknown-column': 'is not a column of this table: ignored',
  'place-assumed': 'is empty: the municipality is taken from the postal code, please confirm',
  record: 'is not accepted',
  format: 'is not of this format, not whole, or not in its encoding',
  'too-large': 'is larger than allowed',
  'document-type': 'has a document type (DTD), which is not read',
  incomplete: 'pages are missing: courses that are not in it stay',
  unreached: 'the service does not answer',
  key: 'the service does not accept the key',
  declined: 'the service refuses the request',
};

const noteText =
  (format: Format) =>
  ({ line, complaint, field }: LineNote): string =>
    `  ${format === 'ba' ? 'course' : 'line'} ${line}${field === undefined ? '' : `, ${field}`}: ${COMPLAINT[complaint]}`;

export function reportText(report: ImportReport, format: Format): string {
  const { added, changed, unchanged, gone, refused, refusals, notes } = report;
  const more = refused - refusals.length;
  const note = noteText(format);
  return [
    ...refusals.map(note),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...notes.map(note),
    `${added} new, ${changed} changed, ${unchanged} unchanged, ${gone} gone, ${refused} refused`,
    STATUS[report.status],
  ].join('\n');
}
