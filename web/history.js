/** The history of the patient in context: banner and cards. */
import { card } from './card.js';
import { h } from './element.js';
import { AccessEnded, read, search } from './fhir.js';
import { resultCard } from './result.js';
import { sections } from './section.js';
import { granted } from './smart.js';
import { ageText, conceptText, dayText, nameText, sentence } from './words.js';

const recordNumber = ({ identifier = [] }) => identifier.find(({ type }) => type?.coding?.some(({ code }) => code === 'MR'))?.value;

const fact = (name, value) => (value === undefined || value === '' ? undefined : h('div', {}, h('dt', {}, name), h('dd', {}, value)));

function banner(patient) {
  const { name, birthDate, gender, deceasedDateTime, address, telecom } = patient;
  const home = address?.[0];
  const born = [dayText(birthDate), deceasedDateTime === undefined ? ageText(birthDate) : undefined]
    .filter((part) => part !== undefined)
    .join(', ');
  const facts = [
    fact('Born', born),
    fact('Died', dayText(deceasedDateTime)),
    fact('Sex', sentence(gender)),
    fact('Lives in', [home?.city, home?.state].filter((part) => part !== undefined).join(', ')),
    fact('Telephone', telecom?.find(({ system }) => system === 'phone')?.value),
    fact('Record', recordNumber(patient)?.slice(0, 13)),
  ];
  return h(
    'div',
    { class: 'banner' },
    h('h1', {}, nameText(name) || 'Patient'),
    h(
      'dl',
      {},
      facts.filter((each) => each !== undefined),
    ),
  );
}

async function showBanner(place, settings, session) {
  if (granted(session.scopes, 'Patient') === 'none')
    return place.replaceChildren(
      h('div', { class: 'banner' }, h('h1', {}, 'History'), h('p', { class: 'soft' }, 'You have not shared who the patient is.')),
    );
  place.replaceChildren(banner(await read(settings, `Patient/${encodeURIComponent(session.patient)}`)));
}

const entry = ({ title, mark, isCurrent, detail, when }) =>
  h(
    'li',
    { class: isCurrent === false ? 'past' : undefined },
    h(
      'div',
      { class: 'line' },
      h('h3', { tabindex: '-1' }, title ?? 'Not named'),
      mark === undefined ? '' : h('span', { class: isCurrent ? 'mark now' : 'mark' }, mark),
    ),
    h('p', { class: 'soft' }, [when, detail].filter((part) => part !== undefined && part !== '').join(' · ')),
  );

function pageOf(settings, tell) {
  const page = async (path) => {
    const { matches, included, total, next } = await search(settings, path);
    return {
      elements: matches.map((resource) => entry(tell(resource, included))),
      total,
      next: next === undefined ? undefined : () => page(next),
    };
  };
  return page;
}

function sectionCard({ id, title, type, query, include, tell, none }, { settings, session, onEnd }) {
  const { patient, scopes } = session;
  const also = include !== undefined && granted(scopes, include[0]) !== 'none' ? `&${include[1]}` : '';
  const path = `${type}?patient=${encodeURIComponent(patient)}&${query}&_count=8&_total=accurate${also}`;
  const page = pageOf(settings, tell);
  return card({ id, title, share: granted(scopes, type), none, load: () => page(path), onEnd });
}

/** `onEnd` is told when there is no access any more. */
export function showHistory(main, { settings, session, onEnd }) {
  const endOrTell = (error, place) => {
    if (error instanceof AccessEnded || place === undefined) onEnd(error);
    else place.replaceChildren(h('p', { class: 'notice' }, error.message));
  };
  const context = { settings, session, onEnd: endOrTell };
  const top = h('div', { class: 'top' }, h('p', { class: 'soft waiting' }, 'Loading …'));
  const results = resultCard({
    settings,
    patient: encodeURIComponent(session.patient),
    share: granted(session.scopes, 'Observation'),
    onEnd: endOrTell,
  });
  const [conditions, medications, allergies, immunizations, visits] = sections.map((section) => sectionCard(section, context));
  const links = [...sections, { id: 'results', title: 'Results' }].map(({ id, title }) => h('a', { href: `#${id}` }, title));
  const columns = h(
    'div',
    { class: 'columns' },
    h('div', {}, conditions, medications, allergies, immunizations),
    h('div', {}, results, visits),
  );
  main.replaceChildren(...(session.banner ? [top] : []), h('nav', { class: 'jump', 'aria-label': 'Parts of the history' }, links), columns);
  if (session.banner) showBanner(top, settings, session).catch((error) => endOrTell(error, top));
}

/** Who is signed in, by name where the application may know it. */
export async function userName(settings, { user, name }) {
  if (name !== undefined || user === undefined) return name;
  const path = user.startsWith(`${settings.issuer}/`) ? user.slice(settings.issuer.length + 1) : user;
  const person = await read(settings, path).catch(() => undefined);
  return person === undefined ? undefined : nameText(person.name) || conceptText(person.code);
}
