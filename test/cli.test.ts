import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bot-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (file: string, ...args: string[]) => {
  const env = { PATH: process.env.PATH, DATA_DIR: folder, BOT_NAME: 'calw_bot' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [`src/${file}`, ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('the operator’s command line', () => {
  it('prints a link for the first coordinator, and keeps only its hash', () => {
    const { status, stdout } = run('cli.ts', 'invite', 'coordinator', 'Karin Lutz');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^https:\/\/t\.me\/calw_bot\?start=i_[\w-]{32}\nWorks once, until /);
  });

  it('invites a manager for municipalities in any spelling', () => {
    const args = ['--carrier', 'landratsamt', '--towns', 'calw, Bad Wildbad', '--days', '4'];
    expect(run('cli.ts', 'invite', 'manager', 'Maria Keller', ...args).status).toBe(0);
  });

  it.each([
    [['invite', 'manager', 'M', '--carrier', 'nobody', '--towns', 'Calw'], /No carrier nobody\. There are: /],
    [['invite', 'manager', 'M', '--carrier', 'diakonie', '--towns', 'Atlantis'], /No municipality Atlantis/],
    [['invite', 'manager', 'M', '--carrier', 'diakonie', '--towns', 'Calw', '--days', '9'], /--days must be/],
    [['invite', 'manager', 'M'], /--carrier is missing/],
    [['invite', 'volunteer', 'M'], /--circle is missing/],
    [['invite', 'king', 'M'], /Invite whom/],
    [['invite', 'coordinator'], /Give a name/],
    [['dance'], /no command dance/],
    [['fetch-courses'], /There is no address: set COURSES_BA_URL/],
  ])('refuses %j with a sentence', (args, sentence) => {
    const { status, stderr } = run('cli.ts', ...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d/);
  });

  it('prints no link that leads nowhere', () => {
    const env = { PATH: process.env.PATH, DATA_DIR: folder };
    const args = ['src/cli.ts', 'invite', 'coordinator', 'Karin Lutz'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^BOT_NAME is missing/)]);
  });

  it('lists carriers', () => {
    expect(run('cli.ts', 'carriers').stdout).toMatch(/landratsamt +15 municipalities/);
  });
});

describe('importing courses', () => {
  const demo = 'prisma/counties/calw/courses-demo.csv';
  const written = (name: string, content: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  it('takes a table, says what it did, and does nothing the second time', () => {
    const first = run('cli.ts', 'import-courses', demo);
    expect([first.status, first.stdout]).toEqual([
      0,
      expect.stringContaining('26 new, 0 changed, 0 unchanged, 0 gone, 0 refused'),
    ]);
    expect(run('cli.ts', 'import-courses', demo).stdout).toContain('0 new, 0 changed, 26 unchanged');
  });

  it('names each refused line, and keeps the catalogue when most of it would be gone', () => {
    const file = written('kurz.csv', 'source_id;kind;title;provider;start\nA;EOK;T;P;31.02.2027\nB;EOK;T;P;\n');
    const { status, stdout } = run('cli.ts', 'import-courses', file);
    expect(status).toBe(1);
    expect(stdout).toContain('line 2, start: is no date');
    expect(stdout).toContain('most courses of this source would be gone');
    expect(run('cli.ts', 'import-courses', file, '--confirm').stdout).toContain(
      '1 new, 0 changed, 0 unchanged, 26 gone',
    );
  });

  it('takes the Bundesagentur’s list, its pages in several files, and a catalogue, each as a source of its own', () => {
    const ba = run('cli.ts', 'import-courses', 'test/support/data/ba-sprachfoerderung.json');
    expect([ba.status, ba.stdout]).toEqual([0, expect.stringContaining('12 new')]);
    // Not on a terminal: lines, no bar that moves.
    expect(ba.stderr).toMatch(/^100 %: 13 read, 0 refused$/m);
    const half = written(
      'seite.json',
      '{"_embedded":{"termine":[{"id":1,"angebot":{"titel":"T"}}]},"page":{"totalElements":2}}',
    );
    const rest = written('seite2.json', '{"_embedded":{"termine":[{"id":2}]},"page":{"totalElements":2}}');
    const pages = run('cli.ts', 'import-courses', half, rest, '--source', 'zwei');
    expect([pages.status, pages.stdout]).toEqual([0, expect.stringContaining('course 2, angebot: is missing')]);
    const xml = run('cli.ts', 'import-courses', 'test/support/data/openqcat.xml', '--format', 'openqcat');
    expect([xml.status, xml.stdout]).toEqual([0, expect.stringContaining('6 new')]);
  });

  it.each([
    [[], /Which file/],
    [['nowhere.csv'], /no such file/],
    [['src'], /no such file/],
    [[demo, '--source', 'Über uns'], /--source must be/],
    [[demo, '--name', ''], /--name must/],
    [[demo, '--format', 'excel'], /--format must be one of csv, ba, openqcat/],
    [[demo, demo], /pages of a JSON list/],
    [['package.json', 'LICENSE'], /no such file/],
  ])('refuses %j with a sentence', (args, sentence) => {
    const { status, stderr } = run('cli.ts', 'import-courses', ...args);
    expect([status, stderr]).toEqual([1, expect.stringMatching(sentence)]);
  });
});

describe('npm start', () => {
  it('names every variable', () => {
    expect(run('start.js', '--help').stdout).toContain('DATABASE_URL');
  });
});
