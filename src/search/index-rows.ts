/** What a resource leaves in the index: the rows that search finds it by. Numbers that exceed 2^53 travel as decimal text. */

export interface IndexRows {
  /** Hash of `Type/id`. */
  readonly self: string;
  /** Hash of the compartment patient (`0` = none), and every further patient as a compartment token. */
  readonly patient: string;
  /** 12-bit bucket of the compartment patient, or of the resource's own id. */
  readonly bucket: number;
  /** Primary date interval, ISO instants or null. */
  readonly low: string | null;
  readonly high: string | null;
  /** 64-bit token hashes as decimal text, distinct. */
  readonly tokens: readonly string[];
  readonly numbers: readonly NumberRow[];
  readonly strings: readonly StringRow[];
  /** Literal local references, for referential integrity: `Patient/1`. */
  readonly references: readonly string[];
  /** What full-text search finds the resource by; its token is one of the tokens. */
  readonly document?: DocumentRow;
  /** Texts of codes; their tokens are among the tokens. */
  readonly terms?: readonly TermRow[];
  /** Of its contained resources, each by itself. */
  readonly contained?: readonly ContainedRows[];
}

/** What a contained resource leaves in the index: patient and bucket are those of its container. */
export interface ContainedRows extends Pick<IndexRows, 'self' | 'low' | 'high' | 'tokens' | 'numbers' | 'strings' | 'document' | 'terms'> {
  /** Of the rows: `Medication#contained`. */
  readonly type: string;
  /** Within the container. */
  readonly id: string;
}

/** The text of a code, shared by all resources that have it under the parameter. */
export interface TermRow {
  readonly token: string;
  /** Of the parameter. */
  readonly key: string;
  /** Normalised, and cut. */
  readonly value: string;
}

/** A text that many resources may share. */
export interface DocumentRow {
  readonly token: string;
  /** The words as a tsvector: made only for texts that are not known yet. */
  readonly vector: () => string;
}

export interface NumberRow {
  readonly key: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
}

export interface StringRow {
  readonly key: string;
  readonly value: string;
}
