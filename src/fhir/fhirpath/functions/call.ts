/** Calls of functions: found by name, counted by their arguments, compiled by their definitions. https://hl7.org/fhirpath/N1/#function-invocations */
import { nearest } from '../../nearest.ts';
import type { Compiled, Shape } from '../compiled.ts';
import { type Compiler, focusOf, type Scope } from '../compiler.ts';
import { fault } from '../fault.ts';
import type { Asker } from '../single.ts';
import type { Expression, Call as Written } from '../syntax.ts';

export interface FunctionDefinition {
  readonly name: string;
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  readonly compile: (call: Call) => Compiled;
}

/** A function where it is called. */
export class Call {
  readonly compiler: Compiler;
  /** The values before the dot; at the start of an expression `$this`. */
  readonly input: Compiled;
  readonly asker: Asker;
  private readonly written: Written;
  private readonly scope: Scope;

  constructor(compiler: Compiler, written: Written, scope: Scope) {
    this.compiler = compiler;
    this.written = written;
    this.input = written.target === undefined ? focusOf(scope) : compiler.compile(written.target, scope);
    this.scope = { ...scope, variables: this.input.variables ?? scope.variables };
    this.asker = { name: `${written.name}()`, span: this.span };
  }

  /** The call without what stands before its dot. */
  get span(): Asker['span'] {
    const { text, target, start, end } = this.written;
    return { text, start: target === undefined ? start : Math.min(end, text.indexOf(this.written.name, target.end)), end };
  }

  get variables(): Scope['variables'] {
    return this.scope.variables;
  }

  get count(): number {
    return this.written.arguments.length;
  }

  /** An argument as it was written. */
  expression(index: number): Expression {
    return this.written.arguments[index] as Expression;
  }

  /** An argument that is evaluated once, on the `$this` outside of the call. */
  argument(index: number): Compiled {
    return this.compiler.compile(this.expression(index), this.scope);
  }

  /** An argument that may be left out. */
  optional(index: number): Compiled | undefined {
    return index < this.count ? this.argument(index) : undefined;
  }

  /** An argument that is evaluated on each value of the input. */
  lambda(index: number, focus: Shape = this.input, total?: Shape): Compiled {
    return this.compileOn(this.expression(index), focus, total);
  }

  compileOn(expression: Expression, focus: Shape, total = this.scope.total): Compiled {
    const { raw, types } = focus;
    return this.compiler.compile(expression, { ...this.scope, focus: { raw, types }, ...(total === undefined ? {} : { total }) });
  }

  /** A fault of this call. */
  fault(kind: 'semantic' | 'execution', message: string): Error {
    return fault(kind, this.span, message);
  }

  /** SHALL: functions of order may be refused where there is no order — N1/#collections */
  needOrder(): void {
    if (this.compiler.checksOrder && this.input.ordered === false)
      throw this.fault('semantic', `${this.asker.name} needs an order, and these values have none.`);
  }
}

export function compileCall(compiler: Compiler, written: Written, scope: Scope): Compiled {
  const definition = compiler.functions.get(written.name);
  const call = new Call(compiler, written, scope);
  if (definition === undefined) throw unknown(call, written.name);
  const { least, most, name } = definition;
  if (call.count < least || call.count > most) throw call.fault('semantic', `${name}() takes ${counted(least, most)}, not ${call.count}.`);
  const compiled = definition.compile(call);
  return { ...compiled, variables: compiled.variables ?? call.variables };
}

function unknown(call: Call, name: string): Error {
  const near = nearest(name, call.compiler.functions.keys());
  return call.fault('semantic', `There is no function ${name}().${near === undefined ? '' : ` Did you mean ${near}()?`}`);
}

const argumentsOf = (count: number): string => (count === 0 ? 'no arguments' : count === 1 ? '1 argument' : `${count} arguments`);

function counted(least: number, most: number): string {
  if (least === most) return argumentsOf(least);
  return most === Number.POSITIVE_INFINITY ? `at least ${argumentsOf(least)}` : `${least} to ${argumentsOf(most)}`;
}

/** A line of the table of functions. */
export const define = (name: string, least: number, most: number, compile: (call: Call) => Compiled): FunctionDefinition => ({
  name,
  least,
  most,
  compile,
});
