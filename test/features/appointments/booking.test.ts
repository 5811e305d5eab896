import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import { arrive, book, says } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

describe.each(LOCALES)('a refugee who speaks %s', (locale) => {
  it('books with her manager, who is told at once', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await book(world, amal);
    const maria = world.telegram.person({ id: 700003, firstName: 'Maria' });
    expect(amal.chat.at(-2)?.text).toContain('Maria Keller');
    expect(amal.chat.at(-1)?.venue?.title).toBe('Rathaus Calw');
    expect(says(maria)).toContain('📥 Neuer Termin');
    expect(await world.db.prisma.appointment.count()).toBe(1);
  });
});
