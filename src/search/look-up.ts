/** What has to be known before a search can be run, such as the codes of a value set, put in the place of the conditions that ask for it. */
import type { Terminology } from '../terminology/terminology.ts';
import { anyOf, type Condition } from './condition.ts';
import { forContained } from './contained/condition.ts';
import { containedType } from './contained/type.ts';
import { linkOf } from './hash.ts';
import type { FollowHierarchy, HierarchyCondition } from './hierarchy.ts';
import { lookUpCodes } from './look-up-codes.ts';
import type { Query } from './query.ts';
import { hashes } from './types/value.ts';

export interface Knowledge {
  readonly terminology: () => Terminology;
  readonly follow: FollowHierarchy;
  /** Types that are contained in anything. */
  readonly contained: ReadonlySet<string>;
}

/** The query itself when nothing has to be looked up, as in almost all. Throws a FhirError (400) where something is not known. */
export function lookUp(query: Query, knowledge: Knowledge): Query | Promise<Query> {
  return query.conditions.some((each) => isOpen(each, knowledge.contained)) ? settled(query, knowledge) : query;
}

async function settled(query: Query, knowledge: Knowledge): Promise<Query> {
  return { ...query, conditions: await Promise.all(query.conditions.map((each) => settle(each, knowledge))) };
}

function isOpen(condition: Condition, contained: ReadonlySet<string>): boolean {
  const open = (each: Condition): boolean => isOpen(each, contained);
  switch (condition.kind) {
    case 'coded':
    case 'hierarchy':
      return true;
    case 'refers':
      return contained.has(condition.to.type) || open(condition.to.condition);
    case 'referred':
      return open(condition.by.condition);
    case 'not':
      return open(condition.of);
    case 'any':
    case 'all':
      return condition.of.some(open);
    default:
      return false;
  }
}

async function settle(condition: Condition, knowledge: Knowledge): Promise<Condition> {
  switch (condition.kind) {
    case 'coded':
      return lookUpCodes(condition, knowledge.terminology());
    case 'hierarchy':
      return membersOf(condition, knowledge.follow);
    case 'refers':
      return followed({ ...condition, to: { ...condition.to, condition: await settle(condition.to.condition, knowledge) } }, knowledge);
    case 'referred':
      return { ...condition, by: { ...condition.by, condition: await settle(condition.by.condition, knowledge) } };
    case 'not':
      return { ...condition, of: await settle(condition.of, knowledge) };
    case 'any':
    case 'all':
      return { ...condition, of: await Promise.all(condition.of.map((each) => settle(each, knowledge))) };
    default:
      return condition;
  }
}

// SHALL: "a chained condition will be evaluated inside contained resources" — search.html#contained
function followed(refers: Condition & { readonly kind: 'refers' }, { contained }: Knowledge): Condition {
  const { link, to } = refers;
  if (!contained.has(to.type)) return refers;
  const inside = { type: containedType(to.type), condition: forContained(to.condition) };
  return anyOf([refers, { kind: 'refers', link: { keys: link.keys, fenced: false }, to: inside }]);
}

async function membersOf(condition: HierarchyCondition, follow: FollowHierarchy): Promise<Condition> {
  const members = await follow(condition);
  return hashes(condition.keys.flatMap((key) => members.map((member) => linkOf(key, member))));
}
