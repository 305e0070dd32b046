/** What a write of SearchParameters means for the index: definitions to build, to amend, to retire. Plain data; nothing is done here. */
import type { Definitions } from '../fhir/definitions.ts';
import { FhirError, type Issue } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { SlimSearchParameter } from '../fhir/slim-search-parameter.ts';
import { withSearchParameters } from '../fhir/with-search-parameters.ts';
import { issueAt, readCustomParameter, usageIssues } from './custom-parameter.ts';
import { namesOf, numbered, type RegisteredParameter } from './registered-parameter.ts';

export interface ParameterWrite {
  readonly owner: string;
  /** Absent where nothing is to be searched by: deleted, retired, a draft. */
  readonly resource?: Resource;
  /** Where it stands in the request. */
  readonly at: string;
}

export interface Registration {
  /** Generations that are over. */
  readonly retired: readonly string[];
  /** The same index under other words. */
  readonly amended: readonly { readonly generation: string; readonly parameter: SlimSearchParameter }[];
  readonly built: readonly { readonly owner: string; readonly parameter: SlimSearchParameter }[];
}

export const isNothing = ({ retired, amended, built }: Registration): boolean => retired.length + amended.length + built.length === 0;

interface Wanted extends ParameterWrite {
  readonly parameter?: SlimSearchParameter;
}

/** Throws a FhirError (422) with every issue at once when one of the definitions cannot be searched by. */
export function registrationOf(
  standard: Definitions,
  registered: readonly RegisteredParameter[],
  writes: readonly ParameterWrite[],
): Registration {
  const issues: Issue[] = [];
  const wanted = writes.map((write): Wanted => {
    if (write.resource === undefined) return write;
    const read = readCustomParameter(standard, write.resource, write.at);
    issues.push(...read.issues);
    return read.parameter === undefined ? write : { ...write, parameter: read.parameter };
  });
  refuse(issues);
  const plan = wanted.map((one) =>
    planOf(
      one,
      registered.filter(({ owner, state }) => owner === one.owner && state !== 'retired'),
    ),
  );
  const retired = plan.flatMap((one) => one.retired);
  const standing = registered.filter(({ generation, state }) => state !== 'retired' && !retired.includes(generation));
  refuse(issuesAmong(standard, standing, wanted));
  return { retired, amended: plan.flatMap((one) => one.amended), built: plan.flatMap((one) => one.built) };
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new FhirError(issues, 422);
}

/** What the rows depend on; name, address and description are words. */
const meaningOf = ({ code, type, base, expression, phonetic, target, component }: SlimSearchParameter): string =>
  JSON.stringify([code, type, base, expression, phonetic, target, component]);

function planOf({ owner, parameter }: Wanted, own: readonly RegisteredParameter[]): Registration {
  if (parameter === undefined) return { retired: own.map(({ generation }) => generation), amended: [], built: [] };
  const same = own.find((one) => meaningOf(one.parameter) === meaningOf(parameter));
  // While another definition is built the active one stays.
  const retired = own.filter((one) => one !== same && one.state === 'building').map(({ generation }) => generation);
  if (same === undefined) return { retired, amended: [], built: [{ owner, parameter }] };
  const isSaid = JSON.stringify(same.parameter) === JSON.stringify(parameter);
  return { retired, amended: isSaid ? [] : [{ generation: same.generation, parameter }], built: [] };
}

/** What the definitions of the write are to each other and to all others that stand. */
function issuesAmong(standard: Definitions, standing: readonly RegisteredParameter[], wanted: readonly Wanted[]): Issue[] {
  const taken = new Map<string, string>();
  const urls = new Map<string, string>();
  const claim = (owner: string, parameter: SlimSearchParameter): readonly [code: string | undefined, url: string | undefined] => {
    const other = (known: Map<string, string>, name: string): string | undefined => {
      const holder = known.get(name);
      if (holder === undefined) known.set(name, owner);
      return holder === owner ? undefined : holder;
    };
    const codes = namesOf(standard, parameter).map((name) => other(taken, name));
    return [codes.find((holder) => holder !== undefined), other(urls, parameter.url)];
  };
  for (const { owner, parameter } of standing) claim(owner, parameter);
  const clashes = wanted.flatMap(({ owner, parameter, at }) =>
    parameter === undefined ? [] : clashIssues(claim(owner, parameter), parameter, at),
  );
  return clashes.length > 0 ? clashes : usageOf(standard, standing, wanted);
}

function clashIssues(
  [code, url]: readonly [code: string | undefined, url: string | undefined],
  parameter: SlimSearchParameter,
  at: string,
): Issue[] {
  const issues: Issue[] = [];
  if (code !== undefined) {
    const text = `${code} already defines "${parameter.code}" for one of these types: choose another code, or change that definition`;
    issues.push(issueAt(at, 'code', 'business-rule', text));
  }
  if (url !== undefined) issues.push(issueAt(at, 'url', 'business-rule', `${url} already has this url: change that definition instead`));
  return issues;
}

function usageOf(standard: Definitions, standing: readonly RegisteredParameter[], wanted: readonly Wanted[]): Issue[] {
  const fresh = wanted.flatMap(({ parameter }) => (parameter === undefined ? [] : [parameter]));
  if (fresh.length === 0) return [];
  const all = withSearchParameters(standard, [...fresh, ...standing.map(numbered)]);
  return wanted.flatMap(({ parameter, at }) => (parameter === undefined ? [] : usageIssues(all, parameter, at)));
}
