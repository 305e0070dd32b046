/** A parameter as the indexers see it: its text, the key of its rows, and what was computed for values that repeat. */
import { hash64 } from './hash.ts';
import type { TermRow } from './index-rows.ts';
import { identifierParameter } from './index-text.ts';
import { Memo, PairMemo } from './memo.ts';

export interface IndexKey {
  /** `Observation|code`. */
  readonly text: string;
  readonly key: string;
  /** Another parameter's tokens of literal references serve this one. */
  readonly sharesLiterals?: boolean;
  /** Some values of the parameter can have a system: those without one are told apart. */
  readonly systems: boolean;
  /** Token hashes of codes. */
  readonly pairs?: PairMemo<readonly string[]>;
  /** The texts of those tokens, where they are wanted instead. */
  readonly forms?: PairMemo<readonly string[]>;
  /** Tokens of links by what they lead to. */
  readonly links?: Memo<string>;
  /** Texts of codes, null where there is nothing to find them by. Absent: nobody asks for texts. */
  readonly terms?: Memo<TermRow | null>;
  /** Of logical references: `:identifier`. Absent: nobody asks for them. */
  readonly identifier?: IndexKey;
}

/** Of something that has no modifiers, and whose values hardly repeat. */
export const plainKey = (text: string, systems: boolean): IndexKey => ({ text, key: hash64(text), systems });

export const indexKey = (text: string, systems: boolean, sharesLiterals = false): IndexKey => ({
  ...plainKey(text, systems),
  sharesLiterals,
  pairs: new PairMemo(),
  links: new Memo(),
  terms: new Memo(),
  identifier: { ...plainKey(identifierParameter(text), true), pairs: new PairMemo() },
});
