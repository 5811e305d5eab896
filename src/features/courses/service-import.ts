import { createHash } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import { dayOf, type Instant, toDate } from '../../platform/datetime.ts';
import type { CountyService } from '../county/service.ts';
import {
  type Catalogue,
  type CourseRecord,
  courseRecord,
  type ImportProgress,
  type ImportReport,
  type ImportWay,
  type LineNote,
  NOTES_KEPT,
} from './model.ts';
import { purposesOf, verdict, visibleUntil } from './rules.ts';
import { placed } from './rules-place.ts';
import { dayPartsOf } from './rules-times.ts';
import * as store from './store-import.ts';

export interface ImportOptions {
  readonly way: ImportWay;
  /** Somebody has looked at it: most courses may vanish. */
  readonly isConfirmed?: boolean;
  /** Called after each batch. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Called in the transaction that settles it: what is written there is written with the catalogue, or not at all. */
  readonly onSettled?: (tx: Db, report: ImportReport) => Promise<void>;
}

/** So many records are in memory at a time. */
const BATCH = 500;

/** The row of a record without what differs from delivery to delivery. Two equal ones have one fingerprint. */
function rowOf(sourceId: string, record: CourseRecord): Readonly<Record<string, unknown>> {
  const { place, provider } = record;
  const group = [sourceId, record.title, provider.name, record.form, place.postalCode, place.city, place.street];
  return {
    // 52 bits of a hash: a number that JSON carries whole.
    group_key: Number.parseInt(createHash('sha256').update(JSON.stringify(group)).digest('hex').slice(0, 13), 16),
    visible_until: visibleUntil(record),
    purposes: purposesOf(record),
    day_parts: dayPartsOf(record),
    source_id: sourceId,
    record_id: record.recordId,
    source_group: record.group,
    kind: record.kind,
    title: record.title,
    level_from: record.levelFrom,
    level_to: record.levelTo,
    lessons: record.lessons,
    start_kind: record.startKind,
    starts_on: record.startsOn,
    ends_on: record.endsOn,
    register_until: record.registerUntil,
    days_times: record.daysTimes,
    form: record.form,
    time_mode: record.timeMode,
    ags: place.ags,
    postal_code: place.postalCode,
    city: place.city,
    street: place.street,
    lat: place.lat,
    lon: place.lon,
    place_confirmed: place.confirmed,
    provider: provider.name,
    phone: provider.phone,
    mail: provider.mail,
    url: provider.url,
    cost_text: record.costText,
    free: record.free,
    child_care: record.childCare,
    women_only: record.womenOnly,
    permit_needed: record.permitNeeded,
    audience: record.audience,
    remarks: record.remarks,
    updated_at: record.updatedAt === undefined ? undefined : toDate(record.updatedAt).toISOString(),
    checked_on: record.checkedOn,
    checked_by: record.checkedBy,
  };
}

function draftOf(sourceId: string, record: CourseRecord, now: Instant): store.Draft {
  const row = rowOf(sourceId, record);
  const fingerprint = createHash('sha256').update(JSON.stringify(row)).digest('base64url');
  return {
    recordId: record.recordId,
    updatedAt: record.updatedAt,
    fingerprint,
    row: { ...row, id: newId(), fingerprint, listed_at: toDate(now).toISOString() },
  };
}

/** Which of two records with one key stands. */
const isOlder = (one: store.Draft, than: store.Draft): boolean =>
  one.updatedAt !== undefined && than.updatedAt !== undefined && one.updatedAt < than.updatedAt;

/**
 * Imports deliveries. What is read goes into drafts, a batch at a time, while the bot goes on; then one transaction weighs
 * them and makes all of them offerings, or none. A delivery that is not believed leaves the catalogue as it was. Throws
 * only for an outage; what stands in a delivery ends up in the report.
 */
export function createImporter(deps: { db: Database; clock: Clock; county: CountyService }) {
  const { db, clock, county } = deps;
  return async (catalogue: Catalogue, options: ImportOptions): Promise<ImportReport> => {
    const { source, readings } = catalogue;
    const importId = newId();
    const towns = await county.municipalities();
    const started = clock.now();
    await store.beginImport(db, { id: importId, source, way: options.way, now: started });

    const refusals: LineNote[] = [];
    const notes: LineNote[] = [];
    let batch = new Map<string, store.Draft>();
    let read = 0;
    let refused = 0;
    let isUpdate = false;
    let isUnreadable = false;
    const refuse = ({ line, complaint, field }: LineNote) => {
      refused += 1;
      if (refusals.length < NOTES_KEPT) refusals.push({ line, complaint, field });
    };
    const keep = (draft: store.Draft) => {
      const known = batch.get(draft.recordId);
      if (known === undefined || !isOlder(draft, known)) batch.set(draft.recordId, draft);
    };
    const flush = async () => {
      const drafts = [...batch.values()];
      batch = new Map();
      await store.writeDrafts(db, importId, drafts);
      options.onProgress?.({ read, refused });
    };
    try {
      for await (const reading of readings) {
        if (reading.kind === 'update') isUpdate = true;
        else if (reading.kind === 'note') {
          if (notes.length < NOTES_KEPT) notes.push({ ...reading });
        } else if (reading.kind === 'refused') refuse(reading);
        else if (reading.kind === 'unreadable') {
          refuse(reading);
          isUnreadable = true;
          break;
        } else if (reading.kind === 'withdrawn') {
          keep({ recordId: reading.recordId, updatedAt: undefined, fingerprint: '', row: undefined });
        } else {
          read += 1;
          const checked = courseRecord.safeParse(reading.record);
          if (checked.success)
            keep(draftOf(source.id, { ...checked.data, place: placed(checked.data.place, towns) }, started));
          else {
            read -= 1;
            const field = checked.error.issues[0]?.path.join('.');
            refuse({ line: reading.line, complaint: 'record', field: field === '' ? undefined : field });
          }
        }
        if (batch.size >= BATCH) await flush();
      }
      await flush();
    } catch (error) {
      await store.deleteDrafts(db, importId).catch(() => undefined);
      throw error;
    }

    const byLine = (one: LineNote, other: LineNote) => one.line - other.line;
    const report = await db.transaction(async (tx): Promise<ImportReport> => {
      await store.lockSource(tx, source.id);
      const now = clock.now();
      const weighed = await store.weigh(tx, { importId, sourceId: source.id, isUpdate, today: dayOf(now) });
      const isConfirmed = options.isConfirmed === true;
      const status = isUnreadable ? 'unreadable' : verdict({ ...weighed, refused, isUpdate, isConfirmed });
      const done =
        status === 'accepted'
          ? await store.applyDrafts(tx, { importId, source, isUpdate, now })
          : { added: 0, changed: 0, gone: 0 };
      const settled = {
        importId,
        status,
        isUpdate,
        read: weighed.read,
        ...done,
        unchanged: status === 'accepted' ? weighed.read - done.added - done.changed : 0,
        vanishing: weighed.vanishing,
        refused,
        refusals: refusals.sort(byLine),
        notes: notes.sort(byLine),
      } as const;
      await store.endImport(tx, settled, now);
      await options.onSettled?.(tx, settled);
      return settled;
    });
    if (report.added + report.changed + report.gone > 0) await store.analyse(db);
    return report;
  };
}
