import type { Exceptions } from './locale-checker.ts';

const forAll = (reason: string) => ({ ar: reason, fa: reason, ti: reason });

/** Where a rule does not hold, and why. A test says when one of them has become superfluous. */
export const EXCEPTIONS: Exceptions = {
  negation: {
    'common:error': forAll('"an error has happened" is how people say "das hat nicht geklappt"'),
    'hints:feast.rosh-hashanah': { ti: 'ኣይሁድ is "Jewish": its ኣይ is no "not"' },
    'hints:feast.pesach': { ti: 'ኣይሁድ is "Jewish": its ኣይ is no "not"' },
  },
  'german word': Object.fromEntries(
    ['ramadan', 'eid-al-fitr', 'eid-al-adha', 'geez-new-year', 'meskel', 'timket', 'yom-kippur'].map((feast) => [
      `hints:feast.${feast}`,
      { en: 'a name that is written alike' },
    ]),
  ),
  glossary: {
    'people:privacy': forAll('German says "your yes" to stay plain; the others say "your consent"'),
    'appointments:cancel.done': forAll('"thank you for telling us" needs no word for "message"'),
  },
  identical: {
    'people:interpreter.language.ti': { en: 'the same word in both languages' },
    'people:interpreter.language.so': { en: 'the same word in both languages' },
  },
};

/** What German itself is allowed, until somebody finds plainer words. */
export const GERMAN_EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
