/**
 * Texts that are known to stand in the database, committed: they need not be written again. Two generations are kept, so that what is
 * used often stays; none is believed in for long, since a database may be restored to what it was before.
 */
export interface KnownTexts {
  readonly has: (token: string) => boolean;
  add(token: string): void;
  forget(): void;
}

const generationSize = 20_000;
const longestGeneration = 15 * 60_000;

export function knownTexts(now: () => number): KnownTexts {
  let young = new Set<string>();
  let old = new Set<string>();
  let began = now();

  const turn = (): void => {
    old = young;
    young = new Set();
    began = now();
  };

  return {
    has: (token) => {
      if (now() - began > longestGeneration) turn();
      return young.has(token) || old.has(token);
    },
    add: (token) => {
      if (young.size >= generationSize) turn();
      young.add(token);
    },
    forget: () => {
      turn();
      turn();
    },
  };
}
