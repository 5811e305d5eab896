import { createConversation } from '@grammyjs/conversations';
import { Composer } from 'grammy';
import { newId } from '../../platform/crypto.ts';
import type { I18n, Translator } from '../../platform/i18n.ts';
import type { Context } from '../../telegram/context.ts';
import { DIALOGUE_MS } from '../../telegram/dialogue.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import { lines } from '../../telegram/view.ts';
import type { CountyService } from '../county/service.ts';
import type { Actor, SignedVolunteer } from '../people/model.ts';
import { buttons } from './buttons.ts';
import { type Step, type Typed, typingDialogue } from './conversations/typing.ts';
import { type Field, type Handover, MOST_DRAFTS } from './model.ts';
import { nextField } from './rules.ts';
import type { HandoversService } from './service.ts';
import * as views from './views.ts';
import { bookingRow } from './views-booking.ts';
import { volunteerCaseRows } from './views-cases.ts';
import { madeText } from './views-consent-own.ts';
import { overRow } from './views-consent-present.ts';
import * as form from './views-form.ts';

export interface HandoversHandlersDeps {
  readonly handovers: HandoversService;
  readonly county: CountyService;
  readonly i18n: I18n;
  /** The number to call when somebody is in danger. */
  readonly emergency: string;
  /** Shows the menu of whoever writes: the answer to a button that is not hers. */
  showMenu(ctx: Context): Promise<void>;
  /** The address of a link for the refugee. */
  consentLinkTo(token: string): string;
}

export function handoversDialogues(deps: HandoversHandlersDeps): Composer<Context> {
  const composer = new Composer<Context>();
  const step = (volunteer: SignedVolunteer, id: string) =>
    nextStep(deps, deps.i18n.translator(volunteer.locale), volunteer, id);
  composer.use(
    createConversation(typingDialogue({ ...deps, step }), { id: 'handover', maxMillisecondsToWait: DIALOGUE_MS }),
  );
  return composer;
}

/** One question of the form. */
async function fieldStep(
  deps: HandoversHandlersDeps,
  t: Translator,
  volunteer: SignedVolunteer,
  one: Handover,
  field: Field,
  page = 0,
): Promise<Step> {
  switch (field) {
    case 'town':
      return { view: form.askTown(t, one, await deps.county.municipalities(), page), typed: 'town' };
    case 'kind':
      return { view: form.askKind(t, one), typed: undefined };
    case 'urgency':
      return { view: form.askUrgency(t, one), typed: undefined };
    case 'text': {
      const { text } = await deps.handovers.content(volunteer, one.id);
      return { view: form.askText(t, one, text), typed: 'text' };
    }
    case 'languages':
    case 'topics':
    case 'tried':
    case 'reach':
    case 'available':
      return { view: form.askChoice(t, one, field, page), typed: undefined };
  }
}

/** Where a case of hers goes on: the first open question, the summary, or how it stands. */
async function nextStep(
  deps: HandoversHandlersDeps,
  t: Translator,
  volunteer: SignedVolunteer,
  id: string,
): Promise<Step> {
  const { handovers, county } = deps;
  const one = await handovers.mineOne(volunteer, id);
  if (one === undefined) return { view: views.caseGone(t), typed: undefined };
  const team = one.town === undefined ? undefined : await handovers.teamOf(one.town.ags);
  if (one.status === 'waiting') {
    const isNobody = team?.managers.length === 0;
    const view = isNobody ? views.waitingForNobody(t, one, county.facts.office) : views.waiting(t, one);
    return { view, typed: undefined };
  }
  if (one.status !== 'draft') {
    const rows = [
      ...volunteerCaseRows(t, one),
      ...(one.status === 'accepted' ? [bookingRow(t, id)] : []),
      ...((await handovers.mayEndFor(volunteer, id)) === undefined ? [] : [overRow(t, id)]),
    ];
    const made = await handovers.madeFor(volunteer, id);
    const text = views.statusText(t, one, county.facts, team);
    const known = made === undefined ? text : lines(text, madeText(t, made));
    return { view: views.statusCard(t, known, rows), typed: undefined };
  }
  const field = nextField(one);
  if (field !== undefined || team === undefined || one.town === undefined) {
    return fieldStep(deps, t, volunteer, one, field ?? 'town');
  }
  // The team has become empty since: nobody is asked to agree to nobody.
  if (team.managers.length === 0) {
    return { view: form.townTeam(t, id, one.town.name, team, county.facts.office), typed: undefined };
  }
  return { view: views.summary(t, one, await handovers.content(volunteer, id), team), typed: undefined };
}

/** Shows a screen, and listens where something may be typed on it. */
async function showStep(ctx: Context, id: string, { view, typed }: { view: Step['view']; typed: Typed | undefined }) {
  await ctx.conversation.exitAll();
  await show(ctx, view);
  if (typed !== undefined) await ctx.conversation.enter('handover', { locale: ctx.t.locale, id, typed } as never);
}

/** A case of a volunteer's as it stands now. */
export async function showCase(
  deps: HandoversHandlersDeps,
  ctx: Context,
  volunteer: SignedVolunteer,
  id: string,
): Promise<void> {
  await showStep(ctx, id, await nextStep(deps, ctx.t, volunteer, id));
}

/** A volunteer's form and her cases. All state is the draft's row: each screen works days later and twice. */
export function handoversHandlers(deps: HandoversHandlersDeps, router: Router): void {
  const { handovers, county } = deps;

  const forVolunteer = async (ctx: Context, act: (volunteer: SignedVolunteer) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'volunteer' && actor.signed) await act(actor as SignedVolunteer);
    else await deps.showMenu(ctx);
  };
  const goOn = (ctx: Context, volunteer: SignedVolunteer, id: string) => showCase(deps, ctx, volunteer, id);
  /** A draft of hers that can still be written on; anything else is shown as it stands. */
  const withDraft = (ctx: Context, id: string, act: (one: Handover, volunteer: SignedVolunteer) => Promise<void>) =>
    forVolunteer(ctx, async (volunteer) => {
      const one = await handovers.mineOne(volunteer, id);
      if (one?.status === 'draft') await act(one, volunteer);
      else await goOn(ctx, volunteer, id);
    });

  router.on(buttons.start, (ctx) =>
    forVolunteer(ctx, async (volunteer) => {
      const open = (await handovers.mine(volunteer)).filter(({ status }) => status === 'draft' || status === 'waiting');
      await show(ctx, open.length >= MOST_DRAFTS ? form.tooMany(ctx.t) : form.intro(ctx.t, newId()));
    }),
  );
  router.on(buttons.create, (ctx, { id }) =>
    forVolunteer(ctx, async (volunteer) => {
      const draft = await handovers.begin(volunteer, id);
      if (draft === undefined) return show(ctx, form.tooMany(ctx.t));
      await goOn(ctx, volunteer, draft.id);
    }),
  );
  router.on(buttons.list, (ctx, { page }) =>
    forVolunteer(ctx, async (volunteer) => {
      await ctx.conversation.exitAll();
      await show(ctx, views.caseList(ctx.t, await handovers.mine(volunteer), Number(page)));
    }),
  );
  router.on(buttons.open, (ctx, { id }) => forVolunteer(ctx, (volunteer) => goOn(ctx, volunteer, id)));

  router.on(buttons.ask, (ctx, { id, field, page }) =>
    withDraft(ctx, id, async (one, volunteer) =>
      showStep(ctx, id, await fieldStep(deps, ctx.t, volunteer, one, field, Number(page))),
    ),
  );
  router.on(buttons.town, (ctx, { id, ags }) =>
    withDraft(ctx, id, async (_, volunteer) => {
      const town = await county.municipality(ags);
      const team = town === undefined ? undefined : await handovers.setTown(volunteer, id, ags);
      if (town === undefined || team === undefined) return goOn(ctx, volunteer, id);
      await ctx.conversation.exitAll();
      await show(ctx, form.townTeam(ctx.t, id, town.name, team, county.facts.office));
    }),
  );
  router.on(buttons.kind, (ctx, { id, kind }) =>
    withDraft(ctx, id, async (_, volunteer) => {
      await handovers.setKind(volunteer, id, kind);
      await goOn(ctx, volunteer, id);
    }),
  );
  router.on(buttons.urgency, (ctx, { id, urgency }) =>
    withDraft(ctx, id, async (one, volunteer) => {
      await handovers.setUrgency(volunteer, id, urgency);
      if (urgency !== 'today') return goOn(ctx, volunteer, id);
      await show(ctx, form.callNow(ctx.t, one, county.facts.office, deps.emergency));
    }),
  );
  /** The same question again, as it is answered now. */
  const again = async (ctx: Context, volunteer: SignedVolunteer, id: string, field: Field, page: string) => {
    const one = await handovers.mineOne(volunteer, id);
    if (one === undefined) return goOn(ctx, volunteer, id);
    await showStep(ctx, id, await fieldStep(deps, ctx.t, volunteer, one, field, Number(page)));
  };
  router.on(buttons.toggle, (ctx, { id, field, value, page }) =>
    withDraft(ctx, id, async (_, volunteer) => {
      await handovers.toggle(volunteer, id, field, value);
      await again(ctx, volunteer, id, field, page);
    }),
  );
  router.on(buttons.interpreter, (ctx, { id, page }) =>
    withDraft(ctx, id, async (_, volunteer) => {
      await handovers.toggleInterpreter(volunteer, id);
      await again(ctx, volunteer, id, 'languages', page);
    }),
  );
  router.on(buttons.done, (ctx, { id, field }) =>
    withDraft(ctx, id, async (one, volunteer) => {
      const finished = await handovers.finish(volunteer, id, field);
      if (finished === 'phone') {
        const { phone } = await handovers.content(volunteer, id);
        return showStep(ctx, id, { view: form.askPhone(ctx.t, one, phone), typed: 'phone' });
      }
      const isChoice = field !== 'town' && field !== 'kind' && field !== 'urgency' && field !== 'text';
      if (finished === 'empty' && isChoice) {
        return show(ctx, form.askChoice(ctx.t, one, field, 0, form.chooseOne(ctx.t)));
      }
      await goOn(ctx, volunteer, id);
    }),
  );
  router.on(buttons.keep, (ctx, { id }) =>
    withDraft(ctx, id, async (_, volunteer) => {
      await handovers.keepText(volunteer, id);
      await goOn(ctx, volunteer, id);
    }),
  );
  router.on(buttons.correct, (ctx, { id }) => withDraft(ctx, id, () => show(ctx, views.askCorrect(ctx.t, id))));

  router.on(buttons.drop, (ctx, { id, answer }) =>
    forVolunteer(ctx, async (volunteer) => {
      await ctx.conversation.exitAll();
      if (answer === 'yes') {
        const isDropped = await handovers.drop(volunteer, id);
        return show(ctx, isDropped ? views.dropped(ctx.t) : views.caseGone(ctx.t));
      }
      const one = await handovers.mineOne(volunteer, id);
      await show(ctx, one === undefined ? views.caseGone(ctx.t) : views.askDrop(ctx.t, id));
    }),
  );
  router.on(buttons.link, (ctx, { id }) =>
    forVolunteer(ctx, async (volunteer) => {
      const asked = await handovers.askConsent(volunteer, id);
      if (asked.status !== 'made') return goOn(ctx, volunteer, id);
      await show(ctx, views.consentLink(ctx.t, id, { ...asked, link: deps.consentLinkTo(asked.token) }));
    }),
  );
  router.on(buttons.takeBack, (ctx, { id }) =>
    forVolunteer(ctx, async (volunteer) => {
      await handovers.takeBack(volunteer, id);
      await goOn(ctx, volunteer, id);
    }),
  );
  router.on(buttons.counts, (ctx) =>
    forVolunteer(ctx, async (volunteer) => {
      const numbers = await handovers.counts(volunteer);
      if (numbers === undefined) return deps.showMenu(ctx);
      await show(ctx, views.counts(ctx.t, volunteer.circle, numbers));
    }),
  );
}
