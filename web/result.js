/** Results: the newest value of each kind with its trend; opened, all values of the kind. https://hl7.org/fhir/R4/observation.html */
import { card } from './card.js';
import { chart, sparkline } from './chart.js';
import { h } from './element.js';
import { search } from './fhir.js';
import { conceptText, dayText, numberText, unitText, valueText } from './words.js';

const codeOf = ({ code }) => {
  const coding = code?.coding?.[0];
  return coding?.code === undefined ? undefined : `${coding.system ?? ''}|${coding.code}`;
};

const dateOf = ({ effectiveDateTime, effectivePeriod, effectiveInstant, issued }) =>
  effectiveDateTime ?? effectiveInstant ?? effectivePeriod?.end ?? effectivePeriod?.start ?? issued;

const categoryOf = ({ category = [] }) => category.flatMap(({ coding = [] }) => coding.map(({ code }) => code));

/** Systolic before diastolic, as people say them. */
const componentsOf = ({ component = [] }) =>
  [...component].sort((one, other) => (other.valueQuantity?.value ?? 0) - (one.valueQuantity?.value ?? 0));

function textOf(observation) {
  const components = componentsOf(observation);
  if (components.length === 0) return valueText(observation) ?? '';
  const [{ valueQuantity: first }] = components;
  const alike = first !== undefined && components.every(({ valueQuantity }) => valueQuantity?.unit === first.unit);
  if (alike) return `${components.map(({ valueQuantity }) => numberText(valueQuantity.value)).join(' / ')} ${unitText(first.unit)}`;
  return components.map((each) => `${conceptText(each.code)} ${valueText(each) ?? ''}`).join(', ');
}

const exactText = ({ valueQuantity }) =>
  valueQuantity?.value === undefined ? undefined : `${valueQuantity.value} ${valueQuantity.unit ?? ''}`;

/** One line for the value, or one for each component; only what has one unit can be compared. */
function linesOf(observations) {
  const lines = new Map();
  let unit;
  for (const observation of observations) {
    const at = Date.parse(dateOf(observation));
    for (const part of [observation, ...componentsOf(observation)]) {
      const { value, unit: named, comparator } = part.valueQuantity ?? {};
      if (value === undefined || comparator !== undefined || Number.isNaN(at) || (unit ?? named) !== named) continue;
      unit = named;
      const name = conceptText(part.code);
      lines.set(name, [
        ...(lines.get(name) ?? []),
        { at, value, text: `${dayText(dateOf(observation))}: ${numberText(value)} ${unitText(named)}` },
      ]);
    }
  }
  return [...lines.values()].map((line) => line.sort((one, other) => one.at - other.at));
}

const isDrawable = (lines) => lines.length > 0 && lines.every((line) => line.length > 1);

function trendName(title, lines) {
  const told = lines.map((line) => `from ${line[0].text} to ${line.at(-1).text}`);
  return `${title} over time, ${told.join('; ')}`;
}

const flagOf = ({ interpretation }) => {
  const code = interpretation?.[0]?.coding?.[0]?.code;
  return code === undefined || code === 'N' ? undefined : h('span', { class: 'mark warn' }, conceptText(interpretation[0]));
};

const row = (observation) =>
  h(
    'tr',
    {},
    h('th', { scope: 'row' }, dayText(dateOf(observation)) ?? 'unknown'),
    h('td', { title: exactText(observation) }, textOf(observation)),
  );

/** What shows when a result is opened: all of its values, page by page. */
function opened({ settings, patient, title, code, onEnd }) {
  const found = [];
  const rows = h('tbody', {});
  const picture = h('div', { class: 'picture' });
  const more = h('div', { class: 'more' });
  const table = h(
    'table',
    { class: 'values' },
    h('caption', { class: 'unseen' }, `Values of ${title}, newest first`),
    h('thead', { class: 'unseen' }, h('tr', {}, h('th', { scope: 'col' }, 'Day'), h('th', { scope: 'col' }, 'Value'))),
    rows,
  );
  const panel = h('div', { class: 'opened' }, picture, table, more);
  const load = async (path) => {
    more.replaceChildren();
    try {
      const { matches, next } = await search(settings, path);
      found.push(...matches);
      rows.append(...matches.map(row));
      const lines = linesOf(found);
      if (isDrawable(lines)) picture.replaceChildren(chart(lines, trendName(title, lines)));
      if (next !== undefined)
        more.append(h('button', { type: 'button', 'aria-label': `Show older: ${title}`, onclick: () => load(next) }, 'Show older'));
    } catch (error) {
      onEnd(error, more);
    }
  };
  void load(`Observation?patient=${patient}&code=${encodeURIComponent(code)}&_sort=-date&_count=50`);
  return panel;
}

/** All observations of one kind that were loaded so far, newest first. */
function kindRow(context, observations) {
  const [newest] = observations;
  const title = conceptText(newest.code) ?? 'Result';
  const lines = linesOf(observations);
  const trend = h('span', { class: 'trend' }, isDrawable(lines) ? sparkline(lines) : '');
  const panel = h('div', { class: 'panel', hidden: true });
  const toggle = h(
    'button',
    { type: 'button', class: 'result', 'aria-expanded': 'false', onclick: () => open() },
    h('span', { class: 'name' }, title),
    trend,
    h('span', { class: 'value' }, textOf(newest), ' ', flagOf(newest)),
    h('span', { class: 'when' }, dayText(dateOf(newest))),
  );
  const open = () => {
    panel.hidden = !panel.hidden;
    toggle.setAttribute('aria-expanded', String(!panel.hidden));
    if (panel.childElementCount === 0) panel.append(opened({ ...context, title, code: codeOf(newest) ?? '' }));
  };
  return h('li', { 'data-category': categoryOf(newest).join(' ') }, toggle, panel);
}

/** Kinds stand where their newest value stands; older pages add values to kinds that are there. */
function collect(kinds, matches) {
  for (const observation of matches) {
    const key = codeOf(observation) ?? conceptText(observation.code) ?? observation.id;
    kinds.set(key, [...(kinds.get(key) ?? []), observation]);
  }
}

const filters = [
  ['All', () => true],
  ['Vital signs', (category) => category.includes('vital-signs')],
  ['Laboratory', (category) => category.includes('laboratory')],
  ['Other', (category) => !category.includes('vital-signs') && !category.includes('laboratory')],
];

function filterBar(list) {
  let chosen = filters[0];
  const apply = () => {
    for (const item of list.children) item.hidden = !chosen[1]((item.dataset.category ?? '').split(' '));
    for (const button of bar.children) button.setAttribute('aria-pressed', String(button.textContent === chosen[0]));
  };
  const button = (filter) =>
    h(
      'button',
      {
        type: 'button',
        onclick: () => {
          chosen = filter;
          apply();
        },
      },
      filter[0],
    );
  const bar = h('div', { class: 'filters', role: 'group', 'aria-label': 'Which results' }, filters.map(button));
  return { bar, apply };
}

export function resultCard({ settings, patient, share, onEnd }) {
  const list = h('ul', { class: 'entries results' });
  const kinds = new Map();
  const rows = new Map();
  const { bar, apply } = filterBar(list);
  const endOrTell = (error, place) => onEnd(error, place);
  const context = { settings, patient, onEnd: endOrTell };
  const page = async (path) => {
    const { matches, total, next } = await search(settings, path);
    const before = new Map([...kinds].map(([key, observations]) => [key, observations.length]));
    collect(kinds, matches);
    const added = [];
    for (const [key, observations] of kinds) {
      if (before.get(key) === observations.length) continue;
      const made = kindRow(context, observations);
      const old = rows.get(key);
      // A result that is open stays as it is.
      if (old === undefined) added.push(made);
      else if (old.querySelector('.panel').hidden) old.replaceWith(made);
      if (old === undefined || old.isConnected === false) rows.set(key, made);
    }
    queueMicrotask(apply);
    return { elements: added, total, next: next === undefined ? undefined : () => page(next) };
  };
  const first = () => page(`Observation?patient=${patient}&_sort=-date&_count=100&_total=accurate`);
  return card({ id: 'results', title: 'Results', share, none: 'No results are recorded.', load: first, list, before: [bar], onEnd });
}
