import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import { actorOf, isAnywhere } from '../../support/builders.ts';
import { askConsent, caseOf, openConsent, sendCase, writeCase } from '../../support/handovers.ts';
import {
  arrive,
  everything,
  findButton,
  forge,
  offered,
  press,
  says,
  signUndertaking,
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

const TEXT = 'Bitte helfen Sie beim Antrag für die Wohnung.';

it.each(LOCALES)(
  'a case walks from the form to a manager, and everybody knows: refugee and volunteer in %s',
  async (locale) => {
    const { jutta, thomas } = staffOf(world);
    await write(world, jutta, '/language');
    await press(world, jutta, `lang.to:${locale}`);
    await signUndertaking(world, jutta);
    const id = await writeCase(world, jutta, { text: TEXT });
    expect(says(jutta)).toContain(TEXT);
    expect(await isAnywhere(world, TEXT)).toBe(false);
    expect(await caseOf(world, id)).toMatchObject({ status: 'draft', refugeeId: null, ags: '08235080' });
    expect(everything(thomas)).not.toContain('Wildberg');

    const token = await askConsent(world, jutta, id);
    expect(await isAnywhere(world, token)).toBe(false);
    const amal = world.person('Amal', locale);
    await openConsent(world, amal, token, locale);
    expect(says(amal)).toContain('Jutta Hiller');
    expect(says(amal)).toContain(TEXT);
    expect(says(amal)).toContain('Thomas Weiß');
    expect(says(amal)).toContain(words(world, 'handovers:consent.title', locale));
    expect(everything(thomas)).not.toContain('Wildberg');
    await press(world, amal, 'hc.yes:');
    expect(says(amal)).toContain(words(world, 'handovers:consent.agreed', locale));
    expect(says(jutta)).toContain(words(world, 'handovers:card.agreed', locale));
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent', carrierId: 'verbund' });
    expect(await world.db.prisma.handoverConsent.findMany()).toMatchObject([
      { handoverId: id, purpose: 'pass-on', way: 'link', locale, revokedAt: null },
    ]);

    await press(world, thomas, `hm:${id}`);
    expect(says(thomas)).not.toContain(TEXT);
    await press(world, thomas, `hm.text:${id}`);
    expect(says(thomas)).toContain(TEXT);
    await press(world, thomas, `hm.yes:${id}`);
    expect(says(thomas)).toContain(words(world, 'handovers:desk.yours'));
    expect(says(jutta)).toContain('Thomas Weiß');
    expect(says(jutta)).toContain(words(world, 'handovers:card.accepted', locale));
    expect(says(amal)).toContain(words(world, 'handovers:taken.transfer', locale));
    const refugee = await actorOf(world, amal, 'refugee');
    expect(refugee).toMatchObject({ ags: '08235080', managerId: (await caseOf(world, id)).managerId, locale });
    await write(world, jutta, '/menu');
    await press(world, jutta, 'ho.list:0');
    await press(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain('Thomas Weiß');
    expect(says(jutta)).not.toContain(TEXT);
  },
);

describe('the form', () => {
  it('goes on days later where it stopped, also after the process began anew', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    await write(world, jutta, '/menu');
    await press(world, jutta, 'ho.start');
    await press(world, jutta, 'ho.new:');
    await write(world, jutta, 'Wildberg');
    await press(world, jutta, 'ho.town:');
    await press(world, jutta, 'ho:');
    await press(world, jutta, 'ho.kind:');
    world.clock.pass(3 * 24 * 60);
    await world.db.prisma.flow.deleteMany();
    await write(world, jutta, '/menu');
    await press(world, jutta, 'ho.list:0');
    await press(world, jutta, 'ho:');
    expect(says(jutta)).toContain(words(world, 'handovers:languages.ask'));
  });

  it('begun twice by a double press is one draft', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    await write(world, jutta, '/menu');
    await press(world, jutta, 'ho.start');
    const { messageId, data } = findButton(jutta, 'ho.new:');
    jutta.presses(messageId, data);
    jutta.presses(messageId, data);
    await world.settle();
    expect(await world.db.prisma.handover.count()).toBe(1);
  });

  it('says the truth where nobody is responsible, and does not go on there', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    await write(world, jutta, '/menu');
    await press(world, jutta, 'ho.start');
    await press(world, jutta, 'ho.new:');
    await write(world, jutta, 'Enzklösterle');
    await press(world, jutta, 'ho.town:');
    expect(says(jutta)).toContain(words(world, 'handovers:town.nobody'));
    expect(says(jutta)).toContain('+4970511600');
    const id = (await world.db.prisma.handover.findFirstOrThrow()).id;
    await forge(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain(words(world, 'handovers:town.ask'));
  });

  it('sends whoever says "today" to the telephone first', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    const id = await writeCase(world, jutta);
    await forge(world, jutta, `ho.urg:${id}:today`);
    expect(says(jutta)).toContain('+4970511600');
    expect(says(jutta)).toContain('112');
  });

  it('is corrected field by field and comes back to the summary', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    const id = await writeCase(world, jutta);
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:topics:`);
    await press(world, jutta, `ho.set:${id}:topics:work:`);
    await press(world, jutta, `ho.set:${id}:topics:housing:`);
    await press(world, jutta, `ho.next:${id}:topics`);
    expect(says(jutta)).toContain(words(world, 'handovers:summary.title'));
    expect(await caseOf(world, id)).toMatchObject({ topics: ['work'] });
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:town:`);
    await write(world, jutta, 'Calw');
    await press(world, jutta, `ho.town:${id}:`);
    await press(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain('Maria Keller');
  });

  it('needs an answer where there must be one, and keeps what was chosen', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    const id = await writeCase(world, jutta);
    await forge(world, jutta, `ho.set:${id}:topics:housing:0`);
    await press(world, jutta, `ho.next:${id}:topics`);
    expect(says(jutta)).toContain(words(world, 'handovers:choose-one'));
    await forge(world, jutta, `ho.set:${id}:topics:nonsense:0`);
    expect(await caseOf(world, id)).toMatchObject({ topics: [] });
  });

  it('asks about what looks like a number or an address, keeps it, and lets her decide', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    const id = await writeCase(world, jutta);
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:text:`);
    await write(world, jutta, 'Rufen Sie 07051 123456 an oder schreiben Sie an a.b@example.org');
    expect(says(jutta)).toContain(words(world, 'handovers:found.phone'));
    expect(says(jutta)).toContain(words(world, 'handovers:found.email'));
    await press(world, jutta, `ho.ask:${id}:text:`);
    expect(says(jutta)).toContain('07051 123456');
    await write(world, jutta, 'Bitte helfen.');
    expect(says(jutta)).toContain(words(world, 'handovers:summary.title'));
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:text:`);
    await write(world, jutta, 'Das Aktenzeichen ist Az. 12-345/26');
    await press(world, jutta, `ho.keep:${id}`);
    expect(says(jutta)).toContain('12-345/26');
  });

  it('takes a telephone number only where the telephone was chosen, sealed', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    const id = await writeCase(world, jutta);
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:reach:`);
    await press(world, jutta, `ho.set:${id}:reach:phone:`);
    await press(world, jutta, `ho.next:${id}:reach`);
    await write(world, jutta, 'keine Nummer');
    expect(says(jutta)).toContain(words(world, 'handovers:phone.wrong'));
    await write(world, jutta, '٠٧٠٥١ 998877');
    expect(says(jutta)).toContain('998877');
    expect(await isAnywhere(world, '998877')).toBe(false);
    // A wrong number is corrected where it was asked for, or stays.
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:reach:`);
    await press(world, jutta, `ho.next:${id}:reach`);
    expect(says(jutta)).toContain(words(world, 'handovers:phone.now'));
    expect(says(jutta)).toContain('998877');
    await press(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain('998877');
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:reach:`);
    await press(world, jutta, `ho.next:${id}:reach`);
    await write(world, jutta, '07051 112233');
    expect(says(jutta)).toContain('112233');
    expect(says(jutta)).not.toContain('998877');
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:reach:`);
    await press(world, jutta, `ho.set:${id}:reach:phone:`);
    await press(world, jutta, `ho.next:${id}:reach`);
    expect(await caseOf(world, id)).toMatchObject({ phone: null });
  });

  it.each(['photo', 'voice', 'document', 'sticker'] as const)(
    'refuses a %s with the reason and loses nothing',
    async (kind) => {
      const { jutta } = staffOf(world);
      await signUndertaking(world, jutta);
      const id = await writeCase(world, jutta, { text: TEXT });
      await press(world, jutta, `ho.fix:${id}`);
      await press(world, jutta, `ho.ask:${id}:text:`);
      if (kind === 'photo') jutta.sendsPhoto();
      else if (kind === 'voice') jutta.sendsVoice();
      else if (kind === 'sticker') jutta.sendsSticker();
      else jutta.sendsDocument('brief.pdf', new Uint8Array([1]));
      await world.settle();
      expect(says(jutta)).toContain(words(world, 'handovers:no-file'));
      await press(world, jutta, `ho:${id}`);
      expect(says(jutta)).toContain(TEXT);
    },
  );

  it('refuses a text of 5,000 characters and says how long one may be', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    const id = await writeCase(world, jutta, { text: TEXT });
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:text:`);
    await write(world, jutta, 'x'.repeat(4_096));
    expect(says(jutta)).toContain('500');
    await press(world, jutta, 'menu');
    await press(world, jutta, 'ho.list:0');
    await press(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain(TEXT);
  });

  it('has a list that is paged and says so when it is empty', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    await press(world, jutta, 'ho.list:0');
    expect(says(jutta)).toContain(words(world, 'handovers:list.none'));
    for (let index = 0; index < 7; index++) {
      await press(world, jutta, 'ho.start');
      await press(world, jutta, 'ho.new:');
      await press(world, jutta, 'menu');
    }
    await press(world, jutta, 'ho.list:0');
    expect(offered(jutta).filter((data) => data.startsWith('ho:'))).toHaveLength(6);
    await press(world, jutta, 'ho.list:1');
    expect(offered(jutta).filter((data) => data.startsWith('ho:'))).toHaveLength(1);
  });
});

it('a draft vanishes after seven days, to the minute', async () => {
  const { jutta } = staffOf(world);
  await signUndertaking(world, jutta);
  await writeCase(world, jutta);
  world.clock.pass(7 * 24 * 60);
  await world.program.services.handovers.forgetPast();
  expect(await world.db.prisma.handover.count()).toBe(1);
  world.clock.pass(1);
  await world.program.services.handovers.forgetPast();
  expect(await world.db.prisma.handover.count()).toBe(0);
});

it('what nobody accepts is emptied after thirty days, everybody is told, and the bare row goes a month later', async () => {
  const { jutta } = staffOf(world);
  const amal = world.person('Amal', 'ar');
  const id = await sendCase(world, amal, { text: TEXT });
  world.clock.pass(30 * 24 * 60 + 1);
  await world.program.services.handovers.forgetPast();
  await world.settle();
  expect(await caseOf(world, id)).toMatchObject({ status: 'lapsed', text: null, topics: [] });
  expect(says(jutta)).toContain(words(world, 'handovers:card.declined'));
  expect(says(amal)).toContain(words(world, 'handovers:not-taken', 'ar'));
  world.clock.pass(30 * 24 * 60 + 1);
  await world.program.services.handovers.forgetPast();
  expect(await world.db.prisma.handover.count()).toBe(0);
});

it('a case of somebody known joins her record: same number, same town of her own', async () => {
  const amal = world.person('Amal', 'ar');
  await arrive(world, amal, 'ar', 'Calw');
  const before = await actorOf(world, amal, 'refugee');
  const id = await sendCase(world, amal, { kind: 'referral' });
  const after = await actorOf(world, amal, 'refugee');
  expect(after).toMatchObject({ number: before.number, ags: before.ags, managerId: before.managerId });
  expect(await caseOf(world, id)).toMatchObject({ refugeeId: before.personId });
  const { maria, thomas } = staffOf(world);
  // Her own manager is asked as well as the town's.
  for (const manager of [maria, thomas]) expect(says(manager)).toContain(words(world, 'handovers:desk.new'));
});

it('a transfer of somebody who had a manager tells that manager whose she is now', async () => {
  const amal = world.person('Amal', 'ar');
  await arrive(world, amal, 'ar', 'Calw');
  const { number } = await actorOf(world, amal, 'refugee');
  const id = await sendCase(world, amal, { kind: 'transfer' });
  const { maria, thomas } = staffOf(world);
  await press(world, thomas, `hm.yes:${id}`);
  expect(says(maria)).toContain(String(number));
  expect(says(maria)).toContain('Thomas Weiß');
  expect(await actorOf(world, amal, 'refugee')).toMatchObject({ managerId: (await caseOf(world, id)).managerId });
});
