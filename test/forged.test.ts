import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../src/simulator/person.ts';
import { definedButtons } from '../src/telegram/button.ts';
import { draftOf, inviteFor, joinBy, memberOf, rows } from './support/builders.ts';
import { askConsent, openConsent, writeCase } from './support/handovers.ts';
import {
  arrive,
  book,
  findButton,
  forge,
  lastMessage,
  plainText,
  press,
  signUndertaking,
  staffOf,
  words,
  write,
} from './support/walks.ts';
import { createWorld, type World } from './support/world.ts';

const NICKNAME = 'Zaunkönig';
const ADDRESS = 'Rotkehlchenweg 7, 75365 Calw';
const CASE_TEXT = 'Die Nachtigall braucht Hilfe.';

/** What the forged buttons name, or the same of something that never was. */
interface Named {
  readonly appointment: string;
  readonly hours: string;
  readonly absence: string;
  readonly offer: string;
  readonly invitation: string;
  readonly outreach: string;
  readonly sending: string;
  /** A refugee's, which names her towards her manager. */
  readonly number: string;
  readonly invite: string;
  readonly feed: string;
  readonly token: string;
  readonly minute: string;
  /** A draft of one volunteer, and a case that waits for a team. */
  readonly draft: string;
  readonly sent: string;
  readonly circle: string;
  readonly volunteer: string;
  readonly manager: string;
  readonly person: string;
  readonly move: string;
  readonly ags: string;
  readonly place: string;
  readonly coordinator: string;
  readonly call: string;
  /** A message that Maria was sent. */
  readonly notice: string;
}
const NEVER: Named = {
  appointment: 'zzzzzzzzzzzz',
  hours: 'zzzzzzzzzzzz',
  absence: 'zzzzzzzzzzzz',
  offer: 'zzzzzzzzzzzz',
  invitation: 'zzzzzzzzzzzz',
  outreach: 'zzzzzzzzzzzz',
  sending: 'zzzzzzzzzzzz',
  number: '1',
  invite: 'zzzzzzzzzzzz',
  feed: 'zzzzzzzzzzzz',
  token: 'z'.repeat(32),
  minute: 'htwcu',
  draft: 'zzzzzzzzzzzz',
  sent: 'zzzzzzzzzzzz',
  circle: 'zzzzzzzzzzzz',
  volunteer: 'zzzzzzzzzzzz',
  manager: 'zzzzzzzzzzzz',
  person: 'zzzzzzzzzzzz',
  move: 'zzzzzzzzzzzz',
  ags: '99999999',
  place: 'zzzzzzzzzzzz',
  coordinator: 'zzzzzzzzzzzz',
  call: 'zzzzzzzzzzzz',
  notice: '999999999',
};

/** The same of a volunteer's draft and of her case that was sent. */
const ofVolunteer = (named: Named, data: (id: string) => string): readonly string[] => [
  data(named.draft),
  data(named.sent),
];

type Forged = (named: Named) => readonly string[];

/** Buttons that name something which may belong to somebody else. */
const FOREIGN: Readonly<Record<string, Forged>> = {
  'lang.to': ({ token }) => [`lang.to:de:${token}`],
  inv: ({ token }) => [`inv:de:${token}`],
  'inv.ok': ({ invite }) => [`inv.ok:${invite}:yes`, `inv.ok:${invite}:no`],
  card: ({ appointment }) => [`card:${appointment}`],
  'card.ics': ({ appointment }) => [`card.ics:${appointment}`],
  'card.lost': ({ appointment }) => [`card.lost:${appointment}`],
  'card.addr': ({ appointment }) => [`card.addr:${appointment}`],
  'card.yes': ({ appointment }) => [`card.yes:${appointment}`],
  'card.pin': ({ appointment }) => [`card.pin:${appointment}`],
  'rem.cannot': ({ appointment }) => [`rem.cannot:${appointment}`],
  open: ({ notice }) => [`open:${notice}`],
  cancel: ({ appointment }) => [`cancel:${appointment}`],
  'cancel.ok': ({ appointment }) => [`cancel.ok:${appointment}`],
  'cancel.why': ({ appointment }) => [`cancel.why:${appointment}:ill`, `cancel.why:${appointment}:unsaid`],
  mv: ({ appointment }) => [`mv:${appointment}`],
  'mv.way': ({ appointment }) => [`mv.way:${appointment}:place:0`],
  'mv.day': ({ appointment }) => [`mv.day:${appointment}:place:2026-11-30:0`],
  'mv.time': ({ appointment, minute }) => [`mv.time:${appointment}:place:${minute}`],
  'mv.ok': ({ appointment, minute }) => [`mv.ok:${appointment}:place:${minute}`],
  'mv.why': ({ appointment, minute }) => [`mv.why:${appointment}:place:${minute}:ill`],
  early: ({ appointment }) => [`early:${appointment}`],
  'early.on': ({ appointment }) => [`early.on:${appointment}:any`, `early.on:${appointment}:home`],
  'early.off': ({ appointment }) => [`early.off:${appointment}`],
  'early.yes': ({ offer }) => [`early.yes:${offer}`],
  'early.no': ({ offer }) => [`early.no:${offer}`],
  'iv.at': ({ invitation, minute }) => [`iv.at:${invitation}:${minute}`],
  'iv.home': ({ invitation, minute }) => [`iv.home:${invitation}:${minute}`],
  'iv.other': ({ invitation }) => [`iv.other:${invitation}`],
  'iv.no': ({ invitation }) => [`iv.no:${invitation}`],
  person: ({ number }) => [`person:${number}`],
  'ot.for': ({ number }) => [`ot.for:${number}`],
  'ot.whom': ({ outreach }) => [`ot.whom:${outreach}`],
  'ot.weeks': ({ outreach }) => [`ot.weeks:${outreach}:0`, `ot.weeks:${outreach}:4`],
  'ot.list': ({ outreach }) => [`ot.list:${outreach}:0`, `ot.list:${outreach}:-7`],
  'ot.tick': ({ outreach, number }) => [`ot.tick:${outreach}:${number}:0`],
  'ot.how': ({ outreach }) => [`ot.how:${outreach}`],
  'ot.way': ({ outreach }) => [`ot.way:${outreach}:home`],
  'ot.times': ({ outreach }) => [`ot.times:${outreach}:0`],
  'ot.slot': ({ outreach, minute }) => [`ot.slot:${outreach}:${minute}:0`],
  'ot.see': ({ outreach }) => [`ot.see:${outreach}`],
  'ot.send': ({ outreach, sending }) => [`ot.send:${outreach}`, `ot.send:${sending}`],
  'ot.one': ({ sending }) => [`ot.one:${sending}`],
  appt: ({ appointment }) => [`appt:${appointment}`],
  out: ({ appointment }) => [`out:${appointment}`],
  'out.is': ({ appointment }) => [`out.is:${appointment}:missed`, `out.is:${appointment}:held`],
  'appt.topic': ({ appointment }) => [`appt.topic:${appointment}`],
  'appt.addr': ({ appointment }) => [`appt.addr:${appointment}`],
  'appt.no': ({ appointment }) => [`appt.no:${appointment}`],
  'appt.no.ok': ({ appointment }) => [`appt.no.ok:${appointment}:ill`],
  'appt.mv': ({ appointment }) => [`appt.mv:${appointment}:0`],
  'appt.mv.day': ({ appointment }) => [`appt.mv.day:${appointment}:2026-11-30:0`],
  'appt.mv.ok': ({ appointment, minute }) => [`appt.mv.ok:${appointment}:${minute}`],
  'appt.mv.why': ({ appointment, minute }) => [`appt.mv.why:${appointment}:${minute}:meeting`],
  'hours.one': ({ hours }) => [`hours.one:${hours}`],
  'hours.del': ({ hours }) => [`hours.del:${hours}`],
  'hours.del.f': ({ hours }) => [`hours.del.f:${hours}:keep`, `hours.del.f:${hours}:ill`],
  'hours.edit': ({ hours }) => [`hours.edit:${hours}`],
  occ: ({ hours }) => [`occ:${hours}:2026-11-27`],
  'occ.day': ({ hours }) => [`occ.day:${hours}:2026-11-27`],
  'occ.drop': ({ hours }) => [`occ.drop:${hours}:2026-11-27`],
  'occ.drop.f': ({ hours }) => [`occ.drop.f:${hours}:2026-11-27:ill`],
  'occ.other': ({ hours }) => [`occ.other:${hours}:2026-11-27`],
  'occ.usual': ({ hours }) => [`occ.usual:${hours}:2026-11-27`],
  'abs.one': ({ absence }) => [`abs.one:${absence}`],
  'abs.end': ({ absence }) => [`abs.end:${absence}`],
  'abs.list': ({ absence }) => [`abs.list:${absence}:0`],
  'abs.hand': ({ absence }) => [`abs.hand:${absence}`],
  'abs.no': ({ absence }) => [`abs.no:${absence}`],
  'abs.no.ok': ({ absence }) => [`abs.no.ok:${absence}:away`],
  ho: (named) => ofVolunteer(named, (id) => `ho:${id}`),
  'ho.ask': (named) => ofVolunteer(named, (id) => `ho.ask:${id}:text:0`),
  'ho.town': (named) => ofVolunteer(named, (id) => `ho.town:${id}:08235085`),
  'ho.kind': (named) => ofVolunteer(named, (id) => `ho.kind:${id}:referral`),
  'ho.urg': (named) => ofVolunteer(named, (id) => `ho.urg:${id}:today`),
  'ho.set': (named) => ofVolunteer(named, (id) => `ho.set:${id}:topics:health:0`),
  'ho.int': (named) => ofVolunteer(named, (id) => `ho.int:${id}:0`),
  'ho.next': (named) => ofVolunteer(named, (id) => `ho.next:${id}:text`),
  'ho.keep': (named) => ofVolunteer(named, (id) => `ho.keep:${id}`),
  'ho.fix': (named) => ofVolunteer(named, (id) => `ho.fix:${id}`),
  'ho.drop': (named) => [
    ...ofVolunteer(named, (id) => `ho.drop:${id}:ask`),
    ...ofVolunteer(named, (id) => `ho.drop:${id}:yes`),
  ],
  'ho.link': (named) => ofVolunteer(named, (id) => `ho.link:${id}`),
  'ho.back': (named) => ofVolunteer(named, (id) => `ho.back:${id}`),
  hr: (named) => ofVolunteer(named, (id) => `hr:${id}`),
  'hr.msg': (named) => ofVolunteer(named, (id) => `hr.msg:${id}:-1`),
  'hr.set': (named) => ofVolunteer(named, (id) => `hr.set:${id}:dates:yes`),
  'hr.over': (named) => [
    ...ofVolunteer(named, (id) => `hr.over:${id}:ask`),
    ...ofVolunteer(named, (id) => `hr.over:${id}:yes`),
  ],
  hb: (named) => ofVolunteer(named, (id) => `hb:${id}`),
  'hb.way': (named) => ofVolunteer(named, (id) => `hb.way:${id}:place:0`),
  'hb.day': (named) => ofVolunteer(named, (id) => `hb.day:${id}:place:2026-11-30:0`),
  'hb.time': (named) => ofVolunteer(named, (id) => `hb.time:${id}:place:${named.minute}`),
  'hb.ok': (named) => ofVolunteer(named, (id) => `hb.ok:${id}:place:${named.minute}`),
  hv: (named) => ofVolunteer(named, (id) => `hv:${id}`),
  'hv.give': (named) => ofVolunteer(named, (id) => `hv.give:${id}`),
  'hv.read': (named) => ofVolunteer(named, (id) => `hv.read:${id}:de:t`),
  'hv.yes': (named) => ofVolunteer(named, (id) => `hv.yes:${id}:de:tdb:zzzzzzzz`),
  'hv.no': (named) => ofVolunteer(named, (id) => `hv.no:${id}:de`),
  'hv.paper': (named) => ofVolunteer(named, (id) => `hv.paper:${id}`),
  'hv.days': (named) => ofVolunteer(named, (id) => `hv.days:${id}:de:-4`),
  'hv.check': (named) => ofVolunteer(named, (id) => `hv.check:${id}:de:2026-11-22:-`),
  'hv.send': (named) => ofVolunteer(named, (id) => `hv.send:${id}:de:2026-11-22:b`),
  'hv.over': (named) => [
    ...ofVolunteer(named, (id) => `hv.over:${id}:ask`),
    ...ofVolunteer(named, (id) => `hv.over:${id}:yes`),
  ],
  'hd.ask': ({ sent }) => [`hd.ask:${sent}:1000`],
  'hd.ok': ({ sent }) => [`hd.ok:${sent}:1000`],
  'hd.undo': ({ sent }) => [`hd.undo:${sent}`],
  hm: ({ sent }) => [`hm:${sent}`],
  'hm.text': ({ sent }) => [`hm.text:${sent}`],
  'hm.yes': ({ sent }) => [`hm.yes:${sent}`],
  'hm.no': ({ sent }) => [`hm.no:${sent}`],
  'hm.no.ok': ({ sent }) => [`hm.no.ok:${sent}:shelter`, `hm.no.ok:${sent}:capacity`],
  hp: ({ sent }) => [`hp:${sent}:0`],
  'hp.to': ({ sent }) => [`hp.to:${sent}:zzzzzzzzzzzz`],
  'hp.team': ({ sent }) => [`hp.team:${sent}`],
  'hp.done': ({ sent }) => [`hp.done:${sent}:ask`, `hp.done:${sent}:yes`],
  'hp.undo': (named) => [
    ...ofVolunteer(named, (id) => `hp.undo:${id}:ask`),
    ...ofVolunteer(named, (id) => `hp.undo:${id}:yes`),
  ],
  ht: (named) => ofVolunteer(named, (id) => `ht:${id}:0`),
  'ht.write': (named) => ofVolunteer(named, (id) => `ht.write:${id}`),
  'ht.send': (named) => ofVolunteer(named, (id) => `ht.send:${id}`),
  hk: ({ sent }) => [`hk:${sent}`],
  circle: ({ circle }) => [`circle:${circle}:0`],
  'circle.inv': ({ circle }) => [`circle.inv:${circle}`],
  'circle.who': ({ volunteer }) => [`circle.who:${volunteer}`],
  'circle.out': ({ volunteer }) => [`circle.out:${volunteer}:ask`, `circle.out:${volunteer}:yes`],
  'circle.voice': ({ volunteer }) => [`circle.voice:${volunteer}:yes`],
  'ko.man': ({ manager }) => [`ko.man:${manager}`],
  'ko.ab': ({ manager }) => [`ko.ab:${manager}:0`],
  'ko.ab.add': ({ manager }) => [`ko.ab.add:${manager}`],
  'ko.ab.one': ({ absence }) => [`ko.ab.one:${absence}`],
  'ko.ab.who': ({ absence }) => [`ko.ab.who:${absence}:0`],
  'ko.ab.dep': ({ absence, manager }) => [`ko.ab.dep:${absence}:${manager}`],
  'ko.ab.end': ({ absence }) => [`ko.ab.end:${absence}`],
  'ko.ab.all': ({ absence }) => [`ko.ab.all:${absence}:0`],
  'ko.ab.hand': ({ absence }) => [`ko.ab.hand:${absence}`],
  'ko.ab.no': ({ absence }) => [`ko.ab.no:${absence}`],
  'ko.ab.no.ok': ({ absence }) => [`ko.ab.no.ok:${absence}`],
  'ko.ab.a': ({ absence, appointment }) => [`ko.ab.a:${absence}:${appointment}`],
  'ko.ab.a.h': ({ absence, appointment }) => [`ko.ab.a.h:${absence}:${appointment}`],
  'ko.ab.a.n': ({ absence, appointment }) => [`ko.ab.a.n:${absence}:${appointment}`],
  'ko.ab.a.no': ({ absence, appointment }) => [`ko.ab.a.no:${absence}:${appointment}`],
  'ko.ab.a.d': ({ absence, appointment }) => [`ko.ab.a.d:${absence}:${appointment}:0`],
  'ko.ab.a.t': ({ absence, appointment }) => [`ko.ab.a.t:${absence}:${appointment}:2026-11-30:0`],
  'ko.ab.a.m': ({ absence, appointment, minute }) => [`ko.ab.a.m:${absence}:${appointment}:${minute}`],
  'ko.leave': ({ manager }) => [`ko.leave:${manager}`],
  'ko.day': ({ manager }) => [`ko.day:${manager}`],
  'ko.days': ({ manager }) => [`ko.days:${manager}`],
  'ko.people': ({ manager }) => [`ko.people:${manager}:0`],
  'ko.uninvite': ({ manager }) => [`ko.uninvite:${manager}`],
  'ko.to': ({ manager, person }) => [`ko.to:${manager}:lnow:0`, `ko.to:${person}:o:0`, `ko.to:${person}:w:0`],
  'ko.see': ({ manager, person }) => [
    `ko.see:${manager}:l20261231:-:keep:0`,
    `ko.see:${manager}:d25:-:cancel:0`,
    `ko.see:${manager}:c:-:cancel:0`,
    `ko.see:${person}:o:${manager}:cancel:0`,
  ],
  'ko.do': ({ manager, person }) => [
    `ko.do:zzzzzz:${manager}:lnow:-:cancel:zzzzzz`,
    `ko.do:zzzzzz:${person}:o:${manager}:cancel:zzzzzz`,
  ],
  'ko.wish': ({ person }) => [`ko.wish:${person}`],
  'ko.no': ({ person }) => [`ko.no:${person}`],
  'ko.town': ({ ags }) => [`ko.town:${ags}:0`],
  'ko.sure': ({ ags }) => [`ko.sure:${ags}`],
  'ko.swap': ({ ags }) => [`ko.swap:${ags}`],
  'ko.from': ({ ags }) => [`ko.from:${ags}:verbund`],
  'ko.fromday': ({ ags }) => [`ko.fromday:${ags}:verbund`],
  'ko.swap.ask': ({ ags }) => [`ko.swap.ask:${ags}:verbund:2027-01-01`],
  'ko.swap.ok': ({ ags }) => [`ko.swap.ok:${ags}:verbund:2027-01-01`, `ko.swap.ok:${ags}:-:2027-01-01`],
  'ko.serve': ({ ags, manager }) => [`ko.serve:${ags}:${manager}:no`],
  'ko.place': ({ place }) => [`ko.place:${place}`],
  'ko.p.kind': ({ place }) => [`ko.p.kind:${place}`],
  'ko.p.is': ({ place }) => [`ko.p.is:${place}:office`],
  'ko.p.text': ({ place }) => [`ko.p.text:${place}:name`, `ko.p.text:${place}:street`],
  'ko.p.where': ({ place }) => [`ko.p.where:${place}`],
  'ko.p.open': ({ place }) => [`ko.p.open:${place}:no`],
  'ko.one': ({ coordinator }) => [`ko.one:${coordinator}`],
  'ko.out': ({ coordinator }) => [`ko.out:${coordinator}`],
  'ko.move': ({ move }) => [`ko.move:${move}`],
  'ko.undo': ({ move }) => [`ko.undo:${move}`],
  'talk.ok': ({ person }) => [`talk.ok:${person}`],
  'calls.one': ({ call }) => [`calls.one:${call}`],
  'calls.done': ({ call }) => [`calls.done:${call}`],
  'feed.ask': ({ feed }) => [`feed.ask:renew:${feed}`, `feed.ask:end:${feed}`],
  'feed.make': ({ feed }) => [`feed.make:${feed}`],
  'feed.end': ({ feed }) => [`feed.end:${feed}`],
};

/** Buttons that name nothing but belong to a role. */
const OF_ROLE: Readonly<Record<string, { readonly role: string; readonly data: readonly string[] }>> = {
  waiting: { role: 'coordinator', data: ['waiting:0', 'waiting:-1', 'waiting:999'] },
  inviting: { role: 'coordinator', data: ['inviting'] },
  ko: { role: 'coordinator', data: ['ko'] },
  'ko.team': { role: 'coordinator', data: ['ko.team:0', 'ko.team:-1', 'ko.team:999'] },
  'ko.moves': { role: 'coordinator', data: ['ko.moves:0', 'ko.moves:-1', 'ko.moves:999'] },
  'ko.wishes': { role: 'coordinator', data: ['ko.wishes:0', 'ko.wishes:-1', 'ko.wishes:999'] },
  'ko.gaps': { role: 'coordinator', data: ['ko.gaps:0', 'ko.gaps:-1', 'ko.gaps:999'] },
  'ko.towns': { role: 'coordinator', data: ['ko.towns:0', 'ko.towns:-1', 'ko.towns:999'] },
  'ko.places': { role: 'coordinator', data: ['ko.places:0', 'ko.places:-1', 'ko.places:999'] },
  'ko.staff': { role: 'coordinator', data: ['ko.staff:0', 'ko.staff:999'] },
  'ko.log': { role: 'coordinator', data: ['ko.log:0', 'ko.log:-1', 'ko.log:999'] },
  'ko.p.add': { role: 'coordinator', data: ['ko.p.add'] },
  'ko.f.kind': { role: 'coordinator', data: ['ko.f.kind:office'] },
  'ko.f.bare': { role: 'coordinator', data: ['ko.f.bare'] },
  'ko.f.town': { role: 'coordinator', data: ['ko.f.town:08235085'] },
  'ko.f.mid': { role: 'coordinator', data: ['ko.f.mid'] },
  wish: { role: 'refugee', data: ['wish'] },
  'invite.r': { role: 'coordinator', data: ['invite.r:manager', 'invite.r:coordinator'] },
  'invite.c': { role: 'coordinator', data: ['invite.c:county'] },
  'invite.d': { role: 'coordinator', data: ['invite.d:5'] },
  diary: { role: 'manager', data: ['diary:2026-11-26:1:0', 'diary:2026-11-23:7:0', 'diary:2026-11-26:1:-5'] },
  'diary.now': { role: 'manager', data: ['diary.now:today', 'diary.now:week'] },
  'out.day': { role: 'manager', data: ['out.day:2026-11-23:0', 'out.day:2026-11-23:-9', 'out.day:2026-99-99:0'] },
  'out.all': { role: 'manager', data: ['out.all:2026-11-23', 'out.all:2098-01-01'] },
  morning: { role: 'manager', data: ['morning:data', 'morning:list'] },
  'morning.at': { role: 'manager', data: ['morning.at:0730', 'morning.at:0333', 'morning.at:never'] },
  past: { role: 'refugee', data: ['past:0', 'past:-4', 'past:999'] },
  hours: { role: 'manager', data: ['hours:0', 'hours:-3'] },
  'hours.add': { role: 'manager', data: ['hours.add'] },
  'hours.out': { role: 'manager', data: ['hours.out:0', 'hours.out:-1', 'hours.out:999'] },
  hol: { role: 'manager', data: ['hol:0', 'hol:-4', 'hol:99'] },
  'hol.set': { role: 'manager', data: ['hol.set:2026-12-25:0', 'hol.set:2026-12-24:1', 'hol.set:2026-99-99:1'] },
  'hol.f': { role: 'manager', data: ['hol.f:2026-12-25:keep'] },
  abs: { role: 'manager', data: ['abs:0', 'abs:-7'] },
  'abs.add': { role: 'manager', data: ['abs.add'] },
  'hf.back': { role: 'manager', data: ['hf.back'] },
  'hf.day': { role: 'manager', data: ['hf.day:6:1'] },
  'hf.days': { role: 'manager', data: ['hf.days'] },
  feed: { role: 'manager', data: ['feed'] },
  'feed.how': { role: 'manager', data: ['feed.how'] },
  'week.page': { role: 'manager', data: ['week.page'] },
  'hf.time': { role: 'manager', data: ['hf.time:from:0900', 'hf.time:to:9999'] },
  'hf.way': { role: 'manager', data: ['hf.way:home:1'] },
  'hf.ways': { role: 'manager', data: ['hf.ways'] },
  'hf.place': { role: 'manager', data: ['hf.place:nowhere'] },
  'hf.new': { role: 'manager', data: ['hf.new'] },
  'hf.min': { role: 'manager', data: ['hf.min:slot:999999'] },
  'hf.every': { role: 'manager', data: ['hf.every:-1', 'hf.every:999999'] },
  'hf.from': { role: 'manager', data: ['hf.from:2026-11-30', 'hf.from:2026-99-99'] },
  'hf.until': { role: 'manager', data: ['hf.until:2026-11-30'] },
  'hf.endless': { role: 'manager', data: ['hf.endless'] },
  'hf.f': { role: 'manager', data: ['hf.f:length'] },
  'hf.int': { role: 'manager', data: ['hf.int:1'] },
  'hf.fate': { role: 'manager', data: ['hf.fate:ill'] },
  'hf.save': { role: 'manager', data: ['hf.save'] },
  'af.back': { role: 'manager', data: ['af.back'] },
  'af.kind': { role: 'manager', data: ['af.kind:ill'] },
  'af.day': { role: 'manager', data: ['af.day:first:2026-11-30'] },
  'af.len': { role: 'manager', data: ['af.len:whole'] },
  'af.time': { role: 'manager', data: ['af.time:from:9999'] },
  'af.dep': { role: 'manager', data: ['af.dep:zzzzzzzz'] },
  'af.none': { role: 'manager', data: ['af.none'] },
  'af.save': { role: 'manager', data: ['af.save'] },
  mine: { role: 'refugee', data: ['mine'] },
  bk: { role: 'refugee', data: ['bk'] },
  'bk.topic': { role: 'refugee', data: ['bk.topic:zzzzzzzz:health'] },
  'bk.way': { role: 'refugee', data: ['bk.way:zzzzzzzz:health:home:0'] },
  'bk.day': {
    role: 'refugee',
    data: ['bk.day:zzzzzzzz:health:home:2026-11-30:0', 'bk.day:zzzzzzzz:health:home:2026-99-99:0'],
  },
  'bk.time': { role: 'refugee', data: ['bk.time:zzzzzzzz:health:home:zzzzzz'] },
  'bk.ok': { role: 'refugee', data: ['bk.ok:zzzzzzzz:health:home:zzzzzz'] },
  contact: { role: 'refugee', data: ['contact'] },
  co: { role: 'refugee', data: ['co'] },
  'co.list': { role: 'refugee', data: ['co.list:xxxn0h:0', 'co.list:r0my10n:-7', 'co.list:xxxn50p4871.874:999999'] },
  'co.card': { role: 'refugee', data: ['co.card:zzzzzzzzzzzz:xxxn0h:0', 'co.card:zzzzzzzzzzzz:zzzz:0'] },
  'hr.list': { role: 'refugee', data: ['hr.list:0', 'hr.list:-9', 'hr.list:999'] },
  'hd.list': { role: 'manager', data: ['hd.list:0', 'hd.list:-2', 'hd.list:999'] },
  'hm.list': { role: 'manager', data: ['hm.list:0', 'hm.list:-4'] },
  'hk.list': { role: 'coordinator', data: ['hk.list:0', 'hk.list:-4', 'hk.list:99'] },
  'ho.start': { role: 'volunteer', data: ['ho.start'] },
  'ho.new': { role: 'volunteer', data: ['ho.new:yyyyyyyyyyyy'] },
  'ho.list': { role: 'volunteer', data: ['ho.list:0', 'ho.list:-9', 'ho.list:999'] },
  'ho.sum': { role: 'volunteer', data: ['ho.sum'] },
  undertake: { role: 'volunteer', data: ['undertake:2020-01-01'] },
  wait: { role: 'refugee', data: ['wait'] },
  'wait.on': { role: 'refugee', data: ['wait.on:any', 'wait.on:home'] },
  'wait.to': { role: 'refugee', data: ['wait.to:pause', 'wait.to:resume', 'wait.to:stop'] },
  wishes: { role: 'refugee', data: ['wishes'] },
  'iv.stop': { role: 'refugee', data: ['iv.stop:stop', 'iv.stop:allow'] },
  people: { role: 'manager', data: ['people:0', 'people:-2', 'people:99'] },
  ot: { role: 'manager', data: ['ot'] },
  'ot.sent': { role: 'manager', data: ['ot.sent:0', 'ot.sent:-1'] },
  calls: { role: 'counsellor', data: ['calls:0', 'calls:-1', 'calls:999999'] },
  content: { role: 'coordinator', data: ['content:0', 'content:-1', 'content:999'] },
  'content.one': { role: 'coordinator', data: ['content.one:p.stay', 'content.one:x.never'] },
  'content.ok': { role: 'coordinator', data: ['content.ok:p.stay:00000000', 'content.ok:x.never:00000000'] },
  // Where these lead back to is all that they name.
  rem: { role: 'refugee', data: ['rem:-', 'rem:zzzzzzzzzzzz'] },
  'rem.below': { role: 'refugee', data: ['rem.below:zzzzzzzzzzzz'] },
  'rem.lead': { role: 'refugee', data: ['rem.lead:-:soon:no', 'rem.lead:-:soon:yes', 'rem.lead:-:never:yes'] },
  'rem.eve': { role: 'refugee', data: ['rem.eve:-:ask', 'rem.eve:-:1900', 'rem.eve:-:0330'] },
  'rem.quiet': { role: 'refugee', data: ['rem.quiet:-:ask', 'rem.quiet:-:2200', 'rem.quiet:-:none'] },
  'rem.quiet.to': { role: 'refugee', data: ['rem.quiet.to:-:2200:0900', 'rem.quiet.to:-:9999:0900'] },
  'rem.discreet': { role: 'refugee', data: ['rem.discreet:-:yes', 'rem.discreet:-:no'] },
};

/** Buttons that touch nobody but whoever presses them; what they do is shown by the walks. */
const OWN = [
  'menu',
  'menu.new',
  'help',
  'help.in',
  'nothing',
  'lang',
  'consent',
  'housing',
  'towns',
  'town',
  'interp',
  'data',
];
const OWN_TOO = ['nick', 'privacy', 'erase', 'role', 'who', 'wish.do'];
/** Of managers and of coordinators; what they may see is in their own tests. Leaving touches only herself. */
const OF_HOSTS = ['circles', 'circle.new', 'circle.leave'];
/** Of whoever holds a link: its secret decides, see `test/features/handovers/consent.test.ts`. */
/** Pages that anybody may read; they keep nothing. What they ask of others is shown in test/features/guidance. */
const PAGES = ['g', 'g.p', 'g.w', 'g.n', 'g.t', 'g.h', 'g.o', 'g.k', 'g.l', 'g.l1', 'g.l2', 'g.l3', 'g.m', 'g.x'];
const PAGES_TOO = ['g.c', 'g.c1', 'g.c2', 'g.c3', 'g.c4'];
const OF_LINKS = ['hc.lang', 'hc.me', 'hc.set', 'hc.not', 'hc.yes', 'hc.no', 'hv.qr'];

let world: World;
let named: Named;
let secrets: readonly string[];
const attackers = new Map<string, SimulatedPerson>();
const victims: SimulatedPerson[] = [];

beforeAll(async () => {
  world = await createWorld();
  const { maria, thomas, jutta, karin } = staffOf(world);
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await press(world, amal, 'data');
  await press(world, amal, 'nick:ask');
  await write(world, amal, NICKNAME);
  await book(world, amal, 'home');
  await press(world, amal, 'card.addr:');
  await write(world, amal, ADDRESS);
  const omar = world.person('Omar');
  await arrive(world, omar, 'de');
  const rita = world.person('Rita');
  await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'verbund')));
  const used = await inviteFor(world, draftOf.volunteer());
  await joinBy(world, world.person('Eva'), used);
  const paul = world.person('Paul');
  await joinBy(world, paul, await inviteFor(world, draftOf.manager(), karin));
  // A case of another circle, for a town that none of the attackers serves.
  const berta = world.person('Berta');
  const draft = {
    ...draftOf.volunteer('Berta Kranz'),
    circle: { name: 'Kreis Altensteig', municipalities: ['08235006'] },
  };
  await joinBy(world, berta, await inviteFor(world, draft));
  await signUndertaking(world, berta);
  const sentId = await writeCase(world, berta, { town: 'Calw', text: CASE_TEXT });
  const sara = world.person('Sara', 'de');
  await openConsent(world, sara, await askConsent(world, berta, sentId), 'de');
  await press(world, sara, 'hc.yes:');
  const draftId = await writeCase(world, berta, { town: 'Calw', text: CASE_TEXT });
  await signUndertaking(world, jutta);
  await forge(world, amal, 'g.c4:de:a:any:0705112345678');
  const gone = world.telegram.person({ id: 700006, firstName: 'Esther' });
  await world.db.prisma.manager.updateMany({ where: { name: 'Esther Braun' }, data: { leftAt: new Date() } });

  const appointment = await world.db.prisma.appointment.findFirstOrThrow();
  await world.db.prisma.caseloadMove.create({
    data: {
      id: 'move00000000',
      reason: 'one',
      carrierId: 'landratsamt',
      key: 'k',
      doneAt: new Date(world.clock.now()),
    },
  });
  const hours = await world.db.prisma.officeHours.findFirstOrThrow({
    where: { managerId: appointment.managerId, weekday: 5 },
  });
  const absence = await world.db.prisma.absence.create({
    data: {
      id: 'absenceofhers',
      managerId: appointment.managerId,
      from: new Date('2027-03-01T00:00:00Z'),
      to: new Date('2027-03-08T00:00:00Z'),
    },
  });
  const offer = {
    id: 'offerofamal1',
    managerId: appointment.managerId,
    appointmentId: appointment.id,
    refugeeId: appointment.refugeeId ?? '',
    startsAt: new Date(appointment.startsAt.getTime() - 3_600_000),
    way: 'home',
    offeredAt: new Date(world.clock.now()),
    answerBy: new Date(world.clock.now() + 7_200_000),
    status: 'open',
  };
  await world.db.prisma.slotOffer.create({ data: offer });
  await world.db.prisma.earlierWish.create({
    data: { appointmentId: appointment.id, refugeeId: offer.refugeeId, since: offer.offeredAt },
  });
  const outreach = { managerId: appointment.managerId, way: 'place', createdAt: offer.offeredAt };
  await world.db.prisma.outreach.create({
    data: {
      ...outreach,
      id: 'sendingofher',
      sentAt: offer.offeredAt,
      invitations: {
        create: { id: 'invitedamal1', refugeeId: offer.refugeeId, status: 'open', expiresAt: offer.answerBy },
      },
    },
  });
  await world.db.prisma.outreach.create({
    data: {
      ...outreach,
      id: 'draftofmaria',
      invitations: { create: { id: 'pickedamal12', refugeeId: offer.refugeeId } },
    },
  });
  await forge(world, maria, 'feed.make:none');
  const feed = await world.db.prisma.calendarFeed.findFirstOrThrow();
  named = {
    appointment: appointment.id,
    hours: hours.id,
    absence: absence.id,
    offer: offer.id,
    invitation: 'invitedamal1',
    outreach: 'draftofmaria',
    sending: 'sendingofher',
    number: String((await world.db.prisma.refugee.findUniqueOrThrow({ where: { personId: offer.refugeeId } })).number),
    invite: findButton(karin, 'inv.ok:').data.split(':')[1] ?? '',
    feed: feed.id,
    token: used,
    manager: appointment.managerId,
    person: appointment.refugeeId ?? '',
    move: 'move00000000',
    ags: appointment.ags,
    place: 'rathaus-calw',
    coordinator: (await world.db.prisma.coordinator.findFirstOrThrow({ where: { name: 'Karin Lutz' } })).id,
    notice: String((await world.db.prisma.notice.findFirstOrThrow({ where: { status: 'sent', kind: 'booked' } })).id),
    minute: Math.floor(Date.parse('2026-12-03T12:30:00Z') / 60_000).toString(36),
    draft: draftId,
    sent: sentId,
    circle: (await world.db.prisma.circle.findUniqueOrThrow({ where: { name: 'Kreis Altensteig' } })).id,
    volunteer: (await world.db.prisma.volunteer.findFirstOrThrow({ where: { name: 'Berta Kranz' } })).id,
    call: (await world.db.prisma.callRequest.findFirstOrThrow()).id,
  };
  const member = await memberOf(world, amal);
  secrets = [
    NICKNAME,
    ADDRESS,
    words(world, 'appointments:topic.language'),
    CASE_TEXT,
    'Berta Kranz',
    'Kreis Altensteig',
    'Paul Maier',
    '0705112345678',
    ...(member.kind === 'refugee' ? [`Nr. ${member.number}`] : []),
  ];
  for (const [who, person] of Object.entries({
    'a stranger': world.person('Neu'),
    'another refugee': omar,
    'a volunteer': jutta,
    'a manager of another carrier': thomas,
    'a coordinator of another carrier': rita,
    'a manager who has left': gone,
    'somebody who waits for a role': paul,
  })) {
    attackers.set(who, person);
  }
  victims.push(amal, maria, karin, berta, sara);
  // The wish above was written past the service: a round looks at it once, so that none does while buttons are pressed.
  await world.program.services.outreach.makeRounds();
  await world.settle();
});
afterAll(() => world.stop());

async function undisturbed() {
  const { flow: _, ...others } = await rows(world);
  return { others, chats: victims.map(({ chat }) => chat.length) };
}

/** Presses and says what came of it: what the screen and the toast say, and nothing else. */
async function answerTo(person: SimulatedPerson, data: string): Promise<string> {
  await write(world, person, '/menu');
  const before = person.chat.length;
  await forge(world, person, data);
  const added = person.chat.slice(before).map((one) => one.text ?? one.document?.text ?? one.venue?.title ?? '');
  return plainText([...added, lastMessage(person)?.text ?? ''].join('\n'));
}

it('every kind of button has its place in these tests', () => {
  const known = [
    ...[...Object.keys(FOREIGN), ...Object.keys(OF_ROLE), ...OWN, ...OWN_TOO],
    ...[...OF_HOSTS, ...OF_LINKS, ...PAGES, ...PAGES_TOO],
  ];
  expect(
    definedButtons()
      .map(({ name }) => name)
      .filter((name) => !known.includes(name)),
  ).toEqual([]);
  const invented = Object.values(FOREIGN).flatMap((make) => make(NEVER));
  for (const data of invented) {
    expect([data, definedButtons().some((kind) => kind.parse(data) !== undefined)]).toEqual([data, true]);
  }
});

const WHO = [
  'a stranger',
  'another refugee',
  'a volunteer',
  'a manager of another carrier',
  'a coordinator of another carrier',
  'a manager who has left',
  'somebody who waits for a role',
];

// Every kind of button, pressed by each of them: thousands of presses.
describe.each(WHO)('%s', { timeout: 300_000 }, (who) => {
  const person = () => attackers.get(who) ?? attackers.values().next().value ?? world.person('nobody');

  it('with what names somebody else’s things changes nothing, disturbs nobody and learns nothing', async () => {
    const before = await undisturbed();
    for (const [kind, make] of Object.entries(FOREIGN)) {
      const real = make(named);
      const never = make(NEVER);
      for (const [index, data] of real.entries()) {
        const answer = await answerTo(person(), data);
        for (const secret of secrets) expect([kind, answer.includes(secret)]).toEqual([kind, false]);
        // The same answer as for what never was: not even that it exists.
        expect([kind, answer]).toEqual([kind, await answerTo(person(), never[index] ?? '')]);
        expect([kind, await undisturbed()]).toEqual([kind, before]);
      }
    }
  });

  it('with the buttons of a role that is not hers changes nothing and learns nothing', async () => {
    const actor = await world.program.services.people.identify(person().id);
    const before = await undisturbed();
    for (const { role, data } of Object.values(OF_ROLE)) {
      if (role === actor.actor.kind) continue;
      for (const one of data) {
        const answer = await answerTo(person(), one);
        for (const secret of secrets) expect([one, answer.includes(secret)]).toEqual([one, false]);
        expect([one, await undisturbed()]).toEqual([one, before]);
      }
    }
  });
});

it('the buttons of her own role, forged, get an answer and cause no error', async () => {
  for (const person of [...attackers.values(), ...victims]) {
    const actor = await world.program.services.people.identify(person.id);
    for (const { role, data } of Object.values(OF_ROLE)) {
      if (role !== actor.actor.kind) continue;
      for (const one of data) expect((await answerTo(person, one)).length).toBeGreaterThan(0);
    }
  }
});

it('a refugee cannot use her manager’s buttons on her own appointment, nor the manager hers', async () => {
  const [amal, maria] = victims;
  if (amal === undefined || maria === undefined) throw new Error('nobody there');
  const status = async () => (await rows(world)).appointment;
  const before = await status();
  for (const [kind, make] of Object.entries(FOREIGN)) {
    const person = kind.startsWith('appt') ? amal : maria;
    if (!/^(appt|card|cancel|mv|early)/.test(kind)) continue;
    for (const data of make(named)) {
      await answerTo(person, data);
      expect([kind, await status()]).toEqual([kind, before]);
    }
  }
});

it('data that is no button of ours is told to be old, and the menu is shown', async () => {
  const omar = attackers.get('another refugee') ?? world.person('nobody');
  const before = await undisturbed();
  for (const data of [
    '',
    'x',
    ':',
    'menu:1',
    'card:',
    `card:${'a'.repeat(50)}`,
    'bk.ok:1:2:3:4',
    '__proto__:x',
    'constructor',
    'card:مرحبا',
  ]) {
    if (data !== '') await answerTo(omar, data);
  }
  expect(await undisturbed()).toEqual(before);
  expect(omar.toasts.at(-1)?.text).toContain(words(world, 'common:old-button'));
});

it('a manager who has left cannot use the buttons of her own old appointments', async () => {
  const [, maria] = victims;
  if (maria === undefined) throw new Error('nobody there');
  await world.db.prisma.manager.updateMany({ where: { name: 'Maria Keller' }, data: { leftAt: new Date() } });
  const before = await undisturbed();
  for (const [kind, make] of Object.entries(FOREIGN)) {
    if (!/^(appt|hours|occ|abs|ot|person)/.test(kind)) continue;
    for (const data of make(named)) {
      const answer = await answerTo(maria, data);
      for (const secret of secrets) expect([kind, answer.includes(secret)]).toEqual([kind, false]);
    }
  }
  expect((await undisturbed()).others).toEqual(before.others);
});
