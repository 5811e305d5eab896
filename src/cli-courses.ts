import { createReadStream, statSync } from 'node:fs';
import { ConfigError } from './config.ts';
import type { ImportReport, ImportStatus, LineNote, SourceFacts } from './features/courses/model.ts';
import type { CoursesService } from './features/courses/service.ts';
import { readCsv } from './features/courses/source-csv.ts';

// `npm run cli -- import-courses`: a file of courses into the catalogue.

export interface ImportCommand {
  readonly file: string | undefined;
  readonly source: string | undefined;
  readonly name: string | undefined;
  readonly isConfirmed: boolean;
}

const OWN: SourceFacts = { id: 'own', name: 'Eigene Kursliste', staleAfterDays: 60 };

const sourceOf = ({ source, name }: ImportCommand): SourceFacts => {
  const id = source ?? OWN.id;
  if (!/^[a-z][a-z0-9-]{0,29}$/.test(id)) throw new ConfigError('--source must be a short name: a-z, 0-9, hyphens.');
  const called = name?.trim() ?? (source === undefined ? OWN.name : id);
  if (called === '' || called.length > 80) throw new ConfigError('--name must have 1 to 80 characters.');
  return { id, name: called, staleAfterDays: OWN.staleAfterDays };
};

/** Imports the file. `progress` gets a line to show while it runs. Resolves to whether it was accepted, and the report. */
export async function importFile(
  courses: CoursesService,
  command: ImportCommand,
  progress: (line: string) => void,
): Promise<{ readonly isAccepted: boolean; readonly report: string }> {
  const { file } = command;
  if (file === undefined) throw new ConfigError('Which file? npm run cli -- import-courses FILE.');
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile()) throw new ConfigError('There is no such file.');
  // Read twice: once for its encoding.
  const whole = stats.size * 2;
  let bytes = 0;
  const open = async function* () {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  const report = await courses.importCatalogue(
    { source: sourceOf(command), readings: readCsv(open) },
    {
      way: 'shell',
      isConfirmed: command.isConfirmed,
      onProgress: ({ read, refused }) => progress(bar(bytes / Math.max(1, whole), read, refused)),
    },
  );
  return { isAccepted: report.status === 'accepted', report: reportText(report) };
}

const WIDTH = 30;
export const bar = (share: number, read: number, refused: number): string => {
  const filled = Math.round(Math.min(1, share) * WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${read} read, ${refused} refused`;
};

const STATUS: Record<ImportStatus, string> = {
  accepted: 'The catalogue is up to date.',
  unreadable: 'Refused: the file cannot be read as a table of courses. The catalogue is as it was.',
  empty: 'Refused: there is no course in the file. The catalogue is as it was.',
  'mostly-broken': 'Refused: more lines are broken than whole. The catalogue is as it was.',
  'mostly-gone':
    'Refused: most courses of this source would be gone. The catalogue is as it was. If that is right: --confirm.',
};

const COMPLAINT: Record<LineNote['complaint'], string> = {
  missing: 'is empty',
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
  format: 'is no table: save it as CSV',
  'too-large': 'is larger than allowed',
};

const noteText = ({ line, complaint, field }: LineNote): string =>
  `  line ${line}${field === undefined ? '' : `, ${field}`}: ${COMPLAINT[complaint]}`;

function reportText(report: ImportReport): string {
  const { added, changed, unchanged, gone, refused, refusals, notes } = report;
  const more = refused - refusals.length;
  return [
    ...refusals.map(noteText),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...notes.map(noteText),
    `${added} new, ${changed} changed, ${unchanged} unchanged, ${gone} gone, ${refused} refused`,
    STATUS[report.status],
  ].join('\n');
}
