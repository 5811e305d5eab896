import { z } from 'zod';
import type { Feed } from './features/courses/model-sources.ts';
import { decodeKey } from './platform/crypto.ts';

const PORT = 'must be a whole number from 1 to 65535';
const port = z.coerce.number(PORT).int(PORT).min(1, PORT).max(65_535, PORT);
const url = z.url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' });

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** Nothing goes unprotected, except on this machine. */
const isProtected = (text: string): boolean => {
  const address = URL.parse(text);
  return address?.protocol === 'https:' || LOOPBACK.includes(address?.hostname ?? '');
};
const hasNoPath = (text: string): boolean => {
  const address = URL.parse(text);
  return address === null || (address.pathname === '/' && address.search === '' && address.hash === '');
};
/** A key goes along. */
const feedUrl = url.refine(isProtected, 'must begin with https://');

/** Every variable, what it is for, and what is right for it. `--help` prints this table. */
export const VARIABLES = {
  BOT_TOKEN: {
    says: 'the token that @BotFather gave; without it the simulator runs in the browser',
    schema: z
      .string()
      .regex(/^\d{6,}:[\w-]{30,}$/, 'is not a token of @BotFather (digits, a colon, 35 characters)')
      .optional(),
  },
  DATABASE_URL: {
    says: 'postgres://… of a PostgreSQL server; without it an embedded database in DATA_DIR',
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\/.+/, 'must begin with postgres://')
      .refine(URL.canParse, 'must be postgres://user:password@host:port/database, special characters written as %XX')
      .optional(),
  },
  DATA_DIR: {
    says: 'folder of the embedded database, the key and the simulator (.data)',
    schema: z.string().min(1).default('.data'),
  },
  DATA_KEY: {
    says: '32 bytes, base64 or hexadecimal, that seal what is confidential; without it a key made once in DATA_DIR',
    schema: z.string().refine(isKey, 'must be 32 bytes, written as base64 or as 64 hexadecimal digits').optional(),
  },
  PORT: { says: 'port of the web server (8080)', schema: port.default(8080) },
  HOST: {
    says: 'address it listens on (127.0.0.1; the simulator never listens elsewhere)',
    schema: z.string().min(1).default('127.0.0.1'),
  },
  PUBLIC_URL: {
    says: 'https://… under which Telegram and browsers reach the web server: updates come by webhook, managers have pages',
    schema: url
      .refine(isProtected, 'must begin with https://: Telegram delivers to nothing else, and pages show appointments')
      .refine(hasNoPath, 'must end with the name of the host (or its port): the paths below it are the bot’s own')
      .optional(),
  },
  WEBHOOK_SECRET: {
    says: 'what Telegram must send along with each update; needed with PUBLIC_URL',
    schema: z
      .string()
      .regex(/^[\w-]{16,256}$/, 'must be 16 to 256 of A-Z a-z 0-9 _ -')
      .optional(),
  },
  TELEGRAM_API_ROOT: {
    says: 'where the Bot API is (https://api.telegram.org)',
    schema: url.default('https://api.telegram.org'),
  },
  COUNTY: {
    says: 'folder in prisma/counties (calw)',
    schema: z
      .string()
      .regex(/^[a-z-]+$/, 'must be the name of a folder')
      .default('calw'),
  },
  BOT_NAME: {
    says: 'name of the bot without @, for the links that the command line prints',
    schema: z.string().optional(),
  },
  COURSES_BA_URL: {
    says: "the Bundesagentur's list of language courses, with its search (https://…/bildungsangebot?systematiken=…); fetched again and again",
    schema: feedUrl.optional(),
  },
  COURSES_BA_KEY: {
    says: 'what that service wants as X-API-Key',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/, 'must be at most 200 letters without spaces')
      .optional(),
  },
  COURSES_OPENQCAT_URL: {
    says: 'a catalogue in openQ-cat V1.1 (https://…); fetched again and again',
    schema: feedUrl.optional(),
  },
  COURSES_EVERY_HOURS: {
    says: 'hours between two fetches of these lists (24)',
    schema: z.coerce
      .number('must be a number of hours')
      .int('must be whole hours')
      .min(1, 'must be at least 1')
      .max(168, 'must be at most 168, a week')
      .default(24),
  },
  LOG_LEVEL: {
    says: 'debug, info, warn, error or silent (info)',
    schema: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
      .default('info'),
  },
} as const satisfies Record<string, { readonly says: string; readonly schema: z.ZodType }>;

type Variables = typeof VARIABLES;
export type Config = { readonly [K in keyof Variables]: z.output<Variables[K]['schema']> };

/** The one reader of the environment. Throws one sentence per wrong variable: which, and why. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(VARIABLES)) {
    const given = env[name]?.trim();
    const result = schema.safeParse(given === '' ? undefined : given);
    if (result.success) config[name] = result.data;
    else problems.push(`${name} ${result.error.issues[0]?.message ?? 'is wrong'}.`);
  }
  if (env.PUBLIC_URL && !env.WEBHOOK_SECRET) problems.push('WEBHOOK_SECRET is missing: PUBLIC_URL needs it.');
  if (env.PUBLIC_URL && !env.BOT_TOKEN) problems.push('BOT_TOKEN is missing: PUBLIC_URL is for the real bot.');
  if (env.COURSES_BA_KEY && !env.COURSES_BA_URL) problems.push('COURSES_BA_URL is missing: COURSES_BA_KEY is for it.');
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return config as Config;
}

/** The lists of courses that are fetched. */
export function courseFeeds(config: Config): readonly Feed[] {
  const { COURSES_BA_URL, COURSES_BA_KEY, COURSES_OPENQCAT_URL, COURSES_EVERY_HOURS: everyHours } = config;
  return [
    ...(COURSES_BA_URL === undefined
      ? []
      : [{ format: 'ba' as const, url: COURSES_BA_URL, key: COURSES_BA_KEY, everyHours }]),
    ...(COURSES_OPENQCAT_URL === undefined
      ? []
      : [{ format: 'openqcat' as const, url: COURSES_OPENQCAT_URL, key: undefined, everyHours }]),
  ];
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const helpText = (): string =>
  [
    'npm start                 runs the bot; with nothing configured, in a simulator at http://localhost:8080',
    'npm run cli -- --help     what an operator does from a shell',
    '',
    'Variables:',
    ...Object.entries(VARIABLES).map(([name, { says }]) => `  ${name.padEnd(20)} ${says}`),
  ].join('\n');

function isKey(text: string): boolean {
  try {
    return decodeKey(text).length === 32;
  } catch {
    return false;
  }
}
