import type { BookingFigures } from './bookings.ts';
import type { CaseloadFigures } from './caseload.ts';
import { type CourseFigures, WISHES_WAITING } from './courses.ts';
import type { DialogueFigures } from './dialogue.ts';
import type { MorningFigures } from './mornings.ts';
import type { RaceFigures } from './race.ts';
import type { SingleFigure } from './singles.ts';
import type { SlotFigures } from './slots.ts';
import type { StartFigures } from './starts.ts';

export interface Figures {
  readonly machine: string;
  readonly dialogue: readonly DialogueFigures[];
  readonly bookings: readonly BookingFigures[];
  readonly slots: readonly SlotFigures[];
  readonly courses: readonly CourseFigures[];
  readonly caseload: readonly CaseloadFigures[];
  readonly race: readonly RaceFigures[];
  readonly mornings: readonly MorningFigures[];
  readonly starts: readonly StartFigures[];
  readonly singles: readonly SingleFigure[];
}

const whole = (n: number) => Math.round(n).toLocaleString('en-US');
const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]) =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n');

/** Every part of the figures as a table; a part that was not measured has none. */
const TABLES: { readonly [K in keyof Omit<Figures, 'machine'>]: (all: Figures[K]) => string } = {
  dialogue: (all) =>
    table(
      ['booking and cancelling, per update', 'CPU', 'ratio', 'updates/s'],
      all.map((one) =>
        row(
          one.subject,
          `${one.cpuMsPerUpdate.toFixed(3)} ms`,
          `${one.ratio.toFixed(2)}×`,
          whole(one.updatesPerSecond),
        ),
      ),
    ),
  bookings: (all) =>
    table(
      ['bookings, 32 at once, PostgreSQL', 'per second', 'share'],
      all.map((one) => row(one.way, whole(one.perSecond), `${whole(one.share * 100)} %`)),
    ),
  race: (all) =>
    table(
      ['200 people want 20 times', 'asking', 'times', 'until all have an answer'],
      all.map((one) => row(one.database, whole(one.asking), whole(one.slots), `${whole(one.answeredMs)} ms`)),
    ),
  slots: (all) =>
    table(
      ['free slots of eight weeks', 'past', 'future', 'own manager', 'all 18 managers'],
      all.map((one) =>
        row(
          one.database,
          whole(one.past),
          whole(one.future),
          `${one.ownMs.toFixed(2)} ms`,
          `${one.allMs.toFixed(2)} ms`,
        ),
      ),
    ),
  courses: (all) =>
    table(
      [
        'courses',
        'offerings',
        'import',
        'all, first page',
        'CPU of it',
        'five wishes',
        'what to drop',
        'heap of an import, to one of a tenth',
        '300 saved wishes',
        'of asking each',
        'nothing new',
      ],
      all.map((one) =>
        row(
          one.database,
          whole(one.offerings),
          `${whole(one.importMs)} ms`,
          `${one.everythingMs.toFixed(1)} ms`,
          `${one.everythingCpuMs.toFixed(1)} ms`,
          `${one.wishMs.toFixed(1)} ms`,
          `${one.looseningMs.toFixed(1)} ms`,
          `${one.importHeapRatio.toFixed(2)}×`,
          `${one.matchMs.toFixed(0)} ms`,
          `${((100 * one.matchMs) / (WISHES_WAITING * one.wishMs)).toFixed(0)} %`,
          `${one.nothingNewMs.toFixed(1)} ms`,
        ),
      ),
    ),
  caseload: (all) =>
    table(
      ['a caseload moves', 'people', 'appointments', 'of these cancelled', 'preview', 'move', 'undo'],
      all.map((one) =>
        row(
          one.database,
          whole(one.people),
          whole(one.appointments),
          whole(one.cancelled),
          `${whole(one.previewMs)} ms`,
          `${whole(one.moveMs)} ms`,
          `${whole(one.undoMs)} ms`,
        ),
      ),
    ),
  mornings: (all) =>
    table(
      ['18 morning messages', 'past', 'future', 'planned', 'found planned', 'read, worded and sent'],
      all.map((one) =>
        row(
          one.database,
          whole(one.past),
          whole(one.future),
          `${one.planMs.toFixed(1)} ms`,
          `${one.againMs.toFixed(1)} ms`,
          `${one.sentMs.toFixed(1)} ms`,
        ),
      ),
    ),
  starts: (all) =>
    table(
      ['start to first answer', 'first', 'second', 'memory idle', 'after load', 'with Prisma'],
      all.map((one) =>
        row(
          one.database,
          `${whole(one.firstMs)} ms`,
          `${whole(one.secondMs)} ms`,
          `${whole(one.idleMb)} MB`,
          `${whole(one.loadedMb)} MB`,
          `${whole(one.prismaMb)} MB`,
        ),
      ),
    ),
  singles: (all) =>
    table(
      ['one call of', 'takes'],
      all.map((one) => row(one.what, `${(one.ms * 1_000).toFixed(1)} µs`)),
    ),
};

/** A part of the figures as it stands in the README; empty where it was not measured. */
export const tell = <K extends keyof typeof TABLES>(part: K, all: Figures[K]): string =>
  all.length === 0 ? '' : `${TABLES[part](all)}\n\n`;
