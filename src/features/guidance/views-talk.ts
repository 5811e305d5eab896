import type { Translator } from '../../platform/i18n.ts';
import { lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { buttons as appointments } from '../appointments/buttons.ts';
import { bookAgain } from '../appointments/views.ts';
import { personName } from '../appointments/views-staff.ts';
import type { Contact } from '../county/model.ts';
import { buttons } from './buttons.ts';
import { frame, startData } from './views-frame.ts';

// Talking to her own manager, without saying about what.

interface Named {
  readonly personId: string;
  readonly number: number;
  readonly nickname: string | undefined;
}

/** Who gets the message, and for whom, when somebody stands in. */
interface Partner {
  readonly manager: string;
  readonly standsInFor: string | undefined;
}

const deputyText = (t: Translator, { manager, standsInFor }: Partner): string | undefined =>
  standsInFor === undefined ? undefined : t('guidance:talk.deputy', { name: manager, manager: standsInFor });

export const askTalk = (t: Translator, partner: Partner, number: number): View =>
  frame(t, {
    text: lines(deputyText(t, partner), t('guidance:talk.ask', { name: partner.manager, number })),
    rows: [
      [
        {
          label: t.label('guidance:talk.send'),
          data: buttons.talk.data({ locale: t.locale, answer: 'yes' }),
          style: 'success',
        },
      ],
      [{ label: t.label('appointments:menu.book'), data: appointments.book.data({}) }],
    ],
    back: startData(t),
  });

export const talkSent = (t: Translator, partner: Partner): View =>
  frame(t, {
    text: lines(t('guidance:talk.sent', { name: partner.manager }), deputyText(t, partner)),
    rows: [[{ label: t.label('appointments:menu.book'), data: appointments.book.data({}) }]],
    back: startData(t),
  });

export const talkNobody = (t: Translator, office: Contact): View =>
  frame(t, { text: t('guidance:talk.nobody', { office: office.name, phone: office.phone }), back: startData(t) });

/** To the manager: who, and nothing else. */
export const talkWished = (t: Translator, person: Named): View =>
  screen(t, {
    text: t('guidance:talk.notice', { person: personName(t, person) }),
    rows: [[{ label: t.label('guidance:talk.read'), data: buttons.talkRead.data({ person: person.personId }) }]],
    stays: true,
  });

export const talkTold = (t: Translator, person: Named): View =>
  screen(t, { text: t('guidance:talk.told', { person: personName(t, person) }) });

/** To her: it was read. */
export const talkRead = (t: Translator, manager: string): View =>
  screen(t, { text: t('guidance:talk.answer', { name: manager }), rows: [[bookAgain(t)]], stays: true });
