/** What is left of a condition once all is decided that the index rows of a resource tell by themselves: what looks at other rows. */
import { allOf, anyOf, type Condition } from './condition.ts';
import { type Candidate, holds } from './holds.ts';

export function decided(condition: Condition, candidate: Candidate): Condition | boolean {
  switch (condition.kind) {
    case 'refers':
    case 'referred':
    case 'consented':
      return condition;
    case 'not': {
      const of = decided(condition.of, candidate);
      return typeof of === 'boolean' ? !of : { kind: 'not', of };
    }
    case 'all':
      return joined(condition.of, candidate, false);
    case 'any':
      return joined(condition.of, candidate, true);
    default:
      return holds(condition, candidate);
  }
}

/** `decisive` is the answer of one that settles all of them. */
function joined(list: readonly Condition[], candidate: Candidate, decisive: boolean): Condition | boolean {
  const open: Condition[] = [];
  for (const each of list) {
    const left = decided(each, candidate);
    if (left === decisive) return decisive;
    if (typeof left !== 'boolean') open.push(left);
  }
  if (open.length === 0) return !decisive;
  return decisive ? anyOf(open) : allOf(open);
}
