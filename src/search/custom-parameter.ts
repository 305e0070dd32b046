/** A SearchParameter resource as something to search by, or what is wrong with it. https://hl7.org/fhir/R4/searchparameter.html */
import type { Definitions, SearchParameter } from '../fhir/definitions.ts';
import { nearest } from '../fhir/nearest.ts';
import type { Issue, IssueType } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { type RawSearchParameter, type SlimSearchParameter, slimSearchParameter } from '../fhir/slim-search-parameter.ts';
import { typesOf } from '../fhir/with-search-parameters.ts';
import { indexedTypes } from './indexers.ts';
import { type Indexing, indexingOf } from './indexing.ts';

export interface CustomParameter {
  /** Absent where the resource only says again what the standard says. */
  readonly parameter?: SlimSearchParameter;
  readonly issues: readonly Issue[];
}

interface Raw extends RawSearchParameter {
  readonly derivedFrom?: string;
}

export const issueAt = (at: string, element: string, code: IssueType, diagnostics: string): Issue => ({
  severity: 'error',
  code,
  diagnostics,
  expression: [`${at === '' ? 'SearchParameter' : at}.${element}`],
});

/** Point and colon divide chains and modifiers; what begins with _ belongs to the specification, and - to the order of `_sort`. */
const searchable = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** What the resource itself says, measured by the standard. The resource is valid in its structure. */
export function readCustomParameter(standard: Definitions, resource: Resource, at: string): CustomParameter {
  const raw = resource as unknown as Raw;
  const issues = [...nameIssues(standard, raw, at), ...kindIssues(raw, at)];
  if (issues.length > 0) return { issues };
  const own = typesOf(standard, raw.base).filter((type) => standard.searchParameters(type).has(raw.code));
  const wrong = own.filter((type) => !saysAgain(standard.searchParameters(type).get(raw.code) as SearchParameter, raw));
  if (wrong.length > 0) return { issues: [clashIssue(standard, raw, wrong[0] as string, at)] };
  return { issues: [], ...withoutTypes(standard, slimSearchParameter(raw), own) };
}

function nameIssues(standard: Definitions, { code, base }: Raw, at: string): Issue[] {
  const issues: Issue[] = [];
  if (!searchable.test(code)) {
    const text = `"${code.slice(0, 64)}" cannot be the name of a search parameter: it has up to 64 letters, digits, - and _, and begins with a letter`;
    issues.push(issueAt(at, 'code', 'value', text));
  }
  base.forEach((name, i) => {
    if (typesOf(standard, [name]).length === 0) issues.push(typeIssue(standard, name, `base[${i}]`, at));
  });
  return issues;
}

function typeIssue({ resourceTypes }: Definitions, name: string, element: string, at: string): Issue {
  const near = nearest(name, resourceTypes);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return issueAt(at, element, 'value', `"${name.slice(0, 64)}" is not a resource type of this server.${hint}`);
}

function kindIssues({ type, expression, component = [] }: Raw, at: string): Issue[] {
  if (type === 'special') {
    const text = 'Parameters of type special mean what no expression says: only those of the specification can be supported';
    return [issueAt(at, 'type', 'not-supported', text)];
  }
  if (expression === undefined)
    return [issueAt(at, 'expression', 'required', 'The server finds values by the expression (FHIRPath), and none is given')];
  if (type === 'composite' && component.length < 2)
    return [issueAt(at, 'component', 'required', 'A composite parameter has two components or more')];
  return [];
}

/** The same under another name, as implementation guides do it for every standard parameter they mention. */
const saysAgain = (standard: SearchParameter, raw: Raw): boolean =>
  standard.type === raw.type && (raw.derivedFrom?.split('|')[0] === standard.url || isSame(standard, slimSearchParameter(raw)));

const isSame = (one: SearchParameter, other: SearchParameter): boolean =>
  plain(one.expression) === plain(other.expression) && one.phonetic === other.phonetic;

const plain = (expression = ''): string => expression.replaceAll(/\s+/g, '');

function clashIssue(standard: Definitions, { code }: Raw, type: string, at: string): Issue {
  const url = standard.searchParameters(type).get(code)?.url;
  const text = `${type} has "${code}" from the specification (${url}), which stands: choose another code, or say with derivedFrom that this is the same parameter`;
  return issueAt(at, 'code', 'business-rule', text);
}

/** The parameter without the types that have it from the standard. */
function withoutTypes(standard: Definitions, parameter: SlimSearchParameter, own: readonly string[]): { parameter?: SlimSearchParameter } {
  if (own.length === 0) return { parameter };
  const base = typesOf(standard, parameter.base).filter((type) => !own.includes(type));
  return base.length === 0 ? {} : { parameter: { ...parameter, base } };
}

/** What keeps the parameter from being searched, in a registry that has it. A base that stands for many types needs one that it fits. */
export function usageIssues(all: Definitions, parameter: SlimSearchParameter, at: string): Issue[] {
  const definitions = parameter.type === 'composite' ? all : alone(all, parameter.code);
  return parameter.base.flatMap((base) => {
    const reasons = typesOf(definitions, [base]).map((type) => reasonOf(definitions, type, parameter));
    if (reasons.some((reason) => reason === undefined)) return [];
    return [issueAt(at, 'expression', 'not-supported', `${base} cannot be searched by "${parameter.code}": ${reasons[0]}`)];
  });
}

/** A registry of one code: the parameters that all types have besides need not be compiled to know of one. */
function alone(definitions: Definitions, code: string): Definitions {
  const only = (type: string): ReadonlyMap<string, SearchParameter> => {
    const parameter = definitions.searchParameters(type).get(code);
    return new Map(parameter === undefined ? [] : [[code, parameter]]);
  };
  return { ...definitions, searchParameters: only };
}

function reasonOf(definitions: Definitions, type: string, { code }: SlimSearchParameter): string | undefined {
  const parameter = definitions.searchParameters(type).get(code);
  const indexing = indexingOf(definitions, type).get(code);
  if (indexing === undefined || parameter === undefined) return 'another parameter has this code';
  if (indexing.refused !== undefined) return indexing.refused;
  return isIndexed(indexing, parameter) ? undefined : unread(indexing, parameter, type);
}

const isIndexed = (indexing: Indexing, parameter: SearchParameter): boolean => {
  const readable = indexedTypes(parameter);
  return indexing.branches.some(({ type, typed }) => typed !== undefined || readable.has(type));
};

function unread({ branches }: Indexing, parameter: SearchParameter, type: string): string {
  if (branches.length === 0) return `its expression leads to no element of ${type}`;
  const found = [...new Set(branches.map((branch) => branch.type))].join(', ');
  return `a ${parameter.type} parameter has values of type ${[...indexedTypes(parameter)].join(', ')}, and the expression gives ${found}`;
}
