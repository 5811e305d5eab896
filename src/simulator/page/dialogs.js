import { api } from './api.js';
import { h, openDialog } from './dom.js';
import { CLIENT_LANGUAGES, texts } from './texts.js';

function form(title, fields, submit, action) {
  const t = texts();
  const problem = h('p', { class: 'problem', role: 'alert' });
  const dialog = openDialog(
    title,
    h(
      'form',
      {
        onsubmit: async (event) => {
          event.preventDefault();
          try {
            await action(Object.fromEntries(new FormData(event.target)));
            dialog.close();
          } catch (error) {
            problem.textContent = error.message;
          }
        },
      },
      ...fields,
      problem,
      h(
        'div',
        { class: 'actions' },
        h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, t.cancel),
        h('button', { type: 'submit', class: 'main' }, submit),
      ),
    ),
  );
  return dialog;
}

function field(id, label, control) {
  return [h('label', { for: id }, label), control];
}

function options(entries) {
  return Object.entries(entries).map(([value, label]) => h('option', { value }, label));
}

export function addPhoneDialog(added) {
  const t = texts();
  form(
    t.addPhone,
    [
      ...field(
        'new-name',
        t.name,
        h('input', { id: 'new-name', name: 'firstName', required: true, maxlength: '64', dir: 'auto' }),
      ),
      ...field('new-role', t.role, h('input', { id: 'new-role', name: 'role', maxlength: '40', dir: 'auto' })),
      ...field(
        'new-language',
        t.clientLanguage,
        h('select', { id: 'new-language', name: 'languageCode' }, options(CLIENT_LANGUAGES)),
      ),
    ],
    t.add,
    async (values) => added((await api.addPhone(values)).id),
  );
}

export function faultDialog() {
  const t = texts();
  const dialog = form(
    t.faults,
    [
      h('p', { class: 'note' }, t.faultsHint),
      ...field('fault-kind', t.faults, h('select', { id: 'fault-kind', name: 'kind' }, options(t.faultKinds))),
      ...field(
        'fault-times',
        t.times,
        h('input', { id: 'fault-times', name: 'times', type: 'number', min: '1', max: '1000', value: '1' }),
      ),
    ],
    t.trigger,
    ({ kind, times }) => api.fault({ kind, times: Number(times) }),
  );
  const heal = async () => {
    await api.heal();
    dialog.close();
  };
  dialog.querySelector('.actions').prepend(h('button', { type: 'button', class: 'plain left', onclick: heal }, t.heal));
}

/** A t.me link of this bot was followed: on whose phone? */
export function openOnDialog(phones, here, start) {
  const t = texts();
  const dialog = openDialog(
    t.openOn,
    h('p', { class: 'note' }, t.forwardHint),
    h(
      'div',
      { class: 'choices' },
      phones.map((phone) =>
        h(
          'button',
          {
            type: 'button',
            class: phone.id === here ? 'main' : 'plain',
            autofocus: phone.id === here,
            onclick: () => {
              dialog.close();
              start(phone.id);
            },
          },
          h('bdi', {}, phone.firstName),
          phone.role ? ` · ${phone.role}` : '',
        ),
      ),
    ),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, t.cancel),
    ),
  );
}

/** An alert that the bot shows as an answer to a press. */
export function alertDialog(botName, text, clientLanguage, direction) {
  const lines = text.split('\n').map((line) => h('div', { dir: direction(line, clientLanguage) }, line));
  const dialog = openDialog(
    botName,
    h('div', { class: 'alert-text' }, lines),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'main', autofocus: true, onclick: () => dialog.close() }, texts().ok),
    ),
  );
}
