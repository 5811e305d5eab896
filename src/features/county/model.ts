import { z } from 'zod';

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
