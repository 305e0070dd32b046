/** Who asks, and what was granted to them: bound to every repository, so that nothing is read or written without one. */

import type { ShapeName } from './study-shape.ts';

/** https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html */
export interface Principal {
  /** Stable name of the authorization, such as `local`: page links are bound to it. */
  readonly id: string;
  /** Names of granted scopes, such as `patient/Observation.rs?category=laboratory`; `*` alone stands for everything, without any limit. */
  readonly scopes: readonly string[];
  /** Id of the patient in context: what the scopes of `patient/` mean. */
  readonly patient?: string;
  /** Reference of the person, such as `Practitioner/7`. */
  readonly fhirUser?: string;
  /** Id of the account. */
  readonly account?: string;
  /** Id of the client. */
  readonly client?: string;
  /** The shape in which the client registered to be told genomic studies. */
  readonly genomicStudy?: ShapeName;
  /** Names of the policies that limit the scopes of `user/` and of `system/`; a name that is not known allows nothing. */
  readonly policies?: { readonly user?: string; readonly system?: string };
  /** Why the records are looked at: http://terminology.hl7.org/CodeSystem/v3-ActReason, `TREAT` unless told otherwise. */
  readonly purpose?: string;
  /** The reason that a person gave for looking at what is withheld from them. */
  readonly breakGlass?: string;
}

/** The program itself: what it loads, builds and looks up. Also everybody, where authorization is switched off. */
export const localPrincipal: Principal = { id: 'local', scopes: ['*'] };

/** Whoever asks without a token: what the server says of itself is all they get. */
export const anonymousPrincipal: Principal = { id: 'anonymous', scopes: [] };
