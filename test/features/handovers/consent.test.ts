import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, inviteFor, joinBy, rows } from '../../support/builders.ts';
import { askConsent, caseOf, consentToken, openConsent, writeCase } from '../../support/handovers.ts';
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

const WILDBERG = '08235080';
const TEXT = 'Bitte helfen Sie beim Antrag.';

let world: World;
let id: string;
let token: string;
beforeEach(async () => {
  world = await createWorld();
  const { jutta } = staffOf(world);
  await signUndertaking(world, jutta);
  id = await writeCase(world, jutta, { text: TEXT });
  token = await askConsent(world, jutta, id);
});
afterEach(() => world.stop());

describe('the link for the refugee', () => {
  it('leaves no trace of whoever opens it before she says that it is for her', async () => {
    const before = await rows(world);
    const amal = world.person('Amal', 'ar');
    amal.starts(`c_${token}`);
    await world.settle();
    await press(world, amal, 'hc.lang:ar');
    expect(says(amal)).toContain('Jutta Hiller');
    expect(says(amal)).not.toContain(TEXT);
    await press(world, amal, 'hc.not:');
    expect(says(amal)).toContain(words(world, 'handovers:consent.thanks', 'ar'));
    expect(await rows(world)).toEqual(before);
  });

  it.each([
    ['another language', { interpreter: true, interpreterLanguage: 'fa' }],
    ['that she needs nobody', { interpreter: false, interpreterLanguage: null }],
  ])('whoever has said %s of who interprets keeps it', async (_, own) => {
    const amal = world.person('Amal', 'ar');
    await arrive(world, amal, 'ar');
    await world.db.prisma.refugee.updateMany({ data: own });
    await openConsent(world, amal, token);
    await press(world, amal, 'hc.yes:');
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
    expect(await world.db.prisma.refugee.findFirst()).toMatchObject(own);
  });

  it('makes nobody known until she agrees', async () => {
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    expect(await world.db.prisma.person.count({ where: { telegramId: amal.id } })).toBe(0);
    // Only a keyed mark, which nobody can turn back, says that the link is taken.
    expect(await world.db.prisma.consentLink.findFirst()).toMatchObject({
      claimedBy: expect.stringMatching(/^[\w-]{8}$/),
    });
  });

  it('used twice is answered, and sends once', async () => {
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    const { data } = findButton(amal, 'hc.yes:');
    await forge(world, amal, data);
    expect(says(amal)).toContain(words(world, 'handovers:consent.agreed', 'ar'));
    // The same press again says what it said before, with the way to her own page; a third person's says nothing.
    await forge(world, amal, data);
    expect(says(amal)).toContain(words(world, 'handovers:consent.agreed', 'ar'));
    expect(offered(amal)).toContain('hr.list:0');
    const omar = world.person('Omar', 'de');
    await arrive(world, omar, 'de');
    await forge(world, omar, data);
    expect(says(omar)).toContain(words(world, 'handovers:problem.used', 'ar'));
    amal.starts(`c_${token}`);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'handovers:problem.used', 'ar'));
    expect(await world.db.prisma.handoverConsent.count()).toBe(1);
    expect(await world.db.prisma.notice.count({ where: { kind: 'handover-new' } })).toBe(1);
  });

  it('pressed twice in the same instant sends once', async () => {
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    const { handovers, people } = world.program.services;
    const { actor } = await people.identify(amal.id);
    const asked = await handovers.claim(actor, token);
    const said = { locale: 'ar', purposes: [], stamp: asked.status === 'claimed' ? asked.stamp : '' } as const;
    const both = await Promise.all([handovers.agree(actor, token, said), handovers.agree(actor, token, said)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['problem', 'sent']);
    expect(await world.db.prisma.handoverConsent.count()).toBe(1);
    expect(await world.db.prisma.refugee.count()).toBe(1);
  });

  it('runs out after a day, to the minute', async () => {
    world.clock.pass(24 * 60 - 1);
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    expect(says(amal)).toContain(TEXT);
    world.clock.pass(1);
    await press(world, amal, 'hc.yes:');
    expect(says(amal)).toContain(words(world, 'handovers:problem.expired', 'ar'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'waiting', refugeeId: null });
  });

  it('opened by the volunteer herself is hers to give, not to use', async () => {
    const { jutta } = staffOf(world);
    jutta.starts(`c_${token}`);
    await world.settle();
    expect(says(jutta)).toContain(words(world, 'handovers:problem.own'));
    for (const data of [`hc.me:de:${token}`, `hc.yes:de:${token}:-:xxxxxxxx`, `hc.no:de:${token}`]) {
      await forge(world, jutta, data);
      expect(says(jutta)).toContain(words(world, 'handovers:problem.own'));
    }
    expect(await caseOf(world, id)).toMatchObject({ status: 'waiting' });
  });

  it('forwarded to a third person, once it was opened, shows nothing', async () => {
    const [amal, omar] = [world.person('Amal', 'ar'), world.person('Omar', 'de')];
    await openConsent(world, amal, token);
    omar.starts(`c_${token}`);
    await world.settle();
    await press(world, omar, 'hc.lang:de');
    expect(says(omar)).toContain(words(world, 'handovers:problem.elsewhere'));
    await forge(world, omar, `hc.yes:de:${token}:-:xxxxxxxx`);
    expect(everything(omar)).not.toContain('Jutta Hiller');
    expect(await caseOf(world, id)).toMatchObject({ status: 'waiting' });
    await press(world, amal, 'hc.yes:');
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
  });

  it('opened by a manager or another volunteer shows nothing', async () => {
    const { maria } = staffOf(world);
    const eva = world.person('Eva');
    await joinBy(world, eva, await inviteFor(world, draftOf.volunteer()));
    for (const other of [maria, eva]) {
      other.starts(`c_${token}`);
      await world.settle();
      expect(says(other)).toContain(words(world, 'handovers:problem.staff'));
    }
  });

  it('made anew puts the old one out of use, and a draft taken back as well', async () => {
    const { jutta } = staffOf(world);
    await press(world, jutta, `ho:${id}`);
    await press(world, jutta, `ho.link:${id}`);
    const second = consentToken(jutta);
    expect(second).not.toBe(token);
    const amal = world.person('Amal', 'ar');
    amal.starts(`c_${token}`);
    await world.settle();
    await press(world, amal, 'hc.lang:ar');
    expect(says(amal)).toContain(words(world, 'handovers:problem.invalid', 'ar'));
    await press(world, jutta, `ho:${id}`);
    await press(world, jutta, `ho.back:${id}`);
    expect(says(jutta)).toContain(words(world, 'handovers:summary.title'));
    amal.starts(`c_${second}`);
    await world.settle();
    await press(world, amal, 'hc.lang:ar');
    expect(says(amal)).toContain(words(world, 'handovers:problem.invalid', 'ar'));
  });

  it('cannot be used while the draft is corrected: she agrees to what she has read', async () => {
    const { jutta } = staffOf(world);
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    await forge(world, jutta, `ho.set:${id}:topics:work:0`);
    expect(await caseOf(world, id)).toMatchObject({ topics: ['housing'] });
    await press(world, jutta, `ho.back:${id}`);
    await press(world, amal, 'hc.yes:');
    expect(says(amal)).toContain(words(world, 'handovers:problem.invalid', 'ar'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'draft' });
  });

  it('asks a person who is known in her own language and for nothing more than yes', async () => {
    const amal = world.person('Amal', 'ti');
    await arrive(world, amal, 'ti', 'Wildberg');
    amal.starts(`c_${token}`);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'handovers:consent.ask', 'ti'));
    await press(world, amal, 'hc.me:');
    expect(says(amal)).toContain(words(world, 'handovers:consent.title', 'ti'));
  });

  it.each(['c_short', `c_${'x'.repeat(32)}`])('with the payload %s opens nothing', async (payload) => {
    const amal = world.person('Amal', 'de');
    amal.starts(payload);
    await world.settle();
    if (offered(amal).some((data) => data.startsWith('hc.lang'))) {
      await press(world, amal, 'hc.lang:de');
      expect(says(amal)).toContain(words(world, 'handovers:problem.invalid'));
    }
    expect(everything(amal)).not.toContain('Jutta');
  });
});

describe('who would get it changes while she reads', () => {
  it.each([
    [
      'the carrier',
      () => world.db.prisma.carrierAssignment.updateMany({ where: { ags: WILDBERG }, data: { carrierId: 'diakonie' } }),
    ],
    [
      'the team',
      async () =>
        joinBy(world, world.person('Paul'), await inviteFor(world, draftOf.manager('Paul Maier', [WILDBERG]))),
    ],
  ] as const)('%s: she reads it anew, and agrees to that', async (_, change) => {
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    await press(world, amal, 'hc.set:');
    await change();
    await press(world, amal, 'hc.yes:');
    expect(await caseOf(world, id)).toMatchObject({ status: 'waiting', refugeeId: null });
    expect(await world.db.prisma.refugee.count()).toBe(0);
    expect(says(amal)).toContain(words(world, 'consents:here.changed', 'ar'));
    // What she has ticked stays ticked.
    expect(offered(amal).find((data) => data.startsWith('hc.yes:'))).toContain(':t:');
    await press(world, amal, 'hc.yes:');
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
  });

  it('to nobody: she is asked nothing, and the volunteer learns why and can say another place', async () => {
    const { jutta, thomas } = staffOf(world);
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    await write(world, thomas, '/delete');
    await press(world, thomas, 'erase:yes');
    await press(world, amal, 'hc.yes:');
    expect(says(amal)).toContain(words(world, 'handovers:problem.invalid', 'ar'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'waiting' });
    await press(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain(words(world, 'handovers:town.nobody'));
    await forge(world, jutta, `ho.link:${id}`);
    expect(says(jutta)).toContain(words(world, 'handovers:town.nobody'));
    await press(world, jutta, `ho.back:${id}`);
    expect(says(jutta)).toContain(words(world, 'handovers:town.nobody'));
    for (const data of [`hv:${id}`, `hv.read:${id}:ar:-`, `hv.paper:${id}`]) {
      await forge(world, jutta, data);
      expect(says(jutta)).toContain(words(world, 'handovers:town.nobody'));
    }
    await press(world, jutta, `ho.ask:${id}:town:`);
    await write(world, jutta, 'Calw');
    await press(world, jutta, 'ho.town:');
    await press(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain(words(world, 'handovers:summary.title'));
  });
});

describe('a no', () => {
  it('deletes what was written, gives nothing on, and the volunteer is told', async () => {
    const { jutta, thomas } = staffOf(world);
    const amal = world.person('Amal', 'ar');
    await openConsent(world, amal, token);
    await press(world, amal, 'hc.no:');
    expect(says(amal)).toContain(words(world, 'handovers:consent.refused', 'ar'));
    expect(says(jutta)).toContain(words(world, 'handovers:card.refused'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'refused', text: null, topics: [], languages: [] });
    expect(everything(thomas)).not.toContain('Wildberg');
    expect(await world.db.prisma.person.count({ where: { telegramId: amal.id } })).toBe(0);
    await write(world, jutta, '/menu');
    await press(world, jutta, 'ho.list:0');
    expect(offered(jutta)).toContain(`ho:${id}`);
  });
});

it('without her yes nothing leaves the draft: no button of the volunteer sends it', async () => {
  const { jutta, thomas } = staffOf(world);
  for (const data of [`ho:${id}`, `ho.link:${id}`, `ho.next:${id}:available`, `hm.yes:${id}`, `ho.keep:${id}`]) {
    await forge(world, jutta, data);
    expect(await world.db.prisma.handover.count({ where: { sentAt: { not: null } } })).toBe(0);
  }
  await forge(world, thomas, `hm:${id}`);
  expect(says(thomas)).toContain(words(world, 'handovers:desk.gone'));
});

it('the database refuses a case that is sent without saying when, or held by nobody', async () => {
  const set = (sql: string) => world.db.sql(`UPDATE handover SET ${sql} WHERE id = $1`, [id]);
  await expect(set(`status = 'sent'`)).rejects.toThrow(/handover_sent/);
  await expect(set(`status = 'accepted', sent_at = now()`)).rejects.toThrow(/handover_held/);
  await expect(set(`status = 'refused'`)).rejects.toThrow(/handover_forgotten/);
  await expect(set(`status = 'nonsense'`)).rejects.toThrow(/handover_s/);
});
