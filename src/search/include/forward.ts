/** `_include`: the resources that others refer to. https://hl7.org/fhir/R4/search.html#include */
import type { Definitions } from '../../fhir/definitions.ts';
import { textOf } from '../index-text.ts';
import { uriLink, versionedLink } from '../link-token.ts';
import type { IncludeRule } from '../query.ts';
import { hashes } from '../types/value.ts';
import type { IncludeContext, Included, Lookup } from './lookup.ts';
import { type CanonicalTarget, type IncludeTarget, type LiteralTarget, type Reader, readersOf, targetsOf } from './reference.ts';

/** Targets of a round, gathered by type. */
class Wanted {
  readonly ids = new Map<string, Set<string>>();
  readonly versions = new Map<string, Map<string, readonly [id: string, version: number]>>();
  readonly tokens = new Map<string, Set<string>>();

  literal({ type, id, version }: LiteralTarget): void {
    if (version === undefined) listOf(this.ids, type, () => new Set<string>()).add(id);
    // The versions of this server are numbers: no other exists.
    else if (/^[1-9]\d{0,8}$/.test(version))
      listOf(this.versions, type, () => new Map<string, readonly [string, number]>()).set(`${id}/${version}`, [id, Number(version)]);
  }

  /** Without a version it names every version of the url that the server holds. */
  canonical(definitions: Definitions, type: string, canonical: string): void {
    const parameter = definitions.searchParameters(type).get('url');
    if (parameter === undefined) return;
    const text = textOf(type, parameter);
    const bar = canonical.indexOf('|');
    const token = bar < 0 ? uriLink(text, canonical) : versionedLink(text, canonical.slice(0, bar), canonical.slice(bar + 1));
    listOf(this.tokens, type, () => new Set<string>()).add(token);
  }

  lookups(): readonly Lookup[] {
    return [
      ...[...this.ids].map(([type, ids]): Lookup => ({ types: [type], condition: { kind: 'id', ids: [...ids], negated: false } })),
      ...[...this.versions].map(([type, versions]): Lookup => {
        const list = [...versions.values()];
        return { types: [type], condition: { kind: 'id', ids: [...new Set(list.map(([id]) => id))], negated: false }, versions: list };
      }),
      ...[...this.tokens].map(([type, tokens]): Lookup => ({ types: [type], condition: hashes([...tokens]) })),
    ];
  }
}

function listOf<T>(lists: Map<string, T>, key: string, make: () => T): T {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = make()));
  return list;
}

interface Followed {
  readonly reader: Reader;
  readonly target: string | undefined;
}

/** What the rules follow on resources of the type. */
function followedOn(definitions: Definitions, rules: readonly IncludeRule[], type: string): readonly Followed[] {
  const own = rules.filter(({ source }) => source === undefined || source === type);
  if (own.length === 0) return [];
  const readers = readersOf(definitions, type);
  return own.flatMap(({ code, target }) =>
    readers.filter((reader) => code === undefined || reader.code === code).map((reader) => ({ reader, target })),
  );
}

const typesOf = ({ types }: CanonicalTarget, only: string | undefined): readonly string[] =>
  only === undefined ? types : types.filter((type) => type === only);

function targetsIn({ targets, resource }: Included, reader: Reader, references: IncludeContext['references']): readonly IncludeTarget[] {
  let found = targets?.get(reader);
  if (found === undefined) {
    found = targetsOf(reader, resource(), references);
    targets?.set(reader, found);
  }
  return found;
}

export function forwardLookups(
  { definitions, references }: IncludeContext,
  rules: readonly IncludeRule[],
  resources: readonly Included[],
  isKnown: (type: string, id: string) => boolean,
): readonly Lookup[] {
  const wanted = new Wanted();
  const take = (target: IncludeTarget, only: string | undefined): void => {
    if (target.kind === 'canonical') for (const type of typesOf(target, only)) wanted.canonical(definitions, type, target.canonical);
    else if ((only === undefined || only === target.type) && !(target.version === undefined && isKnown(target.type, target.id)))
      wanted.literal(target);
  };
  const followed = new Map<string, readonly Followed[]>();
  for (const included of resources)
    for (const { reader, target: only } of listOf(followed, included.type, () => followedOn(definitions, rules, included.type)))
      for (const target of targetsIn(included, reader, references)) take(target, only);
  return wanted.lookups();
}
