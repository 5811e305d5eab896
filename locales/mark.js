// node locales/mark.js               lists stale and missing texts per language; exits with 1 if there are any
//                                    (the program's texts, and the text pages of each county)
// node locales/mark.js --write ar    marks all texts of ar as made from today's German: only after reading them again
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = import.meta.dirname;
/** Folders with one folder per language in them. */
const COUNTIES = path.join(FOLDER, '../prisma/counties');
const ROOTS = [FOLDER, ...readdirSync(COUNTIES).map((one) => path.join(COUNTIES, one, 'texts'))].filter(existsSync);
const SUFFIX = /_(zero|one|two|few|many|other)$/;

const read = (locale, { root, file }) => {
  try {
    return JSON.parse(readFileSync(path.join(root, locale, file), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
};
const files = ROOTS.flatMap((root) => readdirSync(path.join(root, 'de')).map((file) => ({ root, file })));
const locales = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'de')
  .map((entry) => entry.name);

/** The German text that a key is made from: its own form, else the general form, else the only one. */
const sourceOf = (german, key) => {
  const stem = key.replace(SUFFIX, '');
  return german[key] ?? german[`${stem}_other`] ?? german[stem];
};
const markOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8);

function problems(locale) {
  return files.flatMap((file) => {
    const german = read('de', file);
    const texts = read(locale, file);
    const stems = new Set(Object.keys(texts).map((key) => key.replace(SUFFIX, '')));
    const missing = Object.keys(german).filter((key) => !(key in texts) && !stems.has(key.replace(SUFFIX, '')));
    const stale = Object.keys(texts).filter((key) => {
      const source = sourceOf(german, key);
      return source !== undefined && texts[key].german !== markOf(source);
    });
    const unknown = Object.keys(texts).filter((key) => sourceOf(german, key) === undefined);
    const say = (what) => (key) => `${locale} ${file.file} ${what}: ${key}`;
    return [...missing.map(say('missing')), ...stale.map(say('stale')), ...unknown.map(say('unknown'))];
  });
}

function write(locale) {
  for (const file of files) {
    const german = read('de', file);
    const texts = read(locale, file);
    if (Object.keys(texts).length === 0) continue;
    for (const [key, entry] of Object.entries(texts)) entry.german = markOf(sourceOf(german, key) ?? '');
    writeFileSync(path.join(file.root, locale, file.file), `${JSON.stringify(texts, null, 2)}\n`);
  }
}

const [option, locale] = process.argv.slice(2);
if (option === '--write') {
  if (!locales.includes(locale)) throw new Error(`name a language to mark: ${locales.join(', ')}`);
  write(locale);
}
const found = locales.flatMap(problems);
process.stdout.write(found.length === 0 ? 'Every text is there and up to date.\n' : `${found.join('\n')}\n`);
process.exitCode = found.length === 0 ? 0 : 1;
