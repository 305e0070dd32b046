/** What the parts of the compiler share. */
import { type Compiled, type Shape, single, type Variables } from './compiled.ts';
import type { FunctionDefinition } from './functions/call.ts';
import type { Expression } from './syntax.ts';
import type { Type, Types } from './type.ts';

/** What names mean where an expression stands. */
export interface Scope {
  /** Of `$this`. */
  readonly focus: Shape;
  readonly variables: Variables;
  /** Of `$total`; absent outside of aggregate(). */
  readonly total?: Shape;
}

export interface Compiler {
  readonly types: Types;
  /** SHALL: in strict mode a name that no element has is a fault, otherwise it selects nothing — N1/#type-safety-and-strict-evaluation */
  readonly strict: boolean;
  /** Whether a path from another type selects nothing, and `as` takes lists, as the expressions that HL7 publishes want it. */
  readonly published: boolean;
  /** Whether results know their places. */
  readonly tracked: boolean;
  /** Whether functions of order are refused where there is no order. */
  readonly checksOrder: boolean;
  /** Of `%context`. */
  readonly context: Shape;
  /** Of `%resource`. */
  readonly resource: Type;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  compile(expression: Expression, scope: Scope): Compiled;
  /** A place for the value of a variable. */
  newSlot(): number;
}

/** The value that expressions are evaluated on. */
export const focusOf = ({ focus }: Scope): Compiled => single(focus, (self) => self);
