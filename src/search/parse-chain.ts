/**
 * Chained parameters, `subject:Patient.name=…`, and reverse chains, `_has:Observation:patient:code=…`, to any depth and in each other.
 * https://hl7.org/fhir/R4/search.html#chaining, https://hl7.org/fhir/R4/search.html#has
 */
import { nearest } from '../fhir/nearest.ts';
import { FhirError, refusal } from '../fhir/outcome.ts';
import { anyOf, type Condition } from './condition.ts';
import { linksOf } from './link.ts';
import type { ParseContext } from './parse-context.ts';
import { searchedOf, unsupported } from './parse-filter.ts';
import { targetTypes } from './types/reference-parameter.ts';
import type { Searched } from './types/value.ts';

/** Reads the rest of a chain on another type; undefined when that type has no such parameter. */
export type ReadRest = (context: ParseContext, name: string, value: string) => Condition | undefined;

/** Every step is a join for each type that it can lead to. */
const mostSteps = 10;

function deeper(context: ParseContext, type: string, name: string): ParseContext {
  const depth = (context.depth ?? 0) + 1;
  if (depth > mostSteps)
    throw refusal('too-costly', `A chain has at most ${mostSteps} steps: "${name.slice(0, 100)}" goes further`, { status: 400 });
  return { ...context, type, depth };
}

const refuse = (name: string, why: string): FhirError =>
  refusal('value', `"${name.slice(0, 100)}" is no chain: ${why}`, { expression: name.slice(0, 100) });

function chainable(context: ParseContext, code: string, name: string): Searched {
  const parameters = context.definitions.searchParameters(context.type);
  const parameter = parameters.get(code);
  const references = [...parameters.values()].filter(({ type }) => type === 'reference').map((each) => each.code);
  if (parameter?.type === 'reference') return searchedOf(context, parameter);
  const near = nearest(code, references);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const what = parameter === undefined ? 'no search parameter' : `a ${parameter.type} parameter`;
  throw refuse(
    name,
    `${code.slice(0, 64)} is ${what} of ${context.type}; reference parameters are ${references.sort().join(', ')}.${hint}`,
  );
}

function typesOf(context: ParseContext, searched: Searched, asked: string | undefined, name: string): readonly string[] {
  const possible = targetTypes(searched, context.definitions.resourceTypes);
  if (asked === undefined) return possible;
  if (possible.includes(asked)) return [asked];
  throw refuse(name, `${searched.parameter.code} of ${context.type} can lead to ${possible.join(', ')}, not to ${asked.slice(0, 64)}`);
}

/** What is asked of the resources of one type; undefined when that type cannot be asked so. */
type Ask = (context: ParseContext) => Condition | undefined;

/** The row refers by `head`, `subject` or `subject:Patient`, to one of which `ask` holds. `name` is the whole parameter, for refusals. */
export function refersTo(context: ParseContext, head: string, name: string, ask: Ask): Condition {
  const [code = '', asked, ...more] = head.split(':');
  if (more.length > 0) throw refuse(name, 'a step has one type at most, such as subject:Patient.name');
  const searched = chainable(context, code, name);
  const types = typesOf(context, searched, asked, name);
  const refused: FhirError[] = [];
  const found = types.flatMap((type) => {
    const condition = asked === undefined ? attempt(() => ask(deeper(context, type, name)), refused) : ask(deeper(context, type, name));
    if (condition === undefined) return [];
    return linksOf(context.definitions, searched, type).map((link): Condition => ({ kind: 'refers', link, to: { type, condition } }));
  });
  if (found.length > 0) return anyOf(found);
  if (refused[0] !== undefined) throw refused[0];
  const rest = name.slice(name.indexOf('.') + 1).split(/[:.[]/)[0];
  throw refuse(name, `none of ${types.join(', ')}, to which ${code} leads, has a search parameter "${rest?.slice(0, 64)}"`);
}

/** Of several types a parameter may mean something else in one: that one has no match, and the others are asked. */
function attempt(ask: () => Condition | undefined, refused: FhirError[]): Condition | undefined {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof FhirError) || error.status !== 400) throw error;
    refused.push(error);
    return undefined;
  }
}

/** `rest` is whatever may be asked of the target. */
export const parseChain = (context: ParseContext, head: string, rest: string, value: string, read: ReadRest): Condition =>
  refersTo(context, head, `${head}.${rest}`, (target) => read(target, rest, value));

const form = 'a reverse chain is _has:[type]:[reference parameter]:[parameter], such as _has:Observation:patient:code';

/** `rest` is everything behind `_has:`. */
export function parseHas(context: ParseContext, rest: string, value: string, read: ReadRest): Condition {
  const name = `_has:${rest}`;
  const [, type = '', code = '', tail = ''] = /^([^:]*):([^:]*):(.+)$/.exec(rest) ?? [];
  if (tail === '') throw refuse(name, form);
  const { definitions } = context;
  if (!definitions.isResourceType(type))
    throw refuse(name, `${type.slice(0, 64)} is no resource type${suggestion(type, definitions.resourceTypes)}`);
  const other = deeper(context, type, name);
  const searched = chainable(other, code, name);
  const targets = targetTypes(searched, definitions.resourceTypes);
  if (!targets.includes(context.type)) throw refuse(name, `${code} of ${type} leads to ${targets.join(', ')}, never to ${context.type}`);
  const condition = read(other, tail, value);
  if (condition === undefined) throw unsupported(name, `${type} has no search parameter "${tail.split(/[:.]/)[0]?.slice(0, 64)}"`);
  return anyOf(
    linksOf(definitions, searched, context.type).map((link): Condition => ({ kind: 'referred', link, by: { type, condition } })),
  );
}

const suggestion = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
};
