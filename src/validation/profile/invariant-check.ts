/**
 * Invariants of profiles: FHIRPath, compiled when a value is met for the first time.
 * https://hl7.org/fhir/R4/conformance-rules.html#constraints
 */

import { FhirPathError } from '../../fhir/fhirpath/fault.ts';
import type { CompiledExpression } from '../../fhir/fhirpath/fhirpath.ts';
import { Value } from '../../fhir/fhirpath/value.ts';
import { correctedExpression } from '../invariant-corrections.ts';
import type { CheckRun, Twin } from './check-run.ts';
import type { Compiler, ValueCheck } from './compiler.ts';
import type { ElementNode, Invariant } from './element-node.ts';
import { expressionsOf } from './expression-run.ts';

export const invariantChecks = (compiler: Compiler, node: ElementNode, type: string): ValueCheck[] =>
  [...node.invariants.values()].flatMap((invariant) => {
    const expression = correctedExpression(invariant.expression);
    return expression === undefined ? [] : invariantCheck(compiler, { ...invariant, expression }, type);
  });

function invariantCheck(compiler: Compiler, invariant: Invariant, type: string): ValueCheck {
  let compiled: CompiledExpression | FhirPathError | undefined;
  return (run, value, twin) => {
    if (run.isLate() || run.tooCostly.has(invariant)) return;
    compiled ??= compiler.expression(invariant.expression, type);
    if (compiled instanceof FhirPathError) return untold(run, invariant, compiled);
    try {
      if (!compiled.holdsIn(expressionsOf(run, compiler), inputOf(value, twin, type))) failed(run, invariant);
    } catch (error) {
      if (!(error instanceof FhirPathError)) throw error;
      if (error.kind === 'cost') run.tooCostly.add(invariant);
      untold(run, invariant, error);
    }
  };
}

/** A primitive that has extensions is more than its JSON value. */
export const inputOf = (value: unknown, twin: Twin, type: string): unknown =>
  twin === undefined ? value : new Value(`FHIR.${type}`, value, { ...twin });

// SHALL: an invariant that is not true is broken — conformance-rules.html#constraints
function failed(run: CheckRun, { key, severity, human, source }: Invariant): void {
  run.add(severity, 'invariant', () => `${key}: ${human} (${source})`);
}

function untold(run: CheckRun, { key, source }: Invariant, error: FhirPathError): void {
  run.add('warning', 'processing', () => `The invariant ${key} of ${source} could not be checked: ${error.reason}`);
}
