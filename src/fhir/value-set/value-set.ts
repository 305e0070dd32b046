/** The parts of a ValueSet resource that say which codes it holds. https://hl7.org/fhir/R4/valueset.html */
import type { RawFilter } from './filter.ts';

export interface RawListedConcept {
  readonly code: string;
  readonly display?: string;
}

export interface RawInclude {
  readonly system?: string;
  readonly version?: string;
  readonly concept?: readonly RawListedConcept[];
  readonly filter?: readonly RawFilter[];
  readonly valueSet?: readonly string[];
}

export interface RawContained {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
  readonly abstract?: boolean;
  readonly inactive?: boolean;
  readonly contains?: readonly RawContained[];
}

export interface RawValueSet {
  readonly url: string;
  readonly version?: string;
  readonly compose?: {
    readonly lockedDate?: string;
    readonly inactive?: boolean;
    readonly include?: readonly RawInclude[];
    readonly exclude?: readonly RawInclude[];
  };
  readonly expansion?: {
    readonly extension?: readonly { readonly url: string; readonly valueBoolean?: boolean }[];
    readonly total?: number;
    readonly offset?: number;
    readonly contains?: readonly RawContained[];
  };
}
