/** GenomicStudy resources at random, with everything that R5 lets them say. https://hl7.org/fhir/R5/genomicstudy.html */
import fc from 'fast-check';
import type { Definitions, Property } from '../../src/fhir/definitions.ts';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';

const text = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcÄ 7"\\&<é'.split('')) }).map((each) => `x${each}`);
const extension = fc.record({ url: fc.constantFrom('https://a.example/one', 'https://a.example/two'), valueString: text });
/** A server that checks profiles has to know it. */
export const modifierUrl = 'https://a.example/changing';
const modifier = fc.record({ url: fc.constant(modifierUrl), valueString: text });
const coding = fc.record({ system: fc.constant('https://codes.example'), code: fc.constantFrom('a', 'b', 'c') });
const concept = fc.oneof(
  fc.record({ coding: fc.array(coding, { minLength: 1, maxLength: 2 }) }),
  fc.record({ text }),
  fc.record({ text, extension: fc.array(extension, { minLength: 1, maxLength: 1 }) }),
);
const idText = fc.stringMatching(/^[a-z][a-z0-9-]{0,7}$/);
const referenceTo = (targets: readonly string[] = ['Patient', 'Specimen', 'GenomicStudy']) =>
  fc
    .tuple(fc.constantFrom(...targets.map((target) => (target === 'Resource' ? 'Patient' : target))), idText)
    .map(([type, id]) => ({ reference: `${type}/${id}` }));
const identifier = fc.record({ system: fc.constant('https://ids.example'), value: text });

const byType: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  code: fc.constantFrom('registered', 'available', 'cancelled', 'entered-in-error', 'unknown'),
  dateTime: fc.constantFrom('2024', '2024-02', '2024-02-29', '2024-02-29T10:00:00.120Z'),
  string: text,
  markdown: text,
  uri: fc.constantFrom('https://protocol.example/1', 'urn:oid:1.2.3'),
  canonical: fc.constantFrom('https://plan.example/1', 'https://plan.example/1|2'),
  CodeableConcept: concept,
  Identifier: identifier,
  Annotation: fc.record({ text }),
};
const simple = new Set(['code', 'dateTime', 'string', 'markdown', 'uri', 'canonical']);
const aside = new Set(['id', 'extension', 'modifierExtension', 'meta', 'implicitRules', 'language', 'text', 'contained']);

const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq: 2 });
const few = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(arbitrary, { minLength: 1, maxLength: 3 });

const withoutNothing = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** An object of an inline structure or data type; one of each choice at most. */
function objectOf(definitions: Definitions, type: string): fc.Arbitrary<JsonObject> {
  const properties = [...definitions.properties(type)].filter(([name]) => !aside.has(name));
  const elements: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, property] of properties) {
    const must = property.element.min > 0;
    const value = valueOf(definitions, property);
    elements[name] = must ? value : sometimes(value);
    if (simple.has(property.type.code) && !must) elements[`_${name}`] = sometimes(fc.record({ extension: few(extension) }));
  }
  const beside = { id: sometimes(idText), extension: sometimes(few(extension)), modifierExtension: sometimes(few(modifier)) };
  return fc.record({ ...elements, ...beside }).map((made) => oneOfEachChoice(properties, withoutNothing(made)));
}

function oneOfEachChoice(properties: readonly (readonly [string, Property])[], made: JsonObject): JsonObject {
  const seen = new Set<string>();
  for (const [name, { element }] of properties) {
    if (!element.choice || made[name] === undefined) continue;
    if (seen.has(element.name)) delete made[name];
    seen.add(element.name);
  }
  // ele-1: an element has a value or children.
  if (Object.keys(made).length === 0) made['id'] = 'x';
  return made;
}

function valueOf(definitions: Definitions, { element, type }: Property): fc.Arbitrary<unknown> {
  const targets = type.targets?.filter((target) => target === 'Resource' || definitions.isResourceType(target));
  const single = referring(type.code, targets) ?? byType[type.code] ?? objectOf(definitions, type.code);
  return element.max === 1 ? single : few(single);
}

function referring(code: string, targets: readonly string[] | undefined): fc.Arbitrary<JsonObject> | undefined {
  if (code === 'Reference') return referenceTo(targets);
  if (code !== 'CodeableReference') return undefined;
  const both = fc.record({ concept: sometimes(concept), reference: sometimes(referenceTo(targets)), id: sometimes(idText) });
  return both.map(withoutNothing).map((made) => (Object.keys(made).length === 0 ? { id: 'x' } : made));
}

export const genomicStudies = (definitions: Definitions): fc.Arbitrary<Resource> =>
  fc
    .tuple(
      objectOf(definitions, 'GenomicStudy'),
      sometimes(fc.constant({ status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">A study</div>' })),
      sometimes(fc.constantFrom({ profile: ['https://p.example/a'] }, { tag: [{ code: 'x' }] })),
      sometimes(fc.constant([{ resourceType: 'Practitioner', id: 'analysis-1' }])),
    )
    .map(([study, narrative, meta, contained]) => ({
      resourceType: 'GenomicStudy',
      ...study,
      ...(narrative === undefined ? {} : { text: narrative }),
      ...(meta === undefined ? {} : { meta }),
      ...(contained === undefined ? {} : { contained, referrer: { reference: '#analysis-1' } }),
    }));

/** Extensions have no order: https://hl7.org/fhir/R4/extensibility.html#Extension */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const made = canonical(inner);
    const isUnordered = name === 'extension' || name === 'modifierExtension';
    return [name, isUnordered && Array.isArray(made) ? made.map((each) => JSON.stringify(each)).sort() : made];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}
