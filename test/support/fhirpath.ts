/** Short ways to evaluate an expression, and to print what it gives. */
import { FhirPathError } from '../../src/fhir/fhirpath/fault.ts';
import { type CompileOptions, compileFhirPath } from '../../src/fhir/fhirpath/fhirpath.ts';
import type { Environment } from '../../src/fhir/fhirpath/run.ts';
import type { Value } from '../../src/fhir/fhirpath/value.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';

export const definitions = loadDefinitions();

export interface Asked extends Omit<CompileOptions, 'definitions'> {
  readonly environment?: Environment;
}

export function values(expression: string, input?: object, { environment, ...options }: Asked = {}): Value[] {
  const type = (input as { resourceType?: string } | undefined)?.resourceType;
  return compileFhirPath(expression, { definitions, type, ...options }).evaluate(input, environment);
}

/** As text: `true`, `1.50`, `2015-02-04`, `{"use":"official"}`. */
export const printed = ({ value }: Value): string =>
  typeof value === 'object' && value !== null && value.constructor === Object ? JSON.stringify(value) : String(value);

/** The results as texts. */
export const results = (expression: string, input?: object, asked?: Asked): string[] => values(expression, input, asked).map(printed);

/** The fault of an expression that must have one. */
export function faultOf(expression: string, input?: object, asked?: Asked): FhirPathError {
  try {
    const found = results(expression, input, asked);
    throw new Error(`${expression} was answered: ${found.join(', ')}`);
  } catch (error) {
    if (error instanceof FhirPathError) return error;
    throw error;
  }
}
