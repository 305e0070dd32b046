/** What Bundle.entry.fullUrl may be. https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl */
import { isUrn, parseReference } from '../../../fhir/reference.ts';
import type { Report, Rule } from '../../validation.ts';
import { quoted, textOf } from '../read.ts';
import { type Entry, entriesOf } from './entry.ts';

/** Their entries may be without one. */
const optional: ReadonlySet<string | undefined> = new Set(['transaction', 'transaction-response', 'batch', 'batch-response']);

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;

export const fullUrlRule: Rule = {
  types: ['Bundle'],
  check(bundle, at, report, { definitions }) {
    const isOptional = optional.has(textOf(bundle, 'type'));
    for (const entry of entriesOf(bundle, at)) {
      if (entry.fullUrl === undefined) {
        if (!isOptional) checkMissing(entry, report);
      } else checkForm(entry, entry.fullUrl, report, definitions.isResourceType);
    }
  },
};

/** An outcome has no identity to tell. */
function checkMissing({ at, resource, element }: Entry, report: Report): void {
  if (resource === undefined || element['_fullUrl'] !== undefined) return;
  if (resource.resourceType === 'OperationOutcome' && resource.id === undefined) return;
  report.add('error', 'required', at, 'The entry has no fullUrl; give the absolute URL or urn:uuid: that is the identity of its resource');
}

// SHALL: an absolute URI, consistent with Resource.id — bundle-definitions.html#Bundle.entry.fullUrl
function checkForm({ at, resource }: Entry, fullUrl: string, report: Report, isResourceType: (name: string) => boolean): void {
  const add = (text: string): void => report.add('error', 'value', at, text);
  if (!absolute.test(fullUrl))
    return add(`The fullUrl ${quoted(fullUrl)} is not absolute; expected a URL with scheme and host, or urn:uuid: or urn:oid:`);
  if (/^urn:(uuid|oid):/.test(fullUrl)) {
    if (!isUrn(fullUrl)) add(`The fullUrl ${quoted(fullUrl)} is no valid ${fullUrl.slice(4).split(':')[0] === 'uuid' ? 'UUID' : 'OID'}`);
    return;
  }
  const parsed = parseReference(fullUrl, isResourceType);
  if (resource === undefined || parsed?.kind !== 'absolute') return;
  const { resourceType, id } = resource;
  if (id === undefined)
    add(`The fullUrl ${quoted(fullUrl)} is the URL of a resource on a server, but the resource has no id; expected id "${parsed.id}"`);
  else if (parsed.type !== resourceType || parsed.id !== id)
    add(`The fullUrl ${quoted(fullUrl)} is the URL of another resource; expected it to end with /${resourceType}/${id}`);
}
