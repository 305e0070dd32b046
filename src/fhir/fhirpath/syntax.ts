/** The tree of an expression as it was written. https://hl7.org/fhirpath/N1/grammar.html */
import type { Span } from './fault.ts';
import type { SystemValue } from './item.ts';

export type BinaryOperator =
  | '*'
  | '/'
  | 'div'
  | 'mod'
  | '+'
  | '-'
  | '&'
  | '<'
  | '<='
  | '>'
  | '>='
  | '='
  | '~'
  | '!='
  | '!~'
  | 'in'
  | 'contains'
  | 'xor'
  | 'implies';

/** Operators that are the same whichever pair is taken first: a long row of them is one level. */
export type RowOperator = '|' | 'and' | 'or';

interface Written extends Span {
  /** Levels below, this one included. */
  readonly depth: number;
}

export interface Literal extends Written {
  readonly kind: 'literal';
  /** Absent for `{}`. */
  readonly value?: SystemValue;
}

/** `%resource` */
export interface External extends Written {
  readonly kind: 'external';
  readonly name: string;
}

/** `$this` */
export interface Special extends Written {
  readonly kind: 'special';
  readonly name: '$this' | '$index' | '$total';
}

/** `name`, `a.name` */
export interface Member extends Written {
  readonly kind: 'member';
  readonly target?: Expression;
  readonly name: string;
}

/** `exists()`, `a.where(b)` */
export interface Call extends Written {
  readonly kind: 'call';
  readonly target?: Expression;
  readonly name: string;
  readonly arguments: readonly Expression[];
}

/** `a[0]` */
export interface Indexer extends Written {
  readonly kind: 'indexer';
  readonly target: Expression;
  readonly index: Expression;
}

/** `-a` */
export interface Polarity extends Written {
  readonly kind: 'polarity';
  readonly operator: '+' | '-';
  readonly operand: Expression;
}

export interface Binary extends Written {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Row extends Written {
  readonly kind: 'row';
  readonly operator: RowOperator;
  readonly operands: readonly Expression[];
}

/** `a is b`, `a as b.c` */
export interface TypeTest extends Written {
  readonly kind: 'type';
  readonly operator: 'is' | 'as';
  readonly operand: Expression;
  /** Name of the type, its namespace in front where it was given. */
  readonly type: readonly string[];
}

/** `a desc` among the arguments of sort(). */
export interface Ordered extends Written {
  readonly kind: 'ordered';
  readonly operand: Expression;
  readonly descending: boolean;
}

export type Expression = Literal | External | Special | Member | Call | Indexer | Polarity | Binary | Row | TypeTest | Ordered;
