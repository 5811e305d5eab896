import type { Catalogue, CourseRecord, ImportReport, Reading, SourceFacts } from '../../src/features/courses/model.ts';
import type { ImportOptions } from '../../src/features/courses/service-import.ts';
import type { World } from './world.ts';

export const SOURCE: SourceFacts = { id: 'test', name: 'Testliste', staleAfterDays: 30 };

/** A course of which nothing is known but what the catalogue demands. */
export const aRecord = (own: Partial<CourseRecord> = {}): CourseRecord => ({
  recordId: 'R-1',
  group: 'none',
  kind: 'SONST',
  title: 'Deutsch',
  startKind: 'ask',
  form: 'presence',
  timeMode: 'unknown',
  place: { confirmed: true },
  provider: { name: 'Beispiel' },
  free: 'unknown',
  childCare: 'unknown',
  womenOnly: 'unknown',
  permitNeeded: 'unknown',
  ...own,
});

export const catalogueOf = (records: readonly CourseRecord[], source = SOURCE): Catalogue => ({
  source,
  readings: records.map((record, index): Reading => ({ kind: 'record', line: index + 2, record })),
});

/** Puts these courses into the catalogue as the whole list of their source. */
export const listCourses = (
  world: World,
  records: readonly CourseRecord[],
  options: Partial<ImportOptions> & { readonly source?: SourceFacts } = {},
): Promise<ImportReport> =>
  world.program.services.courses.importCatalogue(catalogueOf(records, options.source), { way: 'shell', ...options });

/** `readCsv` reads its file twice. */
export const fileOf = (content: string | Uint8Array, chunk = 7) =>
  async function* (): AsyncGenerator<Uint8Array> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    for (let from = 0; from < bytes.length; from += chunk) yield bytes.subarray(from, from + chunk);
  };

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
