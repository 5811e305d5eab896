import { instant } from '../../../platform/datetime.ts';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, waitForAnswer, waitForPress } from '../../../telegram/dialogue.ts';
import { send } from '../../../telegram/screen.ts';
import type { View } from '../../../telegram/view.ts';
import { plain } from '../../../telegram/views.ts';
import type { CountyService } from '../../county/service.ts';
import { invitingButtons as buttons } from '../buttons-inviting.ts';
import type { Coordinator, InviteDraft } from '../model.ts';
import type { PeopleService } from '../service.ts';
import { inviting } from '../views-staff.ts';

const NAME_LENGTH = 60;
const TOWNS_LENGTH = 400;

const isOwn = (data: string): boolean =>
  buttons.carrier.parse(data) !== undefined || buttons.days.parse(data) !== undefined;

export interface InvitingStart {
  readonly locale: Locale;
  readonly role: 'manager' | 'coordinator' | 'counsellor';
  /** The carrier of whoever invites; undefined for the county's coordinator, who may choose. */
  readonly carrierId?: string;
}

/** A coordinator invites someone: name, then what the role needs, then the link. */
export const invitingDialogue =
  (deps: { i18n: I18n; people: PeopleService; county: CountyService; linkTo(token: string): string }) =>
  async (dialogue: Dialogue, _ctx: unknown, start: InvitingStart) => {
    const t = deps.i18n.translator(start.locale);
    const press = plain(t, 'common:use-buttons');

    /** Something typed. A button of this form pressed once more changes nothing; a command is no name. */
    async function askText(limit: number) {
      for (;;) {
        const { value, ctx } = await waitForAnswer(
          dialogue,
          ({ data, text }) =>
            data === undefined ? { text: text?.trim() ?? '' } : isOwn(data) ? { text: undefined } : undefined,
          press,
        );
        const { text } = value;
        const chatId = ctx.chatId ?? 0;
        if (text === undefined) continue;
        if (text === '') await send(ctx.api, chatId, plain(t, 'common:no-file'));
        else if ([...text].length > limit) await send(ctx.api, chatId, plain(t, 'common:too-long', { count: limit }));
        else if (text.startsWith('/')) await send(ctx.api, chatId, plain(t, 'common:not-understood'));
        else return { text, ctx, chatId };
      }
    }
    /** One of the form's buttons; one of an earlier question, pressed once more, changes nothing. */
    async function askPress<T>(read: (data: string) => T | undefined): Promise<T> {
      for (;;) {
        const { value } = await waitForPress(
          dialogue,
          (data) => {
            const chosen = read(data);
            return chosen !== undefined ? { chosen } : isOwn(data) ? {} : undefined;
          },
          press,
        );
        if (value.chosen !== undefined) return value.chosen;
      }
    }

    const { text: name, ctx, chatId } = await askText(NAME_LENGTH);
    const say = (view: View) => send(ctx.api, chatId, view);

    async function draft(): Promise<InviteDraft> {
      if (start.role === 'counsellor') return { role: 'counsellor', name };
      const carrier = start.carrierId ?? (await chooseCarrier(start.role === 'coordinator'));
      if (start.role === 'coordinator')
        return { role: 'coordinator', name, carrierId: carrier === 'county' ? undefined : carrier };
      const municipalities = await typeTowns();
      await say(inviting.days(t, (days) => buttons.days.data({ days: String(days) as '1' })));
      const workingDays = Number(await askPress((data) => buttons.days.parse(data)?.days));
      return { role: 'manager', name, carrierId: carrier, municipalities, workingDays };
    }

    async function chooseCarrier(withCounty: boolean): Promise<string> {
      const { carriers } = await ext(dialogue, async () => ({
        kind: 'carriers',
        carriers: (await deps.county.carriers()).map(({ id, name: title }) => ({ id, name: title })),
      }));
      await say(inviting.carrier(t, carriers, withCounty, (id) => buttons.carrier.data({ carrier: id })));
      const known = [...carriers.map(({ id }) => id), ...(withCounty ? ['county'] : [])];
      return askPress((data) => known.find((id) => id === buttons.carrier.parse(data)?.carrier));
    }

    async function typeTowns(): Promise<string[]> {
      await say(inviting.towns(t));
      for (;;) {
        const { text } = await askText(TOWNS_LENGTH);
        const found = await ext(dialogue, async () => ({ kind: 'towns', ...(await deps.county.searchAll(text)) }));
        if (found.unknown.length === 0) return [...found.ags];
        await say(inviting.townsUnknown(t, found.unknown));
      }
    }

    const wish = await draft();
    const made = await ext(dialogue, async (outside) => {
      const { token, expiresAt } = await deps.people.invite(outside.actor as Coordinator, wish);
      return { kind: 'made', link: deps.linkTo(token), expiresAt: Number(expiresAt) };
    });
    await say(inviting.link(t, { name, link: made.link, expiresAt: instant(made.expiresAt) }));
  };
