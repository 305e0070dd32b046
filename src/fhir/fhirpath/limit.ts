/** How much an expression may ask for, so that none keeps the process busy: it has one thread for everybody. */

export interface Limits {
  /** Values visited and made during one evaluation. */
  readonly steps: number;
  /** Characters of a text that an expression builds. */
  readonly text: number;
  /** Of one evaluation: for steps that take long, such as searches in long texts. */
  readonly milliseconds: number;
}

export const defaultLimits: Limits = { steps: 2_000_000, text: 2_000_000, milliseconds: 5_000 };

/** After so many steps the time is looked at. */
export const stepsBetweenLooks = 4_096;

/** Characters of an expression. */
export const longestExpression = 100_000;

/** Levels of an expression within one another. */
export const deepestExpression = 300;
