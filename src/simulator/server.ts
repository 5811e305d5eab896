import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { type ApiAnswer, badRequest, NOT_FOUND } from './answers.ts';
import { encodeAnswer } from './fake-fetch.ts';
import { ConnectionDropped } from './faults.ts';
import { loopbackOnly } from './loopback.ts';
import { pageApi } from './page-api.ts';
import { pageAssets } from './page-assets.ts';
import { readBody } from './request.ts';
import type { SimulatedTelegram } from './telegram.ts';

/** Someone whose phone lies on the page from the beginning. */
export interface StartingPerson {
  id: number;
  firstName: string;
  /** The language of the person's Telegram client. */
  languageCode: string;
  /** Shown under the name. */
  role: string;
  /** The payload with which the START button is pressed, as if the person had come by a link. */
  start?: string;
}

export interface SimulatorOptions {
  /** A clock that can be moved from the page. Without one, time is what `SimulatedTelegram` was given. */
  clock?: { now(): number; moveTo(epochMs: number): void };
  people?: readonly StartingPerson[];
  /** Addresses offered at the top of the page. */
  links?: readonly { label: string; url: string }[];
}

type Env = { Bindings: Partial<HttpBindings> };

/**
 * The simulated Telegram over HTTP: the Bot API under `/bot<token>/<method>`, the page with the phones at `/`. Mount it
 * on a server that is bound to loopback; the page's part refuses foreign hosts and origins besides.
 */
export function simulatorApp(telegram: SimulatedTelegram, options: SimulatorOptions = {}): Hono<Env> {
  for (const { id, firstName, languageCode, role } of options.people ?? [])
    telegram.person({ id, firstName, languageCode, role });
  const app = new Hono<Env>();
  app.on(['GET', 'POST'], '/:bot{bot[^/]+}/:method', async (c) => {
    try {
      return respond(await callFrom(c, telegram));
    } catch (error) {
      if (!(error instanceof ConnectionDropped)) throw error;
      c.env?.outgoing?.destroy();
      return RESPONSE_ALREADY_SENT;
    }
  });
  app.get('/file/:bot{bot[^/]+}/:path{.+}', (c) => {
    const token = decodeURIComponent(c.req.param('bot').slice('bot'.length));
    const bytes = telegram.download(token, c.req.param('path'));
    return bytes === undefined
      ? respond(NOT_FOUND)
      : c.body(new Uint8Array(bytes), 200, { 'content-type': 'application/octet-stream' });
  });
  app.use('/', loopbackOnly);
  app.route('/', pageAssets());
  app.route('/simulator', pageApi(telegram, options));
  return app;
}

async function callFrom(c: Context<Env>, telegram: SimulatedTelegram): Promise<ApiAnswer> {
  const request = readBody(c.req.header('content-type') ?? '', new Uint8Array(await c.req.arrayBuffer()));
  if (!request) return badRequest("can't parse request body");
  const token = decodeURIComponent((c.req.param('bot') ?? '').slice('bot'.length));
  const params = { ...c.req.query(), ...request.params };
  return telegram.call(token, c.req.param('method') ?? '', params, request.files, c.req.raw.signal);
}

function respond(answer: ApiAnswer): Response {
  const { status, type, body } = encodeAnswer(answer);
  const headers: Record<string, string> = { 'content-type': type };
  if (!answer.ok && answer.parameters?.retry_after !== undefined)
    headers['retry-after'] = String(answer.parameters.retry_after);
  return new Response(body, { status, headers });
}
