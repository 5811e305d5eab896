import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Catalogue, CourseRecord, ImportProgress, Reading } from '../../../src/features/courses/model.ts';
import { day, instant } from '../../../src/platform/datetime.ts';
import { aRecord, catalogueOf, listCourses, SOURCE } from '../../support/courses.ts';
import { dump } from '../../support/database.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ withDemo: false });
});
afterEach(() => world.stop());

const several = (count: number, own: (n: number) => Partial<CourseRecord> = () => ({})): CourseRecord[] =>
  Array.from({ length: count }, (_, n) => aRecord({ recordId: `R-${n}`, title: `Deutsch ${n}`, ...own(n) }));
const offerings = () => world.db.prisma.offering.findMany({ orderBy: { recordId: 'asc' } });
const listed = async () => (await offerings()).filter(({ goneAt }) => goneAt === null).map(({ recordId }) => recordId);
const importing = (readings: Catalogue['readings'], isConfirmed = false) =>
  world.program.services.courses.importCatalogue({ source: SOURCE, readings }, { way: 'shell', isConfirmed });
const refused = (line: number): Reading => ({ kind: 'refused', line, complaint: 'date', field: 'start' });
const reading = (record: CourseRecord, line = 2): Reading => ({ kind: 'record', line, record });

describe('a delivery', () => {
  it('brings what is new, changes what has changed, leaves the rest, and hides what is gone', async () => {
    expect(await listCourses(world, several(4))).toMatchObject({ status: 'accepted', read: 4, added: 4, gone: 0 });
    const before = await offerings();
    world.clock.pass(60);
    const report = await listCourses(world, [
      ...several(2),
      aRecord({ recordId: 'R-2', title: 'Deutsch am Abend' }),
      aRecord({ recordId: 'R-9' }),
    ]);
    expect(report).toMatchObject({ status: 'accepted', read: 4, added: 1, changed: 1, unchanged: 2, gone: 1 });
    expect(await listed()).toEqual(['R-0', 'R-1', 'R-2', 'R-9']);
    const after = await offerings();
    // Whoever has a button to a course still finds it.
    expect(after.find(({ recordId }) => recordId === 'R-2')).toMatchObject({
      id: before.find(({ recordId }) => recordId === 'R-2')?.id,
      title: 'Deutsch am Abend',
    });
    expect(after.filter(({ recordId }) => ['R-0', 'R-1'].includes(recordId))).toEqual(before.slice(0, 2));
  });

  it('that says the same again changes nothing', async () => {
    await listCourses(world, several(3));
    const before = await offerings();
    world.clock.pass(60);
    expect(await listCourses(world, several(3))).toMatchObject({ added: 0, changed: 0, unchanged: 3, gone: 0 });
    expect(await offerings()).toEqual(before);
    const [source] = await world.program.services.courses.sources();
    expect(source).toMatchObject({ checkedAt: world.clock.now(), shown: 3, isStale: false });
  });

  it('brings back what was gone, as newly listed', async () => {
    await listCourses(world, several(2));
    await listCourses(world, several(1));
    expect(await listed()).toEqual(['R-0']);
    world.clock.pass(24 * 60);
    expect(await listCourses(world, several(2))).toMatchObject({ changed: 1, unchanged: 1 });
    const [first, second] = await offerings();
    expect(second?.goneAt).toBeNull();
    expect(Number(second?.listedAt) - Number(first?.listedAt)).toBe(24 * 60 * 60_000);
  });

  it('keeps its hands off the courses of other sources', async () => {
    await listCourses(world, several(2));
    await listCourses(world, [aRecord()], { source: { ...SOURCE, id: 'other' } });
    expect(await listed()).toEqual(['R-0', 'R-1', 'R-1']);
  });

  it('of an older state does not replace a newer one', async () => {
    const at = (time: number, title: string) => [aRecord({ updatedAt: instant(time), title })];
    await listCourses(world, at(2_000, 'neu'));
    expect(await listCourses(world, at(1_000, 'alt'))).toMatchObject({ changed: 0, unchanged: 1 });
    expect(await offerings()).toMatchObject([{ title: 'neu' }]);
    expect(await listCourses(world, at(2_000, 'berichtigt'))).toMatchObject({ changed: 1 });
  });

  it.each([0, 600])('has each course once: of two with one key the newer one stands (%i apart)', async (apart) => {
    const version = (time: number, title: string) => aRecord({ updatedAt: instant(time), title });
    const between = several(apart, (n) => ({ recordId: `X-${n}` }));
    const report = await listCourses(world, [version(2_000, 'neu'), ...between, version(1_000, 'alt')]);
    expect(report).toMatchObject({ read: apart + 1, added: apart + 1 });
    const stands = await world.db.prisma.offering.findFirst({ where: { recordId: 'R-1' } });
    expect(stands?.title).toBe('neu');
    await listCourses(world, [version(3_000, 'erst'), ...between, version(3_000, 'zuletzt')]);
    expect((await world.db.prisma.offering.findFirst({ where: { recordId: 'R-1' } }))?.title).toBe('zuletzt');
  });

  it('is read in batches, with its progress', async () => {
    const seen: ImportProgress[] = [];
    await listCourses(world, several(1_200), { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([500, 1_000, 1_200].map((read) => ({ read, refused: 0 })));
  });

  it('is never in memory as a whole: no more than a batch is asked for ahead', async () => {
    let asked = 0;
    const ahead: number[] = [];
    const readings = (function* () {
      for (; asked < 2_000; asked++) yield reading(aRecord({ recordId: `R-${asked}` }));
    })();
    await world.program.services.courses.importCatalogue(
      { source: SOURCE, readings },
      { way: 'shell', onProgress: ({ read }) => ahead.push(asked + 1 - read) },
    );
    expect(Math.max(...ahead)).toBeLessThanOrEqual(1);
  });

  it('is placed by postal code where it has no coordinates, and left without a place outside the county', async () => {
    await listCourses(world, [
      aRecord({ recordId: 'A', place: { postalCode: '75365', city: 'Calw', confirmed: true } }),
      aRecord({ recordId: 'B', place: { postalCode: '75172', city: 'Pforzheim', confirmed: true } }),
    ]);
    expect(await offerings()).toMatchObject([
      { ags: '08235085', lat: 48.7142, lon: 8.7403 },
      { ags: null, lat: null, lon: null },
    ]);
  });
});

describe('a broken delivery', () => {
  it('loses its broken lines and keeps the rest, and says which', async () => {
    const report = await importing([refused(7), reading(aRecord()), refused(3)]);
    // As many broken as whole would be too many.
    expect(report.status).toBe('mostly-broken');
    expect(await importing([refused(7), reading(aRecord(), 4)])).toMatchObject({
      status: 'accepted',
      added: 1,
      refused: 1,
      refusals: [{ line: 7, complaint: 'date', field: 'start' }],
    });
  });

  it('cannot smuggle in what the catalogue does not take, whatever its source claims', async () => {
    const wrong: Partial<CourseRecord>[] = [
      { title: 'a\u202eb' },
      // Half a letter, which the database could not keep.
      { title: 'a\ud800b' },
      { remarks: '\udc00' },
      { title: 'x'.repeat(500) },
      { provider: { name: 'P', url: 'javascript:alert(1)' } },
      { provider: { name: 'P', phone: '<b>' } },
      { place: { lat: 19.4, lon: 41, confirmed: true } },
      { startKind: 'date' },
      { startsOn: '2027-02-31' as never },
      { kind: 'SECRET' as never },
      { levelFrom: 'B2', levelTo: 'A1' },
    ];
    const report = await importing([
      ...several(20).map((record) => reading(record)),
      ...wrong.map((own, index) => reading(aRecord({ recordId: `W-${index}`, ...own }), 100 + index)),
    ]);
    expect(report).toMatchObject({ status: 'accepted', added: 20, refused: wrong.length });
    expect(report.refusals.map(({ line }) => line)).toEqual(wrong.map((_, index) => 100 + index));
    expect(report.refusals.every(({ complaint, field }) => complaint === 'record' && field !== undefined)).toBe(true);
  });

  it.each<[string, Catalogue['readings'], string]>([
    ['nothing in it', [], 'empty'],
    ['more broken lines than whole', [reading(aRecord()), refused(3), refused(4)], 'mostly-broken'],
    [
      'an end that cannot be read',
      [reading(aRecord()), { ...refused(9), kind: 'unreadable' } as Reading],
      'unreadable',
    ],
    ['most courses missing', several(4).map((record) => reading(record)), 'mostly-gone'],
  ])('with %s is refused, and the old catalogue stays', async (_, readings, status) => {
    await listCourses(world, several(10));
    const before = await offerings();
    const checked = (await world.program.services.courses.sources())[0]?.checkedAt;
    world.clock.pass(60);
    expect(await importing(readings)).toMatchObject({ status, added: 0, changed: 0, gone: 0 });
    expect(await offerings()).toEqual(before);
    expect((await world.program.services.courses.sources())[0]?.checkedAt).toBe(checked);
    expect((await dump(world.db)).offering_draft).toEqual([]);
    expect(await world.db.prisma.courseImport.findFirst({ orderBy: { startedAt: 'desc' } })).toMatchObject({ status });
  });

  it('in which most courses are missing is accepted when somebody says that it is right', async () => {
    await listCourses(world, several(10));
    const left = several(4).map((record) => reading(record));
    expect(await importing(left, true)).toMatchObject({ status: 'accepted', gone: 6, unchanged: 4 });
  });

  it('in which courses are missing that are over anyway is accepted', async () => {
    const ended = { startKind: 'date', startsOn: day('2026-11-24'), endsOn: day('2026-11-30') } as const;
    await listCourses(
      world,
      several(12, (n) => (n < 8 ? ended : {})),
    );
    world.clock.pass(14 * 24 * 60);
    expect(await listCourses(world, several(12).slice(8))).toMatchObject({ status: 'accepted', gone: 8 });
  });

  it('that fails half way leaves nothing behind, and throws', async () => {
    await listCourses(world, several(3));
    const before = await dump(world.db);
    const failing = (async function* (): AsyncGenerator<Reading> {
      for (let n = 0; n < 700; n++) yield reading(aRecord({ recordId: `N-${n}` }));
      throw new Error('the line went dead');
    })();
    await expect(importing(failing)).rejects.toThrow('the line went dead');
    const after = await dump(world.db);
    expect([after.offering, after.offering_draft]).toEqual([before.offering, []]);
  });

  it('whose program was killed leaves drafts that go after a day', async () => {
    const { id } = await world.db.prisma.courseSource.create({ data: SOURCE });
    const run = { id: 'i', sourceId: id, way: 'shell', status: 'running', startedAt: new Date(world.clock.now()) };
    await world.db.prisma.courseImport.create({ data: run });
    await world.db.prisma.offeringDraft.create({ data: { importId: 'i', recordId: 'R', fingerprint: 'f', data: {} } });
    await world.program.services.courses.forget();
    expect(await world.db.prisma.offeringDraft.count()).toBe(1);
    world.clock.pass(25 * 60);
    await world.program.services.courses.forget();
    expect(await world.db.prisma.offeringDraft.count()).toBe(0);
  });
});

describe('an update', () => {
  const update: Reading = { kind: 'update' };
  it('leaves what it does not mention, and takes away what it withdraws', async () => {
    await listCourses(world, several(12));
    const report = await importing([
      update,
      { kind: 'withdrawn', line: 1, recordId: 'R-3' },
      { kind: 'withdrawn', line: 2, recordId: 'never there' },
      reading(aRecord({ recordId: 'R-99' }), 3),
    ]);
    expect(report).toMatchObject({ status: 'accepted', isUpdate: true, added: 1, changed: 0, gone: 1 });
    expect(await listed()).toHaveLength(12);
  });

  it('may have nothing to say, but must not withdraw most of the list', async () => {
    await listCourses(world, several(12));
    expect(await importing([update])).toMatchObject({ status: 'accepted', added: 0, gone: 0 });
    const withdrawn = several(7).map(({ recordId }, line): Reading => ({ kind: 'withdrawn', line, recordId }));
    expect(await importing([update, ...withdrawn])).toMatchObject({ status: 'mostly-gone' });
    expect(await listed()).toHaveLength(12);
  });
});

it('two deliveries of one source at once leave one of them, whole', async () => {
  await listCourses(world, several(3));
  const named = (name: string) => several(3, () => ({ remarks: name }));
  await Promise.all([listCourses(world, named('eins')), listCourses(world, named('zwei'))]);
  expect(new Set((await offerings()).map(({ remarks }) => remarks)).size).toBe(1);
  expect(await world.db.prisma.offering.count()).toBe(3);
});

it('a source that nobody has delivered for its days is stale', async () => {
  await listCourses(world, several(1));
  const isStale = async () => (await world.program.services.courses.sources()).map((source) => source.isStale);
  expect(await isStale()).toEqual([false]);
  world.clock.pass(SOURCE.staleAfterDays * 24 * 60 + 1);
  expect(await isStale()).toEqual([true]);
});

it('names no line’s content in what it keeps of a run', async () => {
  await importing([
    { kind: 'note', line: 1, complaint: 'unknown-column', field: 'x' },
    ...several(2).map((r) => reading(r)),
    refused(4),
  ]);
  const [run] = await world.db.prisma.courseImport.findMany();
  expect(run).toMatchObject({
    way: 'shell',
    read: 2,
    refused: 1,
    refusals: [{ line: 4, complaint: 'date', field: 'start' }],
  });
  expect(catalogueOf([]).source.id).toBe(SOURCE.id);
});
