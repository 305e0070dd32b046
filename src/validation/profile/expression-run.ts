/**
 * What the FHIRPath of profiles is evaluated in: the resource around, what references lead to, and which profiles values conform to.
 * https://hl7.org/fhir/R4/fhirpath.html#variables, https://hl7.org/fhir/R4/fhirpath.html#functions
 */
import type { Environment, Run } from '../../fhir/fhirpath/run.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { CheckRun } from './check-run.ts';
import type { Compiler } from './compiler.ts';
import { resolved } from './reference-check.ts';

export const expressionsOf = (run: CheckRun, compiler: Compiler): Run =>
  run.expressions((resource, rootResource) => environmentOf(run, compiler, resource, rootResource));

function environmentOf(run: CheckRun, compiler: Compiler, resource: Resource, rootResource: Resource): Environment {
  return {
    ...run.environment,
    resource,
    rootResource,
    resolve: (reference) => resolved(run, reference),
    conformsTo: (value, canonical) => {
      const profile = compiler.profile(canonical);
      if (profile === undefined || !isObject(value.value)) return run.environment.conformsTo?.(value, canonical);
      return profile.conforms(run, value.value, value.type.slice(value.type.indexOf('.') + 1)) === true;
    },
  };
}
