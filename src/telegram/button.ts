import { z } from 'zod';

/** Telegram's limit for callback data, in bytes; everything here is ASCII. */
const MAX_BYTES = 64;
const SAFE = /^[A-Za-z0-9._-]*$/;

type Parts = Readonly<Record<string, z.ZodType<string, string>>>;
type PartValues<P extends Parts> = { readonly [K in keyof P]: z.output<P[K]> };

/** One kind of button: how its data is written and, distrusted, read again. */
export interface ButtonKind<P extends Parts = Parts> {
  readonly name: string;
  /** Whoever presses it leaves no trace: the update is never stored, see `discreet.ts`. */
  readonly isDiscreet: boolean;
  /** Throws when a part is not safe or the whole exceeds 64 bytes: a bug, not an input. */
  data(values: PartValues<P>): string;
  /** Undefined for data of another kind, of another version, or forged. */
  parse(data: string): PartValues<P> | undefined;
}

const kinds = new Map<string, ButtonKind>();

/** Defines a kind of button whose pressing leaves no trace. What it does is safe to do twice and safe to lose. */
export const defineDiscreetButton = <P extends Parts>(name: string, parts: P): ButtonKind<P> =>
  defineButton(name, parts, true);

/** Defines a kind of button once; its name is the first part of the data. */
export function defineButton<P extends Parts>(name: string, parts: P, isDiscreet = false): ButtonKind<P> {
  if (kinds.has(name)) throw new Error(`the button ${name} is defined twice`);
  const names = Object.keys(parts);
  const schema = z.object(parts as Record<string, z.ZodType>);
  const kind: ButtonKind<P> = {
    name,
    isDiscreet,
    data(values) {
      const written = [name, ...names.map((part) => values[part as keyof P] as string)].join(':');
      if (!written.split(':').every((part) => SAFE.test(part)) || written.length > MAX_BYTES) {
        throw new Error(`the button ${name} does not fit its ${MAX_BYTES} bytes or has unsafe parts`);
      }
      return written;
    },
    parse(data) {
      const [first, ...rest] = data.split(':');
      if (first !== name || rest.length !== names.length) return undefined;
      const result = schema.safeParse(Object.fromEntries(names.map((part, index) => [part, rest[index]])));
      return result.success ? (result.data as PartValues<P>) : undefined;
    },
  };
  kinds.set(name, kind as unknown as ButtonKind);
  return kind;
}

/** Whether this is the data of a discreet button; also of a former one, whose parts nobody reads any more. */
export const isDiscreet = (data: string): boolean =>
  kinds.get(data.slice(0, data.indexOf(':') >>> 0))?.isDiscreet === true;

/** Every kind that the program has defined, for the tests that press forged buttons. */
export const definedButtons = (): readonly ButtonKind[] => [...kinds.values()];

/** Parts that occur often. */
export const part = {
  id: z.string().regex(/^[0-9a-z]{4,16}$/),
  number: z.string().regex(/^-?\d{1,6}$/),
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** Minutes since 1970 in base 36. */
  minute: z.string().regex(/^[0-9a-z]{5,6}$/),
};
