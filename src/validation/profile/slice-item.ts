/** An item of a sliced element, and the question whether it falls into a slice. https://hl7.org/fhir/R4/profiling.html#discriminator */
import { isObject } from '../../fhir/resource.ts';
import type { CheckRun, Twin } from './check-run.ts';

export interface SliceItem {
  readonly value: unknown;
  readonly twin: Twin;
  readonly type: string;
  /** Undefined where the element does not repeat. */
  readonly index: number | undefined;
}

/** A resource says of itself what it is. */
export const actualType = (value: unknown, type: string): string =>
  type === 'Resource' && isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : type;

export type Matcher = (run: CheckRun, item: SliceItem) => boolean;
