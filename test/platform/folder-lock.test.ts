import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockFolder } from '../../src/platform/folder-lock.ts';

const SOURCE = path.join(import.meta.dirname, '../../src/platform/folder-lock.ts');

function folder(): string {
  const made = mkdtempSync(path.join(os.tmpdir(), 'locked-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return path.join(made, 'data');
}

/** Another process that tries to lock the folder and, if it may, keeps it, though nothing in it refers to the lock. */
async function other(place: string): Promise<{ child: ChildProcess; said: string }> {
  const script = `
    const { lockFolder } = await import(process.argv[1]);
    try { lockFolder(process.argv[2]); gc(); gc(); console.log('locked'); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.message); }`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script, SOURCE, place]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: String(said).trim() };
}

describe('a locked folder', () => {
  it('is refused to another process, with a sentence that says what to do', async () => {
    const place = folder();
    const unlock = lockFolder(place);
    expect((await other(place)).said).toBe(`${place} is in use by another process of this program; stop it first`);
    unlock();
    expect((await other(place)).said).toBe('locked');
  });

  it('is free again once its process was killed', async () => {
    const place = folder();
    const { child, said } = await other(place);
    expect(said).toBe('locked');
    expect(() => lockFolder(place)).toThrow('is in use by another process');
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockFolder(place)();
  });

  it('is refused within the process too, and can be locked again', () => {
    const place = folder();
    const unlock = lockFolder(place);
    expect(() => lockFolder(place)).toThrow('in use');
    unlock();
    lockFolder(place)();
  });
});
