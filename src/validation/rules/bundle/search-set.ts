/** Entries of search results: what stands there as which mode. https://hl7.org/fhir/R4/http.html#search, https://hl7.org/fhir/R4/bundle.html#searchset */
import type { Resource } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { objectOf, objectsOf, quoted, textOf } from '../read.ts';
import { type Entry, entriesOf } from './entry.ts';

type Wanted = ReadonlySet<string> | undefined;

export const searchSetRule: Rule = {
  types: ['Bundle'],
  check(bundle, at, report, { definitions }) {
    if (textOf(bundle, 'type') !== 'searchset') return;
    const self = objectsOf(bundle, 'link').find((link) => link['relation'] === 'self');
    if (self === undefined)
      report.add('warning', 'required', at, 'Search results should tell the search they answer: a link with relation "self"');
    const types = typesOf(textOf(self, 'url'), definitions.isResourceType);
    const entries = entriesOf(bundle, at);
    const withMode = entries.filter((entry) => modeOf(entry) !== undefined);
    for (const entry of entries) {
      if (entry.resource === undefined) report.add('error', 'required', entry.at, 'An entry of search results must have a resource');
      else checkEntry(entry, entry.resource, types, withMode.length > 0, report);
    }
    if (withMode.length === 0 && entries.length > 0) checkModeless(entries, types, at, report);
  },
};

const modeOf = ({ element }: Entry): string | undefined => textOf(objectOf(element, 'search'), 'mode');

/** Types that the search asked for; undefined when its URL does not tell. */
function typesOf(url: string | undefined, isResourceType: (name: string) => boolean): Wanted {
  const [path = '', query = ''] = (url ?? '').split('?');
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (isResourceType(last)) return new Set([last]);
  const listed = query.split('&').flatMap((part) => (part.startsWith('_type=') ? part.slice(6).split(/,|%2C/i) : []));
  return listed.length > 0 ? new Set(listed) : undefined;
}

function checkEntry(entry: Entry, resource: Resource, types: Wanted, modes: boolean, report: Report): void {
  const { at } = entry;
  const mode = modeOf(entry);
  const place = `${at}.resource`;
  const { resourceType, id } = resource;
  if (mode === undefined) {
    if (modes) report.add('warning', 'required', at, 'The entry should tell its search.mode: match, include or outcome');
    return;
  }
  if (mode === 'outcome') {
    if (resourceType !== 'OperationOutcome')
      report.add('error', 'value', place, `An entry with mode outcome must hold an OperationOutcome, not a ${resourceType}`);
  } else if (id === undefined) report.add('error', 'required', place, 'A resource that was found must have an id');
  if (mode === 'match' && types !== undefined && !types.has(resourceType))
    report.add(
      'error',
      'value',
      place,
      `The search was for ${[...types].map(quoted).join(', ')}; a ${resourceType} cannot match (is it an include?)`,
    );
}

/** Without modes all entries should be matches of one type. */
function checkModeless(entries: readonly Entry[], types: Wanted, at: string, report: Report): void {
  const found = new Set(entries.flatMap(({ resource }) => (resource === undefined ? [] : [resource.resourceType])));
  found.delete('OperationOutcome');
  const strange = types === undefined ? found.size > 1 : [...found].some((type) => !types.has(type));
  report.add(
    strange ? 'warning' : 'information',
    'required',
    at,
    'Entries of search results should tell their search.mode: match, include or outcome',
  );
  if (types === undefined) return;
  for (const { at: place, resource } of entries)
    if (resource !== undefined && found.has(resource.resourceType) && !types.has(resource.resourceType))
      report.add(
        'warning',
        'value',
        place,
        `A ${resource.resourceType} cannot match a search for ${[...types].join(', ')}; is a search.mode missing?`,
      );
}
