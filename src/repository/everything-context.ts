/** What $everything works with. */
import type { Definitions } from '../fhir/definitions.ts';
import type { Session } from '../store/database.ts';
import type { Marks } from '../store/statement/everything.ts';
import type { VersionRecord } from '../store/statement/read.ts';
import type { TypeCodes } from '../store/type-code.ts';

/** A version, and the compartment token of the patient in whose record its resource is; '0' = of none. */
export interface OwnedVersion extends VersionRecord {
  readonly pat: string;
  /** Whether the row that stands carries one of the marks of its type; absent where that is not known. */
  readonly marked?: boolean | null;
}

export interface EverythingContext {
  readonly schema: string;
  readonly definitions: Definitions;
  readonly typeCodes: TypeCodes;
  readonly typeNames: ReadonlyMap<number, string>;
  /** Absolute bases of this server: references under them are local. */
  readonly bases: ReadonlySet<string>;
  /** Runs the work in one read-only transaction that sees the database as it was when it began. */
  readonly frozen: <T>(work: (session: Session) => Promise<T>) => Promise<T>;
  /** Signs page links, which are for the caller alone. */
  readonly secret: string;
  readonly principalId: string;
  /** Of versions those that may be seen, where they stand in the session; absent: all. */
  readonly within?: (rows: readonly OwnedVersion[], session?: Session) => Promise<readonly OwnedVersion[]>;
  /** Types of which all that is in the compartment (by its token) and carries none of the marks may be seen; absent: all. */
  readonly whole?: (compartment: string, session: Session) => Promise<readonly number[]>;
  /** What is to be told of rows that stand, so that `within` need not ask for it. */
  readonly marks?: Marks;
  /** What must hold of rows `r` of Patients that may be seen, as SQL; absent: nothing. */
  readonly patients?: { readonly text: string; readonly values: readonly unknown[] };
}
