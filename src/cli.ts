import { parseArgs } from 'node:util';
import { type ImportCommand, importFeed, importFile, progressOn } from './cli-courses.ts';
import { ConfigError, courseFeeds, readConfig } from './config.ts';
import { readCounty } from './features/county/source.ts';
import { LISTS } from './features/courses/model-sources.ts';
import type { InviteDraft } from './features/people/model.ts';
import { systemClock } from './platform/clock.ts';
import { createSeal, dataKey } from './platform/crypto.ts';
import { openEmbedded, openServer } from './platform/database.ts';
import { formatDay } from './platform/date-formats.ts';
import { dayOf } from './platform/datetime.ts';
import { scrub } from './platform/log.ts';
import { createServices } from './services.ts';

const HELP = `What an operator does from a shell. On the embedded database, stop the bot first.

  npm run cli -- invite coordinator "Name" [--carrier ID]
  npm run cli -- invite manager "Name" --carrier ID --towns "Calw, Nagold" [--days 5]
  npm run cli -- invite volunteer "Name" --circle "Arbeitskreis Asyl" [--towns "Calw, Nagold"]
  npm run cli -- invite counsellor "Name"
      prints a link that works once, for seven days. BOT_NAME=… names the bot (without @).
  npm run cli -- carriers
      lists carriers and how many municipalities they serve
  npm run cli -- import-courses FILE [--source own] [--name "Eigene Kursliste"] [--confirm]
  npm run cli -- import-courses FILE… --format csv|ba|openqcat
      takes a file as the whole list of this source: what is not in it is gone. All of it or nothing; a broken line is
      refused with its number. Our own table (CSV), the Bundesagentur's list (JSON; several files are its pages), or a
      catalogue in openQ-cat V1.1 (XML, full or update). --confirm accepts that most courses of the source are gone.
  npm run cli -- fetch-courses
      fetches the lists of COURSES_BA_URL and COURSES_OPENQCAT_URL now`;

const say = (text: string) => process.stdout.write(`${text}\n`);

interface Options {
  readonly carrier?: string;
  readonly towns?: string;
  readonly circle?: string;
  readonly days?: string;
}

/** Everything the CLI needs of the program, closed again when `work` is done. */
async function withServices(work: (services: ReturnType<typeof createServices>) => Promise<void>): Promise<void> {
  const config = readConfig();
  const county = readCounty(config.COUNTY);
  const db =
    config.DATABASE_URL === undefined ? await openEmbedded(config.DATA_DIR) : await openServer(config.DATABASE_URL);
  try {
    const seal = createSeal(dataKey(config.DATA_KEY, config.DATA_DIR));
    const services = createServices({ db, clock: systemClock, seal, facts: county.facts, wake: () => {} });
    await services.county.load(county);
    await work(services);
  } finally {
    await db.close();
  }
}

async function invite(role: string | undefined, name: string | undefined, options: Options): Promise<void> {
  if (name === undefined || name.trim() === '') throw new ConfigError('Whom? Give a name in quotation marks.');
  const { BOT_NAME: bot } = readConfig();
  if (bot === undefined) throw new ConfigError('BOT_NAME is missing: the link needs the name of the bot.');
  await withServices(async ({ people, county }) => {
    const carriers = await county.carriers();
    const carrierId = options.carrier;
    if (carrierId !== undefined && !carriers.some(({ id }) => id === carrierId)) {
      throw new ConfigError(`No carrier ${carrierId}. There are: ${carriers.map(({ id }) => id).join(', ')}.`);
    }
    const draft = await draftOf(role, name, options, async (towns) => {
      const found = await Promise.all(towns.map((town) => county.search(town)));
      return found.map((one, index) => {
        if (one.kind !== 'exact') throw new ConfigError(`No municipality ${towns[index]}.`);
        return one.municipality.ags;
      });
    });
    const { token, expiresAt } = await people.invite(undefined, draft);
    say(`https://t.me/${bot}?start=i_${token}`);
    say(`Works once, until ${formatDay('en', dayOf(expiresAt))}. Give it to ${name} only.`);
  });
}

const namesIn = (towns = ''): string[] =>
  towns
    .split(',')
    .map((town) => town.trim())
    .filter((town) => town !== '');

async function draftOf(
  role: string | undefined,
  name: string,
  options: Options,
  agsOf: (towns: readonly string[]) => Promise<readonly string[]>,
): Promise<InviteDraft> {
  switch (role) {
    case 'coordinator':
      return { role, name, carrierId: options.carrier };
    case 'volunteer':
      if (options.circle === undefined) throw new ConfigError('--circle is missing: the name of the circle.');
      return {
        role,
        name,
        circle: { name: options.circle, municipalities: await agsOf(namesIn(options.towns)) },
      };
    case 'counsellor':
      return { role, name };
    case 'manager': {
      if (options.carrier === undefined) throw new ConfigError('--carrier is missing: see `npm run cli -- carriers`.');
      if (options.towns === undefined) throw new ConfigError('--towns is missing: the municipalities, with commas.');
      const workingDays = Number(options.days ?? '5');
      if (!(workingDays > 0 && workingDays <= 7)) throw new ConfigError('--days must be between 1 and 7.');
      const municipalities = await agsOf(namesIn(options.towns));
      return { role, name, carrierId: options.carrier, municipalities, workingDays };
    }
    default:
      throw new ConfigError('Invite whom: coordinator, manager, volunteer or counsellor?');
  }
}

async function listCarriers(): Promise<void> {
  await withServices(async ({ county }) => {
    const { assignments } = readCounty(readConfig().COUNTY);
    for (const { id, name } of await county.carriers()) {
      say(`${id.padEnd(14)} ${assignments.filter((one) => one.carrierId === id).length} municipalities   ${name}`);
    }
  });
}

async function importCourses(command: ImportCommand): Promise<void> {
  await withServices(async ({ courses }) => {
    const progress = progressOn(process.stderr.isTTY === true, (text) => process.stderr.write(text));
    const { isAccepted, report } = await importFile(courses, command, progress.show);
    progress.end();
    say(report);
    if (!isAccepted) process.exitCode = 1;
  });
}

async function fetchCourses(): Promise<void> {
  const feeds = courseFeeds(readConfig());
  if (feeds.length === 0) throw new ConfigError('There is no address: set COURSES_BA_URL or COURSES_OPENQCAT_URL.');
  await withServices(async ({ courses }) => {
    for (const feed of feeds) {
      const progress = progressOn(process.stderr.isTTY === true, (text) => process.stderr.write(text));
      const { isAccepted, report } = await importFeed(courses, feed, systemClock, progress.show);
      progress.end();
      say(`${LISTS[feed.format].name}\n${report}`);
      if (!isAccepted) process.exitCode = 1;
    }
  });
}

async function run(): Promise<void> {
  const string = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ carrier: string, towns: string, circle: string, days: string, source: string, name: string, format: string },
      ...{ help: { type: 'boolean' }, confirm: { type: 'boolean' } },
    },
  });
  const [command, ...rest] = positionals;
  if (values.help === true || command === undefined) {
    say(HELP);
    return;
  }
  if (command === 'invite') return invite(rest[0], rest[1], values);
  if (command === 'carriers') return listCarriers();
  if (command === 'import-courses') {
    const { source, name, format, confirm } = values;
    return importCourses({ files: rest, format, source, name, isConfirmed: confirm === true });
  }
  if (command === 'fetch-courses') return fetchCourses();
  throw new ConfigError(`There is no command ${command}. See npm run cli -- --help.`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${scrub(error instanceof Error ? error.message : 'failed')}\n`);
  process.exitCode = 1;
});
