/**
 * Composite parameters taken apart: what of them is a conjunction of other parameters, and what needs rows for each element.
 * https://hl7.org/fhir/R4/search.html#combining
 */
import type { Definitions, SearchParameter, SearchParameterType } from '../fhir/definitions.ts';
import { type Branch, compileExpression } from './expression.ts';
import type { Indexing } from './indexing.ts';
import { typesWithSystem } from './types/token.ts';

/** One part of a composite as it is read from an element. */
export interface Component {
  readonly parameter: SearchParameter;
  /** Branches begin at the element, or at the resource. */
  readonly indexing: Indexing;
  readonly onResource: boolean;
}

/** An element that may repeat: its parts must be those of one and the same element. */
export interface ElementPart {
  readonly base: Branch;
  readonly components: readonly Component[];
}

/** The resource itself: all of these parameters together mean the composite. */
export interface RootPart {
  readonly codes: readonly string[];
  /** What those parameters also find and the composite does not: a resource with such a value is none of it. */
  readonly strays: readonly Branch[];
}

export interface Composite {
  /** `code$value-quantity` */
  readonly form: string;
  readonly roots: readonly RootPart[];
  readonly elements: readonly ElementPart[];
  /** Code of the parameter whose rows of the same elements serve this one as well. */
  readonly rowsOf?: string;
}

type AllIndexing = ReadonlyMap<string, Indexing>;

const way = ({ path, type }: Branch): string => `${path}:${type}`;

const onResource = '%resource.';

/** In words for the client, when a composite is of a form that is not indexed. */
export function compileComposite(definitions: Definitions, type: string, parameter: SearchParameter, all: AllIndexing): Composite | string {
  const parameters = [...definitions.searchParameters(type).values()];
  const parts = (parameter.component ?? []).map(({ definition, expression }) => ({
    expression,
    parameter: parameters.find(({ url }) => url === definition),
  }));
  const found = inOrder(parts.flatMap((part) => (part.parameter === undefined ? [] : [{ ...part, parameter: part.parameter }])));
  if (found.length !== parts.length || parts.length < 2) return 'its components are no search parameters of this type';
  if (found.some((part) => part.parameter.phonetic)) return 'one of its components is compared by its sound, which no composite is';
  if (!isIndexable(found.map((part) => part.parameter.type)))
    return 'composites begin with a token and have one further part, or two numbers';
  const roots: RootPart[] = [];
  const elements: ElementPart[] = [];
  for (const base of compileExpression(parameter.expression ?? type, type, definitions)) {
    const components = found.map((part) => componentOf(definitions, type, base, part.parameter, part.expression));
    const root = base.steps.length === 0 ? rootOf(components, parameters, all) : undefined;
    if (root) roots.push(root);
    else elements.push({ base, components });
  }
  return { form: found.map((part) => part.parameter.code).join('$'), roots, elements };
}

interface Part {
  readonly parameter: SearchParameter;
  readonly expression: string;
}

/** DocumentReference.relationship is published with the definitions of its two components exchanged: `code` would be a reference. */
function inOrder(parts: readonly Part[]): readonly Part[] {
  const [first, other] = parts;
  if (parts.length !== 2 || first?.parameter.type !== 'reference' || other?.parameter.type !== 'token') return parts;
  return [
    { ...first, parameter: other.parameter },
    { ...other, parameter: first.parameter },
  ];
}

const second: ReadonlySet<SearchParameterType> = new Set(['token', 'quantity', 'date', 'string', 'reference', 'uri', 'number']);

function isIndexable([first, ...others]: readonly SearchParameterType[]): boolean {
  if (first !== 'token') return false;
  if (others.length === 1) return second.has(others[0] as SearchParameterType);
  return others.length === 2 && others.every((type) => type === 'number');
}

function componentOf(definitions: Definitions, type: string, base: Branch, parameter: SearchParameter, expression: string): Component {
  const fromResource = expression.startsWith(onResource);
  const branches = fromResource
    ? compileExpression(`${type}.${expression.slice(onResource.length)}`, type, definitions)
    : compileExpression(expression, base.type, definitions);
  const systems = branches.some((branch) => typesWithSystem.has(branch.type));
  return { parameter, indexing: { branches, primaryDate: false, systems }, onResource: fromResource };
}

/** Of each component the parameter that reads the same elements, and the fewest others. */
function rootOf(components: readonly Component[], parameters: readonly SearchParameter[], all: AllIndexing): RootPart | undefined {
  const codes: string[] = [];
  const strays: Branch[] = [];
  for (const { parameter, indexing } of components) {
    const wanted = new Set(indexing.branches.map(way));
    const fitting = parameters
      .filter(({ type, generation }) => type === parameter.type && generation === undefined)
      .map(({ code }) => ({ code, branches: all.get(code)?.branches ?? [], parts: all.get(code)?.parts }))
      .filter(({ branches, parts }) => parts === undefined && branches.length > 0)
      .filter(({ branches }) => [...wanted].every((each) => branches.some((branch) => way(branch) === each)))
      .sort((a, b) => a.branches.length - b.branches.length);
    const [best] = fitting;
    if (best === undefined) return undefined;
    codes.push(best.code);
    strays.push(...best.branches.filter((branch) => !wanted.has(way(branch))));
  }
  return strays.every(({ single }) => single) ? { codes, strays } : undefined;
}

/** The same for composites that leave the same of the elements. */
function elementsText({ elements }: Composite): string {
  const component = ({ parameter, indexing, onResource: whole }: Component): unknown => [parameter.type, whole, indexing.branches.map(way)];
  return JSON.stringify(elements.map(({ base, components }) => [way(base), components.map(component)]));
}

/** `component-code-value-quantity` is the part of `combo-code-value-quantity` that has rows: each is kept once. */
export function withSharedRows(composite: Composite, others: Iterable<readonly [code: string, composite: Composite]>): Composite {
  if (composite.elements.length === 0) return composite;
  const text = elementsText(composite);
  for (const [code, other] of others) if (other.rowsOf === undefined && elementsText(other) === text) return { ...composite, rowsOf: code };
  return composite;
}

/** Under which the second part of a composite is indexed: one text for each form of the first. */
export const pairText = (form: string): string => `${form}$`;

/** A resource that its root part must leave out. */
export const strayText = (composite: string): string => `${composite}$?`;
