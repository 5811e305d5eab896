import { formatDay } from '../../platform/date-formats.ts';
import { dayOf, type Instant, instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { LOCALES, type Locale, NATIVE_NAMES } from '../../platform/locale.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { helpButton, menuButton, paged, screen } from '../../telegram/views.ts';
import type { Contact, CountyFacts, ManagerContact, Municipality } from '../county/model.ts';
import { buttons, type TownPurpose } from './buttons.ts';
import {
  type ConsentProof,
  type Erased,
  INTERPRETER_LANGUAGES,
  type Member,
  type Refugee,
  type Volunteer,
} from './model.ts';
import { askUndertaking, circlesRow, leaveRow } from './views-circles.ts';

const TOWNS_PER_PAGE = 6;

/** A phone number as one reads it aloud in Germany is kept as it is dialled: it can be tapped. */
const phoneOf = (contact: Pick<Contact, 'phone'>): string => contact.phone;

/** All five languages on one screen; nothing is inferred from the phone but their order. */
export function chooseLanguage(
  translators: readonly Translator[],
  first: Locale | undefined,
  everybody: Rows,
  token = '-',
): View {
  const order = first === undefined ? LOCALES : [first, ...LOCALES.filter((locale) => locale !== first)];
  const ordered = order.flatMap((locale) => translators.filter((t) => t.locale === locale));
  const rows: Button[][] = ordered.map(({ locale }) => [
    { label: `🌐 ${NATIVE_NAMES[locale]}`, data: buttons.language.data({ locale, token }) },
  ]);
  const t = ordered[0];
  return {
    locale: 'de',
    text: ordered.map((each) => each('people:language.choose')).join('\n'),
    rows: t === undefined ? rows : [...rows, ...everybody(t), [helpButton(t)]],
  };
}

export const askConsent = (t: Translator, everybody: Rows): View => ({
  locale: t.locale,
  text: t('people:consent.ask'),
  rows: [
    [
      {
        label: t.label('people:consent.yes'),
        data: buttons.consent.data({ answer: 'yes', locale: t.locale }),
        style: 'success',
      },
    ],
    [{ label: t.label('people:consent.no'), data: buttons.consent.data({ answer: 'no', locale: t.locale }) }],
    ...everybody(t),
    [languageButton(t), helpButton(t)],
  ],
});

export const consentRefused = (t: Translator, office: Contact, everybody: Rows): View => ({
  locale: t.locale,
  text: t('people:consent.refused', { office: office.name, phone: phoneOf(office) }),
  rows: [
    [{ label: t.label('people:consent.again'), data: buttons.consent.data({ answer: 'ask', locale: t.locale }) }],
    ...everybody(t),
    [languageButton(t), helpButton(t)],
  ],
});

const languageButton = (t: Translator): Button => ({
  label: t.label('people:data.language'),
  data: buttons.chooseLanguage.data({}),
});

const housingButton = (t: Translator, housing: 'municipality' | 'shelter' | 'unsure'): Button => ({
  label: t.label(`people:housing.${housing}`),
  data: buttons.housing.data({ housing }),
});

export const askHousing = (t: Translator, everybody: Rows): View =>
  screen(t, {
    text: t('people:housing.ask'),
    rows: [
      [housingButton(t, 'municipality')],
      [housingButton(t, 'shelter')],
      [housingButton(t, 'unsure')],
      ...everybody(t),
    ],
  });

export const explainHousing = (t: Translator, office: Contact): View =>
  screen(t, {
    text: t('people:housing.explain', { phone: phoneOf(office) }),
    rows: [[housingButton(t, 'municipality')], [housingButton(t, 'shelter')]],
  });

export const shelterContact = (t: Translator, contact: Contact, rows: MenuRows): View =>
  screen(t, {
    text: t('people:housing.shelter-contact', { name: contact.name, phone: phoneOf(contact) }),
    rows: [
      ...rows.everyRefugee(t),
      [{ label: t.label('people:housing.moved'), data: buttons.housing.data({ housing: 'municipality' }) }],
      [dataButton(t)],
      ...rows.everybody(t),
    ],
  });

const back = (purpose: TownPurpose): string | undefined =>
  purpose === 'live' ? buttons.housing.data({ housing: 'ask' }) : undefined;

const townButton = (purpose: TownPurpose, town: Municipality): Button => ({
  label: `📍 ${town.name}`,
  data: buttons.town.data({ purpose, ags: town.ags }),
});

const listButton = (t: Translator, purpose: TownPurpose): Button => ({
  label: t.label('people:town.list'),
  data: buttons.townList.data({ purpose, page: '0' }),
});

export const askTown = (t: Translator, purpose: TownPurpose): View =>
  screen(t, {
    text: purpose === 'live' ? t('people:town.ask') : t('people:who.ask'),
    rows: [[listButton(t, purpose)]],
    back: back(purpose),
  });

export function townList(t: Translator, purpose: TownPurpose, towns: readonly Municipality[], page: number): View {
  const { items, row } = paged(t, towns, page, TOWNS_PER_PAGE, (to) =>
    buttons.townList.data({ purpose, page: String(to) }),
  );
  return screen(t, {
    text: purpose === 'live' ? t('people:town.ask') : t('people:who.ask'),
    rows: [...items.map((town) => [townButton(purpose, town)]), row],
    back: back(purpose),
  });
}

export const nearTowns = (t: Translator, purpose: TownPurpose, towns: readonly Municipality[]): View =>
  screen(t, {
    text: t('people:town.near'),
    rows: [...towns.map((town) => [townButton(purpose, town)]), [listButton(t, purpose)]],
    back: back(purpose),
  });

export const townNotFound = (t: Translator, purpose: TownPurpose): View =>
  screen(t, { text: t('people:town.none'), rows: [[listButton(t, purpose)]], back: back(purpose) });

export const townOutside = (t: Translator, purpose: TownPurpose, county: string): View =>
  screen(t, { text: t('people:town.outside', { county }), rows: [[listButton(t, purpose)]], back: back(purpose) });

/** Whom she belongs to now, and the one question left. */
export const settledWith = (t: Translator, manager: ManagerContact): View =>
  askInterpreter(t, t('people:settled.assigned', { name: manager.name, carrier: manager.carrier }));

export const settledWaiting = (t: Translator, town: Municipality, office: Contact): View =>
  askInterpreter(t, t('people:settled.waiting', { town: town.name, office: office.name, phone: phoneOf(office) }));

/** Offered before all others: her own language, or English to somebody who reads German. */
const ownLanguage = (t: Translator) => INTERPRETER_LANGUAGES.find((language) => language === t.locale) ?? 'en';

export function askInterpreter(t: Translator, above?: string): View {
  const own = ownLanguage(t);
  return screen(t, {
    text: lines(above, above === undefined ? undefined : '', t('people:interpreter.ask')),
    rows: [
      [
        {
          label: t.label('people:interpreter.mine', { language: t.label(`people:interpreter.language.${own}`) }),
          data: buttons.interpreter.data({ language: own }),
        },
      ],
      [{ label: t.label('people:interpreter.other'), data: buttons.interpreter.data({ language: 'other' }) }],
      [{ label: t.label('people:interpreter.no'), data: buttons.interpreter.data({ language: 'no' }) }],
    ],
  });
}

export const chooseInterpreter = (t: Translator): View =>
  screen(t, {
    text: t('people:interpreter.which'),
    rows: pairs(
      INTERPRETER_LANGUAGES.filter((language) => language !== ownLanguage(t)).map((language) => ({
        label: t.label(`people:interpreter.language.${language}`),
        data: buttons.interpreter.data({ language }),
      })),
    ),
    back: buttons.interpreter.data({ language: 'ask' }),
  });

const pairs = (all: readonly Button[]): Button[][] =>
  all.flatMap((button, index) => (index % 2 === 0 ? [[button, ...all.slice(index + 1, index + 2)]] : []));

export type Rows = (t: Translator) => readonly (readonly Button[])[];
/** Rows that features hang into the menu of a role; wired in `bot.ts`. */
export interface MenuRows {
  readonly refugee: Rows;
  /** Needs no manager: who waits for one, or lives in a shelter, has it as well. */
  readonly everyRefugee: Rows;
  readonly volunteer: (t: Translator, volunteer: Volunteer) => readonly (readonly Button[])[];
  /** Under her manager's name. */
  readonly contact: Rows;
  /** Beside a person who waits for a manager. */
  readonly waiting: (t: Translator, person: { readonly personId: string; readonly number: number }) => Button;
  readonly manager: Rows;
  readonly coordinator: Rows;
  readonly counsellor: Rows;
  /** Low in the menu of every role, and on the screens before anybody is known. */
  readonly everybody: Rows;
}

const roleRow = (t: Translator, member: Member): Button[] =>
  member.roles
    .filter((role) => role !== member.kind)
    .map((role) => ({
      label: t.label('people:roles.switch', { role: t.label(`people:roles.${role}`) }),
      data: buttons.role.data({ role }),
    }));

const dataButton = (t: Translator): Button => ({ label: t.label('people:menu.data'), data: buttons.data.data({}) });

/** Her manager is away: until when, and who answers meanwhile, if anybody does. */
export interface StandIn {
  readonly name: string | undefined;
  readonly until: Instant;
}

/** Nobody is stuck with somebody who is not there: where nobody stands in, the office helps. */
export const away = (t: Translator, name: string, standIn: StandIn, office: Contact): string => {
  // The last day of it: a whole day ends where the next one begins.
  const day = formatDay(t.locale, dayOf((standIn.until - 1) as Instant));
  return standIn.name === undefined
    ? t('people:menu.nobody-stands-in', { name, day, office: office.name, phone: phoneOf(office) })
    : t('people:menu.stand-in', { name, day, deputy: standIn.name });
};

export function refugeeMenu(
  t: Translator,
  refugee: Refugee,
  { manager, standIn }: { readonly manager: ManagerContact | undefined; readonly standIn: StandIn | undefined },
  office: Contact,
  rows: MenuRows,
): View {
  const own: Button[][] =
    refugee.ags === undefined
      ? [[{ label: t.label('people:menu.start'), data: buttons.housing.data({ housing: 'ask' }) }]]
      : [[{ label: t.label('people:menu.contact'), data: buttons.contact.data({}) }]];
  return {
    locale: t.locale,
    text:
      manager === undefined
        ? t(refugee.ags === undefined ? 'people:menu.refugee-waiting' : 'people:menu.refugee-waits', {
            office: office.name,
            phone: phoneOf(office),
          })
        : lines(
            t('people:menu.refugee', { name: manager.name }),
            standIn === undefined ? undefined : away(t, manager.name, standIn, office),
          ),
    rows: [
      ...(manager === undefined ? [] : rows.refugee(t)),
      ...rows.everyRefugee(t),
      ...own,
      [dataButton(t)],
      roleRow(t, refugee),
      ...rows.everybody(t),
      [helpButton(t)],
    ],
  };
}

/** The message that was promised to somebody who waited, or whose manager has gone. */
export const managerFound = (t: Translator, { name, carrier }: ManagerContact): View =>
  screen(t, { text: t('people:settled.assigned', { name, carrier }), stays: true });

export const contactOf = (
  t: Translator,
  manager: ManagerContact,
  standIn: StandIn | undefined,
  office: Contact,
  rows: MenuRows['contact'],
): View =>
  screen(t, {
    text: lines(contactText(t, manager), standIn === undefined ? undefined : away(t, manager.name, standIn, office)),
    rows: rows(t),
  });

const contactText = (t: Translator, { name, carrier, phone }: ManagerContact): string =>
  phone === undefined
    ? t('people:contact', { name, carrier })
    : t('people:contact.with-phone', { name, carrier, phone });

export const waitingContact = (t: Translator, office: Contact): View =>
  screen(t, { text: t('people:contact.waiting', { office: office.name, phone: phoneOf(office) }) });

/** What other rooms keep of somebody: lines of "my data" and buttons that lead there. */
export type MoreData = (
  t: Translator,
  member: Member,
) => Promise<{ readonly lines: readonly string[]; readonly rows: readonly (readonly Button[])[] }>;

export function myData(
  t: Translator,
  refugee: Refugee,
  town: Municipality | undefined,
  consent: ConsentProof | undefined,
  more: Awaited<ReturnType<MoreData>>,
): View {
  const language = refugee.interpreterLanguage;
  const change = (label: string, data: string): Button[] => [{ label, data }];
  return screen(t, {
    text: lines(
      t('people:data.title', { number: refugee.number, language: NATIVE_NAMES[t.locale] }),
      town === undefined ? undefined : t('people:data.town', { town: town.name }),
      refugee.nickname === undefined ? undefined : t('people:data.nickname', { nickname: refugee.nickname }),
      language === undefined
        ? t('people:data.no-interpreter')
        : t('people:data.interpreter', { language: t.label(`people:interpreter.language.${language}`) }),
      consent === undefined
        ? undefined
        : t('people:data.consent', { day: formatDay(t.locale, dayOf(instant(consent.givenAt))) }),
      ...more.lines,
    ),
    rows: [
      change(t.label('people:data.language'), buttons.chooseLanguage.data({})),
      change(t.label('people:data.change-town'), buttons.housing.data({ housing: 'ask' })),
      change(t.label('people:data.change-interpreter'), buttons.interpreter.data({ language: 'ask' })),
      change(t.label('people:data.change-nickname'), buttons.nickname.data({ action: 'ask' })),
      ...more.rows,
      change(t.label('people:data.privacy'), buttons.privacy.data({})),
      change(t.label('people:data.delete'), buttons.erase.data({ answer: 'ask' })),
    ],
  });
}

/** Staff have fewer data of their own here. */
export const staffData = (t: Translator, isVolunteer: boolean, more: Awaited<ReturnType<MoreData>>): View =>
  screen(t, {
    text: lines(t('people:menu.data'), ...more.lines),
    rows: [
      [languageButton(t)],
      ...more.rows,
      [{ label: t.label('people:data.privacy'), data: buttons.privacy.data({}) }],
      ...(isVolunteer ? [leaveRow(t)] : []),
      [{ label: t.label('people:data.delete'), data: buttons.erase.data({ answer: 'ask' }) }],
    ],
  });

export const askNickname = (t: Translator): View =>
  screen(t, {
    text: t('people:nickname.ask'),
    rows: [[{ label: t.label('people:nickname.remove'), data: buttons.nickname.data({ action: 'remove' }) }]],
    back: buttons.data.data({}),
  });

export const nicknameKept = (t: Translator, nickname: string | undefined): View =>
  screen(t, {
    text: nickname === undefined ? t('people:nickname.removed') : t('people:nickname.kept', { nickname }),
    back: buttons.data.data({}),
  });

export const privacy = (t: Translator, facts: CountyFacts, isKnown: boolean): View => ({
  locale: t.locale,
  text: t('people:privacy', { controller: facts.controller, officer: facts.dataProtection }),
  rows: isKnown
    ? [
        [{ label: t.label('people:privacy.withdraw'), data: buttons.erase.data({ answer: 'ask' }) }],
        [{ label: t.label('common:nav.back'), data: buttons.data.data({}) }, menuButton(t), helpButton(t)],
      ]
    : [[languageButton(t), helpButton(t)]],
});

export const askErase = (t: Translator, member: Member): View => ({
  locale: t.locale,
  text: member.roles.includes('manager') ? t('people:delete.ask-manager') : t('people:delete.ask'),
  rows: [
    [{ label: t.label('people:delete.yes'), data: buttons.erase.data({ answer: 'yes' }), style: 'danger' }],
    [{ label: t.label('people:delete.no'), data: buttons.data.data({}) }],
    [menuButton(t), helpButton(t)],
  ],
});

export const erased = (t: Translator, counts: Erased): View => ({
  locale: t.locale,
  text: t('people:delete.done', { appointments: counts.appointmentsCancelled, messages: counts.messagesForgotten }),
  rows: [[languageButton(t), helpButton(t)]],
});

export function volunteerMenu(t: Translator, member: Volunteer, rows: MenuRows): View {
  if (!member.signed) return askUndertaking(t, [[dataButton(t)], roleRow(t, member), ...rows.everybody(t)]);
  return {
    locale: t.locale,
    text: t('people:menu.volunteer', { circle: member.circle }),
    rows: [
      ...rows.volunteer(t, member),
      [{ label: t.label('people:menu.who'), data: buttons.who.data({}) }],
      [dataButton(t)],
      roleRow(t, member),
      ...rows.everybody(t),
      [helpButton(t)],
    ],
  };
}

export function managerMenu(t: Translator, member: Member & { kind: 'manager' }, rows: MenuRows): View {
  return {
    locale: t.locale,
    text: t('people:menu.manager', { name: member.name }),
    rows: [
      ...rows.manager(t),
      circlesRow(t),
      [{ label: t.label('people:menu.who'), data: buttons.who.data({}) }],
      [dataButton(t)],
      roleRow(t, member),
      ...rows.everybody(t),
      [helpButton(t)],
    ],
  };
}

export function coordinatorMenu(
  t: Translator,
  member: Member & { kind: 'coordinator' },
  carrier: string | undefined,
  rows: MenuRows,
): View {
  return {
    locale: t.locale,
    text: t('people:menu.coordinator', { carrier: carrier ?? t.label('people:menu.county-side') }),
    rows: [
      [{ label: t.label('people:menu.invite'), data: buttons.inviting.data({}) }],
      circlesRow(t),
      [{ label: t.label('people:menu.waiting'), data: buttons.waiting.data({ page: '0' }) }],
      ...rows.coordinator(t),
      [{ label: t.label('people:menu.who'), data: buttons.who.data({}) }],
      [dataButton(t)],
      roleRow(t, member),
      ...rows.everybody(t),
      [helpButton(t)],
    ],
  };
}

export const counsellorMenu = (t: Translator, member: Member & { kind: 'counsellor' }, rows: MenuRows): View => ({
  locale: t.locale,
  text: t('people:menu.manager', { name: member.name }),
  rows: [...rows.counsellor(t), [dataButton(t)], roleRow(t, member), ...rows.everybody(t), [helpButton(t)]],
});
