/** One row of the table of interactions. https://hl7.org/fhir/R4/http.html#summary */
import type { Interaction, Method } from './interaction.ts';
import type { ToChange } from './write.ts';

/** Codes of http://hl7.org/fhir/restful-interaction, and `operation`. */
export type InteractionCode =
  | 'read'
  | 'vread'
  | 'update'
  | 'patch'
  | 'delete'
  | 'history-instance'
  | 'history-type'
  | 'history-system'
  | 'create'
  | 'search-type'
  | 'search-system'
  | 'search-compartment'
  | 'capabilities'
  | 'transaction'
  | 'batch'
  | 'operation';

export interface Route {
  /** GET answers HEAD too. */
  readonly method: Exclude<Method, 'HEAD'>;
  /** The path in the specification's own notation: `[type]/[id]/_history/[vid]`; '' is the base. */
  readonly path: string;
  readonly name: InteractionCode;
  readonly run: Interaction;
  /** Writes of one resource: what the request asks for, so that a transaction can commit it with others. */
  readonly change?: ToChange;
  /** True when the path stands for criteria instead of an id. */
  readonly conditional?: boolean;
}
