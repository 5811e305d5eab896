import type { Translator } from '../../platform/i18n.ts';
import type { View } from '../../telegram/view.ts';
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

export const askTalk = (t: Translator, manager: string, number: number): View =>
  frame(t, {
    text: t('guidance:talk.ask', { name: manager, number }),
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

export const talkSent = (t: Translator, manager: string): View =>
  frame(t, {
    text: t('guidance:talk.sent', { name: manager }),
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
