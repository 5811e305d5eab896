import { formatDay } from '../../platform/date-formats.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { pageRow, screen } from '../../telegram/views.ts';
import { buttons, EVERYTHING } from './buttons.ts';
import {
  type Answer,
  type CourseRecord,
  type Found,
  type FoundPage,
  type Kind,
  type Offering,
  PER_PAGE,
} from './model.ts';
import { startOf } from './rules.ts';
import type { CardFacts } from './service.ts';

export const courseRows = (t: Translator): readonly (readonly Button[])[] => [
  [{ label: t.label('courses:menu'), data: buttons.courses.data({}) }],
];

/** Kinds by what they are called on letters and doors. */
const NAMES = {
  IK_ALLG: 'integration',
  IK_FOERDER: 'integration',
  IK_INTENSIV: 'integration',
  IK_LEGACY_JUGEND: 'integration',
  IK_LEGACY_ELTERN: 'integration',
  IK_LEGACY_FRAUEN: 'integration',
  IK_ALPHA: 'reading',
  IK_ZWEITSCHRIFT: 'second-script',
  OK: 'orientation',
  BSK_A2: 'work',
  BSK_B1: 'work',
  BSK_B2: 'work',
  BSK_C1: 'work',
  BSK_C2: 'work',
  BSK_FACH: 'work',
  BSK_ANERK: 'work',
  JOB_BSK: 'work',
  EOK: 'first',
  MIA: 'women',
  VWV_DEUTSCH: 'german',
  EHRENAMT: 'volunteers',
  SONST: 'german',
} as const satisfies Record<Kind, string>;

const answer = (t: Translator, said: Answer): string => t.label(`courses:answer.${said}`);
const ask = (t: Translator): string => answer(t, 'unknown');

/** `A2–B1`; `B1` where only the goal is known, `A2+` where only the beginning is. */
function levelOf(t: Translator, { levelFrom, levelTo }: Pick<CourseRecord, 'levelFrom' | 'levelTo'>): string {
  if (levelFrom === undefined) return levelTo ?? ask(t);
  if (levelTo === undefined) return `${levelFrom}+`;
  return levelFrom === levelTo ? levelTo : `${levelFrom}–${levelTo}`;
}

function startText(t: Translator, offering: Offering, today: Day): string {
  const start = startOf(offering, today);
  switch (start.kind) {
    case 'on':
      return t('courses:fact.start', { value: formatDay(t.locale, start.day) });
    case 'running':
      return t('courses:running', { day: formatDay(t.locale, start.day) });
    case 'rolling':
      return t('courses:fact.start', { value: t.label('courses:answer.rolling') });
    case 'ask':
      return t('courses:fact.start', { value: ask(t) });
  }
}

/** The town and how far it is; on the card with the street. */
function placeText(t: Translator, { form, place }: Offering, km: number | undefined, isWhole: boolean): string {
  if (form === 'virtual') return t('courses:form.virtual');
  const town = isWhole ? [place.postalCode, place.city].filter((one) => one !== undefined).join(' ') : place.city;
  const where = [isWhole ? place.street : undefined, town || undefined].filter((one) => one !== undefined).join(', ');
  const shown = where === '' ? ask(t) : where;
  // In her own town a distance from its centre says nothing.
  return km === undefined || km === 0
    ? t('courses:place', { place: shown })
    : t('courses:place.distance', { place: shown, km });
}

/** What matters at one look. */
function entry(t: Translator, { offering, km, more }: Found, number: number, today: Day): string {
  return lines(
    t('courses:list.entry', { number, title: offering.title }),
    startText(t, offering, today),
    placeText(t, offering, km, false),
    t('courses:fact.level', { value: levelOf(t, offering) }),
    offering.childCare === 'yes' ? t('courses:fact.child-care', { value: answer(t, 'yes') }) : undefined,
    offering.womenOnly === 'yes' ? t('courses:women-only') : undefined,
    more === 0 ? undefined : t('courses:list.more', { number: more }),
  );
}

const openTitle = (title: string): string => (title.length > 40 ? `${title.slice(0, 39).trim()}…` : title);

/** `town` is where distances are counted from; undefined where that is not known. */
export function list(t: Translator, found: FoundPage, search: string, town: string | undefined, today: Day): View {
  if (found.total === 0) return none(t);
  const first = found.page * PER_PAGE + 1;
  const page = String(found.page);
  return screen(t, {
    text: lines(
      t('courses:list.title', { count: found.total }),
      town === undefined ? t('courses:list.no-place') : t('courses:list.near', { town }),
      ...found.found.flatMap((one, index) => ['', entry(t, one, first + index, today)]),
    ),
    rows: [
      ...found.found.map(({ offering }, index) => [
        {
          label: t.label('courses:list.open', { number: first + index, title: openTitle(offering.title) }),
          data: buttons.card.data({ id: offering.id, search, page }),
        },
      ]),
      pageRow(t, found.page, Math.ceil(found.total / PER_PAGE), (to) =>
        buttons.list.data({ search, page: String(to) }),
      ),
    ],
  });
}

export const none = (t: Translator): View => screen(t, { text: t('courses:list.none') });

function registrationText(t: Translator, { registerUntil }: Offering, today: Day): string {
  if (registerUntil === undefined) return t('courses:fact.register', { value: ask(t) });
  const day = formatDay(t.locale, registerUntil);
  return registerUntil < today ? t('courses:register-over', { day }) : t('courses:fact.register-until', { value: day });
}

function costText(t: Translator, { free, costText: said }: Offering): string {
  if (free === 'yes') return t('courses:free');
  return t('courses:fact.cost', { value: said ?? ask(t) });
}

/** Everything that is known of a course. What is not known says whom to ask. */
export function card(t: Translator, { offering, km }: CardFacts, back: string, today: Day): View {
  const { provider, place, form, source } = offering;
  const fact = (key: 'times' | 'end' | 'audience' | 'lessons', value: string | number | undefined) =>
    value === undefined ? undefined : t(`courses:fact.${key}`, { value });
  const checked = offering.checkedOn ?? (source.checkedAt === undefined ? undefined : dayOf(source.checkedAt));
  return screen(t, {
    text: lines(
      t('courses:card.title', { title: offering.title }),
      t(`courses:kind.${NAMES[offering.kind]}`),
      t('courses:fact.level', { value: levelOf(t, offering) }),
      '',
      startText(t, offering, today),
      fact('end', offering.endsOn === undefined ? undefined : formatDay(t.locale, offering.endsOn)),
      registrationText(t, offering, today),
      fact('times', offering.daysTimes?.replaceAll('\n', ', ') ?? ask(t)),
      fact('lessons', offering.lessons),
      '',
      form === 'virtual' ? undefined : t(`courses:form.${form}`),
      placeText(t, offering, km, true),
      place.confirmed ? undefined : t('courses:place.unconfirmed'),
      '',
      costText(t, offering),
      t('courses:fact.child-care', { value: answer(t, offering.childCare) }),
      offering.womenOnly === 'yes'
        ? t('courses:women-only')
        : offering.womenOnly === 'unknown'
          ? t('courses:fact.women', { value: ask(t) })
          : undefined,
      t('courses:fact.permit', { value: answer(t, offering.permitNeeded) }),
      // No source says how many places are free.
      t('courses:fact.free-places', { value: ask(t) }),
      fact('audience', offering.audience?.replaceAll('\n', ', ')),
      offering.remarks === undefined
        ? undefined
        : t('courses:card.remarks', { remarks: offering.remarks.replaceAll('\n', ' ') }),
      '',
      t('courses:card.provider', { provider: provider.name }),
      provider.phone === undefined ? undefined : t('courses:card.phone', { phone: provider.phone }),
      provider.mail === undefined ? undefined : t('courses:card.mail', { mail: provider.mail }),
      provider.url === undefined ? undefined : t('courses:card.url', { url: provider.url }),
      '',
      checked === undefined
        ? undefined
        : t('courses:card.checked', { day: formatDay(t.locale, checked), source: source.name }),
      source.isStale ? t('courses:card.stale') : undefined,
    ),
    back,
  });
}

/** A course that is over or no longer listed, behind an old button. */
export const over = (t: Translator): View =>
  screen(t, { text: t('courses:over'), back: buttons.list.data({ search: EVERYTHING, page: '0' }) });
