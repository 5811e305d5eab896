import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type German, stemOf } from './locale-files.ts';

// Which texts the program uses, read from its source.

const SOURCE = path.join(import.meta.dirname, '../../src');
const NAMESPACES = readdirSync(path.join(import.meta.dirname, '../../locales/de'))
  .map((file) => path.basename(file, '.json'))
  .join('|');
const LITERAL = new RegExp(`(label\\(\\s*)?'((?:${NAMESPACES}):[^'\\s]+)'`, 'g');
const TEMPLATE = new RegExp(`(label\\(\\s*)?\`((?:${NAMESPACES}):[^\`]*)\``, 'g');

export interface Use {
  /** As it is written: `appointments:topic.${topic}`. */
  readonly written: string;
  readonly file: string;
  readonly isLabel: boolean;
  readonly covers: (key: string) => boolean;
}

/** What is put into a template is one piece of the key: it has no dot. */
function pattern(template: string): RegExp {
  const pieces = template.split(/\$\{[^}]*\}/).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('[\\w-]+')}$`);
}

function usesIn(file: string): Use[] {
  const text = readFileSync(path.join(SOURCE, file), 'utf8');
  const found = (expression: RegExp, covers: (written: string) => Use['covers']): Use[] =>
    [...text.matchAll(expression)].map(([, label, written = '']) => ({
      written,
      file,
      isLabel: label !== undefined,
      covers: covers(written),
    }));
  return [
    ...found(LITERAL, (written) => (key) => key === written),
    ...found(TEMPLATE, (written) => {
      const expression = pattern(written);
      return (key) => expression.test(key);
    }),
  ];
}

export const findUses = (): Use[] =>
  globSync('**/*.ts', { cwd: SOURCE, exclude: ['generated/**', 'simulator/**'] })
    .sort()
    .flatMap(usesIn);

export function compareUses(uses: readonly Use[], german: German): { unused: string[]; unknown: string[] } {
  const stems = [...new Set([...german.keys()].map(stemOf))];
  return {
    unused: stems.filter((stem) => !uses.some((use) => use.covers(stem))),
    unknown: uses.filter((use) => !stems.some(use.covers)).map(({ written, file }) => `${written} (${file})`),
  };
}
