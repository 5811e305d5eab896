import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen, ticked } from '../../telegram/views.ts';
import type { Contact, Municipality } from '../county/model.ts';
import { buttons } from './buttons.ts';
import { CHOICES, type ChoiceField, type Field, type Handover, KINDS, URGENCIES } from './model.ts';
import { fieldBefore, nextField, stepOf } from './rules.ts';
import type { Finding } from './rules-text.ts';
import type { Team } from './service-team.ts';
import { BETWEEN, kindName, languageName, namesOf, urgencyName } from './views-case.ts';

const PER_PAGE = 6;
const TOWNS_PER_PAGE = 6;

const choice = (label: string, data: string): Button[] => [{ label, data }];
const nextButton = (t: Translator, data: string): Button[] => [
  { label: t.label('handovers:next'), data, style: 'success' },
];
/** The question before, or the summary once everything is answered. */
const backFrom = (one: Handover, field: Field): string => {
  const before = fieldBefore(field);
  if (nextField(one) === undefined) return buttons.open.data({ id: one.id });
  return before === undefined ? buttons.start.data({}) : buttons.ask.data({ id: one.id, field: before, page: '0' });
};
const titled = (t: Translator, field: Field, text: string): string =>
  lines(t('handovers:step', { step: stepOf(field) }), text);

export const intro = (t: Translator, id: string): View =>
  screen(t, {
    text: t('handovers:intro'),
    rows: [nextButton(t, buttons.create.data({ id })).map((one) => ({ ...one, label: t.label('handovers:intro.go') }))],
  });

export const tooMany = (t: Translator): View =>
  screen(t, { text: t('handovers:too-many'), back: buttons.list.data({ page: '0' }) });

const townButton = (id: string, town: Municipality): Button[] =>
  choice(`📍 ${town.name}`, buttons.town.data({ id, ags: town.ags }));
const listRow = (t: Translator, id: string): Button[] =>
  choice(t.label('people:town.list'), buttons.ask.data({ id, field: 'town', page: '1' }));

/** Typing comes first; the list is a button away. Page 0 is the question, pages from 1 are the list. */
export function askTown(t: Translator, one: Handover, towns: readonly Municipality[], page: number): View {
  const { id } = one;
  const text = titled(t, 'town', t('handovers:town.ask'));
  const back = backFrom(one, 'town');
  if (page <= 0) return screen(t, { text, rows: [listRow(t, id)], back });
  const { items, row } = paged(t, towns, page - 1, TOWNS_PER_PAGE, (to) =>
    buttons.ask.data({ id, field: 'town', page: String(to + 1) }),
  );
  return screen(t, { text, rows: [...items.map((town) => townButton(id, town)), row], back });
}

export const nearTowns = (t: Translator, id: string, towns: readonly Municipality[]): View =>
  screen(t, { text: t('people:town.near'), rows: [...towns.map((town) => townButton(id, town)), listRow(t, id)] });
export const townNotFound = (t: Translator, id: string): View =>
  screen(t, { text: t('people:town.none'), rows: [listRow(t, id)] });
export const townOutside = (t: Translator, id: string, county: string): View =>
  screen(t, { text: t('people:town.outside', { county }), rows: [listRow(t, id)] });

/** Which carrier and which people will get it; the truth where there is nobody. */
export function townTeam(t: Translator, id: string, town: string, team: Team, office: Contact): View {
  const other = choice(t.label('handovers:town.other'), buttons.ask.data({ id, field: 'town', page: '0' }));
  if (team.carrier === undefined || team.managers.length === 0) {
    return screen(t, {
      text: t('handovers:town.nobody', { town, office: office.name, phone: office.phone }),
      rows: [other],
    });
  }
  return screen(t, {
    text: t('handovers:town.team', { town, carrier: team.carrier.name, names: namesOf(team.managers) }),
    rows: [nextButton(t, buttons.open.data({ id })), other],
  });
}

export const askKind = (t: Translator, one: Handover): View =>
  screen(t, {
    text: titled(t, 'kind', t('handovers:kind.ask')),
    rows: KINDS.map((kind) => choice(kindName(t, kind), buttons.kind.data({ id: one.id, kind }))),
    back: backFrom(one, 'kind'),
  });

export const askUrgency = (t: Translator, one: Handover): View =>
  screen(t, {
    text: titled(t, 'urgency', t('handovers:urgency.ask')),
    rows: URGENCIES.map((urgency) => choice(urgencyName(t, urgency), buttons.urgency.data({ id: one.id, urgency }))),
    back: backFrom(one, 'urgency'),
  });

/** "Today" is honest: call, the bot is no emergency service; the form goes on afterwards. */
export const callNow = (t: Translator, one: Handover, office: Contact, emergency: string): View =>
  screen(t, {
    text: t('handovers:urgency.call', { office: office.name, phone: office.phone, emergency }),
    rows: [nextButton(t, buttons.open.data({ id: one.id }))],
    back: buttons.ask.data({ id: one.id, field: 'urgency', page: '0' }),
  });

const choiceName = (t: Translator, field: ChoiceField, value: string): string => {
  switch (field) {
    case 'languages':
      return languageName(t, CHOICES.languages.find((one) => one === value) ?? 'de');
    case 'topics':
      return t.label(`handovers:topic.${CHOICES.topics.find((one) => one === value) ?? 'other'}`);
    case 'tried':
      return t.label(`handovers:tried.${CHOICES.tried.find((one) => one === value) ?? 'nothing'}`);
    case 'reach':
      return t.label(`handovers:reach.${CHOICES.reach.find((one) => one === value) ?? 'bot'}`);
    case 'available':
      return t.label(`handovers:available.${CHOICES.available.find((one) => one === value) ?? 'morning'}`);
  }
};

const QUESTIONS = {
  languages: 'handovers:languages.ask',
  topics: 'handovers:topics.ask',
  tried: 'handovers:tried.ask',
  reach: 'handovers:reach.ask',
  available: 'handovers:available.ask',
} as const satisfies Record<ChoiceField, string>;

/** A question with several answers: each press adds one or takes it back. */
export function askChoice(t: Translator, one: Handover, field: ChoiceField, page: number, hint?: string): View {
  const { id } = one;
  const chosen: readonly string[] = one[field];
  const { items, row } = paged(t, CHOICES[field] as readonly string[], page, PER_PAGE, (to) =>
    buttons.ask.data({ id, field, page: String(to) }),
  );
  return screen(t, {
    text: lines(titled(t, field, t(QUESTIONS[field])), hint),
    rows: [
      ...items.map((value) =>
        choice(
          ticked(choiceName(t, field, value), chosen.includes(value)),
          buttons.toggle.data({ id, field, value, page: String(page) }),
        ),
      ),
      ...(field === 'languages'
        ? [
            choice(
              ticked(t.label('handovers:languages.interpreter'), one.interpreter),
              buttons.interpreter.data({ id, page: String(page) }),
            ),
          ]
        : []),
      row,
      nextButton(t, buttons.done.data({ id, field })),
    ],
    back: backFrom(one, field),
    ...(hint !== undefined && { toast: hint }),
  });
}

export const chooseOne = (t: Translator): string => t.label('handovers:choose-one');

export const askText = (t: Translator, one: Handover, text: string | undefined): View =>
  screen(t, {
    text: lines(
      titled(t, 'text', t('handovers:text.ask')),
      text === undefined ? undefined : `\n${t('handovers:text.now', { text })}`,
    ),
    rows: [
      ...(text === undefined ? [] : [choice(t.label('handovers:text.keep'), buttons.keep.data({ id: one.id }))]),
      choice(t.label('handovers:text.none'), buttons.done.data({ id: one.id, field: 'text' })),
    ],
    back: backFrom(one, 'text'),
  });

/** Names what was found, never the text itself; whoever wrote it decides. */
export const textAsks = (t: Translator, id: string, findings: readonly Finding[]): View =>
  screen(t, {
    text: t('handovers:text.found', {
      found: findings.map((finding) => t.label(`handovers:found.${finding}`)).join(BETWEEN),
    }),
    rows: [
      choice(t.label('handovers:text.correct'), buttons.ask.data({ id, field: 'text', page: '0' })),
      choice(t.label('handovers:text.keep'), buttons.keep.data({ id })),
    ],
  });

/** `phone` is what she has written before: it can stay, or be written anew. */
export const askPhone = (t: Translator, one: Handover, phone: string | undefined): View =>
  screen(t, {
    text: titled(
      t,
      'reach',
      lines(t('handovers:phone.ask'), phone === undefined ? undefined : `\n${t('handovers:phone.now', { phone })}`),
    ),
    rows: phone === undefined ? [] : [nextButton(t, buttons.open.data({ id: one.id }))],
    back: buttons.ask.data({ id: one.id, field: 'reach', page: '0' }),
  });
export const phoneWrong = (t: Translator, id: string): View =>
  screen(t, {
    text: t('handovers:phone.wrong', { example: '07051 123456' }),
    back: buttons.ask.data({ id, field: 'reach', page: '0' }),
  });

export const refuseFile = (t: Translator, id: string): View =>
  screen(t, { text: t('handovers:no-file'), back: buttons.open.data({ id }) });
