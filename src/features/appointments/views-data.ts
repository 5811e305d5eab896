import type { Translator } from '../../platform/i18n.ts';
import type { Button } from '../../telegram/view.ts';
import type { Member } from '../people/model.ts';
import { morningButton, morningText } from './views-day.ts';
import { wishesButton, wishesText } from './views-reminders.ts';

interface OwnData {
  readonly text?: string;
  readonly rows: readonly (readonly Button[])[];
}

/** What this room keeps of a person beside her appointments, for the screen of her data. */
export const ownData = (t: Translator, member: Member): OwnData =>
  member.kind === 'refugee'
    ? { text: wishesText(t, member.reminders, member.discreet), rows: [[wishesButton(t)]] }
    : member.kind === 'manager'
      ? { text: morningText(t, member.morningAt), rows: [[morningButton(t)]] }
      : { rows: [] };
