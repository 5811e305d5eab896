import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Bot, HttpError, InputFile } from 'grammy';
import { afterEach, describe, expect, test } from 'vitest';
import { simulatorApp } from '../../src/simulator/server.ts';
import { box, TOKEN } from './box.ts';

type Options = Parameters<typeof simulatorApp>[1];

let stop = () => {};
afterEach(() => stop());

async function served(options: Options = {}) {
  const inside = box();
  const server = serve({ fetch: simulatorApp(inside.telegram, options).fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  stop = () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  };
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { ...inside, root, bot: new Bot(TOKEN, { client: { apiRoot: root } }) };
}

const json = { 'content-type': 'application/json' };

describe('the Bot API over HTTP', () => {
  test('a real client sends, uploads and reads', async () => {
    const { bot, amina } = await served();
    expect((await bot.api.getMe()).username).toBe('simulated_bot');
    await bot.api.sendDocument(amina.id, new InputFile(Buffer.from('BEGIN'), 'termin.ics'), { caption: 'x' });
    expect(amina.chat[0]?.document).toMatchObject({ file_name: 'termin.ics', text: 'BEGIN' });
    const polling = bot.api.getUpdates({ timeout: 30 });
    amina.sends('hallo');
    expect((await polling)[0]?.message?.text).toBe('hallo');
  });

  test('GET with a query and standard form uploads work like JSON', async () => {
    const { root, amina } = await served();
    const got = await fetch(`${root}/bot${TOKEN}/sendMessage?chat_id=${amina.id}&text=${encodeURIComponent('ሰላም')}`);
    expect(await got.json()).toMatchObject({ ok: true, result: { text: 'ሰላም' } });
    const form = new FormData();
    form.set('chat_id', String(amina.id));
    form.set('document', new File(['x'], 'a.txt'));
    const sent = await fetch(`${root}/bot${TOKEN}/sendDocument`, { method: 'POST', body: form });
    expect(await sent.json()).toMatchObject({ ok: true, result: { document: { file_name: 'a.txt', file_size: 1 } } });
  });

  test('what somebody sent is told its place and downloaded from there, with the token only', async () => {
    const { root, bot, amina } = await served();
    amina.sendsDocument('kurse.csv', new TextEncoder().encode('a;b'));
    const fileId = amina.chat[0]?.document?.file_id ?? '';
    const { file_path, file_size } = await bot.api.getFile(fileId);
    expect(file_size).toBe(3);
    expect(await (await fetch(`${root}/file/bot${TOKEN}/${file_path}`)).text()).toBe('a;b');
    expect((await fetch(`${root}/file/bot1:x/${file_path}`)).status).toBe(404);
    expect((await fetch(`${root}/file/bot${TOKEN}/documents/nothing`)).status).toBe(404);
    expect((await fetch(`${root}/file/bot${TOKEN}/../bot${TOKEN}/getMe`)).status).not.toBe(500);
    await expect(bot.api.getFile('nothing')).rejects.toThrow('invalid file_id');
  });

  test('a bot downloads no more than 20 MB', async () => {
    const { root, bot, amina } = await served();
    amina.sendsDocument('gross.csv', new Uint8Array(20 * 1024 * 1024 + 1));
    const fileId = amina.chat[0]?.document?.file_id ?? '';
    await expect(bot.api.getFile(fileId)).rejects.toThrow('file is too big');
    expect((await fetch(`${root}/file/bot${TOKEN}/documents/${fileId}`)).status).toBe(404);
  });

  test('refusals carry their status, a wrong token is 401, broken JSON is 400', async () => {
    const { root } = await served();
    expect((await fetch(`${root}/bot1:x/getMe`)).status).toBe(401);
    expect((await fetch(`${root}/bot${TOKEN}/sendCake`)).status).toBe(404);
    expect((await fetch(`${root}/bot${TOKEN}/getMe`, { method: 'POST', headers: json, body: '{' })).status).toBe(400);
  });

  test('a dropped connection is dropped, a proxy answers in HTML', async () => {
    const { telegram, bot, root, amina } = await served();
    telegram.fail({ times: 1, fault: { kind: 'drop', when: 'after' } });
    await expect(bot.api.sendMessage(amina.id, 'x')).rejects.toThrow(HttpError);
    expect(amina.chat).toHaveLength(1);
    telegram.fail({ times: 1, fault: { kind: 'server-error', status: 502 } });
    const answer = await fetch(`${root}/bot${TOKEN}/getMe`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
  });
});

describe('the page', () => {
  const people = [{ id: 7, firstName: 'Frau Weber', languageCode: 'de', role: 'Managerin', start: 'inv_1' }];
  const act = (root: string, id: number, body: object, headers: Record<string, string> = json) =>
    fetch(`${root}/simulator/phones/${id}/acts`, { method: 'POST', headers, body: JSON.stringify(body) });

  test('comes whole from here, under a strict policy', async () => {
    const { root } = await served();
    const page = await fetch(root);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    const html = await page.text();
    for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await fetch(root + path)).status).toBe(200);
    expect(html).not.toMatch(/https?:/);
    expect((await fetch(`${root}/simulator/page/..%2fserver.ts`)).status).toBe(404);
  });

  test('START is pressed with the payload the main program gave, the first time', async () => {
    const { root, telegram } = await served({ people });
    await act(root, 7, { kind: 'start' });
    await act(root, 7, { kind: 'start' });
    expect(telegram.takeUpdates().map((update) => update.message?.text)).toEqual(['/start inv_1', '/start']);
    const state = (await (await fetch(`${root}/simulator/state`)).json()) as { phones: object[] };
    expect(state.phones).toContainEqual(expect.objectContaining({ firstName: 'Frau Weber', role: 'Managerin' }));
  });

  test('impossible acts are told, not done', async () => {
    const { root } = await served({ people });
    await act(root, 7, { kind: 'block' });
    const refused = await act(root, 7, { kind: 'text', text: 'x' });
    expect([refused.status, await refused.json()]).toEqual([
      409,
      { problem: 'Frau Weber has blocked the bot: call unblocks() first' },
    ]);
  });

  test('foreign hosts, foreign origins and simple forms are refused', async () => {
    const { telegram } = await served({ people });
    const app = simulatorApp(telegram, { people });
    const post = (headers: Record<string, string>) =>
      app.request('/simulator/phones/7/acts', { method: 'POST', headers, body: JSON.stringify({ kind: 'start' }) });
    const host = '127.0.0.1:8080';
    expect((await post({ ...json, host: 'evil.example' })).status).toBe(403);
    expect((await post({ ...json, host, origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ ...json, host, origin: 'http://127.0.0.1:9999' })).status).toBe(403);
    expect((await post({ ...json, host, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ host, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await app.request('/', { headers: { host: 'evil.example' } })).status).toBe(403);
    expect(telegram.pending()).toBe(0);
    expect((await post({ ...json, host, origin: `http://${host}` })).status).toBe(200);
  });

  test('the clock moves forward only, by Berlin time also over the clock change', async () => {
    let now = Date.parse('2026-03-28T09:00:00+01:00');
    const { root } = await served({
      clock: {
        now: () => now,
        moveTo: (to) => {
          now = to;
        },
      },
    });
    const move = async (body: object) =>
      (await fetch(`${root}/simulator/clock`, { method: 'POST', headers: json, body: JSON.stringify(body) })).status;
    expect(await move({ kind: 'day' })).toBe(200);
    expect(new Date(now).toISOString()).toBe('2026-03-29T07:00:00.000Z');
    expect(await move({ kind: 'morning' })).toBe(200);
    expect(new Date(now).toISOString()).toBe('2026-03-30T06:00:00.000Z');
    expect(await move({ kind: 'to', wallTime: '2026-03-29T08:00' })).toBe(409);
    expect(await move({ kind: 'to', wallTime: 'gestern' })).toBe(400);
  });

  test('sends a file of the tester’s own, with its name', async () => {
    const { root, amina } = await served();
    const base64 = Buffer.from('source_id;kind\n').toString('base64');
    expect((await act(root, amina.id, { kind: 'document', name: 'kurse.csv', base64 })).status).toBe(200);
    expect(amina.chat[0]?.document).toMatchObject({ file_name: 'kurse.csv', text: 'source_id;kind\n' });
    for (const wrong of [{ kind: 'document' }, { kind: 'document', name: 'x', base64: 'no base64!' }])
      expect((await act(root, amina.id, wrong)).status).toBe(400);
  });

  test('documents are downloads, never pages', async () => {
    const { root, bot, amina } = await served();
    await bot.api.sendDocument(amina.id, new InputFile(Buffer.from('<script>'), 'böse.html'));
    const file = await fetch(`${root}/simulator/files/${amina.chat[0]?.document?.file_id}`);
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''b%C3%B6se.html");
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    expect(await file.text()).toBe('<script>');
  });

  test('tells live what changed', async () => {
    const { root, amina } = await served();
    const events = await fetch(`${root}/simulator/events`);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    amina.sends('x');
    expect((await reader?.read())?.value).toBe(`event: change\ndata: ${amina.id}\n\n`);
    await reader?.cancel();
  });
});
