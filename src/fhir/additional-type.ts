/**
 * Additional resource types and search parameters: conformance resources of `fhir-profiles/` beside those of R4.
 * https://hl7.org/fhir/R4/structuredefinition.html, https://hl7.org/fhir/6.0.0-ballot3/resource.html
 */
import { type Model, modelOf } from './conformance.ts';
import type { Resource } from './resource.ts';
import type { SlimType } from './slim.ts';

/** What the resources add to the standard. Throws an Error that says what does not fit together. */
export function additionalModel(resources: readonly Resource[], standard: Pick<Model, 'types' | 'searchParameters'>): Model {
  const model = modelOf(resources);
  const types = unique(model.types, new Map(standard.types.map((type) => [type.name, type])));
  const known = new Map([...standard.types, ...types].map((type) => [type.name, type]));
  for (const type of types) checkElements(type, known);
  for (const { url, base } of model.searchParameters) for (const name of base) need(known, name, url);
  checkCompartments(model, [...standard.searchParameters, ...model.searchParameters], known);
  return { ...model, types };
}

/** Several folders may bring the same data type; two different types of one name are a fault. */
function unique(types: readonly SlimType[], standard: ReadonlyMap<string, SlimType>): SlimType[] {
  const found = new Map<string, SlimType>();
  for (const type of types) {
    const earlier = standard.get(type.name) ?? found.get(type.name);
    if (earlier === undefined) found.set(type.name, type);
    else if (JSON.stringify(earlier) !== JSON.stringify(type))
      throw new Error(`${type.url} defines ${type.name} anew, which ${earlier.url} defines already`);
  }
  return [...found.values()];
}

function checkElements({ name, elements, url }: SlimType, known: ReadonlyMap<string, SlimType>): void {
  for (const element of elements) {
    for (const type of element.types) need(known, typeof type === 'string' ? type : type.code, `${url}, element ${name}.${element.name}`);
  }
}

function need(known: ReadonlyMap<string, SlimType>, name: string, where: string): void {
  if (!known.has(name))
    throw new Error(`${where} names the type ${name}, which no StructureDefinition gives; add its StructureDefinition beside it`);
}

function checkCompartments({ compartments }: Model, parameters: Model['searchParameters'], known: ReadonlyMap<string, SlimType>): void {
  for (const [compartment, members] of Object.entries(compartments)) {
    for (const [type, codes] of Object.entries(members)) {
      need(known, type, `The ${compartment} compartment`);
      const missing = codes.find((code) => code !== '{def}' && !parameters.some((one) => one.code === code && one.base.includes(type)));
      if (missing !== undefined)
        throw new Error(`The ${compartment} compartment takes ${type} by ${missing}, which is no search parameter of ${type}`);
    }
  }
}
