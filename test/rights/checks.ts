import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../src/simulator/person.ts';
import { fingerprint, snapshot } from '../support/snapshot.ts';
import { forge, lastMessage, plainText, write } from '../support/walks.ts';
import { assemble, type Cast, NEVER, type Who } from './cast.ts';
import { type Line, NAMING, OF_ROLE } from './lines.ts';

/** A form that somebody is in may change: it is her own. */
const HER_OWN = ['flow', 'inbox'];

/** Presses on her newest screen and says what came of it: what stands there, and what was said above it. */
export async function answerTo(cast: Cast, who: Who, data: string): Promise<string> {
  const { world } = cast;
  const person: SimulatedPerson = cast.people[who];
  const before = person.chat.length;
  await forge(world, person, data);
  const added = person.chat.slice(before).map((one) => one.text ?? one.document?.text ?? one.venue?.title ?? '');
  const texts = [...added, lastMessage(person)?.text ?? ''].map(plainText);
  return [...new Set(texts)].join('\n');
}

/** What may not change: every row, and what the others read in their chats. */
async function state(cast: Cast, who: Who) {
  const others = Object.entries(cast.people).filter(([name]) => name !== who);
  return {
    rows: await fingerprint(cast.world.db, HER_OWN),
    chats: Object.fromEntries(others.map(([name, { chat }]) => [name, chat.length])),
  };
}
const changes = (before: Awaited<ReturnType<typeof state>>, after: Awaited<ReturnType<typeof state>>): string[] => [
  ...Object.keys(before.rows).filter((table) => before.rows[table] !== after.rows[table]),
  ...Object.keys(before.chats).filter((name) => before.chats[name] !== after.chats[name]),
];

const ALL = { ...NAMING, ...OF_ROLE };

/** Presses all of these; complains of whatever says more than for what never was, changes a row, or disturbs anybody. */
async function refused(cast: Cast, who: Who, all: Readonly<Record<string, Line>>): Promise<string[]> {
  const complaints: string[] = [];
  await write(cast.world, cast.people[who], '/menu');
  const menu = await answerTo(cast, who, 'menu');
  let before = await state(cast, who);
  for (const [name, line] of Object.entries(all)) {
    await write(cast.world, cast.people[who], '/menu');
    const never = line.data(NEVER);
    for (const [index, data] of line.data(cast.named).entries()) {
      const same = name in OF_ROLE ? menu : await answerTo(cast, who, never[index] ?? '');
      const answer = await answerTo(cast, who, data);
      const told = cast.secrets.filter((secret) => answer.includes(secret) && !same.includes(secret));
      if (told.length > 0) complaints.push(`${name}: ${data} tells ${told.join(', ')}`);
      if (answer !== same) complaints.push(`${name}: ${data} is answered with\n${answer}\ninstead of\n${same}`);
    }
    const after = await state(cast, who);
    const changed = changes(before, after);
    if (changed.length > 0) complaints.push(`${name}: changes ${changed.join(', ')}`);
    before = after;
  }
  return complaints;
}

/** Presses all of these with what is hers; complains where she is answered as for what never was. */
async function useless(cast: Cast, who: Who, all: Readonly<Record<string, Line>>): Promise<string[]> {
  const complaints: string[] = [];
  const restore = await snapshot(cast.world.db);
  const before = JSON.stringify(await fingerprint(cast.world.db, HER_OWN));
  await write(cast.world, cast.people[who], '/menu');
  const menu = await answerTo(cast, who, 'menu');
  for (const [name, line] of Object.entries(all)) {
    let isUsed = false;
    const never = line.data(NEVER);
    for (const [index, data] of line.data(cast.named).entries()) {
      await write(cast.world, cast.people[who], '/menu');
      const without = name in OF_ROLE ? menu : await answerTo(cast, who, never[index] ?? '');
      const answer = await answerTo(cast, who, data);
      // Most of it only shows something; what does something is undone.
      const hasChanged = JSON.stringify(await fingerprint(cast.world.db, HER_OWN)) !== before;
      isUsed ||= hasChanged || answer !== without;
      if (hasChanged) await restore();
    }
    if (!isUsed) complaints.push(`${name} is of no use to her`);
  }
  return complaints;
}

const chosen = (isChosen: (line: Line) => boolean) =>
  Object.fromEntries(Object.entries(ALL).filter(([, line]) => isChosen(line)));

/** Everybody of a role: what is hers she can use, everything else is as if it had never been. */
export function describeRights(all: readonly Who[]): void {
  // In a room of its own, so that its world has stopped before another's begins.
  describe('with the things of others and her own', () => {
    let cast: Cast;
    beforeAll(async () => {
      cast = await assemble();
    }, 300_000);
    afterAll(() => cast?.world.stop());

    describe.each(all)('%s', { timeout: 900_000 }, (who) => {
      it('with whatever she may not use changes nothing, disturbs nobody, learns nothing, not even that it exists', async () => {
        const all = chosen(({ may }) => !may.includes(who));
        expect(await refused(cast, who, all)).toEqual([]);
      });
      it('can use what is hers', async () => {
        const all = chosen(({ may }) => may.includes(who));
        expect(await useless(cast, who, all)).toEqual([]);
      });
    });
  });
}

/** Somebody whose access has ended: what was hers is as if it had never been. */
export function describeGone(who: Who, end: (cast: Cast) => Promise<void>): void {
  describe(`${who}, once her access has ended`, { timeout: 900_000 }, () => {
    it('can do nothing with what was hers', async () => {
      const cast = await assemble();
      try {
        await end(cast);
        expect(
          await refused(
            cast,
            who,
            chosen(({ may }) => may.includes(who)),
          ),
        ).toEqual([]);
      } finally {
        await cast.world.stop();
      }
    });
  });
}

/** Cases whose yes was taken back: for whoever could see them they are as if they had never been. */
export function describeRevoked(all: readonly Who[]): void {
  describe('a case whose yes was taken back', { timeout: 900_000 }, () => {
    it('is not there any more, not even for whoever had it', async () => {
      const cast = await assemble();
      try {
        const { revoked } = cast.named;
        const ended: Cast = { ...cast, named: { ...cast.named, draft: revoked, sent: revoked, taken: revoked } };
        const ofCases = Object.fromEntries(
          Object.entries(NAMING).filter(([, { data }]) => data(NEVER).join() !== data({ ...NEVER, taken: 'x' }).join()),
        );
        expect(Object.keys(ofCases).length).toBeGreaterThan(30);
        for (const who of all) expect([who, await refused(ended, who, ofCases)]).toEqual([who, []]);
      } finally {
        await cast.world.stop();
      }
    });
  });
}
