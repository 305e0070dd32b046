/**
 * The invariants of types and elements, evaluated by the FHIRPath engine; each is compiled when it is needed for the first time.
 * https://hl7.org/fhir/R4/conformance-rules.html#constraints
 */
import type { Definitions, Invariant } from '../fhir/definitions.ts';
import { FhirPathError } from '../fhir/fhirpath/fault.ts';
import { type CompiledExpression, compileFhirPath, openRun } from '../fhir/fhirpath/fhirpath.ts';
import type { Environment, Run } from '../fhir/fhirpath/run.ts';
import type { JsonObject } from '../fhir/resource.ts';
import { correctedExpression } from './invariant-corrections.ts';

/** One rule on values of one type. */
export class Constraint {
  readonly key: string;
  readonly severity: Invariant['severity'];
  readonly human: string;
  /** What is evaluated. */
  readonly expression: string;
  private readonly compile: () => CompiledExpression;
  private compiled: CompiledExpression | undefined;

  constructor({ key, severity, human }: Invariant, expression: string, definitions: Definitions, type: string) {
    this.key = key;
    this.severity = severity;
    this.human = human;
    this.expression = expression;
    this.compile = () => compileFhirPath(expression, { definitions, type, strict: false });
  }

  /** Whether it holds; or why that cannot be said. SHALL: an empty result is a failure — conformance-rules.html#constraints */
  holds(run: Run, value: unknown): boolean | FhirPathError {
    this.compiled ??= this.compile();
    try {
      return this.compiled.holdsIn(run, value);
    } catch (error) {
      if (error instanceof FhirPathError) return error;
      throw error;
    }
  }

  /** What is wrong, in the words of the definition. */
  get text(): string {
    return `${this.key}: ${this.human}`;
  }
}

/** The rules by the type, or the element, that they are about. */
export class Constraints {
  private readonly definitions: Definitions;
  private readonly known = new Map<string, readonly Constraint[]>();

  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  /** Of values of the type, those of its bases included. */
  ofType(type: string): readonly Constraint[] {
    const known = this.known.get(type) ?? this.constraints(type, inherited(this.definitions, type));
    this.known.set(type, known);
    return known;
  }

  /** Of values of an element beside those of their type. */
  constraints(type: string, invariants: readonly Invariant[]): readonly Constraint[] {
    return invariants.flatMap((invariant) => {
      const expression = correctedExpression(invariant.expression);
      return expression === undefined ? [] : [new Constraint(invariant, expression, this.definitions, type)];
    });
  }
}

function inherited(definitions: Definitions, name: string): readonly Invariant[] {
  const type = definitions.type(name);
  if (type === undefined) return [];
  return [...(type.base === undefined ? [] : inherited(definitions, type.base)), ...(type.invariants ?? [])];
}

/** A run for all rules on one resource. */
export const runFor = (definitions: Definitions, resource: JsonObject, rootResource: JsonObject): Run =>
  openRun({ resource, rootResource, memberOf: memberOf(definitions) });

/** SHALL: answered where the codes can be listed, otherwise not at all — fhirpath.html#functions */
const memberOf =
  ({ codes }: Definitions): Environment['memberOf'] =>
  ({ value }, valueSet) =>
    typeof value === 'string' ? codes(valueSet)?.has(value) : undefined;
