import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WEEK_PATH } from './model-week.ts';
import { ROW_MINUTES } from './rules-week.ts';
import type { Assets } from './views-page.ts';

/** A file that browsers keep for ever: its name changes with its content. */
interface Asset {
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

const FOLDER = path.join(import.meta.dirname, 'page');
const ROWS = (24 * 60) / ROW_MINUTES;

/** Where things stand in the grid, as classes: the page's policy allows no style in an element. */
const gridRules = (): string =>
  Array.from(
    { length: ROWS },
    (_, n) => `.at-${n}{grid-row-start:${n + 1}}.for-${n + 1}{grid-row-end:span ${n + 1}}`,
  ).join('\n');

const read = (file: string, type: string, more = ''): Asset => {
  const body = readFileSync(path.join(FOLDER, file), 'utf8') + more;
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  return { name: file.replace('.', `.${hash}.`), type, body };
};

/** Style and script of the page, read once. */
export function readAssets(): { readonly files: ReadonlyMap<string, Asset>; readonly assets: Assets } {
  const css = read('week.css', 'text/css; charset=utf-8', gridRules());
  const js = read('week.js', 'text/javascript; charset=utf-8');
  const address = ({ name }: Asset) => `${WEEK_PATH}/assets/${name}`;
  return {
    files: new Map([css, js].map((asset) => [asset.name, asset])),
    assets: { css: address(css), js: address(js) },
  };
}
