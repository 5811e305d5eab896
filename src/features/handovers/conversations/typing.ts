import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, type Json, waitForText } from '../../../telegram/dialogue.ts';
import { send } from '../../../telegram/screen.ts';
import type { View } from '../../../telegram/view.ts';
import { plain } from '../../../telegram/views.ts';
import type { CountyService } from '../../county/service.ts';
import type { Actor, SignedVolunteer } from '../../people/model.ts';
import { PHONE_LENGTH, TEXT_LENGTH } from '../model.ts';
import type { HandoversService } from '../service.ts';
import { caseGone } from '../views.ts';
import * as form from '../views-form.ts';

/** What a volunteer types; everything else in the form is a button. */
export const TYPED = ['town', 'text', 'phone'] as const;
export type Typed = (typeof TYPED)[number];

/** A screen of the form, and what may be typed on it. */
export interface Step {
  readonly view: View;
  readonly typed: Typed | undefined;
}

export interface TypingDeps {
  readonly i18n: I18n;
  readonly handovers: HandoversService;
  readonly county: CountyService;
  /** The screen that comes next for a case of hers. */
  step(volunteer: SignedVolunteer, id: string): Promise<Step>;
}

export interface TypingStart {
  readonly locale: Locale;
  readonly id: string;
  readonly typed: Typed;
}

const TOWN_LENGTH = 60;
const LENGTHS: Record<Typed, number> = { town: TOWN_LENGTH, text: TEXT_LENGTH, phone: PHONE_LENGTH };

/** What was typed is kept at once in the draft; a press leaves this and goes on with the form. */
export const typingDialogue =
  (deps: TypingDeps) =>
  async (dialogue: Dialogue, _ctx: unknown, start: TypingStart): Promise<void> => {
    const t = deps.i18n.translator(start.locale);
    const { id } = start;
    let typed: Typed | undefined = start.typed;
    while (typed !== undefined) {
      const what: Typed = typed;
      const limit = LENGTHS[what];
      const hints = { noText: form.refuseFile(t, id), tooLong: plain(t, 'common:too-long', { count: limit }) };
      const { text, ctx, chatId } = await waitForText(dialogue, hints, limit);
      if (text.startsWith('/')) {
        await send(ctx.api, chatId, plain(t, 'common:not-understood'));
        continue;
      }
      const next = await ext(dialogue, async ({ actor }) => {
        const step = await keep(actor as Actor, what, text);
        return { kind: step.typed ?? 'over', view: step.view as unknown as Json };
      });
      await send(ctx.api, chatId, next.view as unknown as View);
      typed = TYPED.find((one) => one === next.kind);
    }

    async function keep(actor: Actor, what: Typed, text: string): Promise<Step> {
      const gone: Step = { view: caseGone(t), typed: undefined };
      if (actor.kind !== 'volunteer' || !actor.signed) return gone;
      const volunteer = actor as SignedVolunteer;
      if (what === 'town') return { view: await foundTowns(text), typed: 'town' };
      if (what === 'phone') {
        const kept = await deps.handovers.writePhone(volunteer, id, text);
        if (kept === 'unreadable') return { view: form.phoneWrong(t, id), typed: 'phone' };
        return kept === 'gone' ? gone : deps.step(volunteer, id);
      }
      const findings = await deps.handovers.writeText(volunteer, id, text);
      if (findings === 'gone') return gone;
      return findings.length > 0 ? { view: form.textAsks(t, id, findings), typed: 'text' } : deps.step(volunteer, id);
    }

    async function foundTowns(text: string): Promise<View> {
      const found = await deps.county.search(text);
      switch (found.kind) {
        case 'exact':
          return form.nearTowns(t, id, [found.municipality]);
        case 'near':
          return form.nearTowns(t, id, found.municipalities);
        case 'outside':
          return form.townOutside(t, id, deps.county.facts.name);
        case 'none':
          return form.townNotFound(t, id);
      }
    }
  };
