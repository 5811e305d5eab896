// Being called back under another name.

/** Names to choose from: short, and easy to say in German and for people who learn it. Nobody types one. */
export const CALL_NAMES = {
  a: 'Rose',
  b: 'Mond',
  c: 'Stern',
  d: 'Sonne',
  e: 'Olive',
  f: 'Meer',
  g: 'Berg',
  h: 'Vogel',
} as const;
export type CallName = keyof typeof CALL_NAMES;

export const CALL_TIMES = ['morning', 'afternoon', 'any'] as const;
export type CallTime = (typeof CALL_TIMES)[number];

/** What the counselling centre gets to read, and nobody else. Nothing in it says whose Telegram account it was. */
export interface CallRequest {
  readonly name: CallName;
  readonly time: CallTime;
  readonly phone: string;
  /** Two letters: the language of the screen on which it was asked. */
  readonly locale: string;
}

/** Kept until the call was made, at most so long. */
export const CALL_DAYS = 14;
/** More open requests than a centre can answer: then it is said that it does not work now. */
export const MOST_CALLS = 200;
export const PHONE_DIGITS = 15;
