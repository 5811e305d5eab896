import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from './folder.ts';

/** What is locked is held here: a lock that nobody refers to would be collected, and with it opened. */
const held = new Set<DatabaseSync>();

/**
 * Locks a folder until the process ends, killed or not: SQLite's file lock belongs to the process. The embedded
 * database has no lock of its own, and two processes on one folder lose committed rows. Throws when it is taken.
 */
export function lockFolder(folder: string): () => void {
  makeFolder(folder);
  const lock = new DatabaseSync(path.join(folder, '.lock'));
  try {
    lock.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=OFF; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new Error(`${folder} is in use by another process of this program; stop it first`, { cause });
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
}
