const STRONG = /[\u200E\u200F\u061C\p{L}]/u;
const RIGHT_TO_LEFT =
  /[\u200F\u061C\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const RIGHT_TO_LEFT_CLIENTS = new Set(['ar', 'fa', 'he', 'ur', 'ku', 'ps']);

/**
 * The direction of one line as Telegram Desktop chooses it: by its first strong character, marks included, isolates not
 * skipped (desktop-app/lib_ui, ui/text/text.cpp). A line without one follows the client's language.
 */
export function directionOf(line, clientLanguage) {
  const strong = STRONG.exec(line)?.[0];
  if (strong === undefined) return RIGHT_TO_LEFT_CLIENTS.has(clientLanguage) ? 'rtl' : 'ltr';
  return RIGHT_TO_LEFT.test(strong) ? 'rtl' : 'ltr';
}
