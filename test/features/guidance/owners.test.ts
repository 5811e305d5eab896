import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { draftOf, inviteFor, joinBy } from '../../support/builders.ts';
import {
  buttonsOf,
  findButton,
  forge,
  lastMessage,
  offered,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const DAY = 24 * 60;

/** From her menu through the list, page by page, as she would. */
async function walkTo(coordinator: SimulatedPerson, key: string): Promise<void> {
  await write(world, coordinator, '/menu');
  await press(world, coordinator, 'content:0');
  for (let page = 1; !offered(coordinator).includes(`content.one:${key}`); page++)
    await press(world, coordinator, `content:${page}`);
  await press(world, coordinator, `content.one:${key}`);
}

describe('the coordinator', () => {
  it('sees what nobody has checked, where it comes from and which languages no native speaker has read', async () => {
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'content:0');
    expect(says(karin)).toMatch(/Zu prüfen: \d\d/);
    await walkTo(karin, 'p.stay');
    for (const shown of ['handbookgermany.de', '22.11.2026', '22.02.2027', 'noch niemand', 'Tigrinya']) {
      expect(says(karin)).toContain(shown);
    }
    expect(offered(karin)).toContain('g.p:de:b2');
  });

  it('sees when help numbers were checked, confirms them, and is told in time to check again', async () => {
    const { karin } = staffOf(world);
    await walkTo(karin, 'n.emergency');
    for (const shown of ['Feuerwehr und Rettungswagen: 112', 'Sonntag, 22.11.2026', 'noch niemand']) {
      expect(says(karin)).toContain(shown);
    }
    expect(says(karin)).toContain(words(world, 'guidance:content.state.unchecked'));
    await press(world, karin, 'content.ok:');
    expect(says(karin)).toContain('23.02.2027');
    await walkTo(karin, 'n.emergency');
    expect(says(karin)).toContain('Montag, 23.11.2026');
    expect(says(karin)).toContain('Von: Landkreis');
    expect(says(karin)).toContain(words(world, 'guidance:content.state.fine'));
    world.clock.pass(92 * DAY);
    await walkTo(karin, 'n.emergency');
    expect(says(karin)).toContain(words(world, 'guidance:content.state.soon'));
    world.clock.pass(DAY);
    await walkTo(karin, 'n.emergency');
    expect(says(karin)).toContain(words(world, 'guidance:content.state.overdue'));
  });

  it('pages through all of it, each once, with the day of its check, and what is fine after what is due', async () => {
    const { karin } = staffOf(world);
    await walkTo(karin, 'n.police');
    await press(world, karin, 'content.ok:');
    await write(world, karin, '/menu');
    await press(world, karin, 'content:0');
    const due = Number(/Zu prüfen: (\d+)/.exec(says(karin))?.[1]);
    expect(says(karin)).toContain('Geprüft: 1');
    const seen: { readonly data: string; readonly label: string }[] = [];
    for (let page = 0; ; page++) {
      seen.push(...buttonsOf(lastMessage(karin)).filter(({ data }) => data.startsWith('content.one:')));
      if (!offered(karin).includes(`content:${page + 1}`)) break;
      await press(world, karin, `content:${page + 1}`);
    }
    expect(new Set(seen.map(({ data }) => data)).size).toBe(seen.length);
    expect(seen).toHaveLength(due + 1);
    expect(seen.filter(({ label }) => !/^[🔴🟠🟡🟢] \p{L}\p{L} \d\d\.\d\d\. · ./u.test(label))).toEqual([]);
    expect(seen.at(-1)).toMatchObject({ data: 'content.one:n.police', label: '🟢 Mo 23.11. · ☎️ 110' });
  });

  it('of the county confirms a page for its months; then people read the new day', async () => {
    const amal = world.person('Amal', 'de');
    amal.starts();
    await world.settle();
    await forge(world, amal, 'g.p:de:b2');
    expect(says(amal)).toContain(words(world, 'guidance:page.unchecked'));
    const { karin } = staffOf(world);
    await walkTo(karin, 'p.stay');
    await press(world, karin, 'content.ok:');
    expect(says(karin)).toContain('23.02.2027');
    expect(await world.db.prisma.contentReview.findMany()).toMatchObject([{ key: 'p.stay', checkedBy: 'county' }]);
    await walkTo(karin, 'p.stay');
    expect(says(karin)).toContain('Von: Landkreis');
    await forge(world, amal, 'g.p:de:b2');
    expect(says(amal)).toContain('✅ Geprüft am Montag, 23.11.2026');
    world.clock.pass(93 * DAY);
    await forge(world, amal, 'g.p:de:b2');
    expect(says(amal)).toContain('⚠️ Diese Seite ist alt, zuletzt geprüft am Montag, 23.11.2026.');
  });

  it('cannot confirm words that have changed since she read them', async () => {
    const { karin } = staffOf(world);
    await forge(world, karin, 'content.ok:p.stay:00000000');
    expect(says(karin)).toContain('handbookgermany.de');
    expect(await world.db.prisma.contentReview.count()).toBe(0);
  });

  it('of a carrier sees it all and confirms nothing', async () => {
    const rita = world.person('Rita');
    await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'verbund')));
    await write(world, rita, '/menu');
    await press(world, rita, 'content:0');
    await press(world, rita, 'content.one:');
    expect(offered(rita).some((data) => data.startsWith('content.ok'))).toBe(false);
    const { karin } = staffOf(world);
    await walkTo(karin, 'p.stay');
    await forge(world, rita, findButton(karin, 'content.ok:').data);
    expect(await world.db.prisma.contentReview.count()).toBe(0);
  });
});
