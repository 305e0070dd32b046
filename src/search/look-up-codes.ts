/** Turns a condition on codes into one on tokens, as terminology knows the codes. https://hl7.org/fhir/R4/search.html#token */
import { FhirError, refusal } from '../fhir/outcome.ts';
import type { Terminology } from '../terminology/terminology.ts';
import type { CodedCondition, CodedPlace, CodeSelection } from './coded.ts';
import type { Condition } from './condition.ts';
import { anySystem, withoutSystem, withSystem } from './index-text.ts';
import { tokens } from './types/value.ts';

interface Code {
  readonly system: string;
  readonly code: string;
}

/** Throws a FhirError (400) where codes are not known. */
export const lookUpCodes = (condition: CodedCondition, terminology: Terminology): Promise<Condition> =>
  located(condition, codedTokens(condition, terminology));

/** Terminology does not know for which parameter it was asked. */
const located = <T>({ parameter }: CodedCondition, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (!(error instanceof FhirError)) throw error;
    throw new FhirError(
      error.issues.map((issue) => ({ expression: [parameter], ...issue })),
      error.status,
    );
  });

async function codedTokens({ places, selections, negated, parameter }: CodedCondition, terminology: Terminology): Promise<Condition> {
  const codes = await Promise.all(selections.map((selection) => selected(selection, places, parameter, terminology)));
  const texts = await Promise.all(places.map((place) => textsAt(place, codes, terminology)));
  // SHALL: resources without the element are returned by what is negated — search.html#modifiers (:not)
  return tokens(texts.flat(), negated);
}

async function selected(
  selection: CodeSelection,
  places: readonly CodedPlace[],
  parameter: string,
  terminology: Terminology,
): Promise<readonly Code[]> {
  if (selection.relation === 'in') return (await terminology.expand(selection.valueSet)).codes;
  const { relation, code } = selection;
  const systems = selection.system === undefined ? await impliedSystems(code, places, parameter, terminology) : [selection.system];
  const related = relation === 'below' ? terminology.descendants : terminology.ancestors;
  return (await Promise.all(systems.map((system) => related(system, code)))).flat();
}

/** The systems that a plain code can have by the bindings of its elements. */
async function impliedSystems(
  code: string,
  places: readonly CodedPlace[],
  parameter: string,
  terminology: Terminology,
): Promise<readonly string[]> {
  const bound = places.flatMap(({ valueSet }) => valueSet ?? []);
  const members = await Promise.all(bound.map((valueSet) => terminology.contains(valueSet, { code })));
  const systems = members.flatMap((member) => (member.result === 'yes' ? [member.concept.system] : []));
  if (systems.length > 0) return [...new Set(systems)];
  const text = `The system of "${code.slice(0, 100)}" is not known by the value set that ${parameter} is bound to: write system|code.`;
  throw refusal('value', text);
}

async function textsAt(
  { text, form, valueSet }: CodedPlace,
  lists: readonly (readonly Code[])[],
  terminology: Terminology,
): Promise<string[]> {
  if (form === 'system') return withSystems(text, lists.flat(), terminology);
  const isMeant = valueSet === undefined ? undefined : await terminology.members(valueSet);
  const plain = form === 'plain' ? anySystem : withoutSystem;
  return lists.flatMap((codes) => codes.filter((code) => isMeant?.(code).result !== 'no').map(({ code }) => plain(text, code)));
}

async function withSystems(text: string, codes: readonly Code[], terminology: Terminology): Promise<string[]> {
  const systems = [...new Set(codes.map(({ system }) => system))];
  const spellings = new Map(await Promise.all(systems.map(async (system) => [system, await terminology.spellings(system)] as const)));
  return codes.flatMap(({ system, code }) => (spellings.get(system)?.(code) ?? [code]).map((written) => withSystem(text, system, written)));
}
