import { formatClock, formatDay } from '../../platform/date-formats.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type TextFile, type View } from '../../telegram/view.ts';
import { paged, pageRow, screen } from '../../telegram/views.ts';
import { sourceButtons as buttons } from './buttons-sources.ts';
import type { Complaint, ImportProgress, LineNote, SourceFacts } from './model.ts';
import { LARGEST_TABLE_MB, LISTS, type ReportLine, type SourceOverview, type StoredReport } from './model-sources.ts';
import { REPORTS_PER_PAGE } from './service-sources.ts';

// Where courses come from, what each delivery brought, and a table in the chat: what a coordinator sees of it.

const PER_PAGE = 4;
const SIZE = `${LARGEST_TABLE_MB} MB`;
const LISTS_PER_PAGE = 6;
const LINES_PER_PAGE = 8;

const row = (label: string, data: string): Button[] => [{ label, data }];
const first = buttons.all.data({ page: '0' });

/** In the menu of whoever coordinates. */
export const sourceRows = (t: Translator): readonly (readonly Button[])[] => [row(t.label('sources:menu'), first)];

const timeOf = (t: Translator, at: Instant): string => `${formatDay(t.locale, dayOf(at))} ${formatClock(at)}`;

const statusText = (t: Translator, { status }: Pick<ReportLine, 'status'>): string =>
  t.label(`sources:status.${status}`);

/** Why a delivery was refused, in one phrase: what could not be read says more than that it could not. */
const reasonText = (t: Translator, failed: NonNullable<SourceOverview['failed']>): string =>
  failed.status === 'unreadable' && failed.complaint !== undefined
    ? t.label(`sources:complaint.${failed.complaint}`)
    : statusText(t, failed);

function facts(t: Translator, source: SourceOverview): string[] {
  const { checkedAt, isStale, shown, failed, nextAt } = source;
  return [
    t('sources:entry', { name: source.name }),
    checkedAt === undefined
      ? t('sources:entry.never')
      : t('sources:entry.checked', { day: formatDay(t.locale, dayOf(checkedAt)) }),
    t('sources:entry.shown', { number: shown }),
    ...(checkedAt !== undefined && isStale ? [t('sources:entry.stale', { days: source.staleAfterDays })] : []),
    ...(failed === undefined
      ? []
      : [t('sources:entry.failed', { time: timeOf(t, failed.startedAt), reason: reasonText(t, failed) })]),
    ...(nextAt === undefined ? [] : [t('sources:entry.next', { time: timeOf(t, nextAt) })]),
  ];
}

export function sources(t: Translator, all: readonly SourceOverview[], page: number): View {
  const { items, row: turn } = paged(t, all, page, PER_PAGE, (to) => buttons.all.data({ page: String(to) }));
  return screen(t, {
    text: lines(
      t(all.length === 0 ? 'sources:none' : 'sources:title'),
      ...items.flatMap((source) => ['', ...facts(t, source)]),
    ),
    rows: [
      ...items.map(({ id, name }) => row(t.label('sources:open', { name }), buttons.one.data({ list: id, page: '0' }))),
      turn,
      row(t.label('sources:how.button'), buttons.how.data({})),
    ],
  });
}

export function source(
  t: Translator,
  found: { readonly source: SourceOverview; readonly total: number; readonly reports: readonly ReportLine[] },
  page: number,
): View {
  const { source: one, total, reports } = found;
  const { id: list, nextAt, failed } = one;
  const pages = Math.max(1, Math.ceil(total / REPORTS_PER_PAGE));
  const isFetched = nextAt !== undefined;
  return screen(t, {
    text: lines(...facts(t, one), '', t(total === 0 ? 'sources:reports.none' : 'sources:reports')),
    rows: [
      ...reports.map((report) =>
        row(
          t.label('sources:reports.open', { time: timeOf(t, report.startedAt), status: statusText(t, report) }),
          buttons.report.data({ id: report.importId, page: '0' }),
        ),
      ),
      pageRow(t, page, pages, (to) => buttons.one.data({ list, page: String(to) })),
      isFetched ? row(t.label('sources:fetch'), buttons.fetch.data({ list })) : [],
      isFetched && failed?.status === 'mostly-gone'
        ? row(t.label('sources:accept'), buttons.accept.data({ list }))
        : [],
      isFetched ? [] : row(t.label('sources:how.button'), buttons.how.data({})),
    ],
    back: first,
  });
}

export const gone = (t: Translator): View => screen(t, { text: t('sources:gone'), back: first });

export const fetching = (t: Translator, list: string): View =>
  screen(t, { text: t('sources:fetching'), back: buttons.one.data({ list, page: '0' }) });

export const how = (t: Translator): View =>
  screen(t, {
    text: t('sources:how', { ending: '.csv', size: SIZE }),
    rows: [row(t.label('sources:template'), buttons.template.data({}))],
    back: first,
  });

export const template = (t: Translator, content: string): { readonly file: TextFile } => ({
  file: { name: 'kurse.csv', content, caption: t.label('sources:template.caption') },
});

/** A file that is no table: refused before anything of it is fetched. */
export const noTable = (t: Translator): View =>
  screen(t, {
    text: t('sources:no-table', { format: 'CSV' }),
    rows: [row(t.label('sources:how.button'), buttons.how.data({}))],
  });
export const tooLarge = (t: Translator): View => screen(t, { text: t('sources:too-large', { size: SIZE }) });

/** Which list is the file that she has sent? */
export function askList(t: Translator, id: string, lists: readonly SourceFacts[], page: number): View {
  const { items, row: turn } = paged(t, lists, page, LISTS_PER_PAGE, (to) =>
    buttons.ask.data({ id, page: String(to) }),
  );
  return screen(t, {
    text: t('sources:ask'),
    rows: [
      ...items.map((list) =>
        row(t.label('sources:ask.list', { name: list.name }), buttons.read.data({ id, list: list.id })),
      ),
      turn,
      row(t.label('sources:ask.drop'), buttons.drop.data({ id })),
    ],
  });
}

export const dropped = (t: Translator): View => screen(t, { text: t('sources:dropped'), back: first });
export const fileGone = (t: Translator): View => screen(t, { text: t('sources:file-gone'), back: first });

const BAR = 10;

/** How far it is; the message stays, and what is pressed on it comes below. */
export function progress(t: Translator, share: number, { read, refused }: ImportProgress): View {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR);
  return screen(t, {
    text: lines(
      t('sources:reading'),
      `${'▓'.repeat(filled)}${'░'.repeat(BAR - filled)}`,
      t('sources:reading.counts', { read, refused }),
    ),
    stays: true,
  });
}

export const failure = (t: Translator, why: 'gone' | 'too-large' | 'failed'): View => {
  if (why === 'too-large') return tooLarge(t);
  return screen(t, { text: t(why === 'gone' ? 'sources:file-gone' : 'sources:file-failed'), back: first });
};

/** A line of the file, or the number of a course where there are no lines. */
function noteText(t: Translator, { line, field, complaint }: LineNote, isNumbered: boolean): string {
  const reason = t.label(`sources:complaint.${complaint satisfies Complaint}`);
  const place = isNumbered ? 'record' : 'line';
  return field === undefined
    ? t(`sources:note.${place}`, { line, reason })
    : t(`sources:note.${place}.field`, { line, field, reason });
}

/** What became of a delivery. `confirm`: the button that says that it is right. */
export function report(t: Translator, one: StoredReport, page: number, confirm?: string): View {
  const { status, source: of, refused, refusals, notes, vanishing } = one;
  const isAccepted = status === 'accepted';
  const all = [...refusals, ...notes];
  const { items, row: turn } = paged(t, all, page, LINES_PER_PAGE, (to) =>
    buttons.report.data({ id: one.importId, page: String(to) }),
  );
  const isNumbered = of.id === LISTS.ba.id;
  const more = refused - refusals.length;
  return screen(t, {
    text: lines(
      t('sources:report', { name: of.name, time: timeOf(t, one.startedAt) }),
      t(`sources:outcome.${status}`),
      status === 'mostly-gone' ? t('sources:report.vanishing', { number: vanishing }) : undefined,
      ...(isAccepted
        ? [
            '',
            t('sources:report.added', { number: one.added }),
            t('sources:report.changed', { number: one.changed }),
            t('sources:report.unchanged', { number: one.unchanged }),
            t('sources:report.gone', { number: one.gone }),
          ]
        : []),
      refused === 0 ? undefined : t('sources:report.refused', { number: refused }),
      ...(items.length === 0 ? [] : ['', ...items.map((note) => noteText(t, note, isNumbered))]),
      more > 0 ? t('sources:report.more', { number: more }) : undefined,
    ),
    rows: [turn, confirm === undefined ? [] : row(t.label('sources:sure'), confirm)],
    back: buttons.one.data({ list: of.id, page: '0' }),
  });
}
