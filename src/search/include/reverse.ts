/** `_revinclude`: the resources that refer to others, found by the tokens of their references. https://hl7.org/fhir/R4/search.html#revinclude */
import type { Definitions } from '../../fhir/definitions.ts';
import type { Resource } from '../../fhir/resource.ts';
import { isFencedBy } from '../compartment.ts';
import { anyOf, type Condition } from '../condition.ts';
import { textOf } from '../index-text.ts';
import { type Indexing, indexingOf } from '../indexing.ts';
import { holdsCanonicals, holdsReferences } from '../link.ts';
import { anyReferenceLink, referenceLink } from '../link-token.ts';
import type { IncludeRule } from '../query.ts';
import { literalTexts, targetTypes } from '../types/reference-parameter.ts';
import { hashes } from '../types/value.ts';
import type { IncludeContext, Included, Lookup } from './lookup.ts';
import { referenceParameters } from './parameter.ts';
import { type IncludeTarget, readersOf } from './reference.ts';

/** How one parameter refers to resources of one type. */
interface Way {
  readonly source: string;
  /** Texts of the index; absent where it does not hold such references. */
  readonly literal?: readonly string[];
  readonly canonical?: readonly string[];
  /** The source always is in the record of the patient that it refers to. */
  readonly fenced: boolean;
}

const known = new WeakMap<Definitions, Map<string, readonly Way[]>>();

/** The ways from a type, by one reference parameter or all, to another. */
function waysOf(definitions: Definitions, source: string, code: string | undefined, target: string): readonly Way[] {
  let ways = known.get(definitions);
  if (!ways) known.set(definitions, (ways = new Map()));
  const key = `${source}:${code ?? '*'}:${target}`;
  let found = ways.get(key);
  if (!found) ways.set(key, (found = compileWays(definitions, source, code, target)));
  return found;
}

function compileWays(definitions: Definitions, source: string, code: string | undefined, target: string): readonly Way[] {
  const isCanonical = definitions.searchParameters(target).has('url');
  return referenceParameters(definitions, source).flatMap((parameter) => {
    if (code !== undefined && parameter.code !== code) return [];
    const indexing = indexingOf(definitions, source).get(parameter.code) as Indexing;
    if (!targetTypes({ parameter, indexing }, definitions.resourceTypes).includes(target)) return [];
    const texts = literalTexts({ indexing, texts: [textOf(source, parameter)], type: source });
    const fenced = target === 'Patient' && isFencedBy(definitions, source, parameter.code);
    return {
      source,
      fenced,
      ...(holdsReferences({ indexing }) ? { literal: texts } : {}),
      ...(isCanonical && holdsCanonicals({ indexing }) ? { canonical: texts } : {}),
    };
  });
}

/** A canonical names it by its url, or by url and version. */
function canonicalsOf({ url, version }: Resource): readonly string[] {
  if (typeof url !== 'string') return [];
  return typeof version === 'string' ? [url, `${url}|${version}`] : [url];
}

/** Tokens of references to some resources, and the patient that all of them are in the record of. */
class Tokens {
  readonly list = new Set<string>();
  #patient: string | undefined;

  add(tokens: readonly string[], patient?: string): void {
    this.#patient = this.list.size === 0 || this.#patient === patient ? patient : undefined;
    for (const token of tokens) this.list.add(token);
  }

  condition(): Condition {
    const condition = hashes([...this.list]) as Condition & { readonly kind: 'tokens' };
    return this.#patient === undefined ? condition : { ...condition, patient: this.#patient };
  }
}

/** From the resource back, by each of the ways. */
function addWays(tokens: Tokens, ways: readonly Way[], { type, id, resource }: Included): void {
  for (const { literal = [], canonical = [], fenced } of ways) {
    if (literal.length > 0)
      tokens.add(
        literal.map((text) => referenceLink(text, `${type}/${id}`)),
        fenced ? id : undefined,
      );
    if (canonical.length > 0) tokens.add(canonical.flatMap((text) => canonicalsOf(resource()).map((each) => referenceLink(text, each))));
  }
}

/** From one type back to another. */
function fromType({ definitions }: IncludeContext, rules: readonly IncludeRule[], resources: readonly Included[]): readonly Lookup[] {
  const sources = new Map<string, Tokens>();
  for (const { source, code, target } of rules) {
    if (source === undefined) continue;
    const tokens = sources.get(source) ?? new Tokens();
    sources.set(source, tokens);
    for (const resource of resources)
      if (target === undefined || target === resource.type) addWays(tokens, waysOf(definitions, source, code, resource.type), resource);
  }
  return [...sources].filter(([, { list }]) => list.size > 0).map(([type, tokens]) => ({ types: [type], condition: tokens.condition() }));
}

/** Resources that are asked for together: each patient among them is a part of its own in the statement. */
const groupSize = 20;

/**
 * From any type, by any parameter. The index knows references by any element as well; which of them a parameter reads is told by the
 * resource that was found.
 */
function fromAnywhere(context: IncludeContext, resources: readonly Included[]): readonly Lookup[] {
  const groups = Array.from({ length: Math.ceil(resources.length / groupSize) }, (_, i) =>
    resources.slice(i * groupSize, (i + 1) * groupSize),
  );
  return groups.map((group) => ({
    types: context.definitions.resourceTypes,
    condition: anywhere(context.definitions, group),
    accepts: refersTo(context, group),
  }));
}

function anywhere(definitions: Definitions, resources: readonly Included[]): Condition {
  const literals = resources.map(({ type, id }) => anyReferenceLink(`${type}/${id}`));
  const canonicals = new Tokens();
  for (const resource of resources) {
    const ways = definitions.searchParameters(resource.type).has('url')
      ? definitions.resourceTypes.flatMap((source) => waysOf(definitions, source, undefined, resource.type))
      : [];
    for (const { source, canonical } of ways)
      if (canonical !== undefined) addWays(canonicals, [{ source, canonical, fenced: false }], resource);
  }
  // What refers to its own patient says so by being in that record.
  const patients = resources.filter(({ type }) => type === 'Patient').map(({ id }): Condition => ({ kind: 'compartment', patient: id }));
  return anyOf([hashes([...literals, ...canonicals.list]), ...patients]);
}

function refersTo({ definitions, references }: IncludeContext, resources: readonly Included[]): (resource: Resource) => boolean {
  const names = new Set(resources.map(({ type, id }) => `${type}/${id}`));
  const canonicals = new Set(
    resources
      .filter(({ type }) => definitions.searchParameters(type).has('url'))
      .flatMap(({ type, resource }) => canonicalsOf(resource()).map((canonical) => `${type} ${canonical}`)),
  );
  const isOne = (target: IncludeTarget): boolean =>
    target.kind === 'literal'
      ? names.has(`${target.type}/${target.id}`)
      : canonicals.size > 0 && target.types.some((type) => canonicals.has(`${type} ${target.canonical}`));
  return (resource) => {
    let found = false;
    const take = (target: IncludeTarget): void => void (found ||= isOne(target));
    for (const { read } of readersOf(definitions, resource.resourceType)) {
      read(resource, references, take);
      if (found) return true;
    }
    return false;
  };
}

export function reverseLookups(context: IncludeContext, rules: readonly IncludeRule[], resources: readonly Included[]): readonly Lookup[] {
  const isAnywhere = rules.some(({ source }) => source === undefined);
  return [...fromType(context, rules, resources), ...(isAnywhere ? fromAnywhere(context, resources) : [])];
}
