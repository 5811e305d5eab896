import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countyFolder } from '../../../src/features/county/source.ts';
import { LETTERHEADS, SENDERS } from '../../../src/features/guidance/model-letter.ts';
import { readContent } from '../../../src/features/guidance/source.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { memberOf, rows } from '../../support/builders.ts';
import {
  arrive,
  buttonsOf,
  findButton,
  forge,
  lastMessage,
  offered,
  plainText,
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

describe.each(LOCALES)('a letter, in %s', (locale) => {
  it('three questions, then how urgent, what to bring, and the next time with her manager', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await write(world, amal, '/menu');
    await press(world, amal, 'g:');
    await press(world, amal, 'g.l:');
    const labels = buttonsOf(lastMessage(amal)).map(({ label }) => label);
    for (const name of Object.values(LETTERHEADS)) expect(labels.some((label) => label.includes(name))).toBe(true);
    await press(world, amal, `g.l1:${locale}:asylum`);
    await press(world, amal, `g.l2:${locale}:asylum:unsure`);
    await press(world, amal, `g.l3:${locale}:asylum:unsure:yellow`);
    const t = world.i18n.translator(locale);
    expect(says(amal)).toContain(plainText(t('guidance:letter.now')).split('\n')[0]);
    expect(says(amal)).toContain('🟨');
    expect(says(amal)).toContain('🎒');
    expect(offered(amal)).toContain(`g.h:${locale}:a4:-:0`);
    // Her manager has a time today or tomorrow: one tap from the question whether it is right.
    expect(says(amal)).not.toContain('+4970511600');
    await press(world, amal, 'bk.time:');
    expect(offered(amal).some((data) => data.startsWith('bk.ok:') && data.includes(':letter:'))).toBe(true);
    await press(world, amal, 'bk.ok:');
    expect(await world.db.prisma.appointment.count()).toBe(1);
  });
});

it('every sender, date and envelope leads to an answer, and keeps nothing', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  const before = await rows(world);
  for (const from of SENDERS) {
    await forge(world, amal, `g.l3:de:${from}:none:other`);
    const wanted = ['foreigners', 'asylum', 'court'].includes(from) ? 'guidance:letter.week' : 'guidance:letter.calm';
    expect(says(amal)).toContain(words(world, wanted));
  }
  expect(await rows(world)).toEqual(before);
});

it('who has no manager, or none in time, reads whom to call', async () => {
  const neu = world.person('Neu', 'de');
  neu.starts();
  await world.settle();
  await forge(world, neu, 'g.l3:de:court:soon:lost');
  expect(says(neu)).toContain('+4970511600');
  expect(offered(neu).some((data) => data.startsWith('bk'))).toBe(false);

  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await world.db.prisma.officeHours.deleteMany();
  await forge(world, amal, 'g.l3:de:court:soon:lost');
  expect(says(amal)).toContain(words(world, 'guidance:letter.no-slot'));
  expect(says(amal)).toContain('+4970511600');
  expect(offered(amal).some((data) => data.startsWith('bk.topic'))).toBe(true);
});

it('a time that is free but too late for an urgent letter is shown beside the number to call', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await world.db.prisma.officeHours.updateMany({ data: { validFrom: new Date('2026-12-01') } });
  await forge(world, amal, 'g.l3:de:court:soon:lost');
  expect(says(amal)).toContain('+4970511600');
  expect(offered(amal).some((data) => data.startsWith('bk.time'))).toBe(true);
  await forge(world, amal, 'g.l3:de:bill:none:other');
  expect(says(amal)).not.toContain('+4970511600');
});

it('the day after tomorrow is too late for “today or tomorrow”, also before this hour', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  for (const [from, label, inTime] of [
    ['2026-11-24', /Di 24\.11\./, true],
    ['2026-11-25', /Mi 25\.11\., 08:30/, false],
  ] as const) {
    await world.db.prisma.officeHours.updateMany({ data: { validFrom: new Date(from) } });
    await forge(world, amal, 'g.l3:de:court:soon:lost');
    expect(findButton(amal, 'bk.time:').label).toMatch(label);
    expect([from, says(amal).includes(words(world, 'guidance:letter.no-slot'))]).toEqual([from, !inTime]);
  }
});

it('says when its advice was checked last: by nobody, or too long ago', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await forge(world, amal, 'g.l3:de:court:soon:yellow');
  expect(says(amal)).toContain(words(world, 'guidance:page.unchecked'));
  const { services } = world.program;
  const pages = readContent(countyFolder('calw')).owned.filter(({ key }) => key.startsWith('p.letter-'));
  const { karin } = staffOf(world);
  const coordinator = await memberOf(world, karin);
  if (coordinator.kind !== 'coordinator') throw new Error('not a coordinator');
  for (const one of pages) await services.guidance.confirm(coordinator, one, one.mark);
  await forge(world, amal, 'g.l3:de:court:soon:yellow');
  expect(says(amal)).toContain('✅ Geprüft am Montag, 23.11.2026');
  world.clock.pass(182 * 24 * 60);
  await forge(world, amal, 'g.l3:de:court:soon:yellow');
  expect(says(amal)).toContain('⚠️ Diese Seite ist alt, zuletzt geprüft am Montag, 23.11.2026.');
});

describe.each(['a photo', 'brief.jpg', 'brief.pdf'])('%s of it', (what) => {
  const sends = (person: SimulatedPerson) =>
    what === 'a photo' ? person.sendsPhoto() : person.sendsDocument(what, new Uint8Array([1, 2, 3]));

  it.each(LOCALES)('is refused kindly, with the reason and another way (%s)', async (locale) => {
    const amal = world.person('Amal', 'de');
    await arrive(world, amal, locale);
    await write(world, amal, '/menu');
    await press(world, amal, 'g:');
    await press(world, amal, 'g.l:');
    const before = await rows(world);
    sends(amal);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'guidance:photo.refused', locale));
    expect(world.telegram.calls.map(({ method }) => method)).not.toContain('getFile');
    expect(await rows(world)).toEqual(before);
    await press(world, amal, 'g.l:');
    expect(offered(amal)).toContain(`g.l1:${locale}:asylum`);
  });

  it('is refused with the reason and what to do instead while a form waits, which goes on', async () => {
    const amal = world.person('Amal', 'de');
    await arrive(world, amal, 'de');
    await press(world, amal, 'data');
    await press(world, amal, 'nick:ask');
    sends(amal);
    await world.settle();
    for (const line of ['wir wollen keine Papiere von Ihnen speichern', 'Papiere zeigen Sie beim Termin'])
      expect(says(amal)).toContain(line);
    await write(world, amal, 'Rose');
    expect(says(amal)).toContain('Rose');
  });
});

it('a file of another kind gets the reason as well', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  amal.sendsDocument('liste.csv', new Uint8Array([1]));
  await world.settle();
  expect(says(amal)).toContain('wir wollen keine Papiere von Ihnen speichern');
});
