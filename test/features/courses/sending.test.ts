import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LARGEST_TABLE } from '../../../src/features/courses/model-sources.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { aRecord, listCourses } from '../../support/courses.ts';
import { dump } from '../../support/database.ts';
import {
  arrive,
  buttonsOf,
  everything,
  forge,
  lastMessage,
  offered,
  press,
  says,
  staffOf,
  write,
} from '../../support/walks.ts';
import { createWorld, type World, type WorldOptions } from '../../support/world.ts';

const OWN = { id: 'own', name: 'Eigene Kursliste', staleAfterDays: 60 };
const HEAD = 'source_id;kind;title;provider;start;ags\n';
const table = (count: number, from = 0): string =>
  HEAD +
  Array.from({ length: count }, (_, n) => `R-${from + n};EOK;Deutsch ${from + n};Beispiel;2027-02-15;08235085\n`).join(
    '',
  );
const bytes = (text: string) => new TextEncoder().encode(text);

let world: World;
let karin: SimulatedPerson;
const open = async (options: WorldOptions = {}) => {
  world = await createWorld(options);
  ({ karin } = staffOf(world));
  await write(world, karin, '/menu');
};
beforeEach(() => open());
afterEach(() => world.stop());

const send = async (person: SimulatedPerson, name: string, content: string | Uint8Array) => {
  person.sendsDocument(name, typeof content === 'string' ? bytes(content) : content);
  await world.settle();
};
const listed = async () =>
  (await world.db.prisma.offering.findMany({ where: { goneAt: null, sourceId: 'own' } }))
    .map(({ recordId }) => recordId)
    .sort();
const fetched = () => world.telegram.calls.filter(({ method }) => method === 'getFile' || method === 'download').length;

describe.each(LOCALES)('a coordinator who speaks %s', (locale) => {
  it('sends a table, says which list it is, sees the report, its lines and the list', async () => {
    await write(world, karin, '/language');
    await press(world, karin, `lang.to:${locale}`);
    const rows = Array.from({ length: 12 }, (_, n) => `X-${n};EOK;T;Beispiel;31.02.2027;08235085\n`).join('');
    await send(karin, 'kurse.csv', table(20) + rows);
    expect(offered(karin)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^src\.read:\w+:own$/), expect.stringMatching(/^src\.drop:/)]),
    );
    expect(fetched()).toBe(0);
    await press(world, karin, 'src.read:');
    expect(await listed()).toHaveLength(20);
    const t = world.i18n.translator(locale);
    expect(says(karin)).toContain(t.label('sources:complaint.date').replaceAll('\u200f', ''));
    expect(says(karin)).toContain('22');
    expect(says(karin)).not.toContain('33');
    await press(world, karin, 'src.rep:');
    expect(says(karin)).toContain('33');
    await press(world, karin, 'src.one:own:');
    expect(offered(karin).filter((data) => data.startsWith('src.rep:'))).toHaveLength(1);
    await press(world, karin, 'src:0');
    expect(says(karin)).toContain('Eigene Kursliste');
    await press(world, karin, 'src.how');
    await press(world, karin, 'src.tmpl');
    expect(karin.chat.at(-1)?.document?.text).toMatch(/^\ufeff?source_id;kind;title/);
    await write(world, karin, '/menu');
    expect(offered(karin)).toContain('src:0');
  });
});

describe('a table in the chat', () => {
  it('is refused, and not fetched, from everybody else', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    const stranger = world.person('Neu');
    const { maria, jutta } = staffOf(world);
    for (const person of [amal, stranger, maria, jutta]) {
      await send(person, 'kurse.csv', table(2));
      expect(offered(person).some((data) => data.startsWith('src.'))).toBe(false);
      expect(says(person)).not.toBe('');
    }
    expect([fetched(), await world.db.prisma.courseFile.count()]).toEqual([0, 0]);
  });

  it.each(['kurse.xlsx', 'brief.pdf', 'kurse.csv.exe', 'kurse'])(
    'that is called %s is refused before it is fetched',
    async (name) => {
      await send(karin, name, table(2));
      expect(says(karin)).toContain('CSV');
      expect([fetched(), await world.db.prisma.courseFile.count()]).toEqual([0, 0]);
    },
  );

  it('that is too large is refused by the size that Telegram tells, before it is fetched', async () => {
    await send(karin, 'kurse.csv', new Uint8Array(LARGEST_TABLE + 1));
    expect(says(karin)).toContain('8 MB');
    expect([fetched(), await world.db.prisma.courseFile.count()]).toEqual([0, 0]);
  });

  it('that grows while it is fetched is let go of', async () => {
    await world.stop();
    let given = 0;
    await open({
      download: async () => ({
        status: 200,
        body: (async function* () {
          for (;;) {
            given += 65_536;
            yield new Uint8Array(65_536);
          }
        })(),
      }),
    });
    await send(karin, 'kurse.csv', table(2));
    await press(world, karin, 'src.read:');
    expect(says(karin)).toContain('zu groß');
    expect(given).toBeLessThan(LARGEST_TABLE + 200_000);
    expect(await world.db.prisma.courseFile.count()).toBe(0);
  });

  it('is read once, however often it is pressed', async () => {
    await send(karin, 'kurse.csv', table(3));
    const question = buttonsOf(lastMessage(karin)).find(({ data }) => data.startsWith('src.read:'));
    for (let times = 0; times < 2; times++) karin.presses(question?.messageId ?? 0, question?.data ?? '');
    await world.settle();
    expect(await world.db.prisma.courseImport.count()).toBe(1);
    await forge(world, karin, question?.data ?? '');
    expect(says(karin)).toContain('nicht mehr da');
    expect(await listed()).toHaveLength(3);
  });

  it('may be left unread, and goes after a day', async () => {
    await send(karin, 'kurse.csv', table(3));
    await press(world, karin, 'src.drop:');
    expect(await world.db.prisma.courseFile.count()).toBe(0);
    await send(karin, 'kurse.csv', table(3));
    world.clock.pass(25 * 60);
    await world.program.services.sources.forget();
    expect(await world.db.prisma.courseFile.count()).toBe(0);
    await press(world, karin, 'src.read:');
    expect(says(karin)).toContain('nicht mehr da');
    expect([await listed(), fetched()]).toEqual([[], 0]);
  });

  it('gives way to the next one', async () => {
    await send(karin, 'alt.csv', table(1));
    await send(karin, 'neu.csv', table(2));
    expect(await world.db.prisma.courseFile.count()).toBe(1);
    await press(world, karin, 'src.read:');
    expect(await listed()).toHaveLength(2);
  });

  it('in which most courses are missing is read when she says that it is right', async () => {
    await listCourses(
      world,
      Array.from({ length: 30 }, (_, n) => aRecord({ recordId: `R-${n}` })),
      { source: OWN },
    );
    await send(karin, 'kurse.csv', table(4));
    await press(world, karin, 'src.read:');
    expect(says(karin)).toContain('So viele Kurse sind dann weg: 26');
    expect(await listed()).toHaveLength(30);
    await press(world, karin, 'src.sure:');
    expect(await listed()).toHaveLength(4);
    expect(says(karin)).toContain('Die Kurse sind jetzt aktuell');
    expect(await world.db.prisma.courseFile.count()).toBe(0);
  });

  it.each([
    ['a spreadsheet', 'PK\u0003\u0004\0\0'],
    ['another table', 'a;b\n1;2\n'],
    ['nothing', ''],
  ])('that is %s in truth changes nothing', async (_, content) => {
    await listCourses(world, [aRecord()], { source: OWN });
    await send(karin, 'kurse.csv', content === '' ? new Uint8Array([10]) : content);
    await press(world, karin, 'src.read:');
    expect(says(karin)).toContain('Die alten Kurse bleiben');
    expect(await listed()).toEqual(['R-1']);
  });

  it('is of somebody alone: nobody else may read, drop or confirm it', async () => {
    await send(karin, 'kurse.csv', table(3));
    const [file] = await world.db.prisma.courseFile.findMany();
    const { maria } = staffOf(world);
    await write(world, maria, '/menu');
    for (const data of [`src.read:${file?.id}:own`, `src.drop:${file?.id}`, `src.sure:${file?.id}`])
      await forge(world, maria, data);
    expect(await world.db.prisma.courseFile.count()).toBe(1);
    expect(await listed()).toEqual([]);
  });

  it('leaves neither name nor content in rows or log lines, and an entry of who read what', async () => {
    await send(
      karin,
      'CANARY-NAME.csv',
      `${HEAD}CANARY-1;XX;CANARY-TITLE;Beispiel;;08235085\n${table(2).slice(HEAD.length)}`,
    );
    await press(world, karin, 'src.read:');
    expect(await listed()).toHaveLength(2);
    const left = JSON.stringify(await dump(world.db)) + world.logged.join('\n');
    expect(left).not.toContain('CANARY');
    const fileId = String(world.telegram.calls.find(({ method }) => method === 'getFile')?.params.file_id);
    expect(fileId.length).toBeGreaterThan(10);
    expect(left).not.toContain(fileId);
    await press(world, karin, 'menu');
    await press(world, karin, 'ko');
    await press(world, karin, 'ko.log:0');
    expect(says(karin)).toContain('Kursliste gelesen: Eigene Kursliste · ➕ 2');
  });

  it('is tried again after an outage, three times, and then she is told', async () => {
    await send(karin, 'kurse.csv', table(3));
    world.telegram.fail({
      method: 'getFile',
      times: 5,
      fault: { kind: 'refuse', code: 500, description: 'Internal Server Error' },
    });
    await press(world, karin, 'src.read:');
    expect(await listed()).toEqual([]);
    world.clock.pass(2);
    await world.settle();
    expect(await listed()).toHaveLength(3);
    await send(karin, 'kurse.csv', table(4));
    world.telegram.fail({ method: 'getFile', fault: { kind: 'drop', when: 'before' } });
    await press(world, karin, 'src.read:');
    for (let times = 0; times < 4; times++) {
      world.clock.pass(2);
      await world.settle();
    }
    expect(says(karin)).toContain('später noch einmal');
    expect([await listed(), await world.db.prisma.courseFile.count()]).toEqual([['R-0', 'R-1', 'R-2'], 0]);
  });

  it('that Telegram does not have any more says so', async () => {
    await send(karin, 'kurse.csv', table(3));
    world.telegram.fail({
      method: 'getFile',
      times: 1,
      fault: { kind: 'refuse', code: 400, description: 'Bad Request: invalid file_id' },
    });
    await press(world, karin, 'src.read:');
    expect(says(karin)).toContain('Schicken Sie sie bitte noch einmal');
  });

  it('ends with her erasure', async () => {
    await send(karin, 'kurse.csv', table(3));
    const { personId } = (await world.db.prisma.courseFile.findFirst()) ?? { personId: '' };
    await world.db.prisma.person.delete({ where: { id: personId } });
    expect(await world.db.prisma.courseFile.count()).toBe(0);
  });

  it('shows how far it is in one message, on which a press of the menu comes below', async () => {
    await send(karin, 'kurse.csv', table(1_200));
    const screens = karin.chat.length;
    await press(world, karin, 'src.read:');
    expect(karin.chat).toHaveLength(screens);
    const shown = world.telegram.calls.filter(
      ({ method, params }) => method === 'editMessageText' && /[▓░]/.test(String(params.text)),
    );
    expect(shown.length).toBeGreaterThan(1);
    expect(everything(karin)).not.toMatch(/[▓░]/);
  });
});
