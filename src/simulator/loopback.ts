import type { MiddlewareHandler } from 'hono';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

function isLoopback(url: string): boolean {
  return LOOPBACK.has(URL.parse(url)?.hostname ?? '');
}

/**
 * Lets in only what comes from the simulator's own page: any site that the tester visits can send requests to localhost,
 * and a hostile name can be made to point there. So the host must be a loopback name, a change must be JSON (which
 * no foreign page may send unasked), and its origin must be this very server.
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? '';
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  if (!isLoopback(`http://${host}`)) return c.json({ problem: 'only reachable under a loopback name' }, 403);
  if (origin !== undefined && origin !== `http://${host}`) return c.json({ problem: 'foreign origin' }, 403);
  const isChange = c.req.method !== 'GET' && c.req.method !== 'HEAD';
  if (isChange && site !== undefined && site !== 'same-origin' && site !== 'none')
    return c.json({ problem: 'foreign origin' }, 403);
  if (isChange && !c.req.header('content-type')?.startsWith('application/json'))
    return c.json({ problem: 'changes are sent as application/json' }, 415);
  return next();
};
