/** Invariants that fail become issues. https://hl7.org/fhir/R4/conformance-rules.html#constraints */
import type { Check } from './check.ts';
import type { Constraint } from './invariants.ts';
import type { Walk } from './walk.ts';

export function checkConstraints(constraints: readonly Constraint[], walk: Walk, value: unknown): void {
  const { within } = walk;
  if (within === undefined) return;
  for (const constraint of constraints) {
    // SHALL: contained resources have no narrative — references.html#contained
    if (constraint.key === 'dom-6' && within.isContained) continue;
    const verdict = constraint.holds(within.run, value);
    if (verdict === false) walk.add('invariant', () => constraint.text, constraint.severity);
    else if (verdict !== true) walk.add('processing', () => `${constraint.key} could not be checked: ${verdict.reason}`, 'warning');
  }
}

/** A check, and then the invariants of the element. */
export const constraintCheck =
  (check: Check, constraints: readonly Constraint[]): Check =>
  (walk, value, owner, key) => {
    check(walk, value, owner, key);
    checkConstraints(constraints, walk, value);
  };
