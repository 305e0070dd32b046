/** What a document must hold because its Composition refers to it. https://hl7.org/fhir/R4/documents.html#content */
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';

export interface CompositionReference {
  readonly reference: string;
  /** FHIRPath of the element that holds it. */
  readonly expression: string;
}

type Found = readonly CompositionReference[];

function referencesAt(holder: JsonObject, at: string, names: readonly string[]): Found {
  return names.flatMap((name) => {
    const value = holder[name];
    const found = (each: unknown, expression: string): Found =>
      isObject(each) && typeof each['reference'] === 'string' ? [{ reference: each['reference'], expression }] : [];
    return Array.isArray(value) ? value.flatMap((each, i) => found(each, `${at}.${name}[${i}]`)) : found(value, `${at}.${name}`);
  });
}

function partsOf(holder: JsonObject, at: string, name: string, of: (part: JsonObject, at: string) => Found): Found {
  const value = holder[name];
  return Array.isArray(value) ? value.flatMap((part, i) => (isObject(part) ? of(part, `${at}.${name}[${i}]`) : [])) : [];
}

const sectionReferences = (section: JsonObject, at: string): Found => [
  ...referencesAt(section, at, ['author', 'focus', 'entry']),
  ...partsOf(section, at, 'section', sectionReferences),
];

// SHALL: what these elements refer to is in the document — documents.html#content
export const compositionReferences = (composition: Resource): Found => [
  ...referencesAt(composition, 'Composition', ['subject', 'encounter', 'author']),
  ...partsOf(composition, 'Composition', 'attester', (attester, at) => referencesAt(attester, at, ['party'])),
  ...referencesAt(composition, 'Composition', ['custodian']),
  ...partsOf(composition, 'Composition', 'event', (event, at) => referencesAt(event, at, ['detail'])),
  ...partsOf(composition, 'Composition', 'section', sectionReferences),
];
