import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

const isFolder = (at: string): boolean => statSync(at, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Makes a folder and those above it that are missing; throws where one cannot be made. Node's own recursive way never
 * returns where the file system answers ENOENT, as `/proc` does.
 */
export function makeFolder(folder: string): void {
  const full = path.resolve(folder);
  if (isFolder(full)) return;
  if (path.dirname(full) !== full) makeFolder(path.dirname(full));
  try {
    mkdirSync(full);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(full)) throw error;
  }
}
