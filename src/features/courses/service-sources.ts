import type { Clock } from '../../platform/clock.ts';
import { newId, type Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import { addMinutes, type Instant, instant } from '../../platform/datetime.ts';
import type { Journal } from '../coordination/service-journal.ts';
import type { Coordinator } from '../people/model.ts';
import type { ImportProgress, ImportReport, SourceFacts } from './model.ts';
import {
  type Feed,
  FILE_FAILURES,
  FILE_HOURS,
  type FileFailure,
  LARGEST_TABLE,
  LISTS,
  NOT_BY_CHAT,
  REPORT_MONTHS,
  type ReportLine,
  type SentFile,
  type SourceOverview,
  type StoredReport,
} from './model-sources.ts';
import type { CoursesService } from './service.ts';
import { headlineOf, readCsv } from './source-csv.ts';
import { type FetchDeps, fetchList } from './source-fetch.ts';
import * as store from './store-sources.ts';

/** Where courses come from, as a coordinator sees and feeds it; and the rounds that do what takes long. */
export interface SourcesService {
  overview(by: Coordinator): Promise<readonly SourceOverview[]>;
  source(
    by: Coordinator,
    id: string,
    page: number,
  ): Promise<
    { readonly source: SourceOverview; readonly total: number; readonly reports: readonly ReportLine[] } | undefined
  >;
  report(by: Coordinator, importId: string): Promise<StoredReport | undefined>;
  /** The headline of our table, to be filled in. */
  template(by: Coordinator): string;
  /** Fetches a list at the next occasion instead of at its time; `isConfirmed`: most courses may vanish. */
  fetchSoon(by: Coordinator, sourceId: string, isConfirmed: boolean): Promise<boolean>;

  /** She has sent a file: it waits until she has said which list it is. */
  keepFile(by: Coordinator, fileId: string): Promise<{ readonly id: string; readonly lists: readonly SourceFacts[] }>;
  /** Lists that a table in the chat may be. */
  lists(by: Coordinator): Promise<readonly SourceFacts[]>;
  /** How a file of hers stands: it waits for this answer, it is in hand, or it is gone. */
  fileState(by: Coordinator, id: string, answer: 'list' | 'yes'): Promise<'waits' | 'in-hand' | 'gone'>;
  /** It shall be read, as the whole of this list. `gone`: read, dropped or never hers. */
  wantFile(by: Coordinator, id: string, sourceId: string, messageId: number): Promise<'wanted' | 'gone'>;
  /** After it was refused because most courses would vanish: that is right. */
  confirmFile(by: Coordinator, id: string, messageId: number): Promise<'wanted' | 'gone'>;
  dropFile(by: Coordinator, id: string): Promise<void>;

  /** The next file that waits to be read; this process has it until `readFile` or `failFile`. */
  takeFile(): Promise<SentFile | undefined>;
  readFile(file: SentFile, bytes: Uint8Array, onProgress: (share: number, at: ImportProgress) => void): Promise<void>;
  failFile(file: SentFile, failure: FileFailure): Promise<void>;
  /** It could not be fetched or read this time. */
  retryFile(file: SentFile): Promise<void>;
  /** The next file whose sender does not know yet what became of it. */
  takeTold(): Promise<(SentFile & { readonly result: StoredReport | FileFailure }) | undefined>;
  endTold(file: SentFile, mayConfirm: boolean): Promise<void>;

  /** Fetches what is due. Throws only for an outage of the database. */
  fetchDue(): Promise<void>;
  forget(): Promise<void>;
}

/** A process that has said nothing for so long has died: a page may be tried for minutes. */
const FETCH_LEASE_MINUTES = 15;
const FILE_LEASE_MINUTES = 5;
/** A file that kills its process each time is given up. */
const MAX_ATTEMPTS = 3;
const RETRY_MINUTES = 1;
export const REPORTS_PER_PAGE = 5;

/**
 * After a failure sooner than usual, and later each time: a quarter of an hour, half an hour … up to the usual time. Who
 * wants to be left alone is, but a date in another century is a mistake: for no longer than a day, or the usual time.
 */
const AGAIN_MINUTES = 15;
const LONGEST_PATIENCE_HOURS = 24;
export const nextFetch = (
  now: Instant,
  everyHours: number,
  failures: number,
  patienceMs: number | undefined,
): Instant => {
  if (failures === 0) return addMinutes(now, everyHours * 60);
  const again = Math.min(AGAIN_MINUTES * 2 ** (failures - 1), everyHours * 60);
  const longest = Math.max(everyHours, LONGEST_PATIENCE_HOURS) * 3_600_000;
  return instant(now + Math.max(again * 60_000, Math.min(patienceMs ?? 0, longest)));
};

const PURPOSE = 'course file';

export function createSourcesService(deps: {
  db: Database;
  clock: Clock;
  seal: Seal;
  courses: CoursesService;
  feeds: readonly Feed[];
  journal: Journal;
  /** Real pauses between tries; tests hand in none. */
  pause(ms: number): Promise<void>;
  fetchLimits?: FetchDeps['limits'];
  wakeImports(): void;
}): SourcesService {
  const { db, clock, seal, courses, feeds, journal } = deps;
  const owner = newId();
  const leaseEnd = (minutes: number) => addMinutes(clock.now(), minutes);

  async function overview(): Promise<SourceOverview[]> {
    const [all, newest, schedules] = await Promise.all([
      courses.sources(),
      store.listNewest(db),
      store.listSchedules(db),
    ]);
    const fetched = new Set(feeds.map(({ format }) => LISTS[format].id));
    return all.map((source) => {
      const last = newest.get(source.id);
      return {
        ...source,
        failed: last === undefined || last.status === 'accepted' ? undefined : last,
        nextAt: fetched.has(source.id) ? schedules.get(source.id) : undefined,
      };
    });
  }

  async function lists(): Promise<SourceFacts[]> {
    const known = await courses.sources();
    const isOwn = (id: string) => !NOT_BY_CHAT.includes(id);
    const others = known.filter(({ id }) => isOwn(id) && id !== LISTS.csv.id);
    return [known.find(({ id }) => id === LISTS.csv.id) ?? LISTS.csv, ...others];
  }

  const sent = (row: store.FileRow): SentFile => ({
    id: row.id,
    personId: row.personId,
    chatId: row.chatId ?? 0,
    locale: row.locale,
    fileId: seal.open(PURPOSE, row.fileId),
    sourceId: row.sourceId,
    messageId: row.messageId,
    isConfirmed: row.isConfirmed,
  });

  async function fetchOne(feed: Feed): Promise<void> {
    const source = LISTS[feed.format];
    await store.putSchedule(db, source.id, clock.now());
    const taken = await store.takeSchedule(db, source.id, owner, clock.now(), FETCH_LEASE_MINUTES * 60_000);
    if (taken === undefined) return;
    const { readings, patienceMs } = fetchList(feed, {
      pause: deps.pause,
      now: () => clock.now(),
      ...(deps.fetchLimits !== undefined && { limits: deps.fetchLimits }),
    });
    let isAccepted = false;
    try {
      const renew = () =>
        void store.renewSchedule(db, source.id, owner, leaseEnd(FETCH_LEASE_MINUTES)).catch(() => undefined);
      const options = { way: 'schedule', isConfirmed: taken.isConfirmed, onProgress: renew } as const;
      isAccepted = (await courses.importCatalogue({ source, readings }, options)).status === 'accepted';
    } finally {
      const failures = isAccepted ? 0 : taken.failures + 1;
      const nextAt = nextFetch(clock.now(), feed.everyHours, failures, patienceMs());
      await store.endSchedule(db, source.id, owner, { nextAt, failures });
    }
  }

  const written = (by: Pick<Coordinator, 'personId'>, sourceId: string) => async (tx: Db, report: ImportReport) => {
    const { added, changed, gone, refused } = report;
    if (report.status !== 'accepted') return;
    const counts = { added, changed, gone, refused };
    const act = { act: 'courses-imported', subject: `courses:${sourceId}`, carrierId: undefined, counts } as const;
    await journal(tx, by, act, clock.now());
  };

  return {
    overview: () => overview(),
    async source(_by, id, page) {
      const source = (await overview()).find((one) => one.id === id);
      if (source === undefined) return undefined;
      return { source, ...(await store.listReports(db, id, page * REPORTS_PER_PAGE, REPORTS_PER_PAGE)) };
    },
    report: (_by, importId) => store.findReport(db, importId),
    template: () => headlineOf(),
    async fetchSoon(_by, sourceId, isConfirmed) {
      const isFetched = feeds.some(({ format }) => LISTS[format].id === sourceId);
      const isDue = isFetched && (await store.hurrySchedule(db, sourceId, isConfirmed, clock.now()));
      if (isDue) deps.wakeImports();
      return isDue;
    },

    async keepFile({ personId }, fileId) {
      const id = newId();
      await store.insertFile(db, { id, personId, fileId: seal.seal(PURPOSE, fileId), now: clock.now() });
      return { id, lists: await lists() };
    },
    lists: () => lists(),
    async fileState({ personId }, id, answer) {
      const status = await store.findFileStatus(db, id, personId);
      if (status === 'wanted' || status === 'read') return 'in-hand';
      return status === (answer === 'list' ? 'asked' : 'refused') ? 'waits' : 'gone';
    },
    async wantFile({ personId }, id, sourceId, messageId) {
      if (!(await lists()).some((list) => list.id === sourceId)) return 'gone';
      const file = { id, personId, from: 'asked', sourceId, messageId, isConfirmed: false } as const;
      if (!(await store.wantFile(db, file))) return 'gone';
      deps.wakeImports();
      return 'wanted';
    },
    async confirmFile({ personId }, id, messageId) {
      const file = { id, personId, from: 'refused', sourceId: undefined, messageId, isConfirmed: true } as const;
      if (!(await store.wantFile(db, file))) return 'gone';
      deps.wakeImports();
      return 'wanted';
    },
    dropFile: ({ personId }, id) => store.dropFile(db, id, personId),

    async takeFile() {
      const row = await store.takeFile(db, 'wanted', owner, clock.now(), FILE_LEASE_MINUTES * 60_000);
      if (row === undefined) return undefined;
      if (row.attempts <= MAX_ATTEMPTS) return sent(row);
      await store.settleFile(db, row.id, { failure: 'failed' });
      return undefined;
    },
    async readFile(file, bytes, onProgress) {
      if (bytes.length > LARGEST_TABLE) return store.settleFile(db, file.id, { failure: 'too-large' });
      // Read twice: once for its encoding.
      let read = 0;
      const open = async function* () {
        for (let from = 0; from < bytes.length; from += 65_536) {
          const piece = bytes.subarray(from, from + 65_536);
          read += piece.length;
          yield piece;
        }
      };
      const source = (await lists()).find(({ id }) => id === file.sourceId) ?? LISTS.csv;
      await courses.importCatalogue(
        { source, readings: readCsv(open, LARGEST_TABLE) },
        {
          way: 'chat',
          isConfirmed: file.isConfirmed,
          onProgress: (at) => {
            void store.renewFile(db, file.id, owner, leaseEnd(FILE_LEASE_MINUTES)).catch(() => undefined);
            onProgress(read / Math.max(1, bytes.length * 2), at);
          },
          onSettled: async (tx, settled) => {
            await written(file, source.id)(tx, settled);
            await store.settleFile(tx, file.id, { importId: settled.importId });
          },
        },
      );
    },
    failFile: (file, failure) => store.settleFile(db, file.id, { failure }),
    retryFile: (file) => store.renewFile(db, file.id, owner, addMinutes(clock.now(), RETRY_MINUTES)),
    async takeTold() {
      const row = await store.takeFile(db, 'read', owner, clock.now(), FILE_LEASE_MINUTES * 60_000);
      if (row === undefined) return undefined;
      const failure = FILE_FAILURES.find((one) => one === row.failure) ?? 'failed';
      const report = row.importId === null ? undefined : await store.findReport(db, row.importId);
      return { ...sent(row), result: report ?? failure };
    },
    endTold: (file, mayConfirm) => store.endFile(db, file.id, mayConfirm),

    async fetchDue() {
      for (const feed of feeds) {
        await store.putSource(db, LISTS[feed.format]);
        await fetchOne(feed);
      }
    },
    async forget() {
      const now = clock.now();
      await store.deleteOldFiles(db, addMinutes(now, -FILE_HOURS * 60));
      await store.deleteOldReports(db, addMinutes(now, -REPORT_MONTHS * 31 * 24 * 60));
    },
  };
}
