/// Writes, each after a dialog that names what will happen.
import { $, h } from './dom.js';
import * as api from './api.js';
import { plural, whole } from './format.js';
import { ended } from './store.js';

/// The buttons for a service; none if this session may not write.
export function actionsOf(app, id) {
  if (!api.mayWrite()) {
    return null;
  }
  const service = app.store.get('service', id);
  const make = (label, ask) => h('button', { type: 'button', class: 'plain', onclick: () => ask(app, app.store.get('service', id)) }, label);
  return h('div', { class: 'actions', role: 'group', 'aria-label': `Change ${service?.name ?? id}` },
    service?.mode === 'replicated' ? make('Scale…', scale) : null,
    make('Roll…', roll),
    service?.scaleMode ? (service.paused ? make('Resume autoscaler…', resume) : make('Pause autoscaler…', pause)) : null);
}

function scale(app, service) {
  const input = h('input', { type: 'number', min: 0, max: 10000, step: 1, required: true, id: 'ask-number', value: service.wanted ?? service.desired ?? 1 });
  const words = h('p', { class: 'happens', id: 'ask-happens' });
  const describe = (confirm) => {
    const to = Number(input.value);
    const from = service.desired ?? 0;
    const valid = input.checkValidity() && input.value !== '' && to !== from;
    words.textContent = !input.checkValidity() || input.value === ''
      ? 'A whole number from 0 to 10,000.'
      : to === from ? `${service.name} has ${plural(from, 'replica')} already.`
        : `Swarm ${to > from ? `starts ${plural(to - from, 'task')}` : `stops ${plural(from - to, 'task')}; each finishes its requests first`}.${autoscalerWords(service, to, from)}`;
    confirm.textContent = `Scale to ${whole(to)}`;
    confirm.disabled = !valid;
  };
  ask({
    title: `Scale ${service.name}`,
    body: (confirm) => {
      input.addEventListener('input', () => describe(confirm));
      describe(confirm);
      return [h('p', { class: 'field' }, h('label', { for: 'ask-number' }, `From ${plural(service.desired ?? 0, 'replica')} to`), input), words];
    },
    confirm: 'Scale',
    act: () => api.change(service.id, 'scale', { replicas: Number(input.value) }),
  });
}

function autoscalerWords(service, to, from) {
  if (service.scaleMode !== 'act' || service.paused) {
    return '';
  }
  return to > from ? ' The autoscaler takes this number as the least for ten minutes.' : ' The autoscaler keeps this number for two minutes, then sets its own. Pause it to keep yours.';
}

function roll(app, service) {
  const count = app.store.tasksIn(service.id).filter((task) => !ended(task)).length;
  ask({
    title: `Roll ${service.name}`,
    body: () => [h('p', { class: 'happens' }, `Swarm replaces all ${plural(count, 'task')} of ${service.name}, as its update settings say, with the same image and settings. Old tasks finish their requests first.`)],
    confirm: `Roll ${plural(count, 'task')}`,
    act: () => api.change(service.id, 'roll'),
  });
}

function pause(app, service) {
  const input = h('input', { type: 'text', maxlength: 200, id: 'ask-reason', placeholder: 'load test until 14:00' });
  ask({
    title: `Pause the autoscaler of ${service.name}`,
    body: () => [h('p', { class: 'happens' }, `${service.name} keeps ${plural(service.desired ?? 0, 'replica')} until someone resumes the autoscaler, whatever the load is.`), h('p', { class: 'field' }, h('label', { for: 'ask-reason' }, 'Reason'), input)],
    confirm: 'Pause autoscaler',
    act: () => api.change(service.id, 'pause', { reason: input.value.trim() }),
  });
}

function resume(app, service) {
  ask({
    title: `Resume the autoscaler of ${service.name}`,
    body: () => [h('p', { class: 'happens' }, `The autoscaler sets the replicas of ${service.name} again${service.range ? `, within ${service.range}` : ''}.${Number.isFinite(service.wanted) ? ` It wants ${whole(service.wanted)} now; there are ${whole(service.desired)}.` : ''}`)],
    confirm: 'Resume autoscaler',
    act: () => api.change(service.id, 'resume'),
  });
}

/// Opens the dialog. `act` runs on confirmation; a refusal is shown in place.
function ask({ title, body, confirm: label, act }) {
  const dialog = $('ask');
  const confirm = h('button', { type: 'submit', class: 'primary', id: 'ask-confirm' }, label);
  const problem = h('p', { class: 'bad', role: 'alert' });
  const cancel = h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, 'Cancel');
  const form = h('form', { method: 'dialog' }, h('h2', { id: 'ask-title' }, title), ...body(confirm), h('p', { class: 'muted' }, 'It is logged as a decision, with who asked for it and when.'), problem, h('div', { class: 'ask-buttons' }, cancel, confirm));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    confirm.disabled = true;
    problem.textContent = '';
    try {
      await act();
      dialog.close();
    } catch (refusal) {
      problem.textContent = refusal.message;
      confirm.disabled = false;
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}
