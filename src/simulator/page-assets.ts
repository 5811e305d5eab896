import { readdirSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';

const FOLDER = new URL('page/', import.meta.url);
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Everything from here, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The page's files, read anew at each request so that a change shows without a restart. Only what is there is served. */
export function pageAssets(): Hono {
  const assets = new Hono();
  const serve = (name: string) => {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (type === undefined || !readdirSync(FOLDER).includes(name)) return undefined;
    return new Response(readFileSync(new URL(name, FOLDER)), {
      headers: {
        'content-type': type,
        'content-security-policy': POLICY,
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
  };
  assets.get('/', (c) => serve('index.html') ?? c.notFound());
  assets.get('/simulator/page/:file', (c) => serve(c.req.param('file')) ?? c.notFound());
  return assets;
}
