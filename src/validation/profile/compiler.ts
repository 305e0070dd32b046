/**
 * What the parts of the compiler of profiles share.
 * https://hl7.org/fhir/R4/profiling.html
 */
import type { Definitions } from '../../fhir/definitions.ts';
import type { FhirPathError } from '../../fhir/fhirpath/fault.ts';
import type { CompiledExpression } from '../../fhir/fhirpath/fhirpath.ts';
import type { CheckRun, Twin } from './check-run.ts';
import type { ElementNode } from './element-node.ts';
import type { Profile } from './profile.ts';
import type { KeysOf } from './typed-keys.ts';

/** Looks at one value of an element; of a primitive also at its id and extensions. */
export type ValueCheck = (run: CheckRun, value: unknown, twin: Twin) => void;

export interface Compiler {
  readonly definitions: Definitions;
  readonly keysOf: KeysOf;
  /** A profile by its canonical, as far as it was loaded. */
  profile(canonical: string): Profile | undefined;
  /** The expression on values of that type, or what is wrong with it. */
  expression(text: string, type: string): CompiledExpression | FhirPathError;
  /** The check of values of that type; undefined when there is nothing to check. */
  valueCheck(node: ElementNode, type: string): ValueCheck | undefined;
}

/** One after the other; undefined for none. */
export function allOf(checks: readonly (ValueCheck | undefined)[]): ValueCheck | undefined {
  const given = checks.filter((check) => check !== undefined);
  const [first, second] = given;
  if (second === undefined) return first;
  if (first !== undefined && given.length === 2) {
    return (run, value, twin) => {
      first(run, value, twin);
      second(run, value, twin);
    };
  }
  return (run, value, twin) => {
    for (const check of given) check(run, value, twin);
  };
}

/** Whether a type is the other or derives from it. */
export function isA(definitions: Definitions, type: string, ancestor: string): boolean {
  for (let name: string | undefined = type; name !== undefined; name = definitions.type(name)?.base) if (name === ancestor) return true;
  return false;
}
