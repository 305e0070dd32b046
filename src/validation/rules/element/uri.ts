/** URIs by what they are for: canonicals, identifiers by URI, systems of codes, ids of other kinds. https://hl7.org/fhir/R4/datatypes.html#uri */
import { isUrn } from '../../../fhir/reference.ts';
import { isObject } from '../../../fhir/resource.ts';
import type { Report, Surroundings } from '../../validation.ts';
import { quoted, textOf } from '../read.ts';
import type { ElementCheck, Visit } from './element.ts';

const isAbsolute = (uri: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:./.test(uri);

// Canonical URLs are absolute, unless they name what is contained; the examples of R4 themselves are not strict about it.
export const canonicalCheck: ElementCheck = {
  types: ['canonical'],
  check(visit, report, surroundings) {
    const { value } = visit;
    if (typeof value !== 'string' || value === '') return;
    if (value.startsWith('#')) {
      if (surroundings.resolve(value, visit.resource) === undefined)
        report.add('error', 'not-found', visit.at(), `No contained resource has the id ${quoted(value.slice(1))}`);
    } else if (!isAbsolute(value))
      report.add(
        'warning',
        'value',
        visit.at(),
        `The canonical URL ${quoted(value)} is not absolute; expected a URL with scheme and host, or #id`,
      );
    else checkTarget(value, visit, report, surroundings);
  },
};

/** In the namespace of the standard a URL tells the type. */
const standardUrl = /^https?:\/\/hl7\.org\/fhir\/([A-Z][A-Za-z]+)\/[^/]+$/;

function checkTarget(canonical: string, visit: Visit, report: Report, { definitions }: Surroundings): void {
  const type = standardUrl.exec(canonical.split('|')[0] ?? '')?.[1];
  if (type === undefined || !definitions.isResourceType(type)) return;
  const { targets } = definitions.properties(visit.ownerType).get(visit.key)?.type ?? {};
  if (targets !== undefined && !targets.includes(type))
    report.add('error', 'value', visit.at(), `${quoted(canonical)} is a ${type}; expected a ${targets.slice(0, 5).join(' or ')}`);
}

export const uriCheck: ElementCheck = {
  types: ['uri', 'url', 'canonical'],
  check(visit, report) {
    const { value } = visit;
    if (typeof value !== 'string') return;
    if (value.startsWith('oid:') || value.startsWith('uuid:'))
      report.add('error', 'value', visit.at(), `${quoted(value)} is no URI of its kind; expected urn:${value}`);
    else if (value.startsWith('urn:oid:') && !isUrn(value))
      report.add('error', 'value', visit.at(), `${quoted(value)} is no valid OID; expected one such as urn:oid:1.2.3`);
  },
};

const uriSystem = 'urn:ietf:rfc:3986';

/** https://hl7.org/fhir/R4/datatypes.html#Identifier */
export const identifierCheck: ElementCheck = {
  types: ['Identifier'],
  check(visit, report) {
    if (!isObject(visit.value)) return;
    const system = textOf(visit.value, 'system');
    const value = textOf(visit.value, 'value');
    if (system !== undefined && !isAbsolute(system))
      report.add('error', 'value', visit.at('system'), `The system ${quoted(system)} is not absolute; expected a URI with its scheme`);
    if (system === uriSystem && value !== undefined && !isAbsolute(value))
      report.add(
        'error',
        'value',
        visit.at(),
        `In the system ${uriSystem} the value is a URI; expected a scheme before ${quoted(value)}, such as urn:oid: or urn:uuid:`,
      );
  },
};

/** Value sets of the standard; elsewhere names prove nothing. */
const valueSetUrl = /^https?:\/\/(?:terminology\.hl7\.org|hl7\.org\/fhir)\/ValueSet\/[^/]+$/;

/** https://hl7.org/fhir/R4/datatypes.html#Coding */
export const codingSystemCheck: ElementCheck = {
  types: ['Coding'],
  check(visit, report) {
    const system = isObject(visit.value) ? textOf(visit.value, 'system') : undefined;
    if (system !== undefined && valueSetUrl.test(system)) tellValueSet(system, visit, report);
  },
};

const tellValueSet = (system: string, visit: Visit, report: Report): void =>
  report.add('error', 'value', visit.at('system'), `${quoted(system)} is a value set; expected the code system that defines the code`);
