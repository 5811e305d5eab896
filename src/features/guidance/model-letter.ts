// What somebody says about a letter, button by button. Nobody sees the letter itself.

/** Who sent it: what the letterhead says, in the order of the screen. */
export const SENDERS = [
  'foreigners',
  'asylum',
  'court',
  'jobs',
  'social',
  'school',
  'health',
  'bill',
  'other',
] as const;
export type Sender = (typeof SENDERS)[number];

/** These words stand on German letters and are compared letter by letter: they are the same in every language. */
export const LETTERHEADS: Readonly<Record<Exclude<Sender, 'other'>, string>> = {
  foreigners: 'Ausländerbehörde',
  asylum: 'BAMF, Bundesamt',
  court: 'Gericht, Polizei',
  jobs: 'Jobcenter, Agentur für Arbeit',
  social: 'Sozialamt, Landratsamt',
  school: 'Schule, Kita',
  health: 'Krankenkasse',
  bill: 'Rechnung, Mahnung',
};

/** Until when something must be done, as the letter says. */
export const DATES = ['soon', 'later', 'none', 'unsure'] as const;
export type LetterDate = (typeof DATES)[number];

export const ENVELOPES = ['yellow', 'other', 'lost'] as const;
export type Envelope = (typeof ENVELOPES)[number];

export interface Letter {
  readonly from: Sender;
  readonly date: LetterDate;
  readonly envelope: Envelope;
}

/** today or tomorrow · this week · at the next appointment */
export type Urgency = 'now' | 'week' | 'calm';
