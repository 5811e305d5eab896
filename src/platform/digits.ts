/** The first digit of each decimal set people type: Arabic-Indic zero, Persian zero, Ethiopic one (it has no zero). */
const ARABIC_ZERO = 0x0660;
const PERSIAN_ZERO = 0x06f0;
const ETHIOPIC_ONE = 0x1369;

/**
 * The same text with every digit in 0-9. People type ٣, ۳ or ፫ on their own keyboards; the county writes 3.
 * Ethiopic signs for ten and above are left as they are: they are not positional.
 */
export const normaliseDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\u1369-\u1371]/g, (digit) => {
    const code = digit.charCodeAt(0);
    if (code >= ETHIOPIC_ONE) return String(code - ETHIOPIC_ONE + 1);
    return String(code - (code >= PERSIAN_ZERO ? PERSIAN_ZERO : ARABIC_ZERO));
  });
