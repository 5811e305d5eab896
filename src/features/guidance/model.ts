import { z } from 'zod';

/** Numbers that the help screen shows, in this order. */
export const HELP_NUMBERS = [
  'emergency',
  'police',
  'doctor_on_call',
  'poison',
  'violence_women',
  'pastoral_1',
  'children',
] as const;
export type HelpNumberId = (typeof HELP_NUMBERS)[number];

const helpNumber = z.object({
  id: z.string(),
  /** As it is written; null where the county has to supply it. */
  number: z.string().nullable(),
  dial: z.string().nullable(),
  checked: z.string().nullable(),
});

/** `prisma/counties/<county>/help-numbers.json`; what else stands there is for people who check it. */
export const helpNumbersFile = z.object({ checked: z.string(), numbers: z.array(helpNumber) });

export interface HelpNumber {
  readonly id: HelpNumberId;
  readonly number: string;
}
