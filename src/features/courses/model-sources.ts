import type { Instant } from '../../platform/datetime.ts';
import type { IMPORT_WAYS, ImportReport, ImportStatus, SourceFacts } from './model.ts';

/** Our own table; the Bundesagentur's list; a provider's catalogue. */
export const FORMATS = ['csv', 'ba', 'openqcat'] as const;
export type Format = (typeof FORMATS)[number];

/** The list that each of them usually is. The service is asked daily: a week without an answer is long. */
export const LISTS: Readonly<Record<Format, SourceFacts>> = {
  csv: { id: 'own', name: 'Eigene Kursliste', staleAfterDays: 60 },
  ba: { id: 'ba', name: 'Bundesagentur für Arbeit', staleAfterDays: 7 },
  openqcat: { id: 'openqcat', name: 'Kurskatalog (openQ-cat)', staleAfterDays: 30 },
};

/** A list that is fetched again and again. */
export interface Feed {
  readonly format: Exclude<Format, 'csv'>;
  readonly url: string;
  readonly key: string | undefined;
  readonly everyHours: number;
}

/** Lists that are none of the chat's: each has its own way. */
export const NOT_BY_CHAT: readonly string[] = [LISTS.ba.id, LISTS.openqcat.id, 'demo'];

/** As large as a table of 20,000 courses may become; a coordinator's is a thousandth of it. */
export const LARGEST_TABLE = 8 * 2 ** 20;
export const LARGEST_TABLE_MB = LARGEST_TABLE / 2 ** 20;

/** Whether a file may be a table, by the end of its name; what it is says its content. */
export const mayBeTable = (name: string | undefined): boolean => name !== undefined && /\.(?:csv|tsv|txt)$/i.test(name);

/** A file waits so long for an answer. */
export const FILE_HOURS = 24;
/** A report is kept so long. */
export const REPORT_MONTHS = 12;

/** Why a file in the chat has no report. */
export const FILE_FAILURES = ['gone', 'too-large', 'failed'] as const;
export type FileFailure = (typeof FILE_FAILURES)[number];

export const REPORT_STATUSES = ['accepted', 'unreadable', 'empty', 'mostly-broken', 'mostly-gone', 'running'] as const;

/** A delivery as it was kept. */
export interface StoredReport extends Omit<ImportReport, 'status'> {
  readonly source: SourceFacts;
  readonly way: (typeof IMPORT_WAYS)[number];
  readonly startedAt: Instant;
  /** Running, also where it was interrupted. */
  readonly status: ImportStatus | 'running';
}

/** One line of the list of reports. */
export type ReportLine = Pick<StoredReport, 'importId' | 'startedAt' | 'status' | 'way'>;

export interface SourceOverview extends SourceFacts {
  readonly checkedAt: Instant | undefined;
  readonly isStale: boolean;
  /** Of its courses, how many are shown today. */
  readonly shown: number;
  /** The last delivery, where it was refused. */
  readonly failed:
    | (ReportLine & { readonly complaint: ImportReport['refusals'][number]['complaint'] | undefined })
    | undefined;
  /** When it is fetched next; undefined for what nobody fetches. */
  readonly nextAt: Instant | undefined;
}

/** A file that somebody has sent, as it is now. */
export interface SentFile {
  readonly id: string;
  readonly personId: string;
  readonly chatId: number;
  readonly locale: string;
  readonly fileId: string;
  readonly sourceId: string;
  readonly messageId: number;
  readonly isConfirmed: boolean;
}
