import { globSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type ButtonKind, definedButtons } from '../../src/telegram/button.ts';
import { NEVER } from './cast.ts';
import { ELSEWHERE, NAMING, OF_ROLE } from './lines.ts';

const SRC = path.join(import.meta.dirname, '../../src');
const isKind = (value: unknown): value is ButtonKind =>
  typeof value === 'object' && value !== null && 'parse' in value && 'data' in value && 'isDiscreet' in value;

/** Every codec that any file of buttons exports, found by importing them. */
async function exported(): Promise<readonly string[]> {
  const files = globSync(['features/*/buttons*.ts', 'telegram/buttons*.ts'], { cwd: SRC });
  expect(files.length).toBeGreaterThan(10);
  const all = await Promise.all(files.map((file) => import(path.join(SRC, file)) as Promise<Record<string, object>>));
  return all
    .flatMap((module) =>
      Object.values(module).flatMap((group) => (isKind(group) ? [group] : Object.values(group ?? {}))),
    )
    .filter(isKind)
    .map(({ name }) => name);
}

it('every kind of button has exactly one line in the matrix, and no line is without its button', async () => {
  const kinds = await exported();
  const known = [...Object.keys(NAMING), ...Object.keys(OF_ROLE), ...Object.keys(ELSEWHERE)];
  expect(known.filter((name, index) => known.indexOf(name) !== index)).toEqual([]);
  expect(kinds.filter((name) => !known.includes(name))).toEqual([]);
  expect(known.filter((name) => !kinds.includes(name))).toEqual([]);
});

it('no button is defined anywhere but in a file of buttons', async () => {
  const kinds = await exported();
  expect(
    definedButtons()
      .map(({ name }) => name)
      // The codec's own test, which the same worker may have run before, defines some of its own.
      .filter((name) => !name.startsWith('test.') && !kinds.includes(name)),
  ).toEqual([]);
});

it('what the matrix presses is data of that button, also where it names what never was', () => {
  for (const [name, { data }] of Object.entries({ ...NAMING, ...OF_ROLE })) {
    const kind = definedButtons().find((one) => one.name === name);
    const read = data(NEVER).map((one) => kind?.parse(one) !== undefined);
    // Of a role there is also what no screen writes: impossible days, pages, values.
    expect([name, name in OF_ROLE ? read.some(Boolean) : read.every(Boolean)]).toEqual([name, true]);
  }
});
