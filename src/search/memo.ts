/**
 * Remembers what was computed for texts that repeat, such as codes and references: two generations of a bounded number of texts, for
 * all memos together.
 */
const generationSize = 20_000;
/** Longer texts hardly repeat. */
const longest = 160;

/** Of the present generation, in all memos. */
let count = 0;
/** Those that remember anything. */
let memos: Memo<unknown>[] = [];

function grow(): void {
  if (++count < generationSize) return;
  count = 0;
  memos = memos.filter((memo) => memo.age());
}

const none: ReadonlyMap<string, never> = new Map<string, never>();

export class Memo<Value> {
  #young: ReadonlyMap<string, Value> | Map<string, Value> = none;
  #old: ReadonlyMap<string, Value> = none;

  get(text: string): Value | undefined {
    const found = this.#young.get(text);
    return found === undefined && this.#old.size > 0 ? this.#recall(text) : found;
  }

  set(text: string, value: Value): void {
    if (text.length > longest) return;
    if (this.#young === none) this.#begin();
    (this.#young as Map<string, Value>).set(text, value);
    grow();
  }

  /** A generation has passed. False: nothing is left. */
  age(): boolean {
    this.#old = this.#young;
    this.#young = none;
    return this.#old !== none;
  }

  #begin(): void {
    if (this.#old === none) memos.push(this);
    this.#young = new Map();
  }

  #recall(text: string): Value | undefined {
    const found = this.#old.get(text);
    if (found !== undefined) this.set(text, found);
    return found;
  }
}

interface Pair<Value> {
  readonly system: string | undefined;
  readonly value: Value;
  readonly next: Pair<Value> | undefined;
}

/** The same for a code with a system, or with none: few codes have several. */
export class PairMemo<Value> {
  readonly #byCode = new Memo<Pair<Value>>();

  get(system: string | undefined, code: string): Value | undefined {
    for (let pair = this.#byCode.get(code); pair !== undefined; pair = pair.next) if (pair.system === system) return pair.value;
    return undefined;
  }

  set(system: string | undefined, code: string, value: Value): void {
    this.#byCode.set(code, { system, value, next: this.#byCode.get(code) });
  }
}
