/**
 * How each property of a type stands in XML: attribute, element with a value, element with children, wrapped resource or XHTML.
 * https://hl7.org/fhir/R4/xml.html
 */
import type { Definitions, ElementDefinition, TypeDefinition } from '../definitions.ts';

export const fhirNamespace = 'http://hl7.org/fhir';
export const xhtmlNamespace = 'http://www.w3.org/1999/xhtml';

export type Kind = 'attribute' | 'xhtml' | 'primitive' | 'complex' | 'resource';

export interface Part {
  /** JSON property and XML element name, with the type suffix for a choice. */
  readonly name: string;
  /** The element as paths have it: without the type suffix. */
  readonly element: string;
  readonly kind: Kind;
  readonly type: string;
  readonly repeats: boolean;
  /** Place among the elements of the type. */
  readonly order: number;
}

/** The parts of one type, by name. */
export type Plan = ReadonlyMap<string, Part>;

function kindOf(element: ElementDefinition, type: TypeDefinition | undefined): Kind {
  if (element.xml !== undefined) return element.xml;
  if (type?.name === 'xhtml') return 'xhtml';
  return type?.kind ?? 'complex';
}

function makePlan(definitions: Definitions, typeName: string): Plan {
  const elements = definitions.type(typeName)?.elements ?? [];
  const order = new Map(elements.map((element, index) => [element.name, index]));
  const plan = new Map<string, Part>();
  for (const [name, { element, type }] of definitions.properties(typeName)) {
    const kind = kindOf(element, definitions.type(type.code));
    const place = order.get(element.name) ?? elements.length;
    plan.set(name, { name, element: element.name, kind, type: type.code, repeats: element.max > 1, order: place });
  }
  return plan;
}

const known = new WeakMap<Definitions, Map<string, Plan>>();

export function planOf(definitions: Definitions, typeName: string): Plan {
  let plans = known.get(definitions);
  if (!plans) known.set(definitions, (plans = new Map()));
  let plan = plans.get(typeName);
  if (!plan) plans.set(typeName, (plan = makePlan(definitions, typeName)));
  return plan;
}
