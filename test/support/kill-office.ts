import { loadDemo, readDemo } from '../../src/demo.ts';
import { readCounty } from '../../src/features/county/source.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal } from '../../src/platform/crypto.ts';
import type { Database } from '../../src/platform/database.ts';
import { dayOf, wallTime } from '../../src/platform/datetime.ts';
import { LOCALES, type Locale } from '../../src/platform/locale.ts';
import { createServices, type Services } from '../../src/services.ts';

const CALW = '08235085';
const MANAGERS = 9;
export const KEY = '07'.repeat(32);
export const seal = createSeal(Buffer.from(KEY, 'hex'));

export interface Settled {
  readonly id: number;
  readonly locale: Locale;
}
export interface Office {
  /** Telegram accounts of the managers, who have joined. */
  readonly staff: readonly number[];
  /** Refugees who have a manager and may book. */
  readonly refugees: readonly Settled[];
}

/** An office with the demo's staff, more managers in one town, and refugees who have settled in there. */
export async function prepareOffice(db: Database, refugees: number): Promise<Office> {
  const county = readCounty('calw');
  const services = createServices({ db, clock: systemClock, seal, facts: county.facts, wake: () => {} });
  await services.county.load(county);
  await loadDemo(services, 'calw', systemClock);
  const staff = readDemo('calw').filter(({ role }) => role !== 'refugee');
  const managers = Array.from({ length: MANAGERS }, (_, index) => 800_001 + index);
  for (const id of managers) await addManager(services, id);
  const settled: Settled[] = [];
  for (let index = 0; index < refugees; index++) {
    const locale = LOCALES[index % LOCALES.length] ?? 'de';
    settled.push({ id: 900_001 + index, locale });
    await settleIn(services, 900_001 + index, locale);
  }
  return { staff: [...staff.map(({ id }) => id), ...managers], refugees: settled };
}

async function addManager({ people, appointments }: Services, id: number): Promise<void> {
  const draft = { role: 'manager', name: `Manager ${id}`, carrierId: 'landratsamt', workingDays: 5 } as const;
  const { token } = await people.invite(undefined, { ...draft, municipalities: [CALW] });
  await people.acceptInvite(id, 'de', token);
  const { actor } = await people.identify(id);
  if (actor.kind !== 'manager') throw new Error('the manager did not join');
  await appointments.addOfficeHours(
    actor,
    ([1, 2, 3, 4, 5] as const).map((weekday) => ({
      weekday,
      from: wallTime('09:00'),
      to: wallTime('11:00'),
      placeId: 'rathaus-calw',
      ways: ['place', 'telephone'],
      slotMinutes: 30,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      travelMinutes: 0,
      interpreter: false,
      everyWeeks: 1,
      validFrom: dayOf(systemClock.now()),
      validTo: undefined,
    })),
  );
}

async function settleIn({ people }: Services, id: number, locale: Locale): Promise<void> {
  await people.agree(id, locale);
  const { actor } = await people.identify(id);
  if (actor.kind !== 'refugee') throw new Error('the refugee did not arrive');
  await people.settleIn(actor, CALW);
  await people.setInterpreter(actor, undefined);
}
