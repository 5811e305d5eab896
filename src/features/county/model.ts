import { z } from 'zod';
import { type Day, day } from '../../platform/datetime.ts';

/** A municipality of the county; its key is the official AGS, a postal code is only an aid for typing. */
export const municipality = z.object({
  ags: z.string().regex(/^\d{8}$/),
  name: z.string().min(1),
  kind: z.string().min(1),
  postalCode: z.string().regex(/^\d{5}$/),
  lat: z.number(),
  lon: z.number(),
});
export type Municipality = z.infer<typeof municipality>;

export interface Place {
  readonly id: string;
  readonly ags: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined where the county has not supplied it. */
  readonly street: string | undefined;
  readonly postalCode: string;
  readonly city: string;
  readonly lat: number;
  readonly lon: number;
}

/** Street, postal code and town in one line, as on a letter. */
export const addressOf = (place: Place): string =>
  [place.street, `${place.postalCode} ${place.city}`].filter((line) => line !== undefined).join(', ');

export interface ManagerContact {
  readonly id: string;
  readonly name: string;
  readonly carrier: string;
  readonly phone: string | undefined;
}

/** Who is responsible for a municipality on a day. */
export interface Responsible {
  readonly municipality: Municipality;
  /** Undefined where nobody is assigned: the county's contact answers. */
  readonly carrier: { readonly id: string; readonly name: string; readonly confirmed: boolean } | undefined;
  readonly managers: readonly ManagerContact[];
}

/** What decides to whom new people go. */
export interface ManagerCapacity {
  readonly managerId: string;
  /** 5 is full time, 2.5 half. */
  readonly workingDaysPerWeek: number;
  /** People she looks after now. */
  readonly clients: number;
  /** Whether she takes new people at the moment. */
  readonly accepts: boolean;
}

const contact = z.object({
  name: z.string().min(1),
  phone: z.string().min(3),
  address: z.string(),
});
export type Contact = z.infer<typeof contact>;

const calendarDay = z.string().transform((text, context): Day => {
  try {
    return day(text);
  } catch {
    context.addIssue({ code: 'custom', message: `"${text}" is not a date like 2026-12-03` });
    return z.NEVER;
  }
});

/** When schools are closed, from the first to the last day: what staff should know who open office hours. */
export const schoolHoliday = z
  .object({
    name: z.enum(['autumn', 'christmas', 'easter', 'whitsun', 'summer']),
    from: calendarDay,
    to: calendarDay,
    /** Whether an authority is known to have said so; otherwise staff are asked to check the dates. */
    isConfirmed: z.boolean(),
  })
  .refine(({ from, to }) => from <= to, 'ends before it begins');
export type SchoolHoliday = z.infer<typeof schoolHoliday>;

/** What a county says of itself: `county.json` and `school-holidays.csv` in `prisma/counties/<county>`. */
export const countyFacts = z.object({
  name: z.string().min(1),
  /** Answers where no manager does. */
  office: contact,
  /** The service for people in the county's shared accommodation. */
  shelterService: contact,
  /** Whoever runs this bot in the sense of data protection law, and its officer. */
  controller: z.string().min(1),
  dataProtection: z.string().min(1),
  /** When a person last confirmed these facts. */
  checked: z.string(),
  /** How many people one full post looks after; half a post half of them. */
  caseload: z.object({ peoplePerPost: z.number().int().positive() }),
  booking: z.object({
    noticeMinutes: z.number().int().nonnegative(),
    horizonDays: z.number().int().positive(),
    openBookings: z.number().int().positive(),
  }),
  /** Sorted, without overlaps; from `school-holidays.csv`. */
  schoolHolidays: z.array(schoolHoliday).refine((all) => {
    return all.every(({ from }, index) => (all[index - 1]?.to ?? '') < from);
  }, 'school holidays must be sorted and must not overlap'),
});
export type CountyFacts = z.infer<typeof countyFacts>;
