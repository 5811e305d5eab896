import type { Translator } from '../../platform/i18n.ts';
import { NATIVE_NAMES } from '../../platform/locale.ts';
import { buttons as standing } from '../../telegram/buttons.ts';
import { lines, type View } from '../../telegram/view.ts';
import { helpBelowButton, menuButton, paged } from '../../telegram/views.ts';
import type { Contact, Municipality } from '../county/model.ts';
import { INTERPRETER_LANGUAGES } from '../people/model.ts';
import { buttons } from './buttons.ts';
import type { Content, Helper, Page } from './model.ts';
import type { Standing } from './service.ts';
import { checkedText, helperText, numberLines } from './views.ts';
import { clearButton, frame, pageLabel, startData, told } from './views-frame.ts';

// Who else helps: by topic and from where somebody lives, with a card to show there.

const HELPERS_PER_PAGE = 4;
const TOWNS_PER_PAGE = 6;

export const topics = (t: Translator, content: Content): View =>
  frame(t, {
    text: t('guidance:helper.topic'),
    rows: content.pages
      .filter(({ isTopic }) => isTopic)
      .map((page) => [
        {
          label: pageLabel(t, content, page),
          data: buttons.helpers.data({ locale: t.locale, code: page.code, ags: '-', page: '0' }),
        },
      ]),
    back: startData(t),
  });

export interface Found {
  readonly helper: Helper;
  readonly town: Municipality | undefined;
  /** Undefined where she, or the service, has no place. */
  readonly km: number | undefined;
}

const placeOf = (t: Translator, { town, km }: Found): string | undefined =>
  town === undefined
    ? undefined
    : km === undefined
      ? t('guidance:helper.place', { town: town.name })
      : t('guidance:helper.distance', { town: town.name, km: Math.round(km) });

export function helpers(
  t: Translator,
  content: Content,
  topic: Page,
  found: readonly Found[],
  from: Municipality | undefined,
  page: number,
  current: Standing,
): View {
  const { locale } = t;
  const ags = from?.ags ?? '-';
  const { items, row } = paged(t, found, page, HELPERS_PER_PAGE, (to) =>
    buttons.helpers.data({ locale, code: topic.code, ags, page: String(to) }),
  );
  const numbers = numberLines(
    t,
    content,
    content.numbers.filter(({ id }) => topic.numbers.includes(id)),
    current,
  );
  const parts = [
    // A list of chats shows how a message begins: what she looks for must not stand there.
    t('guidance:helper.intro'),
    lines(t('guidance:page.title', { title: pageLabel(t, content, topic) }), told(t, content, topic.name)),
    ...numbers,
    ...items.map((one) =>
      helperText(t, content, one.helper, current, { place: placeOf(t, one), hasNumbers: numbers.length > 0 }),
    ),
    ...(found.length === 0 && numbers.length === 0 ? [t('guidance:helper.none')] : []),
    checkedText(t, content, topic, current),
  ];
  return frame(t, {
    text: parts.join('\n\n'),
    rows: [
      [{ label: t.label('guidance:helper.card'), data: buttons.card.data({ locale, code: topic.code }) }],
      [
        {
          label:
            from === undefined
              ? t.label('guidance:helper.any-town')
              : t.label('guidance:helper.town', { town: from.name }),
          data: buttons.towns.data({ locale, code: topic.code, page: '0' }),
        },
      ],
      row,
      [clearButton(t)],
    ],
    back: buttons.topics.data({ locale }),
  });
}

export function chooseTown(t: Translator, topic: Page, towns: readonly Municipality[], page: number): View {
  const { locale } = t;
  const { items, row } = paged(t, towns, page, TOWNS_PER_PAGE, (to) =>
    buttons.towns.data({ locale, code: topic.code, page: String(to) }),
  );
  return frame(t, {
    text: t('guidance:helper.ask-town'),
    rows: [
      ...items.map((town) => [
        {
          label: `📍 ${town.name}`,
          data: buttons.helpers.data({ locale, code: topic.code, ags: town.ags, page: '0' }),
        },
      ]),
      row,
    ],
    back: buttons.helpers.data({ locale, code: topic.code, ags: '-', page: '0' }),
  });
}

const cardText = (t: Translator, topic: string, language: string, office: Contact): string =>
  lines(
    // The topic stands where a list of chats does not show it any more.
    t('guidance:card.hello'),
    t('guidance:card.language', { language }),
    t('guidance:card.interpreter'),
    t('guidance:card.topic', { topic }),
    t('guidance:card.from', { office: office.name, phone: office.phone }),
  );

/** A card in German to be shown at the counter, and below what it says, so that she knows what she shows. */
export function referralCard(t: Translator, german: Translator, content: Content, topic: Page, office: Contact): View {
  const language = INTERPRETER_LANGUAGES.find((one) => one === t.locale);
  const say = (in_: Translator) =>
    cardText(
      in_,
      pageLabel(in_, content, topic),
      language === undefined ? NATIVE_NAMES[t.locale] : in_.label(`people:interpreter.language.${language}`),
      office,
    );
  return {
    locale: t.locale,
    text: lines(`<b>${say(german)}</b>`, ...(t.locale === 'de' ? [] : ['', t('guidance:card.show'), say(t)])),
    rows: [
      [clearButton(t)],
      [
        {
          label: t.label('common:nav.back'),
          data: buttons.helpers.data({ locale: t.locale, code: topic.code, ags: '-', page: '0' }),
        },
        { ...menuButton(t), data: standing.menuBelow.data({}) },
        helpBelowButton(t),
      ],
    ],
    stays: true,
  };
}
