/** How much an expression may ask for, so that none keeps the process busy: it has one thread for everybody. */

export interface Limits {
  /** Values visited and made during one evaluation. */
  readonly steps: number;
  /** Characters of a text that an expression builds. */
  readonly text: number;
}

export const defaultLimits: Limits = { steps: 2_000_000, text: 2_000_000 };

/** Characters of an expression. */
export const longestExpression = 100_000;

/** Levels of an expression within one another. */
export const deepestExpression = 300;
