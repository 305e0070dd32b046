/** What an interaction is: a function from a FHIR request to a FHIR response that knows nothing of HTTP servers. */
import type { Readable } from 'node:stream';
import type { Access } from '../auth/access.ts';
import type { Principal } from '../auth/principal.ts';
import type { Definitions } from '../fhir/definitions.ts';
import type { FhirError, OperationOutcome } from '../fhir/outcome.ts';
import type { JsonObject, Resource } from '../fhir/resource.ts';
import type { ClientJobs } from '../jobs/client-jobs.ts';
import type { Reindexing } from '../jobs/reindexing.ts';
import type { Repository } from '../repository/repository.ts';
import type { SearchScope } from '../search/scope.ts';
import type { Validator } from '../validation/validation.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface FhirRequest {
  readonly method: Method;
  /** Decoded segments after the FHIR base: `['Patient', '1', '_history']`. */
  readonly path: readonly string[];
  /** Decoded query parameters in their order; repeated names stay repeated. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Lower-case names. Entries of a Bundle fill the same names (`if-match`, `if-none-exist`, …). */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Absolute base without trailing slash, such as `http://127.0.0.1:8080/fhir`. */
  readonly base: string;
  readonly principal: Principal;
  readonly body: RequestBody;
  /** The version of FHIR in which the answer was asked for, such as `4.0`; absent or '' = none. */
  readonly version?: string;
}

export interface RequestBody {
  /** Media type without parameters, lower case; '' when there is no body. */
  readonly contentType: string;
  readonly bytes: Buffer;
  /** Parses JSON or XML (by contentType) to one resource; throws FhirError with the position of a fault. */
  resource(): Resource;
  /** Parses plain JSON (JSON Patch). */
  json(): unknown;
}

export interface FhirResponse {
  readonly status: number;
  /** Lower-case names: `etag`, `last-modified`, `location`, `content-location`, … */
  readonly headers?: Readonly<Record<string, string>>;
  /** Instant of `last-modified`, which has whole seconds only. */
  readonly lastModified?: string;
  /**
   * One of: JSON text of a resource (passed through), a resource, or a stream of JSON text pieces. Absent = no body.
   * The HTTP layer turns it into the negotiated format (XML, `_pretty`).
   */
  readonly body?: string | Resource | OperationOutcome | AsyncIterable<string>;
  /** Bytes in a native content type (Binary); wins over `body`. */
  readonly bytes?: NativeBytes;
  /** A file that is read as far as the client wants it; wins over `body`. */
  readonly file?: FileContent;
}

export interface NativeBytes {
  readonly contentType: string;
  readonly data: Buffer;
  /** Where a part is wanted, so that the rest need not be made. */
  readonly parts?: BytePart;
}

export interface BytePart {
  readonly length: number;
  /** Bytes from `first` to `last`, both inclusive. */
  part(first: number, last: number): Buffer;
}

export interface FileContent {
  readonly contentType: string;
  readonly length: number;
  /** Bytes from `first` to `last`, both inclusive. */
  readonly open: (range: { readonly first: number; readonly last: number }) => Promise<Readable>;
}

/** What every interaction may use; another object whenever the search parameters change, the same for a whole request. */
export interface Services {
  readonly definitions: Definitions;
  readonly settings: InteractionSettings;
  readonly reindexing: Reindexing;
  /** Asked for by clients, who come back for what came of them. */
  readonly jobs: ClientJobs;
  repository(principal: Principal): Repository;
  access(principal: Principal): Access;
  /** What it looks up, such as profiles and value sets, is what the principal may read. */
  validator(principal: Principal): Validator;
  now(): Date;
  /** For clients that know some resources under another type: where a search looks then, and by what. Absent: where it says. */
  readonly widened?: (scope: SearchScope, pairs: FhirRequest['query']) => WidenedScope;
  /**
   * Records a fault of the server and answers what the client is told of it, so that one entry of a batch can fail alone.
   * Absent: the fault concerns the whole request.
   */
  readonly refusalFor?: (error: unknown) => FhirError;
}

export interface WidenedScope {
  readonly scope: SearchScope;
  readonly pairs: FhirRequest['query'];
  /** What is no longer among the pairs, and belongs to the self link. */
  readonly said: FhirRequest['query'];
}

export interface InteractionSettings {
  /** Update with an unknown client id creates (https://hl7.org/fhir/R4/http.html#upsert). */
  readonly updateCreate: boolean;
  /** Whether a conditional delete may delete several matches; `single` (the default) answers 412. */
  readonly conditionalDelete?: 'single' | 'multiple';
  readonly softwareVersion: string;
  /** Whether there are tokens, and endpoints that give them. */
  readonly authorization?: boolean;
  /** Whether `_explain` is answered. */
  readonly searchExplain?: boolean;
  readonly defaultCount: number;
  readonly maxCount: number;
  /** From which private addresses files may be fetched. */
  readonly internalHosts?: readonly string[];
  /** IANA name of the zone of dates without one; UTC by default. */
  readonly timeZone?: string;
}

export type Interaction = (request: FhirRequest, services: Services) => Promise<FhirResponse>;

export type { JsonObject };
