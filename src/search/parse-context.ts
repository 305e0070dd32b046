/** What the reading of a search text needs besides the text. */
import type { Definitions } from '../fhir/definitions.ts';

export interface ParseOptions {
  /** False (Prefer: handling=lenient) leaves out parameters whose name is unknown. */
  readonly strict: boolean;
  readonly defaultCount: number;
  readonly maxCount: number;
  /** Whether `_explain` is answered. */
  readonly explain?: boolean;
  readonly now: Date;
  /** Absolute base of this server without trailing slash: references to it are local. */
  readonly base?: string;
  /** IANA name of the zone of dates without one; the same that the index was made with. UTC by default. */
  readonly timeZone?: string;
}

export interface ParseContext {
  readonly definitions: Definitions;
  readonly type: string;
  readonly options: ParseOptions;
  /** Steps of chains that led here. */
  readonly depth?: number;
}
