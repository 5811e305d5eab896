import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HELP_NUMBERS, type HelpNumber, helpNumbersFile } from './model.ts';

/** The help numbers of a county's folder that have a number. Read once: they work without database and network. */
export function readHelpNumbers(folder: string): readonly HelpNumber[] {
  const file = helpNumbersFile.parse(JSON.parse(readFileSync(path.join(folder, 'help-numbers.json'), 'utf8')));
  return HELP_NUMBERS.flatMap((id) => {
    const number = file.numbers.find((known) => known.id === id)?.number;
    return number == null ? [] : [{ id, number }];
  });
}
