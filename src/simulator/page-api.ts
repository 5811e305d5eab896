import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { movedClock } from './berlin.ts';
import type { FaultRule } from './faults.ts';
import { loopbackOnly } from './loopback.ts';
import { act, actSchema } from './page-acts.ts';
import { phoneView } from './phone-view.ts';
import type { SimulatorOptions } from './server.ts';
import type { SimulatedTelegram } from './telegram.ts';

const HEARTBEAT_MS = 20_000;

const personSchema = z.strictObject({
  firstName: z.string().trim().min(1).max(64),
  languageCode: z.string().regex(/^[a-z]{2}$/),
  role: z.string().trim().max(40).optional(),
});

const moveSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hour') }),
  z.strictObject({ kind: z.literal('day') }),
  z.strictObject({ kind: z.literal('morning') }),
  z.strictObject({ kind: z.literal('to'), wallTime: z.string() }),
]);

const faultSchema = z.strictObject({
  kind: z.enum(['too-many', 'server-error', 'proxy', 'drop-before', 'drop-after', 'hang']),
  times: z.int().min(1).max(1000).default(1),
});

const FAULTS: Record<z.infer<typeof faultSchema>['kind'], FaultRule['fault']> = {
  'too-many': { kind: 'too-many', retryAfter: 3 },
  'server-error': { kind: 'server-error' },
  proxy: { kind: 'server-error', status: 502 },
  'drop-before': { kind: 'drop', when: 'before' },
  'drop-after': { kind: 'drop', when: 'after' },
  hang: { kind: 'hang', ms: 20_000 },
};

/** Polling is left alone, so that a fault strikes what the bot does and not its ear. */
const NOT_POLLING = /^(?!getUpdates$)/;

/** The body as the schema wants it, or undefined. */
async function body<T>(c: Context, schema: z.ZodType<T>): Promise<T | undefined> {
  const parsed = schema.safeParse(await c.req.json().catch(() => undefined));
  return parsed.success ? parsed.data : undefined;
}

/** What the page asks of the server. For the page only; tests use `SimulatedTelegram` directly. */
export function pageApi(telegram: SimulatedTelegram, options: SimulatorOptions): Hono {
  const api = new Hono();
  api.use(loopbackOnly);
  const now = () => options.clock?.now() ?? telegram.now();
  const phone = (id: number) => {
    const person = telegram.people().find((each) => each.id === id);
    return (
      person &&
      phoneView(
        telegram,
        person,
        options.people?.find((each) => each.id === id),
      )
    );
  };

  api.get('/state', (c) =>
    c.json({
      username: telegram.bot.username,
      now: now(),
      canMoveClock: options.clock !== undefined,
      links: options.links ?? [],
      phones: telegram.people().map(({ id }) => phone(id)),
    }),
  );

  api.get('/phones/:id', (c) => {
    const found = phone(Number(c.req.param('id')));
    return found ? c.json(found) : c.json({ problem: 'no such phone' }, 404);
  });

  api.post('/phones', async (c) => {
    const given = await body(c, personSchema);
    if (!given) return c.json({ problem: 'a phone needs a name and a client language' }, 400);
    const { firstName, languageCode, role } = given;
    const id = Math.max(5_300_000_000, ...telegram.people().map((each) => each.id)) + 1;
    telegram.person({ id, firstName, languageCode, ...(role ? { role } : {}) });
    return c.json({ id });
  });

  api.post('/phones/:id/acts', async (c) => {
    const person = telegram.people().find((each) => each.id === Number(c.req.param('id')));
    const given = await body(c, actSchema);
    if (!person || !given) return c.json({ problem: 'no such phone, or nothing a phone can do' }, 400);
    try {
      act(person, given, options.people?.find((each) => each.id === person.id)?.start);
      return c.json({});
    } catch (error) {
      return c.json({ problem: error instanceof Error ? error.message : 'impossible' }, 409);
    }
  });

  api.get('/files/:id', (c) => {
    const file = telegram.file(c.req.param('id'));
    if (!file) return c.json({ problem: 'no such file' }, 404);
    return c.body(new Uint8Array(file.bytes), 200, {
      'content-type': file.type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  api.post('/clock', async (c) => {
    const move = await body(c, moveSchema);
    const target = move && movedClock(now(), move);
    if (!options.clock || target === undefined) return c.json({ problem: 'not a time to go to' }, 400);
    if (target < now()) return c.json({ problem: 'time only moves forward' }, 409);
    options.clock.moveTo(target);
    return c.json({ now: now() });
  });

  api.post('/faults', async (c) => {
    const given = await body(c, faultSchema);
    if (!given) return c.json({ problem: 'not a fault we play' }, 400);
    telegram.fail({ method: NOT_POLLING, times: given.times, fault: FAULTS[given.kind] });
    return c.json({});
  });

  api.delete('/faults', (c) => {
    telegram.heal();
    return c.json({});
  });

  api.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const send = (chatId: number) =>
        void stream.writeSSE({ event: 'change', data: String(chatId) }).catch(() => undefined);
      const stop = telegram.onChange(send);
      stream.onAbort(stop);
      while (!stream.aborted) {
        await stream.writeSSE({ event: 'time', data: String(now()) });
        await stream.sleep(HEARTBEAT_MS);
      }
      stop();
    }),
  );
  return api;
}
