/** The least that a resource of any type must have, made of the definitions; and every element of it that can refer to a Patient. */
import type { Definitions, ElementDefinition, TypeReference } from '../../src/fhir/definitions.ts';
import type { Resource } from '../../src/fhir/resource.ts';

const simple: Readonly<Record<string, unknown>> = {
  ...{ boolean: true, integer: 1, positiveInt: 1, unsignedInt: 1, decimal: 1, date: '2020-01-01', dateTime: '2020-01-01' },
  ...{ instant: '2020-01-01T00:00:00Z', time: '10:00:00', uri: 'urn:x', url: 'urn:x', canonical: 'urn:x', oid: 'urn:oid:1.2' },
  ...{ uuid: 'urn:uuid:0b0a4dd7-4f5c-4f4e-9c62-1f6c3a8b7a11', base64Binary: 'AAAA', id: 'x', code: 'x', string: 'x', markdown: 'x' },
};
const shaped: Readonly<Record<string, unknown>> = {
  ...{ CodeableConcept: { text: 'x' }, Reference: { display: 'x' }, Identifier: { value: 'x' }, Coding: { system: 'urn:x', code: 'x' } },
  ...{ Quantity: { value: 1 }, Period: { start: '2020-01-01' }, HumanName: { text: 'x' }, Attachment: { title: 'x' }, Money: { value: 1 } },
  ...{ CodeableReference: { concept: { text: 'x' } }, Age: { value: 1 }, Annotation: { text: 'x' }, Duration: { value: 1 } },
};

const nameOf = ({ name, choice }: ElementDefinition, { code }: TypeReference): string =>
  choice ? `${name}${code[0]?.toUpperCase()}${code.slice(1)}` : name;

function valueOf(definitions: Definitions, element: ElementDefinition, type: TypeReference): unknown {
  const { binding } = element;
  if (type.code === 'code' && binding?.strength === 'required') return [...(definitions.codes(binding.valueSet) ?? ['x'])][0];
  return simple[type.code] ?? shaped[type.code] ?? least(definitions, type.code);
}

function least(definitions: Definitions, typeName: string): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const element of definitions.type(typeName)?.elements ?? []) {
    const [type] = element.types;
    if (element.min === 0 || type === undefined) continue;
    const value = valueOf(definitions, element, type);
    made[nameOf(element, type)] = element.max > 1 ? [value] : value;
  }
  return made;
}

/** Puts a reference into a resource of least content. */
export type Put = (reference: string) => Resource;

export interface Place {
  /** `Observation.subject`, `Contract.term.offer.party.reference`. */
  readonly path: string;
  readonly put: Put;
}

const takesPatients = ({ code, targets }: TypeReference): boolean =>
  code === 'Reference' && (targets === undefined || targets.includes('Patient') || targets.includes('Resource'));

const deepest = 3;

/** All places of the type where a reference to a Patient may stand, inline structures included. */
export function placesOf(definitions: Definitions, typeName: string): readonly Place[] {
  const found: Place[] = [];
  const visit = (name: string, path: string, wrap: (inner: Record<string, unknown>) => Record<string, unknown>, depth: number): void => {
    for (const element of definitions.type(name)?.elements ?? [])
      for (const type of element.types) {
        const key = nameOf(element, type);
        const set = (value: unknown): Record<string, unknown> =>
          wrap({ ...least(definitions, name), [key]: element.max > 1 ? [value] : value });
        if (takesPatients(type))
          found.push({ path: `${path}.${key}`, put: (reference) => ({ resourceType: typeName, ...set({ reference }) }) });
        else if (type.code.startsWith(`${typeName}.`) && depth < deepest)
          visit(type.code, `${path}.${key}`, (inner) => set({ ...(least(definitions, type.code) as object), ...inner }), depth + 1);
      }
  };
  visit(typeName, typeName, (inner) => inner, 0);
  const extension: Put = (reference) => ({
    resourceType: typeName,
    ...least(definitions, typeName),
    extension: [{ url: 'urn:x', valueReference: { reference } }],
  });
  return [...found, { path: `${typeName}.extension`, put: extension }];
}
