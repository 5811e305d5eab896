import { Composer } from 'grammy';
import type { I18n } from '../../platform/i18n.ts';
import { buttons } from '../../telegram/buttons.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Contact } from '../county/model.ts';
import type { HelpNumber } from './model.ts';
import { help } from './views.ts';

export function guidanceHandlers(
  deps: { readonly numbers: readonly HelpNumber[]; readonly office: Contact; readonly i18n: I18n },
  router: Router,
): Composer<Context> {
  const composer = new Composer<Context>();
  const showHelp = (ctx: Context) => show(ctx, help(ctx.t, deps.numbers, deps.office));
  composer.command('help', showHelp);
  router.on(buttons.helpOld, showHelp);
  router.on(buttons.help, (ctx, { locale }) =>
    show(ctx, help(deps.i18n.translator(locale), deps.numbers, deps.office)),
  );
  return composer;
}
