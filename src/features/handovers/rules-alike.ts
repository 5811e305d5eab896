/** What is compared of two records. Nothing of it leaves the manager's screen. */
export interface Traits {
  readonly ags: string | undefined;
  readonly languages: readonly string[];
  /** As it was typed. */
  readonly phone: string | undefined;
}

export type Likeness = 'phone' | 'town';

/** The last nine digits: with or without the country's prefix it is the same telephone. */
const dialled = (phone: string | undefined): string | undefined => phone?.replace(/\D/g, '').slice(-9);

/** Why two records might be one person; undefined where nothing says so. German is spoken by too many to tell. */
export const likeness = (one: Traits, other: Traits): Likeness | undefined => {
  const phone = dialled(one.phone);
  if (phone !== undefined && phone === dialled(other.phone)) return 'phone';
  const sharesLanguage = one.languages.some((language) => language !== 'de' && other.languages.includes(language));
  return one.ags !== undefined && one.ags === other.ags && sharesLanguage ? 'town' : undefined;
};
