import { api } from './api.js';
import { announce, h, openDialog } from './dom.js';
import { texts } from './texts.js';
import { dayAndTime, wallTime } from './time.js';

let heard = { server: Date.now(), here: performance.now() };

/** The simulated present as last heard of, moved on by the time that has passed since. */
export function simulatedNow() {
  return heard.server + (performance.now() - heard.here);
}

/** Takes over the server's time. */
export function setTime(epochMs) {
  heard = { server: epochMs, here: performance.now() };
  for (const face of document.querySelectorAll('.clock-face')) face.textContent = dayAndTime(simulatedNow());
}

setInterval(() => setTime(simulatedNow()), 5000);

/** The clock in the corner; pressed, it offers where to move. */
export function renderClock(canMove) {
  const face = h('span', { class: 'clock-face', dir: 'ltr' }, dayAndTime(simulatedNow()));
  if (!canMove) return h('span', { class: 'pill clock', title: texts().clock }, '🕗 ', face);
  return h(
    'button',
    { type: 'button', class: 'pill clock', title: texts().clock, onclick: openClock },
    h('span', { class: 'sr-only' }, `${texts().clock}: `),
    h('span', { 'aria-hidden': 'true' }, '🕗 '),
    face,
  );
}

function openClock() {
  const t = texts();
  const problem = h('p', { class: 'problem', role: 'alert' });
  const move = async (target) => {
    try {
      const { now } = await api.moveClock(target);
      setTime(now);
      announce(dayAndTime(now));
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const step = (kind) => h('button', { type: 'button', class: 'plain', onclick: () => move({ kind }) }, t[kind]);
  const input = h('input', {
    type: 'datetime-local',
    id: 'clock-to',
    value: wallTime(simulatedNow()),
    min: wallTime(simulatedNow()),
  });
  const dialog = openDialog(
    t.clock,
    h('p', { class: 'big' }, h('span', { class: 'clock-face' }, dayAndTime(simulatedNow()))),
    h('div', { class: 'steps' }, step('hour'), step('day'), step('morning')),
    h(
      'form',
      {
        method: 'dialog',
        onsubmit: (event) => {
          event.preventDefault();
          move({ kind: 'to', wallTime: input.value });
        },
      },
      h('label', { for: 'clock-to' }, t.moveTo),
      input,
      problem,
      h(
        'div',
        { class: 'actions' },
        h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, t.close),
        h('button', { type: 'submit', class: 'main' }, t.go),
      ),
    ),
  );
}
