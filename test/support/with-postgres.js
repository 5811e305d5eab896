// Runs a command with TEST_DATABASE_URL set to a real PostgreSQL server: the one that is given, or a temporary one that
// this script makes from the PostgreSQL programs on this machine and removes again. Without either it fails: a test
// that was to run on PostgreSQL and did not is not a test that passed.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, chownSync, constants, globSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const PLACES = ['/usr/lib/postgresql/*/bin', '/opt/homebrew/opt/postgresql@*/bin', '/usr/local/opt/postgresql@*/bin'];
const NO_SERVER =
  'No PostgreSQL server: set TEST_DATABASE_URL to an empty database of one, or install PostgreSQL ' +
  '(initdb and pg_ctl are looked for in PATH and /usr/lib/postgresql/*/bin).';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

class Problem extends Error {}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder with initdb and pg_ctl: from PATH, otherwise the newest of those installed. */
function findPrograms() {
  const version = (folder) => Number(/(\d+)\D*$/.exec(folder)?.[1] ?? 0);
  const installed = PLACES.flatMap((place) => globSync(place)).sort((a, b) => version(b) - version(a));
  const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean), ...installed];
  return folders.find((folder) => ['initdb', 'pg_ctl'].every((name) => isProgram(path.join(folder, name))));
}

/** PostgreSQL refuses to run as root: then it runs as its own user. */
function findUser() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || Number.NaN);
  const [uid, gid] = [id('-u'), id('-g')];
  if (Number.isNaN(uid) || Number.isNaN(gid)) {
    throw new Problem('PostgreSQL does not run as root, and there is no user postgres: run this as another user.');
  }
  return { uid, gid };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The tests kill programs, never the server or the machine: its writes need not survive a power cut. */
const FAST = '-c fsync=off -c full_page_writes=off -c synchronous_commit=off';

/** Starts a server that only this machine reaches. */
async function startServer() {
  const programs = findPrograms();
  if (programs === undefined) throw new Problem(NO_SERVER);
  const user = findUser();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'test-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const run = (program, args) => {
    const { status, stderr, stdout, error } = spawnSync(path.join(programs, program), args, {
      ...user,
      cwd: folder,
      encoding: 'utf8',
      // pg_ctl leaves a server behind that would hold a pipe open.
      stdio: program === 'initdb' ? 'pipe' : 'ignore',
    });
    if (status !== 0)
      throw new Problem(`${program} failed: ${error?.message ?? (stderr || stdout || `code ${status}`)}`);
  };
  const stop = () => {
    spawnSync(path.join(programs, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate'], { ...user, stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
    const port = await freePort();
    const options = `-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c port=${port} ${FAST}`;
    run('pg_ctl', ['start', '-D', data, '-w', '-s', '-l', path.join(folder, 'log'), '-o', options]);
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** Resolves to the command's exit code. Told to stop, it stops the command and waits for it. */
function runCommand([program, ...args], url) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: url } });
    // A terminal's Ctrl-C reaches the command by itself; every other signal is handed on.
    for (const signal of SIGNALS) {
      process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
    }
    child.once('error', (error) => reject(new Problem(`${program} could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => resolve(code ?? 128 + (os.constants.signals[signal] ?? 0)));
  });
}

async function main(command) {
  if (command.length === 0) throw new Problem('Usage: node test/support/with-postgres.js COMMAND [ARGUMENTS]');
  const given = process.env.TEST_DATABASE_URL;
  let isStopped = false;
  for (const signal of SIGNALS) process.on(signal, () => (isStopped = true)); // never away without the server
  const server = given ? { url: given, stop: () => {} } : await startServer();
  try {
    return isStopped ? 130 : await runCommand(command, server.url);
  } finally {
    server.stop();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    process.stderr.write(`${error instanceof Problem ? error.message : error.stack}\n`);
    process.exit(1);
  },
);
