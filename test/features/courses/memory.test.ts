import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { Reading } from '../../../src/features/courses/model.ts';
import { readBa } from '../../../src/features/courses/source-ba.ts';
import { readCsv } from '../../../src/features/courses/source-csv.ts';
import { readOpenQcat } from '../../../src/features/courses/source-openqcat.ts';
import { baList, csvTable, xmlCatalogue } from '../../support/course-lists.ts';

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

const EVERY = 1_000;

/** The most that is kept at any time while a list is read, in bytes. */
async function kept(readings: AsyncIterable<Reading>): Promise<{ readonly records: number; readonly bytes: number }> {
  collect();
  const before = process.memoryUsage().heapUsed;
  let records = 0;
  let most = 0;
  for await (const reading of readings) {
    if (reading.kind !== 'record') continue;
    records += 1;
    if (records % EVERY !== 0) continue;
    collect();
    most = Math.max(most, process.memoryUsage().heapUsed - before);
  }
  return { records, bytes: most };
}

const FEW = 2_000;
const MANY = 20_000;
/** What the collector and the compiler leave about, whatever is read. */
const NOISE = 2 * 2 ** 20;

it.each<[string, (count: number) => AsyncIterable<Reading>]>([
  ['our own table', (count) => readCsv(() => csvTable(count))],
  ['the Bundesagentur’s list', (count) => readBa([() => baList(count)])],
  ['a catalogue in openQ-cat', (count) => readOpenQcat(xmlCatalogue(count / 2))],
])('%s of 20,000 courses is read in no more memory than one of 2,000', async (_, list) => {
  await kept(list(FEW));
  const few = await kept(list(FEW));
  const many = await kept(list(MANY));
  expect([few.records, many.records]).toEqual([FEW, MANY]);
  // Ten times as many courses that were kept would be ten times as much: each is more than a kilobyte.
  expect(many.bytes).toBeLessThan(2 * Math.max(few.bytes, NOISE));
});
