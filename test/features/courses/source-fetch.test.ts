import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FeedAddress, type FetchLimits, fetchList } from '../../../src/features/courses/source-fetch.ts';
import { baOffer, baPage } from '../../support/course-lists.ts';
import { all } from '../../support/courses.ts';

const KEY = 'CANARY-KEY-0815';
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A service on this machine that answers one after the other, and the last one ever after. */
let answers: Answer[] = [];
let asked: IncomingMessage[] = [];
let pauses: number[] = [];
const server = createServer((request, response) => {
  asked.push(request);
  (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
});
let base = '';
beforeEach(async () => {
  [answers, asked, pauses] = [[], [], []];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const json =
  (value: unknown): Answer =>
  (_request, response) =>
    response.end(JSON.stringify(value));
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(code, headers).end('<html>');
const NOW = Date.parse('2026-11-30T12:00:00Z');
const feed = (own: Partial<FeedAddress> = {}): FeedAddress => ({
  format: 'ba',
  url: `${base}/bildungsangebot?systematiken=MB,MC&orte=Calw_8.7403_48.7142`,
  key: KEY,
  ...own,
});
const fetching = (own: Partial<FeedAddress> = {}, limits: Partial<FetchLimits> = {}) =>
  fetchList(feed(own), { pause: async (ms) => void pauses.push(ms), now: () => NOW, limits });
const fetched = (own?: Partial<FeedAddress>, limits?: Partial<FetchLimits>) => all(fetching(own, limits).readings);
const PAGE = baPage([baOffer({ id: 1 })], { totalElements: 1, totalPages: 1 });

it('asks page after page, politely, with the key in its header only, and pauses between them', async () => {
  const counts = { totalElements: 3, totalPages: 2 };
  answers = [
    json(baPage([baOffer({ id: 1 }), baOffer({ id: 2 })], counts)),
    json(baPage([baOffer({ id: 3 })], counts)),
  ];
  expect((await fetched()).map((one) => one.kind === 'record' && one.record.recordId)).toEqual(['1', '2', '3']);
  expect(asked.map(({ url }) => new URL(url ?? '', base).searchParams.get('page'))).toEqual(['0', '1']);
  for (const { url, headers } of asked) {
    expect(url).toContain('systematiken=MB');
    expect(url).toContain('size=100');
    expect(url).not.toContain(KEY);
    expect(headers).toMatchObject({ 'x-api-key': KEY, 'accept-encoding': 'identity' });
    expect(headers['user-agent']).toMatch(/^integration-management-bot\//);
  }
  expect(pauses).toEqual([300]);
});

it.each([429, 500, 502, 503])('tries again after %i, later each time, and gives up in the end', async (code) => {
  answers = [status(code), status(code), json(PAGE)];
  expect(await fetched()).toHaveLength(1);
  expect(pauses).toEqual([1_000, 2_000]);
  [answers, asked, pauses] = [[status(code)], [], []];
  expect(await fetched()).toMatchObject([{ kind: 'unreadable', complaint: 'unreached' }]);
  expect([asked.length, pauses]).toEqual([4, [1_000, 2_000, 4_000]]);
});

it('waits as long as it is told, in seconds or until a time', async () => {
  answers = [
    status(429, { 'retry-after': '7' }),
    status(503, { 'retry-after': new Date(NOW + 30_000).toUTCString() }),
    json(PAGE),
  ];
  expect(await fetched()).toHaveLength(1);
  expect(pauses).toEqual([7_000, 30_000]);
});

it('does not wait for hours, but says for how long it was sent away', async () => {
  answers = [status(429, { 'retry-after': '7200' })];
  const { readings, patienceMs } = fetching();
  expect(await all(readings)).toMatchObject([{ kind: 'unreadable', complaint: 'unreached' }]);
  expect([asked.length, pauses, patienceMs()]).toEqual([1, [], 7_200_000]);
});

it('tries again when the connection drops, before an answer or in the middle of one', async () => {
  answers = [
    (_request, response) => response.destroy(),
    (_request, response) => {
      response.writeHead(200, { 'content-length': '10000' });
      response.write('{"_embedded":', () => response.destroy());
    },
    json(PAGE),
  ];
  expect(await fetched()).toHaveLength(1);
  expect(pauses).toEqual([1_000, 2_000]);
});

it('gives up on a service that is silent, or not there', async () => {
  answers = [() => {}];
  expect(await fetched({}, { timeoutMs: 30, tries: 2 })).toMatchObject([
    { kind: 'unreadable', complaint: 'unreached' },
  ]);
  expect(await fetched({ url: 'http://127.0.0.1:1/x' }, { tries: 2 })).toMatchObject([{ complaint: 'unreached' }]);
});

it.each([
  [401, 'key'],
  [403, 'key'],
  [404, 'declined'],
  [400, 'declined'],
])('takes %i for final: %s', async (code, complaint) => {
  answers = [status(code)];
  expect(await fetched()).toMatchObject([{ kind: 'unreadable', complaint }]);
  expect(asked).toHaveLength(1);
});

it('follows nobody elsewhere with the key', async () => {
  answers = [status(302, { location: `${base}/elsewhere` }), json(PAGE)];
  expect(await fetched()).toMatchObject([{ kind: 'unreadable', complaint: 'declined' }]);
  expect(asked.map(({ url }) => url)).not.toContain('/elsewhere');
});

it('unpacks nothing', async () => {
  answers = [
    (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(PAGE))),
  ];
  expect(await fetched()).toMatchObject([{ kind: 'unreadable', complaint: 'format' }]);
});

it('takes no more pages and bytes than are allowed', async () => {
  answers = [json(baPage([baOffer({ id: 1 })], { totalElements: 999_999, totalPages: 999_999 }))];
  expect((await fetched({}, { pages: 3 })).at(-1)).toMatchObject({ kind: 'unreadable', complaint: 'too-large' });
  expect(asked).toHaveLength(3);
  expect((await fetched({}, { totalBytes: 100 })).at(-1)).toMatchObject({ complaint: 'too-large' });
  let sent = 0;
  answers = [
    (_request, response) => {
      const more = () => {
        while (sent < 50_000_000 && response.write('x'.repeat(10_000))) sent += 10_000;
        response.once('drain', more);
      };
      more();
    },
  ];
  expect(await fetched({}, { pageBytes: 50_000 })).toMatchObject([{ complaint: 'too-large' }]);
  expect(sent).toBeLessThan(20_000_000);
});

it('an answer that is none of this list is not believed', async () => {
  answers = [status(200)];
  expect(await fetched()).toMatchObject([{ kind: 'unreadable', complaint: 'format' }]);
});

it('stops at an empty page where nobody says how many there are', async () => {
  answers = [json(baPage([baOffer({ id: 1 })])), json({})];
  expect((await fetched()).map(({ kind }) => kind)).toEqual(['record', 'unreadable']);
  answers = [json(baPage([baOffer({ id: 1 })])), json(baPage([]))];
  expect((await fetched()).map(({ kind }) => kind)).toEqual(['record']);
});

it('reads a catalogue as it comes, and says so when it breaks off', async () => {
  const xml = readFileSync(path.join(import.meta.dirname, '../../support/data/openqcat.xml'), 'utf8');
  answers = [(_request, response) => response.end(xml)];
  expect(await fetched({ format: 'openqcat', key: undefined })).toHaveLength(6);
  expect(asked[0]?.headers).not.toHaveProperty('x-api-key');
  answers = [
    (_request, response) => {
      response.writeHead(200, { 'content-length': String(xml.length * 2) });
      response.write(xml.slice(0, 9_000), () => response.destroy());
    },
  ];
  expect((await fetched({ format: 'openqcat' })).at(-1)).toMatchObject({ kind: 'unreadable', complaint: 'unreached' });
});
