import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, waitForText } from '../../../telegram/dialogue.ts';
import { send } from '../../../telegram/screen.ts';
import { plain } from '../../../telegram/views.ts';
import type { CountyService } from '../../county/service.ts';
import type { TownPurpose } from '../buttons.ts';
import { nearTowns, townNotFound, townOutside } from '../views.ts';

const LENGTH = 60;

/** Somebody types where she lives, in any spelling; what was found is chosen by a button, which stands by itself. */
export const townDialogue =
  (deps: { i18n: I18n; county: CountyService }) =>
  async (dialogue: Dialogue, _ctx: unknown, start: { readonly locale: Locale; readonly purpose: TownPurpose }) => {
    const t = deps.i18n.translator(start.locale);
    const hints = { noText: plain(t, 'common:no-file'), tooLong: plain(t, 'common:too-long', { count: LENGTH }) };
    for (;;) {
      const { text, ctx, chatId } = await waitForText(dialogue, hints, LENGTH);
      const found = await ext(dialogue, async () => asOutcome(await deps.county.search(text)));
      const towns = found.kind === 'towns' ? [...found.towns] : [];
      if (towns.length > 0) await send(ctx.api, chatId, nearTowns(t, start.purpose, towns));
      else if (found.kind === 'outside') {
        await send(ctx.api, chatId, townOutside(t, start.purpose, deps.county.facts.name));
      } else await send(ctx.api, chatId, townNotFound(t, start.purpose));
    }
  };

function asOutcome(found: Awaited<ReturnType<CountyService['search']>>) {
  switch (found.kind) {
    case 'exact':
      return { kind: 'towns' as const, towns: [found.municipality] };
    case 'near':
      return { kind: 'towns' as const, towns: [...found.municipalities] };
    case 'outside':
    case 'none':
      return { kind: found.kind };
  }
}
