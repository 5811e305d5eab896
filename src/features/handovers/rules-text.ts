import { normaliseDigits } from '../../platform/digits.ts';

export const FINDINGS = ['email', 'phone', 'file-number'] as const;
export type Finding = (typeof FINDINGS)[number];

const EMAIL = /[\p{L}\d._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\d-]+\.[\p{L}\d-]/iu;
/** Begins as one dials in Germany or from abroad, and goes on with what people put between figures. */
const PHONE = /(?<![\d.])(?:\+|00|0)[1-9](?:[\s()/.-]*\d){5,13}(?!\d)/g;
const IBAN = /(?<![\p{L}\d])[A-Z]{2}\d{2}(?:\s?\d{4}){4}\s?\d{2}(?![\p{L}\d])/gu;
const FILE_NUMBERS: readonly RegExp[] = [
  // "Az. 12-345", "Aktenzeichen: 4711/26", "BG-Nummer 61104//0012345", "AZR 123456789012"
  /(?<!\p{L})(?:az\.?|aktenzeichen|geschäftszeichen|gz\.?|azr|bg|bg-nummer|kundennummer|pass|ausweis)(?:-?(?:nr\.?|nummer))?[\s:.#-]*(?=[\p{L}\d/-]*\d{2})[\p{L}\d/-]{3,}/iu,
  // The federal office's own form: 1234567-423
  /(?<!\d)\d{6,8}-\d{3}(?!\d)/,
  // Papers of letters and figures: C01X00T47
  /(?<![\p{L}\d])(?=[A-Z\d]{9,10}(?![\p{L}\d]))(?=(?:[A-Z]*\d){3})(?=\d*[A-Z])[A-Z\d]{9,10}/u,
  // A long run of figures is the number of something.
  /(?<!\d)\d{8,}(?!\d)/,
];

/** None of them repeats without end what itself repeats without end: whatever is typed, they are done soon. */
export const PATTERNS: readonly RegExp[] = [EMAIL, PHONE, IBAN, ...FILE_NUMBERS];

/**
 * What obviously should not stand in a text about a person: addresses of e-mail, telephone numbers, file numbers. In any
 * digits. Dates, times, postal codes and sums of money are none. It asks, it does not forbid: a person decides.
 */
export function findingsIn(typed: string): readonly Finding[] {
  const whole = normaliseDigits(typed);
  const text = whole.replace(IBAN, ' ');
  const isDate = (number: string) => /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(number.trim());
  const phones = [...text.matchAll(PHONE)].filter(([number]) => !isDate(number));
  const rest = text.replace(PHONE, (number) => (isDate(number) ? number : ' '));
  const found: Record<Finding, boolean> = {
    email: EMAIL.test(text),
    phone: phones.length > 0,
    'file-number': text !== whole || FILE_NUMBERS.some((pattern) => pattern.test(rest)),
  };
  return FINDINGS.filter((finding) => found[finding]);
}
