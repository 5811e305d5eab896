import { qrPng } from '../../platform/qr.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { allDone, answer, send, show } from '../../telegram/screen.ts';
import type { Actor, SignedVolunteer } from '../people/model.ts';
import { presentButtons as buttons, purposesOf } from './buttons-consent.ts';
import { type HandoversHandlersDeps, showCase } from './handlers.ts';
import { paperDays } from './rules-consent.ts';
import { caseGone } from './views.ts';
import { linkProblem } from './views-consent.ts';
import * as views from './views-consent-present.ts';

/** A volunteer asks the person herself: by a link, on this phone, or with a signed paper. */
export function presentHandlers(deps: HandoversHandlersDeps, router: Router): void {
  const { handovers, county, i18n } = deps;

  const forVolunteer = async (ctx: Context, act: (volunteer: SignedVolunteer) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'volunteer' && actor.signed) await act(actor as SignedVolunteer);
    else await deps.showMenu(ctx);
  };
  /** A complete draft of hers; anything else is shown as it stands. */
  const withDraft = (
    ctx: Context,
    id: string,
    act: (
      asked: NonNullable<Awaited<ReturnType<typeof handovers.readHere>>>,
      volunteer: SignedVolunteer,
    ) => Promise<void>,
  ) =>
    forVolunteer(ctx, async (volunteer) => {
      const asked = await handovers.readHere(volunteer, id);
      if (asked === undefined) return showCase(deps, ctx, volunteer, id);
      await act(asked, volunteer);
    });

  router.on(buttons.ways, (ctx, { id }) => withDraft(ctx, id, () => show(ctx, views.askWay(ctx.t, id))));
  router.on(buttons.qr, (ctx, { token }) =>
    forVolunteer(ctx, async (volunteer) => {
      if (!(await handovers.isOwnLink(volunteer, token))) return show(ctx, linkProblem(ctx.t, 'invalid'));
      const bytes = qrPng(deps.consentLinkTo(token));
      await allDone([send(ctx.api, ctx.chatId, views.qrCode(ctx.t, bytes)), answer(ctx)]);
    }),
  );
  router.on(buttons.give, (ctx, { id }) => withDraft(ctx, id, () => show(ctx, views.givePhone(ctx.t, id))));
  router.on(buttons.read, (ctx, { id, locale, chosen }) =>
    withDraft(ctx, id, (asked) => show(ctx, views.askHere(i18n.translator(locale), asked, purposesOf(chosen)))),
  );
  router.on(buttons.agree, (ctx, { id, locale, chosen, stamp }) =>
    forVolunteer(ctx, async (volunteer) => {
      const t = i18n.translator(locale);
      const purposes = purposesOf(chosen);
      const result = await handovers.agreeHere(volunteer, id, { locale, purposes, stamp });
      if (result.status === 'sent') return show(ctx, views.agreedHere(t, id, result.number));
      const asked = result.status === 'changed' ? await handovers.readHere(volunteer, id) : undefined;
      if (asked === undefined) return showCase(deps, ctx, volunteer, id);
      await show(ctx, views.askHere(t, asked, purposes, true));
    }),
  );
  router.on(buttons.refuse, (ctx, { id, locale }) =>
    forVolunteer(ctx, async (volunteer) => {
      if (!(await handovers.refuseHere(volunteer, id))) return showCase(deps, ctx, volunteer, id);
      await show(ctx, views.refusedHere(i18n.translator(locale), id, county.facts.office));
    }),
  );

  router.on(buttons.paper, (ctx, { id }) => withDraft(ctx, id, () => show(ctx, views.askPaperLanguage(ctx.t, id))));
  router.on(buttons.paperDays, (ctx, { id, locale, page }) =>
    withDraft(ctx, id, () =>
      show(ctx, views.askPaperDay(ctx.t, id, locale, paperDays(handovers.today()), Number(page))),
    ),
  );
  router.on(buttons.paperCheck, (ctx, { id, locale, day, chosen }) =>
    withDraft(ctx, id, async (asked) => {
      const days = paperDays(handovers.today());
      const signed = days.find((one) => one === day);
      await show(
        ctx,
        signed === undefined
          ? views.askPaperDay(ctx.t, id, locale, days, 0)
          : views.checkPaper(ctx.t, asked, { locale, day: signed, purposes: purposesOf(chosen) }),
      );
    }),
  );
  router.on(buttons.paperSend, (ctx, { id, locale, day, chosen, stamp }) =>
    forVolunteer(ctx, async (volunteer) => {
      const days = paperDays(handovers.today());
      const signed = days.find((one) => one === day);
      if (signed === undefined) {
        return withDraft(ctx, id, () => show(ctx, views.askPaperDay(ctx.t, id, locale, days, 0)));
      }
      const paper = { locale, day: signed, purposes: purposesOf(chosen) };
      const result = await handovers.agreeOnPaper(volunteer, id, { ...paper, stamp });
      if (result.status === 'sent') return show(ctx, views.paperSent(ctx.t, id, result.number));
      const asked = result.status === 'changed' ? await handovers.readHere(volunteer, id) : undefined;
      if (asked === undefined) return showCase(deps, ctx, volunteer, id);
      await show(ctx, views.checkPaper(ctx.t, asked, paper, true));
    }),
  );

  router.on(buttons.over, (ctx, { id, answer }) =>
    forVolunteer(ctx, async (volunteer) => {
      if (answer === 'yes') await handovers.endFor(volunteer, id);
      const mayEnd = await handovers.mayEndFor(volunteer, id);
      if (mayEnd !== undefined) return show(ctx, views.askOver(ctx.t, id));
      const one = await handovers.mineOne(volunteer, id);
      if (one === undefined) return show(ctx, caseGone(ctx.t));
      await showCase(deps, ctx, volunteer, id);
    }),
  );
}
