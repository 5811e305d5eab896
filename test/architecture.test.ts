import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.join(import.meta.dirname, '../src');
const files = globSync('**/*.ts', { cwd: SRC, exclude: ['generated/**'] }).sort();

interface Source {
  readonly file: string;
  readonly text: string;
  /** Without comments: what is said about code is not code. */
  readonly code: string;
  readonly imports: readonly { readonly target: string; readonly isType: boolean }[];
}

const sources: readonly Source[] = files.map((file) => {
  const text = readFileSync(path.join(SRC, file), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const imports = [...code.matchAll(/(import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/g)].map(
    (match) => {
      const specifier = match[3] ?? match[4] ?? '';
      const target = specifier.startsWith('.') ? path.join(path.dirname(file), specifier) : specifier;
      return { target, isType: match[2] !== undefined };
    },
  );
  return { file, text, code, imports };
});

/** Which room a file stands in, from the bottom up; a room may open doors to itself and to lower rooms. */
const ROOMS = ['platform', 'telegram', 'delivery', 'features', 'top'] as const;
const roomOf = (file: string): (typeof ROOMS)[number] | 'simulator' | 'web' | 'generated' => {
  const first = file.split('/')[0] ?? '';
  if (first === 'simulator' || first === 'web' || first === 'generated') return first;
  return ROOMS.find((room) => room === first) ?? 'top';
};
const featureOf = (file: string): string | undefined => /^features\/([^/]+)\//.exec(file)?.[1];
const roleOf = (file: string): string => {
  if (/\/conversations\/[^/]+\.ts$/.test(file)) return 'conversation';
  return /^(?:[^/]+\/)*([a-z]+)(?:-[a-z-]+)?\.ts$/.exec(file)?.[1] ?? '';
};

/** The closed vocabulary of a feature's folder. */
const FEATURE_ROLES = new Set([
  'model',
  'rules',
  'store',
  'service',
  'source',
  'buttons',
  'views',
  'handlers',
  'notices',
  'pages',
  'conversation',
  // what the forms of several rooms ask alike
  'questions',
  // people: from a row to an actor · appointments: what is free, what is owed, the calendar file
  'identity',
  'offers',
  'owed',
  'calendar',
]);

/** Files of a role may import these roles of their own feature. */
const ROLE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  model: ['model'],
  rules: ['model', 'rules'],
  store: ['model', 'rules', 'store'],
  source: ['model', 'source'],
  offers: ['model', 'rules', 'store'],
  owed: ['model', 'rules'],
  identity: ['model', 'store', 'service'],
  calendar: ['model'],
  service: ['model', 'rules', 'store', 'service', 'offers', 'owed', 'identity', 'source'],
  buttons: ['model', 'buttons'],
  views: ['model', 'rules', 'buttons', 'views', 'service'],
  questions: ['model', 'rules', 'buttons', 'views', 'service'],
  conversation: ['model', 'rules', 'buttons', 'views', 'service', 'questions'],
  handlers: ['model', 'buttons', 'views', 'service', 'conversation', 'handlers', 'calendar', 'rules'],
  notices: ['model', 'rules', 'store', 'views', 'owed', 'offers', 'notices'],
  // HTTP pages and feeds: they ask the service and write what views say; grammY and the database are not theirs.
  pages: ['model', 'rules', 'service', 'views', 'calendar', 'pages'],
};

const complaints = (check: (source: Source) => readonly string[]): string[] =>
  sources.flatMap((source) => check(source).map((complaint) => `${source.file}: ${complaint}`));

describe('the house', () => {
  it('was read: a check that sees no imports would pass everything', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
    expect(roleOf('features/appointments/views-staff.ts')).toBe('views');
    expect(roleOf('features/people/conversations/town.ts')).toBe('conversation');
  });

  it('has doors that lead downwards only', () => {
    expect(
      complaints(({ file, imports }) => {
        const from = roomOf(file);
        return imports.flatMap(({ target }) => {
          if (!target.endsWith('.ts')) return [];
          const to = roomOf(target);
          if (from === 'simulator' && to !== 'simulator')
            return [`imports ${target}; the simulator knows nothing of the bot`];
          if (to === 'simulator' && from !== 'simulator' && file !== 'main.ts') {
            return [`imports ${target}; only main.ts may open the simulator, and only without a token`];
          }
          const levels = ROOMS as readonly string[];
          return levels.includes(from) && levels.includes(to) && levels.indexOf(to) > levels.indexOf(from)
            ? [`imports ${target}; hand it in from above instead`]
            : [];
        });
      }),
    ).toEqual([]);
  });

  it('keeps the simulator out of the production path: main.ts imports it only when it runs it', () => {
    const start = sources.find(({ file }) => file === 'main.ts');
    expect(start?.code).not.toMatch(/^import[^;]*simulator/m);
    expect(start?.code).not.toMatch(/^import[^;]*demo/m);
  });

  it('gives each file of a feature one of the known roles', () => {
    expect(
      complaints(({ file }) =>
        featureOf(file) !== undefined && !FEATURE_ROLES.has(roleOf(file))
          ? [`the role ${roleOf(file)} is not in the vocabulary: model, rules, store, service, views …`]
          : [],
      ),
    ).toEqual([]);
  });

  it('lets a role see only what it needs of its own feature', () => {
    expect(
      complaints(({ file, imports }) => {
        const feature = featureOf(file);
        const allowed = ROLE_IMPORTS[roleOf(file)];
        return imports.flatMap(({ target, isType }) => {
          if (feature === undefined || allowed === undefined || featureOf(target) !== feature) return [];
          const isTypeOfService = isType && ['service', 'handlers'].includes(roleOf(target));
          return allowed.includes(roleOf(target)) || isTypeOfService
            ? []
            : [`${roleOf(file)} imports ${roleOf(target)} (${target}); go through what the role may see`];
        });
      }),
    ).toEqual([]);
  });

  it('lets features see each other’s service, model, views, buttons and questions, never the store', () => {
    expect(
      complaints(({ file, imports }) => {
        const feature = featureOf(file);
        return imports.flatMap(({ target }) => {
          const other = featureOf(target);
          if (feature === undefined || other === undefined || other === feature) return [];
          return ['service', 'model', 'buttons', 'views', 'questions'].includes(roleOf(target))
            ? []
            : [`imports ${target}; another feature’s ${roleOf(target)} is private`];
        });
      }),
    ).toEqual([]);
  });

  it('has no cycles between features', () => {
    const needs = new Map<string, Set<string>>();
    for (const { file, imports } of sources) {
      const from = featureOf(file);
      for (const { target, isType } of imports) {
        const to = featureOf(target);
        if (from === undefined || to === undefined || from === to || isType) continue;
        needs.set(from, (needs.get(from) ?? new Set()).add(to));
      }
    }
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(needs.get(from) ?? [])].some((next) => {
        if (next === to) return true;
        if (seen.has(next)) return false;
        return reaches(next, to, seen.add(next));
      });
    expect([...needs.keys()].filter((feature) => reaches(feature, feature))).toEqual([]);
  });
});

describe('words that stand in one place', () => {
  const only = (word: RegExp, allowed: (file: string) => boolean, instead: string) =>
    complaints(({ file, code }) =>
      !allowed(file) && !file.startsWith('simulator/') && word.test(code) ? [`${word}: ${instead}`] : [],
    );
  const importing = (name: RegExp, allowed: (file: string) => boolean, instead: string) =>
    complaints(({ file, imports }) =>
      imports.some(({ target, isType }) => name.test(target) && !isType) &&
      !allowed(file) &&
      !file.startsWith('simulator/')
        ? [`imports ${name}: ${instead}`]
        : [],
    );

  it('grammY: the bot, telegram/, delivery’s polling, handlers and conversations', () => {
    const allowed = (file: string) =>
      ['bot.ts', 'program.ts', 'main.ts', 'delivery/poll.ts'].includes(file) ||
      file.startsWith('telegram/') ||
      ['handlers', 'conversation'].includes(roleOf(file));
    expect(importing(/^(?:grammy|@grammyjs\/)/, allowed, 'return a View and let telegram/ show it')).toEqual([]);
  });

  it('Prisma and SQL: platform/database.ts, stores and the two tables of delivery', () => {
    const allowed = (file: string) =>
      [
        'platform/database.ts',
        'platform/migrate.ts',
        'delivery/inbox.ts',
        'delivery/outbox.ts',
        'delivery/flows.ts',
      ].includes(file) || roleOf(file) === 'store';
    expect(only(/\bprisma\.|\.sql[(<]/, allowed, 'ask the store')).toEqual([]);
    expect(importing(/generated\/prisma|^pg$/, (file) => file.startsWith('platform/'), 'ask the store')).toEqual([]);
  });

  it('the environment: config.ts', () => {
    expect(only(/process\.env/, (file) => file === 'config.ts', 'hand the value in')).toEqual([]);
  });

  it('the present: the clock, and what paces calls to Telegram', () => {
    const allowed = (file: string) =>
      ['platform/clock.ts', 'delivery/notice-sender.ts', 'bot.ts'].includes(file) || file === 'main.ts';
    expect(only(/Date\.now\(\)|new Date\(\)/, allowed, 'take the clock’s now as an argument')).toEqual([]);
  });

  it('Temporal and Intl: platform/datetime.ts and date-formats.ts', () => {
    const allowed = (file: string) => /^platform\/(?:datetime|date-formats)\.ts$/.test(file);
    expect(only(/\bTemporal\.|\bIntl\.|toLocale(?:Date|Time)?String/, allowed, 'use a named format')).toEqual([]);
  });

  it('texts: views say them', () => {
    const allowed = (file: string) =>
      ['views'].includes(roleOf(file)) || /^telegram\/(?:views|surface)\.ts$/.test(file);
    expect(only(/\bt(?:\.label)?\(\s*['`](?!common:)[a-z]+:/, allowed, 'say it in views.ts')).toEqual([]);
  });

  it('dialogues leave only by ext()', () => {
    expect(only(/\.external\(/, (file) => file === 'telegram/dialogue.ts', 'use ext()')).toEqual([]);
  });

  it('nothing is printed but by main.ts and cli.ts', () => {
    expect(
      only(
        /console\.|process\.std(?:out|err)/,
        (file) => ['main.ts', 'cli.ts', 'platform/log.ts'].includes(file),
        'log a fact',
      ),
    ).toEqual([]);
  });
});

describe('plain style', () => {
  it('has no catch-all files', () => {
    const vague = /(?:^|\/)(?:index|utils?|helpers?|common|misc)\.ts$/;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
  });

  it('keeps files small enough to be read at once', () => {
    expect(
      complaints(({ text }) => (text.split('\n').length > 450 ? ['more than 450 lines: make two rooms of it'] : [])),
    ).toEqual([]);
  });

  it('uses no enum, no any, no default export', () => {
    expect(
      complaints(({ code }) => (/\benum \w+ \{|: any\b|as any\b|export default/.test(code) ? ['see the habits'] : [])),
    ).toEqual([]);
  });

  it('installs one copy of grammY', () => {
    expect(
      globSync('**/node_modules/grammy/package.json', { cwd: path.join(SRC, '../node_modules') }).length,
    ).toBeLessThanOrEqual(0);
  });
});
