import { z } from 'zod';
import type { SimulatedPerson } from './person.ts';

/** What the page's own server takes; Telegram's clients send more, and bots may download less. */
const FILE_BYTES = 24 * 1024 * 1024;
/** Somewhere in Calw. */
const HERE = { latitude: 48.7147, longitude: 8.7394 };

export const actSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(4096) }),
  z.strictObject({ kind: z.literal('edit'), messageId: z.int(), text: z.string().min(1).max(4096) }),
  z.strictObject({ kind: z.literal('start'), payload: z.string().optional() }),
  z.strictObject({ kind: z.literal('press'), messageId: z.int(), data: z.string() }),
  z.strictObject({ kind: z.literal('key'), row: z.int(), column: z.int() }),
  z.strictObject({ kind: z.literal('photo') }),
  z.strictObject({ kind: z.literal('sticker') }),
  z.strictObject({ kind: z.literal('voice') }),
  z.strictObject({
    kind: z.literal('document'),
    name: z.string().trim().min(1).max(200),
    base64: z.base64().max(Math.ceil(FILE_BYTES / 3) * 4),
  }),
  z.strictObject({ kind: z.literal('location') }),
  z.strictObject({ kind: z.literal('contact') }),
  z.strictObject({ kind: z.literal('block') }),
  z.strictObject({ kind: z.literal('unblock') }),
  z.strictObject({ kind: z.literal('deleteAccount') }),
]);

export type Act = z.infer<typeof actSchema>;

type Plays = {
  [K in Act['kind']]: (person: SimulatedPerson, given: Extract<Act, { kind: K }>, startPayload?: string) => void;
};

const PLAYS: Plays = {
  text: (person, { text }) => person.sends(text),
  edit: (person, { messageId, text }) => person.edits(messageId, text),
  start: (person, { payload }, startPayload) => person.starts(payload ?? (person.started ? undefined : startPayload)),
  press: (person, { messageId, data }) => person.presses(messageId, data),
  key: (person, { row, column }) => person.tapsKey(row, column),
  photo: (person) => person.sendsPhoto(),
  sticker: (person) => person.sendsSticker(),
  voice: (person) => person.sendsVoice(),
  document: (person, { name, base64 }) => person.sendsDocument(name, new Uint8Array(Buffer.from(base64, 'base64'))),
  location: (person) => person.sendsLocation(HERE.latitude, HERE.longitude),
  contact: (person) =>
    person.sendsContact({ phoneNumber: '+4915112345678', firstName: person.firstName, userId: person.id }),
  block: (person) => person.blocks(),
  unblock: (person) => person.unblocks(),
  deleteAccount: (person) => person.deletesAccount(),
};

/** Does on a phone what the tester did on the page. Throws what the person throws: impossible things. */
export function act(person: SimulatedPerson, given: Act, startPayload: string | undefined): void {
  const play = PLAYS[given.kind] as (person: SimulatedPerson, given: Act, startPayload?: string) => void;
  play(person, given, startPayload);
}
