import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { CountyService } from '../county/service.ts';
import type { Coordinator } from '../people/model.ts';
import type { Colleague } from '../people/model-team.ts';
import type { TeamDesk } from '../people/service-team.ts';
import type { Act } from './model.ts';
import type { Journal } from './service-journal.ts';
import * as store from './store-audit.ts';

/** An entry of the log as it is read: the subject by its name of today, where it still has one. */
export interface LogEntry extends Omit<store.AuditRow, 'act'> {
  readonly act: Act;
  readonly name: string | undefined;
  /** The role that an invitation or a removal was about. */
  readonly role: string | undefined;
}

export interface StaffService {
  /** Others who coordinate: on her carrier's side, or everywhere. */
  colleagues(by: Coordinator): Promise<readonly Colleague[]>;
  colleague(by: Coordinator, id: string): Promise<Colleague | undefined>;
  /** Ends her access at once. Nobody removes herself: for that there is "delete my data". */
  remove(by: Coordinator, id: string): Promise<boolean>;
  /** What coordinators did, newest first: on her carrier's side, or everywhere. */
  log(by: Coordinator, page: number): Promise<{ readonly total: number; readonly entries: readonly LogEntry[] }>;
}

export const LOG_PAGE = 8;

export function createStaffService(deps: {
  db: Database;
  clock: Clock;
  county: CountyService;
  team: TeamDesk;
  journal: Journal;
  /** What a list of courses is called. */
  listName(id: string): Promise<string | undefined>;
  wake(): void;
}): StaffService {
  const { db, clock, county, team } = deps;

  const colleagues = async (by: Coordinator) =>
    (await team.coordinators(db, by.carrierId)).filter(({ personId }) => personId !== by.personId);
  const colleague = async (by: Coordinator, id: string) => (await colleagues(by)).find((one) => one.id === id);

  /** The name of what an entry is about; undefined where it is gone, or stands for itself. */
  async function nameOf(subject: string): Promise<{ name: string | undefined; role: string | undefined }> {
    const [kind = '', id = '', ags] = subject.split(':');
    if (kind === 'manager') {
      const town = ags === undefined ? undefined : await county.municipality(ags);
      const name = (await team.manager(db, id))?.name;
      return { name: [name, town?.name].filter((one) => one !== undefined).join(', ') || undefined, role: kind };
    }
    if (kind === 'circle') return { name: await team.circleName(db, id), role: undefined };
    if (kind === 'courses') return { name: await deps.listName(id), role: undefined };
    if (kind === 'place') return { name: (await county.place(id))?.name, role: undefined };
    if (id !== '') return { name: undefined, role: kind };
    return { name: (await county.municipality(kind))?.name, role: undefined };
  }

  return {
    colleagues,
    colleague,

    async remove(by, id) {
      const one = await colleague(by, id);
      if (one === undefined) return false;
      const done = await db.transaction(async (tx) => {
        const now = clock.now();
        if (!(await team.removeCoordinator(tx, one, by.personId, now))) return false;
        const act = { act: 'removed', subject: `coordinator:${id}`, carrierId: one.carrierId } as const;
        await deps.journal(tx, by, act, now);
        return true;
      });
      deps.wake();
      return done;
    },

    async log(by, page) {
      const rows = await store.listEntries(db, by.carrierId, page * LOG_PAGE, LOG_PAGE);
      const entries: LogEntry[] = [];
      for (const row of rows) entries.push({ ...row, ...(await nameOf(row.subject)) });
      return { total: await store.countEntries(db, by.carrierId), entries };
    },
  };
}
