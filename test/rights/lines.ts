import { UNDERTAKING_VERSION } from '../../src/features/people/model.ts';
import { COORDINATORS, type Named, REFUGEES, type Who } from './cast.ts';

export type Forged = (named: Named) => readonly string[];
/** One kind of button: what it carries when it names their things, and who may do something with these. Everybody else gets
 * the same answer as for what never was. */
export interface Line {
  readonly may: readonly Who[];
  readonly data: Forged;
}
const lines = (may: readonly Who[], all: Readonly<Record<string, Forged>>): Record<string, Line> =>
  Object.fromEntries(Object.entries(all).map(([name, data]) => [name, { may, data }]));

const PRESENT_VOLUNTEERS = ['the volunteer', 'the speaker of her circle', 'a volunteer of another circle'] as const;
const PRESENT_MANAGERS = [
  'the manager',
  'a manager of the same carrier, elsewhere',
  'a manager of another carrier',
] as const;

const ofCase = (named: Named, data: (id: string) => string): readonly string[] => [
  data(named.draft),
  data(named.sent),
  data(named.taken),
];

/** Buttons that name something. */
export const NAMING: Readonly<Record<string, Line>> = {
  // Whoever holds an invitation that was used: it opens nothing, for anybody.
  ...lines([], {
    'lang.to': ({ token }) => [`lang.to:de:${token}`],
    inv: ({ token }) => [`inv:de:${token}`],
  }),
  // Her appointment, offers, invitations.
  ...lines(['the refugee of the appointment'], {
    card: ({ appointment }) => [`card:${appointment}`],
    'card.ics': ({ appointment }) => [`card.ics:${appointment}`],
    'card.lost': ({ appointment }) => [`card.lost:${appointment}`],
    'card.addr': ({ appointment }) => [`card.addr:${appointment}`],
    'card.yes': ({ appointment }) => [`card.yes:${appointment}`],
    'card.pin': ({ appointment }) => [`card.pin:${appointment}`],
    'rem.cannot': ({ appointment }) => [`rem.cannot:${appointment}`],
    cancel: ({ appointment }) => [`cancel:${appointment}`],
    'cancel.ok': ({ appointment }) => [`cancel.ok:${appointment}`],
    'cancel.why': ({ appointment }) => [`cancel.why:${appointment}:ill`, `cancel.why:${appointment}:unsaid`],
    mv: ({ appointment }) => [`mv:${appointment}`],
    'mv.way': ({ appointment }) => [`mv.way:${appointment}:place:0`],
    'mv.day': ({ appointment }) => [`mv.day:${appointment}:place:2026-11-30:0`],
    'mv.time': ({ appointment, minute }) => [`mv.time:${appointment}:place:${minute}`],
    'mv.ok': ({ appointment, minute }) => [`mv.ok:${appointment}:place:${minute}`],
    early: ({ appointment }) => [`early:${appointment}`],
    'early.on': ({ appointment }) => [`early.on:${appointment}:any`, `early.on:${appointment}:home`],
    'early.off': ({ appointment }) => [`early.off:${appointment}`],
    'early.yes': ({ offer }) => [`early.yes:${offer}`],
    'early.no': ({ offer }) => [`early.no:${offer}`],
    'iv.at': ({ invitation, minute }) => [`iv.at:${invitation}:${minute}`],
    'iv.home': ({ invitation, minute }) => [`iv.home:${invitation}:${minute}`],
    'iv.other': ({ invitation }) => [`iv.other:${invitation}`],
    'iv.no': ({ invitation }) => [`iv.no:${invitation}`],
  }),
  // The manager’s hours, absences, people, invitations, calendar, messages.
  ...lines(['the manager'], {
    open: ({ notice }) => [`open:${notice}`],
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
    'occ.usual': ({ hours }) => [`occ.usual:${hours}:2026-11-27`],
    'abs.one': ({ absence }) => [`abs.one:${absence}`],
    'abs.end': ({ absence }) => [`abs.end:${absence}`],
    'feed.ask': ({ feed }) => [`feed.ask:renew:${feed}`, `feed.ask:end:${feed}`],
    'feed.make': ({ feed }) => [`feed.make:${feed}`],
    'feed.end': ({ feed }) => [`feed.end:${feed}`],
  }),
  // Her drafts and cases.
  ...lines(['the volunteer'], {
    ho: (named) => ofCase(named, (id) => `ho:${id}`),
    'ho.ask': (named) => ofCase(named, (id) => `ho.ask:${id}:text:0`),
    'ho.town': (named) => ofCase(named, (id) => `ho.town:${id}:08235085`),
    'ho.kind': (named) => ofCase(named, (id) => `ho.kind:${id}:referral`),
    'ho.urg': (named) => ofCase(named, (id) => `ho.urg:${id}:today`),
    'ho.set': (named) => ofCase(named, (id) => `ho.set:${id}:topics:health:0`),
    'ho.int': (named) => ofCase(named, (id) => `ho.int:${id}:0`),
    'ho.next': (named) => ofCase(named, (id) => `ho.next:${id}:text`),
    'ho.keep': (named) => ofCase(named, (id) => `ho.keep:${id}`),
    'ho.fix': (named) => ofCase(named, (id) => `ho.fix:${id}`),
    'ho.drop': (named) => [
      ...ofCase(named, (id) => `ho.drop:${id}:ask`),
      ...ofCase(named, (id) => `ho.drop:${id}:yes`),
    ],
    'ho.link': (named) => ofCase(named, (id) => `ho.link:${id}`),
    'ho.back': (named) => ofCase(named, (id) => `ho.back:${id}`),
    hb: (named) => ofCase(named, (id) => `hb:${id}`),
    'hb.way': (named) => ofCase(named, (id) => `hb.way:${id}:place:0`),
    'hb.day': (named) => ofCase(named, (id) => `hb.day:${id}:place:2026-11-30:0`),
    'hb.time': (named) => ofCase(named, (id) => `hb.time:${id}:place:${named.minute}`),
    'hb.ok': (named) => ofCase(named, (id) => `hb.ok:${id}:place:${named.minute}`),
    hv: (named) => ofCase(named, (id) => `hv:${id}`),
    'hv.give': (named) => ofCase(named, (id) => `hv.give:${id}`),
    'hv.read': (named) => ofCase(named, (id) => `hv.read:${id}:de:t`),
    'hv.yes': (named) => ofCase(named, (id) => `hv.yes:${id}:de:tdb:zzzzzzzz`),
    'hv.no': (named) => ofCase(named, (id) => `hv.no:${id}:de`),
    'hv.paper': (named) => ofCase(named, (id) => `hv.paper:${id}`),
    'hv.days': (named) => ofCase(named, (id) => `hv.days:${id}:de:-4`),
    'hv.check': (named) => ofCase(named, (id) => `hv.check:${id}:de:2026-11-22:-`),
    'hv.send': (named) => ofCase(named, (id) => `hv.send:${id}:de:2026-11-22:b`),
    'hv.over': (named) => [
      ...ofCase(named, (id) => `hv.over:${id}:ask`),
      ...ofCase(named, (id) => `hv.over:${id}:yes`),
    ],
    'hp.undo': (named) => [
      ...ofCase(named, (id) => `hp.undo:${id}:ask`),
      ...ofCase(named, (id) => `hp.undo:${id}:yes`),
    ],
  }),
  // What was handed over about her.
  ...lines(['the refugee of the cases'], {
    hr: (named) => ofCase(named, (id) => `hr:${id}`),
    'hr.msg': (named) => ofCase(named, (id) => `hr.msg:${id}:-1`),
    'hr.set': (named) => ofCase(named, (id) => `hr.set:${id}:dates:yes`),
    'hr.over': (named) => [
      ...ofCase(named, (id) => `hr.over:${id}:ask`),
      ...ofCase(named, (id) => `hr.over:${id}:yes`),
    ],
  }),
  // Two records that might be one: there is no pair here; test/features/handovers/alike.test.ts.
  ...lines([], {
    'hd.ask': (named) => ofCase(named, (id) => `hd.ask:${id}:1000`),
    'hd.ok': (named) => ofCase(named, (id) => `hd.ok:${id}:1000`),
    'hd.undo': (named) => ofCase(named, (id) => `hd.undo:${id}`),
  }),
  // Cases of her team and her own.
  ...lines(['the manager'], {
    hm: (named) => ofCase(named, (id) => `hm:${id}`),
    'hm.text': (named) => ofCase(named, (id) => `hm.text:${id}`),
    'hm.yes': (named) => ofCase(named, (id) => `hm.yes:${id}`),
    'hm.no': (named) => ofCase(named, (id) => `hm.no:${id}`),
    'hm.no.ok': (named) => [
      ...ofCase(named, (id) => `hm.no.ok:${id}:shelter`),
      ...ofCase(named, (id) => `hm.no.ok:${id}:capacity`),
    ],
    hp: (named) => ofCase(named, (id) => `hp:${id}:0`),
    'hp.done': (named) => [
      ...ofCase(named, (id) => `hp.done:${id}:ask`),
      ...ofCase(named, (id) => `hp.done:${id}:yes`),
    ],
  }),
  // What volunteer and manager write to each other.
  ...lines(['the volunteer', 'the manager'], {
    ht: (named) => ofCase(named, (id) => `ht:${id}:0`),
    'ht.write': (named) => ofCase(named, (id) => `ht.write:${id}`),
    'ht.send': (named) => ofCase(named, (id) => `ht.send:${id}`),
  }),
  // What nobody takes.
  ...lines(['the coordinator of the carrier', 'the coordinator of the county'], {
    hk: (named) => ofCase(named, (id) => `hk:${id}`),
  }),
  // Whoever answers for the circle.
  ...lines(['the manager', 'the coordinator of the carrier', 'the coordinator of the county'], {
    circle: ({ circle }) => [`circle:${circle}:0`],
    'circle.inv': ({ circle }) => [`circle.inv:${circle}`],
    'circle.who': ({ volunteer }) => [`circle.who:${volunteer}`],
    'circle.out': ({ volunteer }) => [`circle.out:${volunteer}:ask`, `circle.out:${volunteer}:yes`],
    'circle.voice': ({ volunteer }) => [`circle.voice:${volunteer}:yes`],
  }),
  // Managers, municipalities, places, moves of the carrier.
  ...lines(['the coordinator of the carrier', 'the coordinator of the county'], {
    'ko.man': ({ manager }) => [`ko.man:${manager}`],
    'ko.leave': ({ manager }) => [`ko.leave:${manager}`],
    'ko.day': ({ manager }) => [`ko.day:${manager}`],
    'ko.days': ({ manager }) => [`ko.days:${manager}`],
    'ko.people': ({ manager }) => [`ko.people:${manager}:0`],
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
    'ko.town': ({ ags }) => [`ko.town:${ags}:0`],
    'ko.sure': ({ ags }) => [`ko.sure:${ags}`],
    'ko.serve': ({ ags, manager }) => [`ko.serve:${ags}:${manager}:no`],
    'ko.place': ({ place }) => [`ko.place:${place}`],
    'ko.p.kind': ({ place }) => [`ko.p.kind:${place}`],
    'ko.p.is': ({ place }) => [`ko.p.is:${place}:office`],
    'ko.p.text': ({ place }) => [`ko.p.text:${place}:name`, `ko.p.text:${place}:street`],
    'ko.p.where': ({ place }) => [`ko.p.where:${place}`],
    'ko.p.open': ({ place }) => [`ko.p.open:${place}:no`],
    'ko.move': ({ move }) => [`ko.move:${move}`],
    'ko.undo': ({ move }) => [`ko.undo:${move}`],
  }),
  // Nothing here answers to these: nobody is still invited or wishes for another manager, no appointment falls into the absence,
  // the team is one manager. What they do is shown in test/features/coordination, appointments and handovers.
  ...lines([], {
    'occ.other': ({ hours }) => [`occ.other:${hours}:2026-11-27`],
    'abs.list': ({ absence }) => [`abs.list:${absence}:0`],
    'abs.hand': ({ absence }) => [`abs.hand:${absence}`],
    'abs.no': ({ absence }) => [`abs.no:${absence}`],
    'abs.no.ok': ({ absence }) => [`abs.no.ok:${absence}:away`],
    'hp.to': (named) => ofCase(named, (id) => `hp.to:${id}:zzzzzzzzzzzz`),
    'hp.team': (named) => ofCase(named, (id) => `hp.team:${id}`),
    'ko.uninvite': ({ manager }) => [`ko.uninvite:${manager}`],
    'ko.wish': ({ person }) => [`ko.wish:${person}`],
    'ko.no': ({ person }) => [`ko.no:${person}`],
  }),
  // What only the county decides: who is responsible for a municipality, who coordinates, and whom she invited herself.
  ...lines(['the coordinator of the county'], {
    'inv.ok': ({ invite }) => [`inv.ok:${invite}:yes`, `inv.ok:${invite}:no`],
    'ko.swap': ({ ags }) => [`ko.swap:${ags}`],
    'ko.from': ({ ags }) => [`ko.from:${ags}:verbund`],
    'ko.fromday': ({ ags }) => [`ko.fromday:${ags}:verbund`],
    'ko.swap.ask': ({ ags }) => [`ko.swap.ask:${ags}:verbund:2027-01-01`],
    'ko.swap.ok': ({ ags }) => [`ko.swap.ok:${ags}:verbund:2027-01-01`, `ko.swap.ok:${ags}:-:2027-01-01`],
    'ko.one': ({ coordinator }) => [`ko.one:${coordinator}`],
    'ko.out': ({ coordinator }) => [`ko.out:${coordinator}`],
  }),
  // That she wishes to talk.
  ...lines(['the manager'], {
    'talk.ok': ({ person }) => [`talk.ok:${person}`],
  }),
  // Calls back.
  ...lines(['a counsellor'], {
    'calls.one': ({ call }) => [`calls.one:${call}`],
    'calls.done': ({ call }) => [`calls.done:${call}`],
  }),
  // A yes without an account is not among these cases; test/features/handovers/present.test.ts.
  ...lines([], {
    'hm.over': (named) => ofCase(named, (id) => `hm.over:${id}:ask`),
  }),
};

/** Buttons that name nothing but belong to a role. */
export const OF_ROLE: Readonly<Record<string, Line>> = {
  ...lines(COORDINATORS, {
    waiting: () => ['waiting:0', 'waiting:-1', 'waiting:999'],
    inviting: () => ['inviting'],
    ko: () => ['ko'],
    'ko.team': () => ['ko.team:0', 'ko.team:-1', 'ko.team:999'],
    'ko.moves': () => ['ko.moves:0', 'ko.moves:-1', 'ko.moves:999'],
    'ko.wishes': () => ['ko.wishes:0', 'ko.wishes:-1', 'ko.wishes:999'],
    'ko.gaps': () => ['ko.gaps:0', 'ko.gaps:-1', 'ko.gaps:999'],
    'ko.towns': () => ['ko.towns:0', 'ko.towns:-1', 'ko.towns:999'],
    'ko.places': () => ['ko.places:0', 'ko.places:-1', 'ko.places:999'],
    'ko.staff': () => ['ko.staff:0', 'ko.staff:999'],
    'ko.log': () => ['ko.log:0', 'ko.log:-1', 'ko.log:999'],
    'ko.p.add': () => ['ko.p.add'],
    'invite.r': () => ['invite.r:manager', 'invite.r:coordinator'],
    'hk.list': () => ['hk.list:0', 'hk.list:-4', 'hk.list:99'],
    content: () => ['content:0', 'content:-1', 'content:999'],
    'content.one': () => ['content.one:p.stay', 'content.one:x.never'],
    'content.ok': () => ['content.ok:p.stay:00000000', 'content.ok:x.never:00000000'],
  }),
  ...lines(REFUGEES, {
    wish: () => ['wish'],
    past: () => ['past:0', 'past:-4', 'past:999'],
    mine: () => ['mine'],
    bk: () => ['bk'],
    'bk.topic': () => ['bk.topic:zzzzzzzz:health'],
    'bk.way': () => ['bk.way:zzzzzzzz:health:home:0'],
    'bk.day': () => ['bk.day:zzzzzzzz:health:home:2026-11-30:0', 'bk.day:zzzzzzzz:health:home:2026-99-99:0'],
    'bk.time': () => ['bk.time:zzzzzzzz:health:home:htwcu'],
    'bk.ok': () => ['bk.ok:zzzzzzzz:health:home:htwcu'],
    contact: () => ['contact'],
    co: () => ['co'],
    'co.list': () => ['co.list:xxxn0h:0', 'co.list:r0my10n:-7', 'co.list:xxxn50p4871.874:999999'],
    'co.card': () => ['co.card:zzzzzzzzzzzz:xxxn0h:0', 'co.card:zzzzzzzzzzzz:zzzz:0'],
    'hr.list': () => ['hr.list:0', 'hr.list:-9', 'hr.list:999'],
    wait: () => ['wait'],
    'wait.on': () => ['wait.on:any', 'wait.on:home'],
    'wait.to': () => ['wait.to:pause', 'wait.to:resume', 'wait.to:stop'],
    wishes: () => ['wishes'],
    'iv.stop': () => ['iv.stop:stop', 'iv.stop:allow'],
    rem: () => ['rem:-', 'rem:zzzzzzzzzzzz'],
    'rem.below': () => ['rem.below:zzzzzzzzzzzz'],
    'rem.lead': () => ['rem.lead:-:soon:no', 'rem.lead:-:soon:yes', 'rem.lead:-:never:yes'],
    'rem.eve': () => ['rem.eve:-:ask', 'rem.eve:-:1900', 'rem.eve:-:0330'],
    'rem.quiet': () => ['rem.quiet:-:ask', 'rem.quiet:-:2200', 'rem.quiet:-:none'],
    'rem.quiet.to': () => ['rem.quiet.to:-:2200:0900', 'rem.quiet.to:-:9999:0900'],
    'rem.discreet': () => ['rem.discreet:-:yes', 'rem.discreet:-:no'],
  }),
  ...lines(PRESENT_MANAGERS, {
    diary: () => ['diary:2026-11-26:1:0', 'diary:2026-11-23:7:0', 'diary:2026-11-26:1:-5'],
    'diary.now': () => ['diary.now:today', 'diary.now:week'],
    'out.day': () => ['out.day:2026-11-23:0', 'out.day:2026-11-23:-9', 'out.day:2026-99-99:0'],
    'out.all': () => ['out.all:2026-11-23', 'out.all:2098-01-01'],
    morning: () => ['morning:data', 'morning:list'],
    'morning.at': () => ['morning.at:0730', 'morning.at:0333', 'morning.at:never'],
    hours: () => ['hours:0', 'hours:-3'],
    'hours.add': () => ['hours.add'],
    'hours.out': () => ['hours.out:0', 'hours.out:-1', 'hours.out:999'],
    hol: () => ['hol:0', 'hol:-4', 'hol:99'],
    'hol.set': () => ['hol.set:2026-12-25:0', 'hol.set:2026-12-24:1', 'hol.set:2026-99-99:1'],
    'hol.f': () => ['hol.f:2026-12-25:keep'],
    abs: () => ['abs:0', 'abs:-7'],
    'abs.add': () => ['abs.add'],
    feed: () => ['feed'],
    'feed.how': () => ['feed.how'],
    'week.page': () => ['week.page'],
    'hd.list': () => ['hd.list:0', 'hd.list:-2', 'hd.list:999'],
    'hm.list': () => ['hm.list:0', 'hm.list:-4'],
    people: () => ['people:0', 'people:-2', 'people:99'],
    ot: () => ['ot'],
    'ot.sent': () => ['ot.sent:0', 'ot.sent:-1'],
  }),
  ...lines(PRESENT_VOLUNTEERS, {
    'ho.start': () => ['ho.start'],
    'ho.new': () => ['ho.new:yyyyyyyyyyyy'],
    'ho.list': () => ['ho.list:0', 'ho.list:-9', 'ho.list:999'],
  }),
  ...lines(['a counsellor'], {
    calls: () => ['calls:0', 'calls:-1', 'calls:999999'],
  }),
  ...lines(['the speaker of her circle'], { 'ho.sum': () => ['ho.sum'] }),
  ...lines([...PRESENT_VOLUNTEERS, 'a volunteer who has not signed'], {
    'circle.leave': () => ['circle.leave:ask', 'circle.leave:yes'],
  }),
  ...lines(['a volunteer who has not signed'], { undertake: () => [`undertake:${UNDERTAKING_VERSION}`] }),
  ...lines([...PRESENT_MANAGERS, ...COORDINATORS], {
    circles: () => ['circles:0', 'circles:-1', 'circles:99'],
    'circle.new': () => ['circle.new'],
  }),
  // Of a form: while none is open they are old to everybody.
  ...lines([], {
    'ko.f.kind': () => ['ko.f.kind:office'],
    'ko.f.bare': () => ['ko.f.bare'],
    'ko.f.town': () => ['ko.f.town:08235085'],
    'ko.f.mid': () => ['ko.f.mid'],
    'invite.c': () => ['invite.c:county'],
    'invite.d': () => ['invite.d:5'],
    'hf.back': () => ['hf.back'],
    'hf.day': () => ['hf.day:6:1'],
    'hf.days': () => ['hf.days'],
    'hf.time': () => ['hf.time:from:0900', 'hf.time:to:9999'],
    'hf.way': () => ['hf.way:home:1'],
    'hf.ways': () => ['hf.ways'],
    'hf.place': () => ['hf.place:nowhere'],
    'hf.min': () => ['hf.min:slot:999999'],
    'hf.every': () => ['hf.every:-1', 'hf.every:999999'],
    'hf.from': () => ['hf.from:2026-11-30', 'hf.from:2026-99-99'],
    'hf.until': () => ['hf.until:2026-11-30'],
    'hf.endless': () => ['hf.endless'],
    'hf.f': () => ['hf.f:length'],
    'hf.int': () => ['hf.int:1'],
    'hf.fate': () => ['hf.fate:ill'],
    'hf.save': () => ['hf.save'],
    'af.back': () => ['af.back'],
    'af.kind': () => ['af.kind:ill'],
    'af.day': () => ['af.day:first:2026-11-30'],
    'af.len': () => ['af.len:whole'],
    'af.time': () => ['af.time:from:9999'],
    'af.dep': () => ['af.dep:zzzzzzzz'],
    'af.none': () => ['af.none'],
    'af.save': () => ['af.save'],
  }),
};

/** Buttons whose rights are not a matter of roles, and where they are shown instead. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['menu', 'menu.new', 'help', 'help.in', 'nothing', 'lang', 'consent', 'housing', 'towns', 'town', 'interp'],
      ...['data', 'nick', 'privacy', 'erase', 'role', 'who', 'wish.do'],
    ].map((name) => [name, 'touches nobody but whoever presses it; the walks of people and coordination']),
  ),
  ...Object.fromEntries(
    [
      ...['g', 'g.p', 'g.w', 'g.n', 'g.t', 'g.h', 'g.o', 'g.k', 'g.l', 'g.l1', 'g.l2', 'g.l3', 'g.m', 'g.x'],
      ...['g.c', 'g.c1', 'g.c2', 'g.c3', 'g.c4'],
    ].map((name) => [name, 'anybody may read it and nothing is kept; test/features/guidance']),
  ),
  ...Object.fromEntries(
    ['hc.lang', 'hc.me', 'hc.set', 'hc.not', 'hc.yes', 'hc.no', 'hv.qr'].map((name) => [
      name,
      'of whoever holds the secret of a link; test/features/handovers/consent.test.ts, present.test.ts',
    ]),
  ),
};
