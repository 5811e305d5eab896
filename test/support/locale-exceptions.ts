import type { Exceptions } from './locale-checker.ts';

const SOS = 'SOS is known everywhere, and the mark at the start of each line keeps the direction';
const forAll = (reason: string) => ({ ar: reason, fa: reason, ti: reason });

/** Where a rule does not hold, and why. A test says when one of them has become superfluous. */
export const EXCEPTIONS: Exceptions = {
  negation: {
    'common:error': forAll('"an error has happened" is how people say "das hat nicht geklappt"'),
  },
  glossary: {
    'appointments:cancel.done': forAll('"thank you for telling us" needs no word for "message"'),
    'people:language.changed': forAll('each language names itself, not German'),
  },
  'latin emoji': {
    'common:nav.help': { ar: SOS, fa: SOS },
    'guidance:help.title': { ar: SOS, fa: SOS },
  },
  identical: {
    'people:interpreter.language.ti': { en: 'the same word in both languages' },
    'people:interpreter.language.so': { en: 'the same word in both languages' },
  },
};

/** What German itself is allowed, until somebody finds plainer words. */
export const GERMAN_EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lix: {
    'people:consent.ask': 'names Integrationsmanagement once, as the office door does',
    'people:privacy': 'must name what the law wants named',
  },
  forbidden: {
    'common:updated': 'shown once after an update; says that the bot was renewed, not by whom',
    'people:role.refused': 'for staff; who refused is left out on purpose',
  },
};
