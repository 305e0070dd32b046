/**
 * Among which resources a search looks: one type, all types of the server, or those of a compartment.
 * https://hl7.org/fhir/R4/http.html#search, https://hl7.org/fhir/R4/compartmentdefinition.html
 */
import type { CompartmentCode, Definitions } from '../fhir/definitions.ts';
import { nearest } from '../fhir/nearest.ts';
import { type FhirError, refusal } from '../fhir/outcome.ts';
import { anyOf, type Condition } from './condition.ts';
import { indexingOf } from './indexing.ts';
import { mergeTypes } from './merge-types.ts';
import type { ParseOptions } from './parse-context.ts';
import { parseParameter } from './parse-parameter.ts';

export interface SearchScope {
  readonly types: readonly string[];
  /** `_type` may choose among the types: they are not named by the path. */
  readonly open: boolean;
  readonly compartment?: { readonly code: CompartmentCode; readonly id: string };
}

export const compartmentCodes: readonly CompartmentCode[] = ['Patient', 'Encounter', 'RelatedPerson', 'Practitioner', 'Device'];

export const typeScope = (type: string): SearchScope => ({ types: [type], open: false });

export const systemScope = ({ resourceTypes }: Definitions): SearchScope => ({ types: resourceTypes, open: true });

/** The types that can be in a compartment: those of its definition, and its own. */
function typesIn(definitions: Definitions, code: CompartmentCode): readonly string[] {
  const members = definitions.compartment(code);
  return definitions.resourceTypes.filter((type) => members.has(type) || type === code);
}

/** `[base]/Patient/1/Observation`, or `*` for every type. Throws 404 for what is no compartment, 400 for a type that is never in it. */
export function compartmentScope(definitions: Definitions, compartment: string, id: string, type: string): SearchScope {
  const code = compartmentCodes.find((each) => each === compartment);
  if (code === undefined) {
    const text = `${compartment} is no compartment: those are ${compartmentCodes.join(', ')}, such as [base]/Patient/${id}/Observation.`;
    throw refusal('not-supported', text, { status: 404 });
  }
  const types = typesIn(definitions, code);
  if (type === '*') return { types, open: true, compartment: { code, id } };
  if (types.includes(type)) return { types: [type], open: false, compartment: { code, id } };
  throw refusal('value', `${type} is never in the compartment of a ${code}; in it are ${types.join(', ')}.`);
}

const refuseType = (text: string): FhirError => refusal('value', text, { expression: '_type' });

/** The types that `_type` leaves. */
export function chosenTypes(definitions: Definitions, scope: SearchScope, asked: readonly string[]): readonly string[] {
  if (asked.length === 0) return scope.types;
  if (!scope.open) throw refuseType(`_type chooses among several types; here ${scope.types.join()} stands in the path already.`);
  const names = asked.flatMap((text) => text.split(','));
  for (const name of names) {
    if (scope.types.includes(name)) continue;
    const near = nearest(name, scope.types);
    const what = definitions.isResourceType(name) ? 'is not in this compartment' : 'is no resource type';
    throw refuseType(`_type lists resource types: "${name.slice(0, 64)}" ${what}.${near === undefined ? '' : ` Did you mean ${near}?`}`);
  }
  return [...new Set(names)];
}

/** What makes a resource of one of the types a member of the compartment. */
export function membership(
  definitions: Definitions,
  scope: SearchScope,
  types: readonly string[],
  options: ParseOptions,
): Condition | undefined {
  const { compartment } = scope;
  if (compartment === undefined) return undefined;
  if (compartment.code === 'Patient') return { kind: 'compartment', patient: compartment.id };
  return mergeTypes(types.map((type) => ({ type, condition: memberOf(definitions, compartment, type, options) })));
}

type Compartment = NonNullable<SearchScope['compartment']>;

function memberOf(definitions: Definitions, { code, id }: Compartment, type: string, options: ParseOptions): Condition {
  const indexing = indexingOf(definitions, type);
  const codes = definitions.compartment(code).get(type) ?? [];
  const usable = codes.filter((each) => indexing.get(each)?.refused === undefined && indexing.has(each));
  const references = usable.flatMap((each) => parseParameter({ definitions, type, options }, each, `${code}/${id}`) ?? []);
  const itself: readonly Condition[] = type === code ? [{ kind: 'id', ids: [id], negated: false }] : [];
  return anyOf([...itself, ...references]);
}
