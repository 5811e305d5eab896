import { formatDay } from '../../platform/date-formats.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type Pin, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { buttons as appointmentButtons } from '../appointments/buttons.ts';
import { buttons, EVERYTHING, keepingButtons, type Search, writeSearch } from './buttons.ts';
import type { Answer, CourseRecord, Found, Kind, Offering } from './model.ts';
import type { Searcher } from './model-finder.ts';
import { startOf } from './rules.ts';
import type { CardFacts } from './service.ts';

export const courseRows = (t: Translator): readonly (readonly Button[])[] => [
  [{ label: t.label('courses:menu'), data: buttons.courses.data({}) }],
];

// What a course is, on the list and on its card. The questions are in views-finder.ts, the list in views-list.ts.

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
export function entry(t: Translator, { offering, km, more }: Found, number: number, today: Day): string {
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

/** With whom her own manager or whoever answers for her talks about it: the subject is a language course, not which one. */
export const askManager = (t: Translator, draft: string): Button[] => [
  { label: t.label('finder:card.ask'), data: appointmentButtons.topic.data({ draft, topic: 'language' }) },
];

export const kindName = (t: Translator, kind: Kind): string => t(`courses:kind.${NAMES[kind]}`);

function registrationText(t: Translator, { registerUntil }: Offering, today: Day): string {
  if (registerUntil === undefined) return t('courses:fact.register', { value: ask(t) });
  const day = formatDay(t.locale, registerUntil);
  return registerUntil < today ? t('courses:register-over', { day }) : t('courses:fact.register-until', { value: day });
}

function costText(t: Translator, { free, costText: said }: Offering): string {
  if (free === 'yes') return t('courses:free');
  return t('courses:fact.cost', { value: said ?? ask(t) });
}

/** Which list a card was opened from, by whom, and a draft for a booking about it. */
export interface CardFrame {
  readonly search: Search;
  readonly page: string;
  readonly who: Searcher['kind'];
  readonly draft: string;
}

/** What can be done about a course. */
function actions(t: Translator, facts: CardFacts, { search, page, who, draft }: CardFrame): Button[][] {
  const { offering, remindsOn, mayRemindOn, freePlaceOn } = facts;
  const from = { id: offering.id, search: writeSearch(search), page };
  const { lat, lon } = offering.place;
  const isPlaced = offering.form !== 'virtual' && lat !== undefined && lon !== undefined;
  const isStaff = who === 'manager' || who === 'coordinator';
  const row = (label: string, data: string): Button[][] => [[{ label, data }]];
  const remind = (on: 'yes' | 'no') => keepingButtons.remind.data({ ...from, on });
  const report = (on: 'yes' | 'no') => keepingButtons.report.data({ ...from, on });
  return [
    ...(isPlaced ? row(t.label('finder:card.pin'), buttons.pin.data({ id: offering.id })) : []),
    ...(who === 'refugee' ? [askManager(t, draft)] : []),
    ...(remindsOn !== undefined
      ? row(t.label('finder:card.forget'), remind('no'))
      : mayRemindOn !== undefined
        ? row(t.label('finder:card.remind'), remind('yes'))
        : []),
    ...row(t.label('finder:card.can'), buttons.papers.data(from)),
    ...(!isStaff
      ? []
      : freePlaceOn === undefined
        ? row(t.label('finder:card.report'), report('yes'))
        : row(t.label('finder:card.unreport'), report('no'))),
  ];
}

/** Everything that is known of a course. What is not known says whom to ask. */
export function card(t: Translator, facts: CardFacts, frame: CardFrame, today: Day): View {
  const { offering, km } = facts;
  const { provider, place, form, source } = offering;
  const fact = (key: 'times' | 'end' | 'audience' | 'lessons', value: string | number | undefined) =>
    value === undefined ? undefined : t(`courses:fact.${key}`, { value });
  const checked = offering.checkedOn ?? (source.checkedAt === undefined ? undefined : dayOf(source.checkedAt));
  return screen(t, {
    text: lines(
      t('courses:card.title', { title: offering.title }),
      kindName(t, offering.kind),
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
      // No source says how many places are free; staff may have heard of one.
      facts.freePlaceOn === undefined
        ? t('courses:fact.free-places', { value: ask(t) })
        : t('finder:card.free-place', { day: formatDay(t.locale, facts.freePlaceOn) }),
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
      facts.remindsOn === undefined
        ? undefined
        : t('finder:card.reminded', { day: formatDay(t.locale, facts.remindsOn) }),
    ),
    rows: actions(t, facts, frame),
    back: buttons.list.data({ search: writeSearch(frame.search), page: frame.page }),
  });
}

/** Where it is held. Coordinates of the town's centre say so: nobody shall stand in front of the wrong door. */
export function pinOf(t: Translator, { offering, isCentre }: CardFacts): Pin | undefined {
  const { place, provider, form } = offering;
  if (form === 'virtual' || place.lat === undefined || place.lon === undefined) return undefined;
  const town = [place.postalCode, place.city].filter((one) => one !== undefined).join(' ');
  const address = [place.street, town].filter((one) => one !== undefined && one !== '').join(', ');
  return {
    title: provider.name,
    address: isCentre || address === '' ? t.label('finder:card.centre', { town: town || provider.name }) : address,
    lat: place.lat,
    lon: place.lon,
  };
}

/** A course that is over or no longer listed, behind an old button. */
export const over = (t: Translator): View =>
  screen(t, { text: t('courses:over'), back: buttons.list.data({ search: EVERYTHING, page: '0' }) });
