import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Key } from '../../../src/platform/i18n.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import {
  arrive,
  book,
  consent,
  findButton,
  lastMessage,
  offered,
  plainText,
  press,
  says,
  staffOf,
  toSummary,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const MARIA = 700003;

interface Form {
  /** Enters the form; resolves to who is in it. */
  enter(): Promise<SimulatedPerson>;
  /** Fills it in to the end and looks whether everything arrived. */
  finish(person: SimulatedPerson): Promise<void>;
}

async function refugeeWith(way?: 'home'): Promise<SimulatedPerson> {
  const selam = world.person('Selam');
  await arrive(world, selam, 'de');
  if (way !== undefined) await book(world, selam, way);
  return selam;
}

const forms: Readonly<Record<string, Form>> = {
  town: {
    async enter() {
      const selam = world.person('Selam');
      await consent(world, selam, 'de');
      await press(world, selam, 'housing:municipality');
      return selam;
    },
    async finish(person) {
      await write(world, person, 'Calw');
      await press(world, person, 'town:live:08235085');
      expect(await actorOf(world, person, 'refugee')).toMatchObject({ ags: '08235085' });
    },
  },
  nickname: {
    async enter() {
      const selam = await refugeeWith();
      await press(world, selam, 'data');
      await press(world, selam, 'nick:ask');
      return selam;
    },
    async finish(person) {
      await write(world, person, 'Rose');
      expect(await actorOf(world, person, 'refugee')).toMatchObject({ nickname: 'Rose' });
    },
  },
  address: {
    async enter() {
      const selam = await refugeeWith('home');
      await press(world, selam, 'card.addr:');
      return selam;
    },
    async finish(person) {
      await write(world, person, 'Badstraße 1, Calw');
      const { maria } = staffOf(world);
      expect(says(maria)).toContain(words(world, 'appointments:staff.address'));
      await press(world, maria, 'appt:');
      await press(world, maria, 'appt.addr:');
      expect(says(maria)).toContain('Badstraße 1, Calw');
    },
  },
  'office hours': {
    async enter() {
      const { maria } = staffOf(world);
      await write(world, maria, '/menu');
      await press(world, maria, 'hours:0');
      await press(world, maria, 'hours.add');
      await press(world, maria, 'hf.day:6');
      await press(world, maria, 'hf.days');
      await press(world, maria, 'hf.time:from:0900');
      return maria;
    },
    async finish(person) {
      await press(world, person, 'hf.time:to:1200');
      await press(world, person, 'hf.way:telephone');
      await press(world, person, 'hf.ways');
      await press(world, person, 'hf.save');
      expect(await world.db.prisma.officeHours.findFirst({ where: { weekday: 6 } })).toMatchObject({
        from: '09:00',
        to: '12:00',
        slotMinutes: 30,
        bufferAfterMinutes: 10,
      });
    },
  },
  invitation: {
    async enter() {
      const { karin } = staffOf(world);
      await write(world, karin, '/menu');
      await press(world, karin, 'inviting');
      await press(world, karin, 'invite.r:volunteer');
      await press(world, karin, 'circle:');
      await press(world, karin, 'circle.inv:');
      return karin;
    },
    async finish(person) {
      await write(world, person, 'Eva Roth');
      const made = { name: 'Eva Roth', circle: { name: 'Arbeitskreis Asyl Wildberg' } };
      expect(await world.db.prisma.invite.findFirst({ where: made })).toMatchObject({ role: 'volunteer' });
    },
  },
};
const names = Object.keys(forms);
const formOf = (name: string): Form => forms[name] ?? fail();
function fail(): never {
  throw new Error('no such form');
}

/** Things that people send although nothing asks for them. */
const odd: Readonly<Record<string, (person: SimulatedPerson) => void>> = {
  photo: (person) => person.sendsPhoto(),
  sticker: (person) => person.sendsSticker(),
  voice: (person) => person.sendsVoice(),
  document: (person) => person.sendsDocument('pass.pdf', new Uint8Array([1])),
  location: (person) => person.sendsLocation(48.7, 8.7),
  contact: (person) => person.sendsContact({ phoneNumber: '+49151', firstName: 'X' }),
  'a very long text': (person) => person.sends('x'.repeat(4_096)),
  'an unknown command': (person) => person.sends('/unknown'),
};

const messages = (person: SimulatedPerson) => person.chat.filter((one) => one.fromBot).length;

describe.each(names)('in the middle of the form for %s', (name) => {
  it('what is no answer gets an answer, and nothing entered is lost', async () => {
    const person = await formOf(name).enter();
    for (const [what, send] of Object.entries(odd)) {
      const before = messages(person);
      send(person);
      await world.settle();
      expect([what, messages(person)]).toEqual([what, before + 1]);
    }
    await formOf(name).finish(person);
  });

  it.each(['/help', '/privacy'])('%s is read beside it, and nothing entered is lost', async (command) => {
    const person = await formOf(name).enter();
    await write(world, person, command);
    expect(says(person)).toContain(words(world, command === '/help' ? 'guidance:help.sentences' : 'people:privacy'));
    await formOf(name).finish(person);
  });

  it.each(['/start', '/menu', '/language', '/delete', '/cancel', '/book'])(
    '%s leaves it and does what it says',
    async (command) => {
      const person = await formOf(name).enter();
      await write(world, person, command);
      const told = says(person);
      expect(await world.db.prisma.flow.count()).toBe(0);
      await write(world, person, 'Irgendwas');
      expect(says(person)).toContain(words(world, 'common:not-understood'));
      const texts: Readonly<Record<string, Key>> = {
        '/language': 'people:language.choose',
        '/delete': person.id === MARIA ? 'people:delete.ask-manager' : 'people:delete.ask',
        '/cancel': 'common:cancelled',
      };
      const key = texts[command];
      expect(told).toContain(key === undefined ? '' : words(world, key));
    },
  );

  it.each(['menu', 'help', 'data', 'lang', 'privacy', 'erase:ask'])(
    'the button %s of an older screen does what it says and leaves it',
    async (data) => {
      const person = await formOf(name).enter();
      person.presses(lastMessage(person)?.message_id ?? 1, data);
      await world.settle();
      const told = says(person);
      expect(told).not.toContain(words(world, 'common:old-button'));
      await write(world, person, 'Irgendwas');
      expect(says(person)).toContain(words(world, 'common:not-understood'));
      expect(await world.db.prisma.flow.count()).toBe(0);
    },
  );

  it('the same form can be entered again at once and finished', async () => {
    const first = await formOf(name).enter();
    await write(world, first, '/cancel');
    await write(world, first, '/menu');
    if (name === 'town') {
      await press(world, first, 'housing:ask');
      await press(world, first, 'housing:municipality');
    } else if (name === 'nickname') {
      await press(world, first, 'data');
      await press(world, first, 'nick:ask');
    } else if (name === 'address') await press(world, first, 'card.addr:');
    else await formOf(name).enter();
    await formOf(name).finish(first);
  });

  it('a pause of more than twelve hours ends it, and the next text gets an answer', async () => {
    const person = await formOf(name).enter();
    world.clock.pass(25 * 60);
    await world.settle();
    const before = messages(person);
    await write(world, person, 'Calw');
    expect(messages(person)).toBe(before + 1);
  });
});

describe('outside of every form', () => {
  it.each(['refugee', 'volunteer', 'manager', 'coordinator', 'stranger'])(
    'whatever a %s sends gets one answer with a way on',
    async (kind) => {
      const { jutta, maria, karin } = staffOf(world);
      const staff: Readonly<Record<string, SimulatedPerson>> = { volunteer: jutta, manager: maria, coordinator: karin };
      const person = staff[kind] ?? (kind === 'refugee' ? await refugeeWith() : world.person('Neu'));
      for (const [what, send] of Object.entries({ ...odd, emoji: (one: SimulatedPerson) => one.sends('🙂') })) {
        const before = messages(person);
        send(person);
        await world.settle();
        expect([what, messages(person)]).toEqual([what, before + 1]);
        expect(offered(person).length).toBeGreaterThan(0);
      }
    },
  );

  it('files are never downloaded', async () => {
    const selam = await refugeeWith();
    for (const send of Object.values(odd)) send(selam);
    await world.settle();
    expect(world.telegram.calls.filter(({ method }) => method === 'getFile')).toEqual([]);
  });
});

describe('a button of the form pressed twice', () => {
  it('counts once: the office hours form stays where it is', async () => {
    const { maria } = staffOf(world);
    await write(world, maria, '/menu');
    await press(world, maria, 'hours:0');
    await press(world, maria, 'hours.add');
    for (const data of ['hf.day:6:1', 'hf.days', 'hf.time:from:0900']) {
      const message = lastMessage(maria)?.message_id ?? 1;
      maria.presses(message, data);
      maria.presses(message, data);
      await world.settle();
    }
    await formOf('office hours').finish(maria);
  });

  it('asks for the address of a visit once, and listens for it', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    await toSummary(world, selam, 'home');
    const { data } = findButton(selam, 'bk.ok:');
    const message = lastMessage(selam)?.message_id ?? 1;
    for (let count = 0; count < 3; count++) selam.presses(message, data);
    await world.settle();
    const question = words(world, 'appointments:address.ask');
    expect(selam.chat.filter(({ text }) => plainText(text ?? '').includes(question))).toHaveLength(1);
    await write(world, selam, 'Badstraße 1, Calw');
    expect(says(selam)).toContain(words(world, 'appointments:address.kept'));
  });

  it('counts once: the invitation goes on', async () => {
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'inviting');
    await press(world, karin, 'invite.r:manager');
    await write(world, karin, 'Paul Maier');
    const message = lastMessage(karin)?.message_id ?? 1;
    karin.presses(message, 'invite.c:verbund');
    karin.presses(message, 'invite.c:verbund');
    await world.settle();
    await write(world, karin, 'Wildberg');
    await press(world, karin, 'invite.d:5');
    expect(await world.db.prisma.manager.count({ where: { name: 'Paul Maier' } })).toBe(1);
  });
});
