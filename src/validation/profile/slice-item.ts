/** An item of a sliced element, and the question whether it falls into a slice. https://hl7.org/fhir/R4/profiling.html#discriminator */
import type { CheckRun, Twin } from './check-run.ts';

export interface SliceItem {
  readonly value: unknown;
  readonly twin: Twin;
  readonly type: string;
  /** Undefined where the element does not repeat. */
  readonly index: number | undefined;
}

export type Matcher = (run: CheckRun, item: SliceItem) => boolean;
