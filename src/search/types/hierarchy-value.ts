/** `:above` and `:below` of references: versions of canonicals, and hierarchies. https://hl7.org/fhir/R4/search.html#versions, #recursive */
import type { Definitions } from '../../fhir/definitions.ts';
import { isId } from '../../fhir/id.ts';
import { refusal } from '../../fhir/outcome.ts';
import { anyOf, type Condition } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { hash64 } from '../hash.ts';
import { hierarchies, type Relation } from '../hierarchy.ts';
import { textOf } from '../index-text.ts';
import { partialVersionLink, referenceKey, referenceLink, unversionedLink } from '../link-token.ts';
import { indexedTarget, versionParts } from './reference.ts';
import { isCanonical, literalTexts, targetTypes } from './reference-parameter.ts';
import { hashes, refuseValue, type Searched } from './value.ts';

export const isRelation = (modifier: string | undefined): modifier is Relation => modifier === 'above' || modifier === 'below';

export function relatedReferences(searched: Searched, relation: Relation, values: readonly string[], definitions: Definitions): Condition {
  if (isCanonical(searched)) return canonicalVersions(searched, relation, values);
  const types = targetTypes(searched, definitions.resourceTypes).filter((type) => Object.hasOwn(hierarchies, type));
  const { type, parameter } = searched;
  if (types.length === 0) {
    const known = Object.entries(hierarchies).map(([name, code]) => `${name}.${code}`);
    const text = `":${relation}" follows canonicals and the hierarchies ${known.join(', ')}; ${type}.${parameter.code} leads to none of them`;
    throw refusal('not-supported', text, { expression: parameter.code });
  }
  const targets = values.map((value) => targetOf(searched, value, types));
  const found = types.flatMap((each) => hierarchyOf(searched, relation, each, targets, definitions) ?? []);
  return anyOf(found);
}

interface Target {
  readonly type: string;
  readonly target: string;
}

function targetOf(searched: Searched, value: string, types: readonly string[]): Target {
  const text = unescaped(value);
  const [only = '', ...more] = types;
  if (isId(text)) {
    if (more.length === 0) return { type: only, target: `${only}/${text}` };
    throw refuseValue(searched, value, `it may be of several types: write ${types.map((type) => `${type}/${text}`).join(' or ')}`);
  }
  const found = indexedTarget(text, searched.context);
  const type = types.find((each) => found?.target.startsWith(`${each}/`) || found?.target.includes(`/${each}/`));
  if (found !== undefined && found.version === undefined && type !== undefined) return { type, target: found.target };
  throw refuseValue(searched, value, `the forms are id, Type/id and an absolute URL of ${types.join(' or ')}`);
}

function hierarchyOf(
  searched: Searched,
  relation: Relation,
  type: string,
  targets: readonly Target[],
  definitions: Definitions,
): Condition | undefined {
  const from = targets.filter((target) => target.type === type).map(({ target }) => hash64(target));
  const parent = definitions.searchParameters(type).get(hierarchies[type] as string);
  if (from.length === 0 || parent === undefined) return undefined;
  const keys = literalTexts(searched).map(referenceKey);
  return { kind: 'hierarchy', relation, type, parentKey: referenceKey(textOf(type, parent)), from: [...new Set(from)], keys };
}

/** `url|1` is below `url`, and `url|1.1` below `url|1`. */
export function canonicalVersions(searched: Searched, relation: Relation, values: readonly string[]): Condition {
  const links = values.flatMap((value) => searched.texts.flatMap((text) => versionLinks(text, relation, unescaped(value))));
  return hashes(links);
}

function versionLinks(text: string, relation: Relation, canonical: string): readonly string[] {
  const bar = canonical.indexOf('|');
  const url = bar < 0 ? canonical : canonical.slice(0, bar);
  const version = bar < 0 ? '' : canonical.slice(bar + 1);
  if (relation === 'below')
    return version === ''
      ? [referenceLink(text, url), unversionedLink(text, url)]
      : [referenceLink(text, canonical), partialVersionLink(text, canonical)];
  return [url, ...versionParts(version).map((part) => `${url}|${part}`), canonical].map((each) => referenceLink(text, each));
}
