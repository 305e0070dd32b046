/** Gathers what requests have to store until nobody is expected any more: a statement costs more than all of its rows. */

export interface Gathering<Item> {
  /** Tells that an item will come; to be called again when it came, or when it will not come after all. */
  expect(): () => void;
  /** Resolves when it is stored, rejects when it could not be. */
  add(item: Item): Promise<void>;
  /** For which nobody waits: it is stored together with the next that is added, or some time later. Rejects when anything could not be stored meanwhile. */
  addLater(item: Item): Promise<void>;
  /** Resolves when nothing is left to store of what was added up to now, stored or not. */
  flush(): Promise<void>;
}

export interface GatheringOptions<Item> {
  /** Stores what has gathered: never two at the same time. */
  readonly store: (items: readonly Item[]) => Promise<void>;
  /** How many of those that wait fit into one statement: one at least. */
  readonly fitting: (items: readonly Item[]) => number;
  /** Longest wait of the first item for those that are expected. Whoever is alone does not wait. */
  readonly patienceMs: number;
  /** How long those that were just answered are given to come again: without this they would split into halves, one being stored while the other waits. */
  readonly returnMs: number;
  /** Longest wait of what nobody waits for. */
  readonly laterMs: number;
}

interface Waiting {
  readonly isUrgent: boolean;
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

const urgentOf = (waiting: readonly Waiting[]): number => waiting.reduce((sum, { isUrgent }) => sum + Number(isUrgent), 0);

export function gathering<Item>({ store, fitting, patienceMs, returnMs, laterMs }: GatheringOptions<Item>): Gathering<Item> {
  const items: Item[] = [];
  const waiting: Waiting[] = [];
  /** Of those that wait. */
  let urgent = 0;
  let expected = 0;
  let storing: Promise<void> | undefined;
  /** When the first that waits has waited long enough: one that is urgent, one that is not. */
  let due = 0;
  let laterDue = 0;
  /** As many as were answered last, or waited then, may come together again, until this time. */
  let circle = 0;
  let circleUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let planned = false;

  const stopTimer = (): void => {
    clearTimeout(timer);
    timerAt = Number.POSITIVE_INFINITY;
  };

  /** Nobody knows how long it would have to wait. */
  const giveUpLater = (fault: unknown): void => {
    const left = waiting.map((one, i) => [one, items[i] as Item] as const).filter(([{ isUrgent }]) => isUrgent);
    for (const { isUrgent, reject } of waiting) if (!isUrgent) reject(fault);
    items.splice(0, items.length, ...left.map(([, item]) => item));
    waiting.splice(0, waiting.length, ...left.map(([one]) => one));
  };

  const storeSome = async (): Promise<void> => {
    const count = fitting(items);
    const some = items.splice(0, count);
    const those = waiting.splice(0, count);
    const answered = urgentOf(those);
    urgent -= answered;
    try {
      await store(some);
      for (const { resolve } of those) resolve();
    } catch (fault) {
      for (const { reject } of those) reject(fault);
      giveUpLater(fault);
    }
    const now = performance.now();
    circle = urgent + answered;
    circleUntil = now + returnMs;
    laterDue = now + laterMs;
  };

  const begin = (): Promise<void> => {
    stopTimer();
    storing = storeSome().then(() => {
      storing = undefined;
      plan();
    });
    return storing;
  };

  /** When what waits is to be stored, should nothing more happen. */
  const storeAt = (): number => {
    if (urgent === 0) return laterDue;
    if (expected > 0) return due;
    return urgent >= circle ? 0 : Math.min(due, circleUntil);
  };

  /** Requests that arrived together are all seen before the first of them is found to be alone. */
  const look = (): void => {
    planned = false;
    if (storing !== undefined || items.length === 0) return;
    const now = performance.now();
    const at = storeAt();
    if (at <= now || fitting(items) < items.length) return void begin();
    if (at >= timerAt) return;
    stopTimer();
    timerAt = at;
    timer = setTimeout(wake, Math.ceil(at - now));
  };

  const wake = (): void => {
    stopTimer();
    plan();
  };

  const plan = (): void => {
    if (planned || storing !== undefined || items.length === 0) return;
    planned = true;
    setImmediate(look);
  };

  const put = (item: Item, isUrgent: boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const now = performance.now();
      if (items.length === 0) laterDue = now + laterMs;
      if (isUrgent && urgent++ === 0) due = now + patienceMs;
      items.push(item);
      waiting.push({ isUrgent, resolve, reject });
      plan();
    });

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
    add: (item) => put(item, true),
    addLater: (item) => put(item, false),
    flush: async () => {
      const last = waiting.at(-1);
      while (storing !== undefined || (last !== undefined && waiting.includes(last))) await (storing ?? begin());
    },
  };
}
