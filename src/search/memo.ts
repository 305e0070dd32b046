/**
 * Remembers what was computed for texts that repeat, such as codes and references: two generations of a bounded number of texts, for
 * all memos together.
 */
const generationSize = 20_000;
/** Longer texts hardly repeat. */
const longest = 160;

type Owned = Map<object, unknown>;

let young = new Map<string, Owned>();
let old = new Map<string, Owned>();

function owned(text: string): Owned | undefined {
  const found = young.get(text);
  if (found !== undefined) return found;
  const earlier = old.get(text);
  if (earlier !== undefined) keep(text, earlier);
  return earlier;
}

function keep(text: string, values: Owned): void {
  if (young.size >= generationSize) {
    old = young;
    young = new Map();
  }
  young.set(text, values);
}

export class Memo<Value> {
  get(text: string): Value | undefined {
    return owned(text)?.get(this) as Value | undefined;
  }

  set(text: string, value: Value): void {
    if (text.length > longest) return;
    const values = owned(text);
    if (values !== undefined) values.set(this, value);
    else keep(text, new Map([[this, value]]));
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
