/** What an operation is: its definition as data, and the function that runs it. https://hl7.org/fhir/R4/operations.html */
import type { FhirError } from '../fhir/outcome.ts';
import type { FhirRequest, FhirResponse, Services } from '../interactions/interaction.ts';
import type { Arguments } from './argument.ts';
import type { OperationDefinition } from './definition.ts';

export interface OperationCall {
  readonly request: FhirRequest;
  /** Absent at system level. */
  readonly type?: string;
  /** Present at instance level. */
  readonly id?: string;
  readonly arguments: Arguments;
}

export interface Operation {
  readonly definition: OperationDefinition;
  /** Answers for a body that cannot be read; absent: it is refused. */
  readonly unreadable?: (fault: FhirError) => FhirResponse;
  /** What goes in is no Parameters alone: it reads query and body itself. */
  readonly readsBody?: true;
  readonly run: (call: OperationCall, services: Services) => Promise<FhirResponse>;
}
