import type { DueNotice } from '../../delivery/outbox.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { View } from '../../telegram/view.ts';
import type { CountyService } from '../county/service.ts';
import * as store from './store.ts';
import { newCall } from './views-staff.ts';
import { talkRead, talkWished } from './views-talk.ts';

export type GuidanceNotice = 'call-asked' | 'talk-wished' | 'talk-read';

type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<View | undefined>;

/** Said if it is still true when it is said. What somebody wants to talk about is in none of them. */
export function guidanceNotices(deps: { db: Db; seal: Seal; county: CountyService }): Record<GuidanceNotice, Renderer> {
  const { db, seal, county } = deps;
  return {
    async 'call-asked'(t) {
      return (await store.countCalls(db)) === 0 ? undefined : newCall(t);
    },
    async 'talk-wished'(t, notice, now) {
      const onDuty = await store.findOnDuty(db, notice.subjectId, now);
      if (onDuty?.managerPersonId !== notice.personId) return undefined;
      const client = await store.findClient(db, onDuty.managerId, notice.subjectId, now);
      if (client === undefined) return undefined;
      const { number, nickname } = client;
      const opened = nickname === undefined ? undefined : seal.open('nickname', nickname);
      return talkWished(t, { personId: notice.subjectId, number, nickname: opened });
    },
    async 'talk-read'(t, notice, now) {
      const onDuty = await store.findOnDuty(db, notice.personId, now);
      const answers = onDuty !== undefined && [onDuty.managerId, onDuty.ownId].includes(notice.subjectId);
      const manager = answers ? await county.manager(notice.subjectId) : undefined;
      return manager === undefined ? undefined : talkRead(t, manager.name);
    },
  };
}
