/** Lines that are committed together: each resource once, for a later line is a later version. */
import type { Definitions } from '../fhir/definitions.ts';
import { FhirError, refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { changeOfLine, type ImportChange } from './import-change.ts';
import { faultOfLine, type ImportFault } from './import-fault.ts';
import type { ImportLine } from './import-lines.ts';

export interface ImportChunk {
  readonly changes: readonly ImportChange[];
  /** Not to be written before all files are read. */
  readonly later: readonly ImportChange[];
  /** Of lines that are no resources. */
  readonly faults: readonly ImportFault[];
  /** Where the file goes on behind it. */
  readonly line: number;
  readonly offset: number;
}

const mostLines = 500;
const mostBytes = 2 << 20;

export class ChunkMaker {
  readonly #definitions: Definitions;
  readonly #type: string | undefined;
  readonly #isLater: (resource: Resource) => boolean;
  #changes: ImportChange[] = [];
  #later: ImportChange[] = [];
  #faults: ImportFault[] = [];
  #names = new Set<string>();
  #place: { line: number; offset: number };
  #from: number;

  constructor(
    definitions: Definitions,
    type: string | undefined,
    place: { readonly line: number; readonly offset: number },
    isLater: (resource: Resource) => boolean = () => false,
  ) {
    this.#isLater = isLater;
    this.#definitions = definitions;
    this.#type = type;
    this.#place = { ...place };
    this.#from = place.offset;
  }

  /** Answers what is full, before or after the line. */
  *add({ number, text, fault, end }: ImportLine): Generator<ImportChunk> {
    try {
      if (text === undefined) throw refusal('structure', fault ?? 'The line cannot be read.');
      const change = changeOfLine(number, text, this.#definitions, this.#type);
      const name = `${change.type}/${change.id}`;
      if (this.#names.has(name)) yield this.take();
      this.#names.add(name);
      (this.#isLater(change.resource) ? this.#later : this.#changes).push(change);
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      this.#faults.push(faultOfLine(number, error));
    }
    this.#place = { line: number, offset: end };
    if (this.#count >= mostLines || end - this.#from >= mostBytes) yield this.take();
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  get #count(): number {
    return this.#changes.length + this.#later.length + this.#faults.length;
  }

  take(): ImportChunk {
    const chunk = { changes: this.#changes, later: this.#later, faults: this.#faults, ...this.#place };
    this.#changes = [];
    this.#later = [];
    this.#faults = [];
    this.#names = new Set();
    this.#from = this.#place.offset;
    return chunk;
  }
}
