import { Composer } from 'grammy';
import type { Translator } from '../../platform/i18n.ts';
import { isLocale, LOCALES } from '../../platform/locale.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Actor } from '../people/model.ts';
import { consentButtons as buttons, purposesOf } from './buttons-consent.ts';
import type { HandoversHandlersDeps } from './handlers.ts';
import { alikeHandlers } from './handlers-alike.ts';
import { bookingHandlers } from './handlers-booking.ts';
import { ownHandlers } from './handlers-consent-own.ts';
import { presentHandlers } from './handlers-consent-present.ts';
import * as views from './views-consent.ts';

/** The refugee opens her link: language, whether it is for her, what it says, yes or no. Nobody is known before yes. */
export function consentHandlers(deps: HandoversHandlersDeps, router: Router): Composer<Context> {
  const { handovers, county, i18n } = deps;
  const composer = new Composer<Context>();
  const actorOf = (ctx: Context) => ctx.actor as Actor;

  async function open(ctx: Context, t: Translator, token: string): Promise<void> {
    const opened = await handovers.openLink(actorOf(ctx), token);
    await show(
      ctx,
      opened.status === 'open'
        ? views.askWhether(t, token, { name: opened.volunteer, circle: opened.circle })
        : views.linkProblem(t, opened.problem),
    );
  }

  composer.command('start', async (ctx, next) => {
    const token = /^c_([\w-]{32})$/.exec(String(ctx.match))?.[1];
    if (token === undefined) return next();
    if (actorOf(ctx).kind !== 'stranger') return open(ctx, ctx.t, token);
    const code = ctx.from?.language_code;
    await show(ctx, views.chooseLanguage(LOCALES.map(i18n.translator), isLocale(code) ? code : undefined, token));
  });
  router.on(buttons.language, (ctx, { locale, token }) => open(ctx, i18n.translator(locale), token));
  router.on(buttons.notMine, (ctx, { locale }) => show(ctx, views.notMine(i18n.translator(locale))));
  async function ask(ctx: Context, t: Translator, token: string, chosen: string, isAnew = false): Promise<void> {
    const asked = await handovers.claim(actorOf(ctx), token);
    await show(
      ctx,
      asked.status === 'claimed'
        ? views.askConsent(t, token, asked, purposesOf(chosen), isAnew)
        : views.linkProblem(t, asked.problem),
    );
  }
  router.on(buttons.claim, (ctx, { locale, token }) => ask(ctx, i18n.translator(locale), token, '-'));
  router.on(buttons.choose, (ctx, { locale, token, chosen }) => ask(ctx, i18n.translator(locale), token, chosen));
  router.on(buttons.agree, async (ctx, { locale, token, chosen, stamp }) => {
    const t = i18n.translator(locale);
    const result = await handovers.agree(actorOf(ctx), token, { locale, purposes: purposesOf(chosen), stamp });
    if (result.status === 'changed') return ask(ctx, t, token, chosen, true);
    await show(ctx, result.status === 'sent' ? views.agreed(t) : views.linkProblem(t, result.problem));
  });
  router.on(buttons.refuse, async (ctx, { locale, token }) => {
    const t = i18n.translator(locale);
    const result = await handovers.refuse(actorOf(ctx), token);
    await show(
      ctx,
      result.status === 'refused' ? views.refused(t, county.facts.office) : views.linkProblem(t, result.problem),
    );
  });
  presentHandlers(deps, router);
  ownHandlers(deps, router);
  alikeHandlers(deps, router);
  bookingHandlers(deps, router);
  return composer;
}
