import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, day } from '../../../src/platform/datetime.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import { isAnywhere } from '../../support/builders.ts';
import { askConsent, caseOf, openConsent, writeCase } from '../../support/handovers.ts';
import {
  everything,
  findButton,
  forge,
  offered,
  press,
  says,
  signUndertaking,
  staffOf,
  words,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const TEXT = 'Der Kolibri braucht Hilfe.';
const TODAY = day('2026-11-23');

let world: World;
let id: string;
beforeEach(async () => {
  world = await createWorld();
  const { jutta } = staffOf(world);
  await signUndertaking(world, jutta);
  id = await writeCase(world, jutta, { text: TEXT });
});
afterEach(() => world.stop());

/** From the summary to what the person reads on the volunteer's phone. */
async function giveHer(locale = 'ar'): Promise<void> {
  const { jutta } = staffOf(world);
  await press(world, jutta, `hv:${id}`);
  await press(world, jutta, `hv.give:${id}`);
  await press(world, jutta, `hv.read:${id}:${locale}`);
}

async function toPaper(signed: string): Promise<void> {
  const { jutta } = staffOf(world);
  await press(world, jutta, `hv:${id}`);
  await press(world, jutta, `hv.paper:${id}`);
  await press(world, jutta, `hv.days:${id}:ti`);
  await press(world, jutta, `hv.check:${id}:ti:${signed}`);
}

describe('on the volunteer’s phone', () => {
  it.each(LOCALES)('she reads everything in %s, and nothing is ticked for her', async (locale) => {
    const { jutta } = staffOf(world);
    await giveHer(locale);
    expect(says(jutta)).toContain(TEXT);
    expect(says(jutta)).toContain('Thomas Weiß');
    expect(says(jutta)).toContain(words(world, 'consents:terms.here', locale));
    expect(findButton(jutta, 'hv.yes:').data).toContain(`:${locale}:-:`);
  });

  it('she agrees: it is recorded as such, she gets a number and no account, the team gets the case', async () => {
    const { jutta, thomas } = staffOf(world);
    await giveHer();
    await press(world, jutta, `hv.read:${id}:ar:t`);
    await press(world, jutta, `hv.read:${id}:ar:td`);
    await press(world, jutta, 'hv.yes:');
    const [record] = await world.db.prisma.refugee.findMany({ include: { person: true } });
    expect(record?.person).toMatchObject({ telegramId: null, locale: 'ar' });
    expect(record).toMatchObject({ interpreter: true, interpreterLanguage: 'ar' });
    expect(everything(jutta)).toContain(words(world, 'consents:here.agreed', 'ar'));
    expect(everything(jutta)).toContain(String(record?.number));
    const consents = await world.db.prisma.handoverConsent.findMany({ orderBy: { purpose: 'asc' } });
    expect(consents.map(({ purpose, way, locale, paperDate }) => ({ purpose, way, locale, paperDate }))).toEqual(
      ['dates', 'pass-on', 'talk'].map((purpose) => ({ purpose, way: 'phone', locale: 'ar', paperDate: null })),
    );
    await press(world, thomas, `hm.yes:${id}`);
    expect(says(thomas)).toContain(String(record?.number));
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted', refugeeId: record?.personId });
  });

  it('pressed again it says the same and makes no second record', async () => {
    const { jutta } = staffOf(world);
    await giveHer();
    const { data } = findButton(jutta, 'hv.yes:');
    await press(world, jutta, 'hv.yes:');
    await forge(world, jutta, data);
    expect(says(jutta)).toContain(words(world, 'consents:here.agreed', 'ar'));
    expect(await world.db.prisma.refugee.count()).toBe(1);
    expect(await world.db.prisma.handoverConsent.count()).toBe(1);
  });

  it('she agrees to what she has read: a draft that was changed meanwhile is read again', async () => {
    const { jutta } = staffOf(world);
    await giveHer();
    const { data } = findButton(jutta, 'hv.yes:');
    await forge(world, jutta, `ho.set:${id}:topics:work:0`);
    await forge(world, jutta, data);
    expect(says(jutta)).toContain(words(world, 'consents:here.changed', 'ar'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'draft' });
    await press(world, jutta, 'hv.yes:');
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent', topics: ['housing', 'work'] });
  });

  it('her no deletes what was written and gives nothing on', async () => {
    const { jutta, thomas } = staffOf(world);
    await giveHer('ti');
    await press(world, jutta, 'hv.no:');
    expect(says(jutta)).toContain(words(world, 'handovers:consent.refused', 'ti'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'refused', text: null, topics: [] });
    expect(everything(thomas)).not.toContain('Wildberg');
    expect(await world.db.prisma.refugee.count()).toBe(0);
  });

  it('puts a link that was made before out of use', async () => {
    const { jutta } = staffOf(world);
    const token = await askConsent(world, jutta, id);
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    await press(world, jutta, `ho:${id}`);
    await giveHer();
    await press(world, jutta, 'hv.yes:');
    await press(world, amal, 'hc.yes:');
    expect(says(amal)).toContain(words(world, 'handovers:problem.invalid', 'ar'));
    expect(await world.db.prisma.handoverConsent.count()).toBe(1);
    expect(await world.db.prisma.person.count({ where: { telegramId: amal.id } })).toBe(0);
  });
});

describe('the link as a QR code', () => {
  it('is sent as a picture from memory, to the volunteer whose link it is and while it can be used', async () => {
    const { jutta, thomas } = staffOf(world);
    const token = await askConsent(world, jutta, id);
    await press(world, jutta, `hv.qr:${token}`);
    const [call, ...others] = world.telegram.calls.filter(({ method }) => method === 'sendPhoto');
    expect(others).toEqual([]);
    expect(Number(call?.params.chat_id)).toBe(jutta.id);
    expect(jutta.chat.at(-1)?.photo).toBeDefined();
    await forge(world, thomas, `hv.qr:${token}`);
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    await press(world, amal, 'hc.no:');
    await press(world, jutta, `hv.qr:${token}`);
    expect(everything(jutta)).toContain(words(world, 'handovers:problem.invalid'));
    expect(world.telegram.calls.filter(({ method }) => method === 'sendPhoto')).toHaveLength(1);
  });
});

describe('on paper', () => {
  it('it is recorded with its date, its language, and what else stands on it', async () => {
    const { jutta } = staffOf(world);
    const signed = addDays(TODAY, -2);
    await toPaper(signed);
    expect(says(jutta)).toContain(TEXT);
    await press(world, jutta, `hv.check:${id}:ti:${signed}:b`);
    await press(world, jutta, 'hv.send:');
    expect(everything(jutta)).toContain(words(world, 'consents:paper.sent'));
    const consents = await world.db.prisma.handoverConsent.findMany({ orderBy: { purpose: 'asc' } });
    expect(consents).toMatchObject(
      ['book', 'pass-on'].map((purpose) => ({
        purpose,
        way: 'paper',
        locale: 'ti',
        paperDate: new Date(`${signed}T00:00:00Z`),
      })),
    );
  });

  it('a draft that was changed since the volunteer compared it with the paper is compared anew', async () => {
    const { jutta } = staffOf(world);
    await toPaper(TODAY);
    const old = findButton(jutta, 'hv.send:');
    await forge(world, jutta, `ho:${id}`);
    await forge(world, jutta, `ho.set:${id}:topics:work:0`);
    await forge(world, jutta, old.data);
    expect(says(jutta)).toContain(words(world, 'consents:here.changed'));
    expect(says(jutta)).toContain(words(world, 'handovers:topic.work'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'draft' });
    await press(world, jutta, 'hv.send:');
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent', topics: ['housing', 'work'] });
  });

  it.each([addDays(TODAY, 1), addDays(TODAY, -14), '2026-99-99', '2026-11-31'])(
    'of %s it is refused',
    async (signed) => {
      const { jutta } = staffOf(world);
      await toPaper(TODAY);
      await forge(world, jutta, `hv.send:${id}:ti:${signed}:-:xxxxxxxx`);
      expect(says(jutta)).toContain(words(world, 'consents:paper.day'));
      expect(await caseOf(world, id)).toMatchObject({ status: 'draft' });
    },
  );
});

describe('taking it back without an account', () => {
  beforeEach(async () => {
    const { jutta, thomas } = staffOf(world);
    await toPaper(TODAY);
    await press(world, jutta, 'hv.send:');
    await press(world, thomas, `hm.yes:${id}`);
  });

  it('ends the case at once, deletes what was written and her record, and tells the manager', async () => {
    const { jutta, thomas } = staffOf(world);
    await forge(world, jutta, `ho:${id}`);
    await press(world, jutta, `hv.over:${id}:ask`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
    await press(world, jutta, `hv.over:${id}:yes`);
    expect(says(thomas)).toContain(words(world, 'handovers:desk.off'));
    expect(everything(jutta)).toContain(words(world, 'handovers:card.revoked'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'revoked', text: null, refugeeId: null, managerId: null });
    expect(await world.db.prisma.refugee.count()).toBe(0);
    expect(await world.db.prisma.person.count({ where: { telegramId: null } })).toBe(0);
    expect(await world.db.prisma.handoverConsent.count({ where: { revokedAt: null } })).toBe(0);
    expect(await isAnywhere(world, TEXT)).toBe(false);
    await forge(world, thomas, `hm:${id}`);
    expect(says(thomas)).toContain(words(world, 'handovers:desk.gone'));
    await forge(world, jutta, `hv.over:${id}:yes`);
    expect(says(jutta)).toContain(words(world, 'handovers:card.revoked'));
  });

  it('is not offered where she has a phone of her own to say so', async () => {
    const { jutta } = staffOf(world);
    const other = await writeCase(world, jutta);
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, await askConsent(world, jutta, other));
    await press(world, amal, 'hc.yes:');
    await forge(world, jutta, `ho:${other}`);
    expect(offered(jutta)).not.toContain(`hv.over:${other}:ask`);
    await forge(world, jutta, `hv.over:${other}:yes`);
    const { thomas } = staffOf(world);
    await forge(world, thomas, `hm:${other}`);
    expect(offered(thomas)).not.toContain(`hm.over:${other}:ask`);
    await forge(world, thomas, `hm.over:${other}:yes`);
    expect(await caseOf(world, other)).toMatchObject({ status: 'sent' });
  });

  it('is written down by the manager who has her case, when her volunteer has left or was removed', async () => {
    const { jutta, thomas, maria } = staffOf(world);
    const number = (await world.db.prisma.refugee.findFirstOrThrow()).number;
    await forge(world, jutta, 'circle.leave:yes');
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted', volunteerId: null });
    await forge(world, maria, `hm.over:${id}:yes`);
    expect(says(maria)).toContain(words(world, 'handovers:desk.gone'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
    await forge(world, thomas, `hm:${id}`);
    await press(world, thomas, `hm.over:${id}:ask`);
    expect(says(thomas)).toContain(`Nr. ${number}`);
    expect(says(thomas)).toContain(words(world, 'consents:over.ask-team'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
    await press(world, thomas, `hm.over:${id}:yes`);
    expect(says(thomas)).toContain(words(world, 'consents:over.done'));
    expect(everything(thomas)).not.toContain(words(world, 'handovers:desk.off'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'revoked', text: null, topics: [], refugeeId: null });
    expect(await world.db.prisma.refugee.count()).toBe(0);
    expect(await isAnywhere(world, TEXT)).toBe(false);
    const [event] = await world.db.prisma.handoverEvent.findMany({ where: { kind: 'revoked' } });
    expect(event).toMatchObject({ by: 'manager' });
    await forge(world, thomas, `hm.over:${id}:yes`);
    expect(says(thomas)).toContain(words(world, 'handovers:desk.gone'));
  });

  it('is written down by the manager also while the volunteer is there; she is told and sees no more', async () => {
    const { jutta, thomas } = staffOf(world);
    await forge(world, thomas, `hm.over:${id}:yes`);
    expect(says(jutta)).toContain(words(world, 'handovers:card.revoked'));
  });

  it('a record for which nothing is open any more goes after a month', async () => {
    await world.db.prisma.handover.update({
      where: { id },
      data: {
        ...{ status: 'done', endedAt: new Date(world.clock.now()) },
        ...{ text: null, phone: null, nickname: null, topics: [] },
      },
    });
    world.clock.pass(29 * 24 * 60);
    await world.program.services.handovers.forgetPast();
    expect(await world.db.prisma.refugee.count()).toBe(1);
    world.clock.pass(2 * 24 * 60);
    await world.program.services.handovers.forgetPast();
    expect(await world.db.prisma.refugee.count()).toBe(0);
    expect(await caseOf(world, id)).toMatchObject({ text: null, refugeeId: null });
  });
});

describe('taking it back while nobody has the case', () => {
  beforeEach(async () => {
    const { jutta } = staffOf(world);
    await toPaper(TODAY);
    await press(world, jutta, 'hv.send:');
    await forge(world, jutta, 'circle.leave:yes');
  });

  it('is told to anybody of its team', async () => {
    const { thomas, maria, karin } = staffOf(world);
    for (const other of [maria, karin]) await forge(world, other, `hm.over:${id}:yes`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
    await press(world, thomas, `hm:${id}`);
    await press(world, thomas, `hm.over:${id}:ask`);
    await press(world, thomas, `hm.over:${id}:yes`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'revoked', text: null, refugeeId: null });
    expect(await world.db.prisma.person.count({ where: { telegramId: null } })).toBe(0);
  });

  it('is told to a coordinator where no team is left; she reads a number and nothing else about her', async () => {
    const { karin } = staffOf(world);
    await world.db.prisma.manager.updateMany({ data: { leftAt: new Date(world.clock.now()) } });
    await forge(world, karin, `hk:${id}`);
    expect(says(karin)).not.toContain(TEXT);
    await press(world, karin, `hm.over:${id}:ask`);
    expect(says(karin)).toContain('Nr. ');
    await press(world, karin, `hm.over:${id}:yes`);
    expect(says(karin)).toContain(words(world, 'consents:over.done'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'revoked', text: null, refugeeId: null });
    await forge(world, karin, `hm.over:${id}:yes`);
    expect(says(karin)).toContain(words(world, 'cases:stuck.gone'));
  });
});
