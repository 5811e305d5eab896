import { api, follow } from './api.js';
import { renderClock, setTime } from './clock.js';
import { addPhoneDialog, faultDialog, openOnDialog } from './dialogs.js';
import { announce, h } from './dom.js';
import { createPhone } from './phone.js';
import { pageLanguage, switchLanguage, texts } from './texts.js';

const phones = new Map();
const bar = document.querySelector('#bar');
const tabs = document.querySelector('#tabs');
const stage = document.querySelector('#phones');
let state;

/** The payload of a t.me link to this bot, '' if it has none, undefined for every other link. */
function payloadOf(url) {
  const parsed = URL.parse(url);
  if (!parsed || !['t.me', 'telegram.me'].includes(parsed.hostname)) return undefined;
  if (parsed.pathname.slice(1).toLowerCase() !== state.username.toLowerCase()) return undefined;
  return parsed.searchParams.get('start') ?? '';
}

function opensHere(url, phoneId) {
  const payload = payloadOf(url);
  if (payload === undefined) return false;
  openOnDialog(
    [...phones.values()].map((phone) => phone.data),
    phoneId,
    (id) => {
      api
        .act(id, payload === '' ? { kind: 'start' } : { kind: 'start', payload })
        .catch((error) => announce(error.message));
      lookAt(id);
    },
  );
  return true;
}

function lookAt(id) {
  phones.get(id)?.element.scrollIntoView({ behavior: 'smooth', inline: 'center', block: 'nearest' });
  phones.get(id)?.element.querySelector('.log').focus({ preventScroll: true });
}

function drawBar() {
  const t = texts();
  document.documentElement.lang = pageLanguage();
  document.title = t.title;
  stage.setAttribute('aria-label', t.phones);
  tabs.setAttribute('aria-label', t.phones);
  bar.replaceChildren(
    h(
      'div',
      { class: 'brand' },
      h('img', { src: '/simulator/page/icon.svg', alt: '' }),
      h('div', {}, h('h1', {}, t.title), h('p', {}, t.subtitle)),
    ),
    h(
      'div',
      { class: 'links' },
      state.links.map(({ label, url }) =>
        h('a', { class: 'pill', href: url, target: '_blank', rel: 'noopener' }, label),
      ),
    ),
    h(
      'div',
      { class: 'tools' },
      h('button', { type: 'button', class: 'pill', onclick: () => addPhoneDialog(phoneAdded) }, `+ ${t.addPhone}`),
      h('button', { type: 'button', class: 'pill', onclick: faultDialog }, `⚡ ${t.faults}`),
      h(
        'button',
        { type: 'button', class: 'pill', lang: pageLanguage() === 'de' ? 'en' : 'de', onclick: changeLanguage },
        t.language,
      ),
      renderClock(state.canMoveClock),
    ),
  );
}

async function phoneAdded(id) {
  await refresh(id);
  lookAt(id);
}

function changeLanguage() {
  switchLanguage();
  const data = [...phones.values()].map((phone) => phone.data);
  phones.clear();
  stage.replaceChildren();
  tabs.replaceChildren();
  drawBar();
  for (const phone of data) show(phone);
}

function show(data) {
  let phone = phones.get(data.id);
  const isNew = phone === undefined;
  if (!phone) {
    phone = createPhone(data, { act: api.act, opensHere });
    phones.set(data.id, phone);
    stage.append(phone.element);
    tabs.append(
      h(
        'button',
        { type: 'button', class: 'tab', 'data-id': data.id, onclick: () => lookAt(data.id) },
        h('bdi', {}, data.firstName),
        h('span', { class: 'dot' }),
      ),
    );
    seen.observe(phone.element);
  }
  const grew = phone.show(data);
  const tab = tabs.querySelector(`[data-id="${data.id}"]`);
  if (grew && !isNew && !tab.classList.contains('current')) {
    tab.classList.add('unread');
    tab.querySelector('.dot').replaceChildren(h('span', { class: 'sr-only' }, `, ${texts().unread}`));
  }
}

/** Marks the tab of every phone that can be seen. */
const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const tab = tabs.querySelector(`[data-id="${target.id.slice('phone-'.length)}"]`);
      tab?.classList.toggle('current', isIntersecting);
      if (isIntersecting) {
        tab?.classList.remove('unread');
        tab?.querySelector('.dot').replaceChildren();
        tab?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
      }
    }
  },
  { root: stage, threshold: 0.55 },
);

/** One request at a time for each phone; changes that come meanwhile are fetched by one more. */
const fetching = new Map();
async function refresh(id) {
  if (fetching.has(id)) {
    fetching.set(id, 'again');
    return;
  }
  do {
    fetching.set(id, 'once');
    if (id === 0) await refreshAll();
    else show(await api.phone(id));
  } while (fetching.get(id) === 'again');
  fetching.delete(id);
}

async function refreshAll() {
  state = await api.state();
  setTime(state.now);
  for (const phone of state.phones) show(phone);
}

function online(isOnline) {
  document.body.classList.toggle('offline', !isOnline);
  document.body.dataset.offline = texts().offline;
  if (isOnline) refresh(0).catch(() => fetching.delete(0));
  else announce(texts().offline);
}

state = await api.state();
setTime(state.now);
drawBar();
for (const phone of state.phones) show(phone);
follow({
  onChange: (id) => refresh(id).catch(() => fetching.delete(id)),
  onTime: setTime,
  onOnline: online,
});
