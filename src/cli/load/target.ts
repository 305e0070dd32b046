/** Where loaded resources go: the database itself, or a FHIR server at a URL. */

import type { Resource } from '../../fhir/resource.ts';
import type { Member } from './item.ts';

export interface RefusedMember {
  /** Where it stands in the file; '' for the whole. */
  readonly at: string;
  readonly text: string;
}

export interface Stored {
  /** Resources that are now there. */
  readonly count: number;
  readonly refused: readonly RefusedMember[];
}

export interface Target {
  /** A transaction is stored whole or refused whole; a batch entry by entry. */
  run(bundle: Resource): Promise<Stored>;
  /** Members that may refer to each other by fullUrl; stored under their ids, or under new ones. */
  collection(members: readonly Member[]): Promise<Stored>;
  /** Members that stand alone; those refused are left out. */
  members(members: readonly Member[]): Promise<Stored>;
}
