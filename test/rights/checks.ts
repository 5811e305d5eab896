import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../src/simulator/person.ts';
import { fingerprint, snapshot } from '../support/snapshot.ts';
import { forge, lastMessage, plainText, write } from '../support/walks.ts';
import { assemble, type Cast, NEVER, type Who } from './cast.ts';
import { NAMING, OF_ROLE } from './lines.ts';

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

/** The whole matrix for some of those who are there. */
export function describeRights(all: readonly Who[]): void {
  let cast: Cast;
  beforeAll(async () => {
    cast = await assemble();
  }, 300_000);
  afterAll(() => cast.world.stop());

  describe.each(all)('%s', { timeout: 600_000 }, (who) => {
    it('with whatever she may not use changes nothing, disturbs nobody, learns nothing, not even that it exists', async () => {
      const complaints: string[] = [];
      await write(cast.world, cast.people[who], '/menu');
      const menu = await answerTo(cast, who, 'menu');
      let before = await state(cast, who);
      for (const [name, line] of Object.entries({ ...NAMING, ...OF_ROLE })) {
        if (line.may.includes(who)) continue;
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
      expect(complaints).toEqual([]);
    });

    it('can use what is hers', async () => {
      const complaints: string[] = [];
      const restore = await snapshot(cast.world.db);
      await write(cast.world, cast.people[who], '/menu');
      const menu = await answerTo(cast, who, 'menu');
      for (const [name, line] of Object.entries({ ...NAMING, ...OF_ROLE })) {
        if (!line.may.includes(who)) continue;
        let isUsed = false;
        const never = line.data(NEVER);
        for (const [index, data] of line.data(cast.named).entries()) {
          if (isUsed) break;
          await write(cast.world, cast.people[who], '/menu');
          const without = name in OF_ROLE ? menu : await answerTo(cast, who, never[index] ?? '');
          isUsed = (await answerTo(cast, who, data)) !== without;
          await restore();
        }
        if (!isUsed) complaints.push(`${name} is of no use to her`);
      }
      expect(complaints).toEqual([]);
    });
  });
}
