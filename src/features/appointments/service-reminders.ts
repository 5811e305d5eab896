import { oweNotices } from '../../delivery/outbox.ts';
import { addMinutes } from '../../platform/datetime.ts';
import type { Refugee } from '../people/model.ts';
import type { ReminderWishes } from '../people/model-wishes.ts';
import type { Appointment } from './model.ts';
import { owedNow, owedReminders, REMINDERS } from './owed.ts';
import { reminderTimesFromNow } from './rules-reminders.ts';
import type { AppointmentsDeps } from './service.ts';
import * as store from './store.ts';
import * as reminding from './store-reminders.ts';

/** How a refugee is reminded, and what she answers. */
export interface ReminderDesk {
  /** Also what is booked already is reminded of as she wishes from now on. */
  setReminders(refugee: Refugee, wishes: ReminderWishes): Promise<void>;
  /** Whether her locked screen shows no more than that there is a message. */
  setDiscreet(refugee: Refugee, discreet: boolean): Promise<void>;
  /** Tells the manager that she comes. */
  confirmComing(refugee: Refugee, id: string): Promise<Appointment | undefined>;
  /** Keeps that she cannot; the manager hears it unless she moves, cancels or changes her mind within minutes. */
  cannotCome(refugee: Refugee, id: string): Promise<Appointment | undefined>;
}

/** Who says "I cannot" chooses next whether to move or to cancel, and each of these tells the manager by itself. */
const CHOOSING_MINUTES = 10;

export function createReminderDesk(deps: AppointmentsDeps): ReminderDesk {
  const { db, clock, seal } = deps;

  async function answer(refugee: Refugee, id: string, said: 'coming' | 'cannot'): Promise<Appointment | undefined> {
    const now = clock.now();
    const appointment = await db.transaction(async (tx) => {
      const answered = await reminding.writeAnswer(tx, refugee.personId, id, said, now);
      if (answered === undefined) return undefined;
      const found = await store.findOfRefugee(tx, seal, refugee.personId, id);
      if (found === undefined || answered.before === said) return found;
      const manager = await store.personOnDuty(tx, found.manager.id, now);
      if (manager === undefined) return found;
      const kind = said === 'coming' ? 'coming' : 'cannot-come';
      const owed = owedNow(kind, manager, found, said === 'coming' ? now : addMinutes(now, CHOOSING_MINUTES));
      await oweNotices(tx, [{ ...owed, key: `${owed.key}:${now}` }]);
      return found;
    });
    deps.wake();
    return appointment;
  }

  return {
    async setReminders(refugee, wishes) {
      const now = clock.now();
      await db.transaction(async (tx) => {
        await reminding.writeWishes(tx, refugee.personId, wishes);
        await reminding.deletePending(tx, refugee.personId, REMINDERS);
        for (const appointment of await reminding.listToRemind(tx, refugee.personId, now)) {
          const times = reminderTimesFromNow(appointment, wishes, now);
          await oweNotices(tx, owedReminders(refugee.personId, appointment, times));
        }
      });
      deps.wake();
    },
    setDiscreet: (refugee, discreet) => reminding.writeDiscreet(db, refugee.personId, discreet),
    confirmComing: (refugee, id) => answer(refugee, id, 'coming'),
    cannotCome: (refugee, id) => answer(refugee, id, 'cannot'),
  };
}
