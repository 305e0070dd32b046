/** Gathers what requests have to store until nobody is expected any more: a statement costs more than all of its rows. */

export interface Gathering<Item> {
  /** Tells that an item will come; to be called again when it came, or when it will not come after all. */
  expect(): () => void;
  /** Resolves when it is stored, rejects when it could not be. */
  add(item: Item): Promise<void>;
}

export interface GatheringOptions<Item> {
  /** Stores what has gathered: never two at the same time. */
  readonly store: (items: readonly Item[]) => Promise<void>;
  /** How many of those that wait fit into one statement: one at least. */
  readonly fitting: (items: readonly Item[]) => number;
  /** Longest wait of the first item for those that are expected. Whoever is alone does not wait. */
  readonly patienceMs: number;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

export function gathering<Item>({ store, fitting, patienceMs }: GatheringOptions<Item>): Gathering<Item> {
  const items: Item[] = [];
  const waiting: Waiting[] = [];
  let expected = 0;
  let storing = false;
  /** When the first that waits has waited long enough. */
  let due = 0;
  let timer: NodeJS.Timeout | undefined;
  let planned = false;

  const storeSome = async (): Promise<void> => {
    const count = fitting(items);
    const some = items.splice(0, count);
    const those = waiting.splice(0, count);
    storing = true;
    clearTimeout(timer);
    timer = undefined;
    try {
      await store(some);
      for (const { resolve } of those) resolve();
    } catch (fault) {
      for (const { reject } of those) reject(fault);
    }
    storing = false;
    plan();
  };

  const isReady = (): boolean => expected === 0 || fitting(items) < items.length || performance.now() >= due;

  /** Requests that arrived together are all seen before the first of them is found to be alone. */
  const look = (): void => {
    planned = false;
    if (storing || items.length === 0) return;
    if (isReady()) void storeSome();
    else timer ??= setTimeout(wake, Math.ceil(due - performance.now()));
  };

  const wake = (): void => {
    timer = undefined;
    plan();
  };

  const plan = (): void => {
    if (planned || storing || items.length === 0) return;
    planned = true;
    setImmediate(look);
  };

  return {
    expect: () => {
      expected++;
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        expected--;
        if (expected === 0) plan();
      };
    },
    add: (item) =>
      new Promise((resolve, reject) => {
        if (items.length === 0) due = performance.now() + patienceMs;
        items.push(item);
        waiting.push({ resolve, reject });
        plan();
      }),
  };
}
