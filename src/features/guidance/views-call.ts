import type { Translator } from '../../platform/i18n.ts';
import type { Button, View } from '../../telegram/view.ts';
import { buttons } from './buttons.ts';
import { CALL_DAYS, CALL_NAMES, CALL_TIMES, type CallName, type CallTime, PHONE_DIGITS } from './model-call.ts';
import { keyed } from './rules.ts';
import { clearButton, frame } from './views-frame.ts';

// Being called back: every answer travels in the next buttons, so that nothing is typed and nothing is kept.

export interface Call {
  readonly name: CallName;
  readonly time: CallTime;
  readonly digits: string;
}

const NAMES = Object.keys(CALL_NAMES) as CallName[];

export const askName = (t: Translator, back: string): View => {
  const all = NAMES.map((name) => ({
    label: t.label(`guidance:call.name.${name}`, { name: CALL_NAMES[name] }),
    data: buttons.callTime.data({ locale: t.locale, name }),
  }));
  return frame(t, {
    text: t('guidance:call.name'),
    rows: all.flatMap((_, index) => (index % 2 === 0 ? [all.slice(index, index + 2)] : [])),
    back,
  });
};

export const askTime = (t: Translator, name: CallName): View =>
  frame(t, {
    text: t('guidance:call.time'),
    rows: CALL_TIMES.map((time) => [
      {
        label: t.label(`guidance:call.time.${time}`),
        data: buttons.callPhone.data({ locale: t.locale, name, time, digits: '' }),
      },
    ]),
    back: buttons.call.data({ locale: t.locale }),
  });

/** A keypad: what is keyed in stands in its buttons, not in the chat and not with us. */
export function askPhone(t: Translator, call: Call, problem = false): View {
  const { locale } = t;
  const key = (label: string, digits: string): Button => ({
    label,
    data: buttons.callPhone.data({ locale, ...call, digits }),
  });
  const digit = (one: string): Button => key(one, keyed(call.digits, one, PHONE_DIGITS));
  return frame(t, {
    text: [
      ...(problem ? [t('guidance:call.short'), ''] : []),
      t('guidance:call.phone', { digits: call.digits === '' ? '–' : call.digits }),
    ].join('\n'),
    rows: [
      // Telegram draws rows from left to right and a right-to-left screen turns them: a keypad is the same everywhere.
      ...['123', '456', '789'].map((row) => inOrder(t, [...row].map(digit))),
      inOrder(t, [
        key(t.label('guidance:call.back-one'), keyed(call.digits, 'back', PHONE_DIGITS)),
        digit('0'),
        { label: t.label('guidance:call.done'), data: buttons.callSum.data({ locale, ...call }) },
      ]),
    ],
    back: buttons.callTime.data({ locale, name: call.name }),
  });
}

const inOrder = (t: Translator, row: readonly Button[]): readonly Button[] =>
  t.locale === 'ar' || t.locale === 'fa' ? row.toReversed() : row;

export const summary = (t: Translator, call: Call): View =>
  frame(t, {
    text: t('guidance:call.sum', {
      name: CALL_NAMES[call.name],
      phone: call.digits,
      time: t.label(`guidance:call.time.${call.time}`),
      days: CALL_DAYS,
    }),
    rows: [
      [
        {
          label: t.label('guidance:call.send'),
          data: buttons.callSend.data({ locale: t.locale, ...call }),
          style: 'success',
        },
      ],
    ],
    back: buttons.callPhone.data({ locale: t.locale, ...call }),
  });

export const asked = (t: Translator, name: CallName): View =>
  frame(t, { text: t('guidance:call.sent', { name: CALL_NAMES[name] }), rows: [[clearButton(t)]] });

export const closed = (t: Translator, back: string): View => frame(t, { text: t('guidance:call.closed'), back });
