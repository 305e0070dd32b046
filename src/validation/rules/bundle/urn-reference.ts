/** References by urn lead to entries of the same Bundle, and names of resources must not contradict them. https://hl7.org/fhir/R4/bundle.html#references */

import type { Definitions } from '../../../fhir/definitions.ts';
import { compileLinks, type FindLinks } from '../../../fhir/links.ts';
import { parseReference } from '../../../fhir/reference.ts';
import type { Report, Rule } from '../../validation.ts';
import { quoted } from '../read.ts';
import { type Entry, entriesOf } from './entry.ts';

const finders = new WeakMap<Definitions, FindLinks>();

/** The finder of links, made once for definitions. */
export function linkFinder(definitions: Definitions): FindLinks {
  const known = finders.get(definitions) ?? compileLinks(definitions);
  finders.set(definitions, known);
  return known;
}

export const urnReferenceRule: Rule = {
  types: ['Bundle'],
  check(bundle, at, report, { definitions }) {
    const entries = entriesOf(bundle, at);
    const typeOf = new Map(entries.flatMap(({ fullUrl, resource }) => (fullUrl === undefined ? [] : [[fullUrl, resource?.resourceType]])));
    for (const entry of entries) if (entry.resource !== undefined) checkLinks(entry, typeOf, report, definitions);
  },
};

/** Told of one entry: to find the path of each takes a walk through its resource. */
const most = 50;

type Types = ReadonlyMap<string, string | undefined>;

function checkLinks(entry: Entry, typeOf: Types, report: Report, definitions: Definitions): void {
  if (entry.resource === undefined) return;
  const links = linkFinder(definitions)(entry.resource, (_value, kind) => kind === 'reference');
  let told = 0;
  for (const link of links) {
    const { value } = link;
    const fault = value.startsWith('urn:') ? strayUrn(value, typeOf) : contradiction(value, entry, typeOf, definitions);
    if (fault === undefined || told++ >= most) continue;
    report.add(fault.severity, fault.code, placeOf(entry.at, link.path), fault.text);
  }
}

interface Fault {
  readonly severity: 'error' | 'warning';
  readonly code: 'not-found' | 'value';
  readonly text: string;
}

/** `Patient.subject.reference` under an entry, without the last step: the Reference. */
const placeOf = (at: string, path: string): string => `${at}.resource${path.slice(path.indexOf('.')).replace(/\.reference$/, '')}`;

function strayUrn(urn: string, typeOf: Types): Fault | undefined {
  if (typeOf.has(urn.split('#')[0] ?? '')) return undefined;
  return { severity: 'warning', code: 'not-found', text: `No entry of the Bundle has the fullUrl ${quoted(urn)}` };
}

/** A relative reference among urns leads nowhere strictly; if the id is that of an entry, its type must fit at least. */
function contradiction(reference: string, { fullUrl = '' }: Entry, typeOf: Types, { isResourceType }: Definitions): Fault | undefined {
  if (!fullUrl.startsWith('urn:uuid:')) return undefined;
  const parsed = parseReference(reference, isResourceType);
  if (parsed?.kind !== 'relative') return undefined;
  const type = typeOf.get(`urn:uuid:${parsed.id}`);
  if (type === undefined || type === parsed.type) return undefined;
  return {
    severity: 'error',
    code: 'value',
    text: `The entry urn:uuid:${parsed.id} is a ${type}, not a ${parsed.type}; refer to it by its fullUrl`,
  };
}
