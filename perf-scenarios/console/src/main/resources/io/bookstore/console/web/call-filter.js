import { element } from './dom.js';

/**
 * The form above the list of calls.
 * @param {Record<string, string>} filter what is chosen
 * @param {(changes: Record<string, string>) => void} change is called with what a person has chosen
 * @returns {HTMLFormElement} its `models(names)` adds models to choose from
 */
export function filterForm(filter, change) {
  const search = element('input', { id: 'search', type: 'search', value: filter.q, placeholder: 'name or id; press /' });
  const model = element('select', {}, element('option', { value: '' }, 'all models'));
  const result = element(
    'select',
    {},
    ...[['', 'all results'], ['any', 'failed']].map(([value, name]) => element('option', { value }, name)),
  );
  choose(model, filter.model);
  choose(result, filter.error);
  const read = () => change({ q: search.value, model: model.value, error: result.value });
  const form = element(
    'form',
    {
      role: 'search',
      onchange: read,
      onsubmit(event) {
        event.preventDefault();
        read();
      },
    },
    element('label', {}, 'Search ', search),
    element('label', {}, 'Model ', model),
    element('label', {}, 'Result ', result),
    ...['conversation', 'service'].filter((name) => filter[name]).map((name) => chip(name, filter[name], change)),
  );
  form.models = (names) => names.forEach((name) => choose(model, name, model.value));
  return form;
}

/** Adds a choice if the list does not have it, and selects it or another. */
function choose(select, value, selected = value) {
  if (![...select.options].some((option) => option.value === value)) {
    select.append(element('option', { value }, value));
  }
  select.value = selected;
}

function chip(name, value, change) {
  const remove = element('button', { type: 'button', onclick: () => change({ [name]: '' }) }, `${name} ${value} ✕`);
  remove.setAttribute('aria-label', `Show calls of every ${name}, not only of ${value}`);
  return remove;
}
