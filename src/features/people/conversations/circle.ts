import { instant } from '../../../platform/datetime.ts';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { oneLine } from '../../../platform/one-line.ts';
import { type Dialogue, ext, waitForText } from '../../../telegram/dialogue.ts';
import { send } from '../../../telegram/screen.ts';
import { plain } from '../../../telegram/views.ts';
import type { CountyService } from '../../county/service.ts';
import type { CircleCard, CirclesService, Host } from '../service-circles.ts';
import * as views from '../views-circles.ts';
import { inviting } from '../views-staff.ts';

const NAME_LENGTH = 60;
const TOWNS_LENGTH = 400;

interface CircleDialogueDeps {
  readonly i18n: I18n;
  readonly circles: CirclesService;
  readonly county: CountyService;
  linkTo(token: string): string;
}

export interface CircleStart {
  readonly locale: Locale;
  /** The circle that somebody is invited into; without one, a new circle is opened. */
  readonly circleId?: string;
}

/** A coordinator or manager types: the name of whom she invites into a circle, or a new circle's name and towns. */
export const circleDialogue =
  (deps: CircleDialogueDeps) => async (dialogue: Dialogue, _ctx: unknown, start: CircleStart) => {
    const t = deps.i18n.translator(start.locale);
    const noText = plain(t, 'common:no-file');

    async function askText(limit: number) {
      for (;;) {
        const tooLong = plain(t, 'common:too-long', { count: limit });
        const { text, ctx, chatId } = await waitForText(dialogue, { noText, tooLong }, limit);
        const line = oneLine(text);
        const say = (view: Parameters<typeof send>[2]) => send(ctx.api, chatId, view);
        if (!line.startsWith('/') && line !== '') return { text: line, say };
        await say(plain(t, 'common:not-understood'));
      }
    }

    if (start.circleId !== undefined) {
      const { circleId } = start;
      const { text: name, say } = await askText(NAME_LENGTH);
      const made = await ext(dialogue, async ({ actor }) => {
        const invited = await deps.circles.invite(actor as Host, circleId, name);
        if (invited.status === 'gone') return { kind: 'gone' };
        return { kind: 'invited', link: deps.linkTo(invited.token), expiresAt: Number(invited.expiresAt) };
      });
      if (made.kind === 'gone') await say(views.circleGone(t));
      else await say(inviting.link(t, { name, link: String(made.link), expiresAt: instant(Number(made.expiresAt)) }));
      return;
    }

    for (;;) {
      const named = await askText(NAME_LENGTH);
      await named.say(views.askCircleTowns(t));
      for (;;) {
        const { text, say } = await askText(TOWNS_LENGTH);
        const found = await ext(dialogue, async () => ({ kind: 'towns', ...(await deps.county.searchAll(text)) }));
        if (found.unknown.length > 0) {
          await say(inviting.townsUnknown(t, found.unknown));
          continue;
        }
        const made = await ext(dialogue, async ({ actor }) => {
          const host = actor as Host;
          const opened = await deps.circles.open(host, { name: named.text, municipalities: found.ags });
          const card = opened.id === undefined ? undefined : await deps.circles.circle(host, opened.id);
          return { kind: opened.status, card: JSON.stringify(card ?? null) };
        });
        if (made.kind === 'opened') {
          const card = JSON.parse(made.card) as CircleCard | null;
          await say(card === null ? views.circleGone(t) : views.circleCard(t, card, 0));
          return;
        }
        await say(views.circleNotOpened(t, made.kind));
        if (made.kind === 'known') break;
      }
    }
  };
