import { createComposer } from './composer.js';
import { alertDialog } from './dialogs.js';
import { directionOf } from './direction.js';
import { h, menuButton } from './dom.js';
import { renderFormatted } from './formatted.js';
import { renderReplyKeyboard } from './keyboard.js';
import { renderMessage } from './message.js';
import { CLIENT_LANGUAGES, texts } from './texts.js';
import { dayName } from './time.js';

const TOAST_MS = 4500;
const ACTION_MS = 5000;

/** One phone on the page. `show` draws what is new and leaves the rest untouched, so that focus and reading stay. */
export function createPhone(first, given) {
  const t = texts();
  const drawn = new Map();
  let phone = first;
  let toastsSeen = first.toast?.number ?? 0;
  let actionSeen = first.action?.at;
  let actionTimer;
  let toastTimer;

  const toast = h('div', { class: 'toast', role: 'status' });
  const showToast = (text) => {
    clearTimeout(toastTimer);
    toast.replaceChildren(
      ...text.split('\n').map((line) => h('div', { dir: directionOf(line, phone.languageCode) }, line)),
    );
    toast.classList.add('shown');
    toastTimer = setTimeout(() => toast.classList.remove('shown'), TOAST_MS);
  };
  const act = (what) => given.act(phone.id, what).catch((error) => showToast(error.message));
  const actions = {
    act,
    send: (text) => act({ kind: 'text', text }),
    opensHere: (url) => given.opensHere(url, phone.id),
    edit: (message) => composer.edit(message),
    toast: showToast,
  };

  const composer = createComposer(first.firstName, actions);
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': t.messages, tabindex: '0' });
  const botName = h('b', { class: 'bot-name', dir: 'auto' });
  const botState = h('span', { class: 'bot-state' });
  const foot = h('div', { class: 'foot' });
  const below = h('div', { class: 'below-slot' });
  const badge = h('span', { class: 'badge' });
  const more = menuButton({
    label: t.options,
    content: '⋮',
    className: 'icon',
    items: () => [
      phone.blocked
        ? { label: t.unblock, act: () => act({ kind: 'unblock' }) }
        : { label: t.block, act: () => act({ kind: 'block' }) },
      { label: t.deleteAccount, danger: true, act: () => act({ kind: 'deleteAccount' }) },
    ],
  });
  const element = h(
    'section',
    { class: 'phone', id: `phone-${first.id}`, 'aria-label': t.phoneOf(first.firstName) },
    h(
      'header',
      { class: 'owner' },
      h('b', { dir: 'auto' }, first.firstName),
      first.role && h('span', { class: 'role', dir: 'auto' }, first.role),
      badge,
      h(
        'span',
        { class: 'client-language', title: t.clientLanguage },
        CLIENT_LANGUAGES[first.languageCode] ?? first.languageCode,
      ),
    ),
    h(
      'div',
      { class: 'device' },
      h(
        'div',
        { class: 'head' },
        h('span', { class: 'avatar', 'aria-hidden': 'true' }),
        h('div', { class: 'bot' }, botName, botState),
        more,
      ),
      toast,
      log,
      foot,
      below,
    ),
  );

  const showState = (text, isActive) => {
    botState.textContent = text;
    botState.classList.toggle('active', isActive);
  };
  const showAction = () => {
    if (phone.action === undefined || phone.action.at === actionSeen) {
      if (phone.action === undefined) showState(t.bot, false);
      return;
    }
    actionSeen = phone.action.at;
    clearTimeout(actionTimer);
    showState(phone.action.action === 'typing' ? t.typing : t.working, true);
    actionTimer = setTimeout(() => showState(t.bot, false), ACTION_MS);
  };
  const showAnswer = () => {
    const { toast: answer } = phone;
    if (answer === undefined || answer.number <= toastsSeen) return;
    toastsSeen = answer.number;
    if (answer.url) given.opensHere(answer.url, phone.id);
    if (!answer.text) return;
    if (answer.showAlert) alertDialog(phone.botName, answer.text, phone.languageCode, directionOf);
    else showToast(answer.text);
  };
  const bigButton = (label) =>
    h('button', { type: 'button', class: 'start', onclick: () => act({ kind: 'start' }) }, label);
  const showFoot = () => {
    const wanted = phone.deleted
      ? 'deleted'
      : phone.blocked
        ? 'blocked'
        : phone.messages.length === 0
          ? 'start'
          : 'composer';
    badge.textContent = phone.deleted ? t.accountDeleted : phone.blocked ? t.blocked : '';
    if (foot.dataset.shows !== wanted) {
      const hadFocus = foot.contains(document.activeElement);
      foot.dataset.shows = wanted;
      if (wanted === 'deleted') foot.replaceChildren(h('p', { class: 'gone' }, t.accountDeleted));
      else if (wanted === 'composer') foot.replaceChildren(composer.element);
      else foot.replaceChildren(bigButton(wanted === 'blocked' ? t.restart : t.start));
      if (hadFocus) log.focus({ preventScroll: true });
    }
    composer.show(phone);
    const keyboard = wanted === 'composer' ? JSON.stringify(phone.keyboard ?? null) : 'null';
    if (below.dataset.shows === keyboard) return;
    below.dataset.shows = keyboard;
    const keys = keyboard === 'null' ? undefined : renderReplyKeyboard(phone, actions);
    below.replaceChildren(...(keys ? [keys] : []));
  };
  return {
    element,
    get data() {
      return phone;
    },
    /** Draws the phone's new state. Returns whether a message came. */
    show(next) {
      phone = next;
      botName.textContent = phone.botName;
      const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
      showFoot();
      const grew = drawLog(log, drawn, phone, actions);
      if (grew || atEnd) log.scrollTop = log.scrollHeight;
      showAction();
      showAnswer();
      return grew;
    },
  };
}

/** Brings the list of messages up to date, replacing only what differs. Returns whether it grew. */
function drawLog(log, drawn, phone, actions) {
  const wanted = [];
  let day;
  for (const message of phone.messages) {
    const name = dayName(message.date * 1000);
    if (name !== day)
      wanted.push({ key: `day ${name}`, content: name, draw: () => h('p', { class: 'day' }, h('span', {}, name)) });
    day = name;
    const spinning = phone.spinning.filter((press) => press.messageId === message.message_id);
    wanted.push({
      key: `message ${message.message_id}`,
      content: JSON.stringify([message, spinning]),
      draw: () => renderMessage(message, phone, actions),
    });
  }
  if (wanted.length === 0) wanted.push({ key: 'about', content: phone.description, draw: () => about(phone, actions) });
  const keys = new Set(wanted.map(({ key }) => key));
  for (const [key, { node }] of drawn)
    if (!keys.has(key)) {
      node.remove();
      drawn.delete(key);
    }
  let grew = false;
  let previous = null;
  for (const { key, content, draw } of wanted) {
    const known = drawn.get(key);
    if (known?.content !== content) {
      const node = draw();
      if (known) replaceKeepingFocus(known.node, node);
      else {
        if (previous) previous.after(node);
        else log.prepend(node);
        grew ||= key.startsWith('message');
      }
      drawn.set(key, { content, node });
    }
    previous = drawn.get(key).node;
  }
  return grew;
}

function replaceKeepingFocus(old, node) {
  const focusable = (within) => [...within.querySelectorAll('button, a')];
  const index = focusable(old).indexOf(document.activeElement);
  old.replaceWith(node);
  if (index < 0) return;
  const next = focusable(node)[index];
  (next && !next.disabled ? next : node).focus({ preventScroll: true });
}

function about(phone, actions) {
  if (phone.description === '') return h('div', { class: 'about empty' });
  return h(
    'div',
    { class: 'about' },
    h('b', {}, texts().whatCanItDo),
    renderFormatted(phone.description, [], phone.languageCode, actions),
  );
}
