import type { Translator } from '../../platform/i18n.ts';
import { lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import type { Content, Paper } from '../guidance/model.ts';
import type { Standing } from '../guidance/service.ts';
import { checkedLine } from '../guidance/views.ts';
import { told, wordsOf } from '../guidance/views-frame.ts';
import { buttons, type Search, writeSearch } from './buttons.ts';
import type { Kind, Offering } from './model.ts';
import { type CourseGroup, GROUP_OF } from './model-finder.ts';
import { askManager, kindName } from './views.ts';

// Whether somebody can take part, by the paper that she says she has. Guidance with a date and a source: nothing of it is
// kept, and nobody is let in or kept out by it.

/** From which card. */
export interface PaperFrame {
  readonly offering: Pick<Offering, 'id' | 'kind'>;
  readonly search: Search;
  readonly page: string;
}

const cardOf = ({ offering, search, page }: PaperFrame) => ({
  id: offering.id,
  search: writeSearch(search),
  page,
});

/** Its name in her language. What is printed on it stands in the text above: together they are too long for a button. */
const paperName = (t: Translator, content: Content, { name }: Paper): string => wordsOf(t, content, `paper.${name}`);

/** Both in one line, each in its own direction. */
const paperLine = (t: Translator, content: Content, one: Paper): string =>
  t('finder:can.entry', { paper: paperName(t, content, one), printed: one.printed ?? '' });

export const askPaper = (t: Translator, content: Content, frame: PaperFrame): View =>
  screen(t, {
    text: lines(
      t('finder:can.ask'),
      '',
      ...content.papers.filter(({ printed }) => printed !== null).map((one) => paperLine(t, content, one)),
    ),
    rows: content.papers.map((one) => [
      { label: paperName(t, content, one), data: buttons.paper.data({ ...cardOf(frame), paper: one.code }) },
    ]),
    back: buttons.card.data(cardOf(frame)),
  });

/** A kind of each group, to name it by; the county's own courses have a name only here. */
const NAMED_BY: Readonly<Record<Exclude<CourseGroup, 'county'>, Kind>> = {
  integration: 'IK_ALLG',
  work: 'BSK_B2',
  first: 'EOK',
  women: 'MIA',
  open: 'EHRENAMT',
};
const groupName = (t: Translator, group: CourseGroup): string =>
  group === 'county' ? t('finder:can.county') : kindName(t, NAMED_BY[group]);

/** `draft` is for a booking about it; undefined for staff, who have no manager to ask. */
export function canTakePart(
  t: Translator,
  content: Content,
  paper: Paper,
  frame: PaperFrame,
  standing: Standing,
  draft: string | undefined,
): View {
  const group = GROUP_OF[frame.offering.kind];
  const said = paper.says[group] ?? [];
  const others = paper.others.filter((other) => other !== group);
  return screen(t, {
    text: lines(
      t('finder:can.title'),
      kindName(t, frame.offering.kind),
      paper.printed === null
        ? t('finder:can.paper', { paper: paperName(t, content, paper) })
        : paperLine(t, content, paper),
      '',
      ...(said.length === 0 ? [t('finder:can.unknown')] : said.map((one) => told(t, content, `say.${one}`))),
      ...(others.length === 0 ? [] : ['', t('finder:can.other'), ...others.map((other) => groupName(t, other))]),
      '',
      t('finder:can.manager'),
      '',
      checkedLine(t, content, `e.${paper.name}`, standing),
    ),
    rows: [
      ...(draft === undefined ? [] : [askManager(t, draft)]),
      [{ label: t.label('finder:can.again'), data: buttons.papers.data(cardOf(frame)) }],
    ],
    back: buttons.card.data(cardOf(frame)),
  });
}
