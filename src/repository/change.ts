/** What a write asks for, as plain data: a single PUT is a list of one, a transaction a list of many. */
import type { Resource } from '../fhir/resource.ts';
import type { StoredVersion } from './stored-version.ts';

interface ChangeBase {
  readonly type: string;
  /** Where the resource stands in the request, such as `Bundle.entry[3].resource`; '' for the body itself. */
  readonly at: string;
  /** fullUrl of the Bundle entry (`urn:uuid:…`, absolute or relative URL): references to it are rewritten. */
  readonly fullUrl?: string;
  /** Names beside its own under which it is answered; where there are some, references between the changes use these. */
  readonly names?: readonly OtherName[];
}

export interface OtherName {
  readonly type: string;
  /** Absent: that of the resource. */
  readonly id?: string;
  /** Of the entry that brought it. */
  readonly fullUrl?: string;
}

export interface CreateChange extends ChangeBase {
  readonly kind: 'create';
  readonly resource: Resource;
  /** Search criteria of If-None-Exist, without the type: `identifier=a|b`. */
  readonly ifNoneExist?: string;
}

/** A resource that was read from a text which printing it would give again. */
export interface PrintedResource {
  readonly resource: Resource;
  readonly text: string;
}

export interface UpdateChange extends ChangeBase {
  readonly kind: 'update';
  readonly resource: Resource;
  /** Spares printing it, as long as it is the same resource. */
  readonly printed?: PrintedResource;
  /** Absent for a conditional update. */
  readonly id?: string;
  readonly criteria?: string;
  /** versionId that must be current. */
  readonly ifMatch?: string;
  /** `If-None-Match: *`: only create, never replace. */
  readonly onlyCreate?: boolean;
}

export interface PatchChange extends ChangeBase {
  readonly kind: 'patch';
  readonly id?: string;
  readonly criteria?: string;
  readonly ifMatch?: string;
  /** Gets its own copy of the current resource, may change it in place; throws FhirError when it cannot be applied. */
  readonly apply: (current: Resource) => Resource;
}

export interface DeleteChange extends ChangeBase {
  readonly kind: 'delete';
  readonly id?: string;
  readonly criteria?: string;
  readonly ifMatch?: string;
}

export type Change = CreateChange | UpdateChange | PatchChange | DeleteChange;

export type ChangeOutcome = 'created' | 'updated' | 'unchanged' | 'existing' | 'deleted' | 'absent' | 'refused' | 'awaiting';

export interface ChangeResult {
  /** `existing`: If-None-Exist found it. `unchanged`: the write made no version. `absent`: nothing to delete. `refused`: among changes apart. `awaiting`: it refers to what does not stand yet. */
  readonly outcome: ChangeOutcome;
  /** The version that now stands; absent only for `absent`, `refused` and `awaiting`. */
  readonly version?: StoredVersion;
  /** Who wrote it may not read it: the version has no body, though it stands. */
  readonly withheld?: true;
  /** Conditional delete: how many were deleted. */
  readonly count?: number;
}
