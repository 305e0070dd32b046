/** Turns the tree of an expression into closures, with what is known of the types. https://hl7.org/fhirpath/N1/#expressions */
import { compileArithmetic, compilePolarity } from './arithmetic.ts';
import { type Compiled, type Shape, several, shapeOf, single } from './compiled.ts';
import { type Compiler, focusOf, type Scope } from './compiler.ts';
import { compileEquality } from './equality-operator.ts';
import { fault } from './fault.ts';
import { compileCall, type FunctionDefinition } from './functions/call.ts';
import { nothing, typeOfSystemValue } from './item.ts';
import { compileImplies, compileRow, compileXor } from './logic.ts';
import { compileMember, compileStart } from './member.ts';
import { compileMembership, compileUnion } from './membership.ts';
import { compileOrder } from './order.ts';
import { integer } from './single.ts';
import type { Binary, Expression, Indexer, Literal, Member, Special } from './syntax.ts';
import { systemTypes, type Type, type Types } from './type.ts';
import { compileAs, compileIs, namedType } from './type-test.ts';
import { compileExternal } from './variable.ts';

export interface CompilerOptions {
  readonly types: Types;
  readonly strict: boolean;
  readonly published: boolean;
  readonly tracked: boolean;
  readonly checksOrder: boolean;
  readonly context: Shape;
  readonly resource: Type;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
}

export function createCompiler(options: CompilerOptions): Compiler {
  let slots = 0;
  const keys = new Map<string, object>();
  const compiler: Compiler = {
    ...options,
    newSlot: () => slots++,
    compile: (expression, scope) => kept(compileOne(compiler, expression, scope), expression, keys),
  };
  return compiler;
}

/**
 * Lists that depend on the resource alone are found once per run, however often a condition asks for them and wherever the same text
 * stands in the expression.
 */
function kept(compiled: Compiled, expression: Expression, keys: Map<string, object>): Compiled {
  const { one, many, fixed } = compiled;
  if (fixed !== true || one !== undefined || expression.kind === 'literal') return compiled;
  const text = expression.text.slice(expression.start, expression.end);
  const key = keys.get(text) ?? {};
  keys.set(text, key);
  return { ...compiled, many: (self, run) => run.keep(key, () => many(self, run)) };
}

function compileOne(compiler: Compiler, expression: Expression, scope: Scope): Compiled {
  switch (expression.kind) {
    case 'literal':
      return compileLiteral(expression);
    case 'external':
      return compileExternal(compiler, expression, scope);
    case 'special':
      return compileSpecial(expression, scope);
    case 'member':
      return compilePath(compiler, expression, scope);
    case 'call':
      return compileCall(compiler, expression, scope);
    case 'indexer':
      return compileIndexer(compiler, expression, scope);
    case 'polarity':
      return compilePolarity(expression, compiler.compile(expression.operand, scope));
    case 'binary':
      return compileBinary(compiler, expression, scope);
    case 'row': {
      const operands = expression.operands.map((operand) => compiler.compile(operand, scope));
      if (expression.operator === '|') return compileUnion(compiler, operands);
      return compileRow(expression.operator, operands, { name: expression.operator, span: expression });
    }
    case 'type': {
      const operand = compiler.compile(expression.operand, scope);
      const type = namedType(compiler, expression.type, expression);
      const asker = { name: expression.operator, span: expression };
      return expression.operator === 'is' ? compileIs(compiler, operand, type, asker) : compileAs(compiler, operand, type, asker);
    }
    case 'ordered':
      throw fault('semantic', expression, 'asc and desc stand behind the arguments of sort() only.');
  }
}

function compileLiteral({ value }: Literal): Compiled {
  if (value === undefined) return { ...several({ raw: undefined, types: [] }, () => nothing, true), one: () => undefined };
  return single(shapeOf(typeOfSystemValue(value)), () => value, true);
}

function compileSpecial(expression: Special, scope: Scope): Compiled {
  if (expression.name === '$this') return focusOf(scope);
  if (expression.name === '$index') return single(shapeOf(systemTypes.Integer), (_, run) => run.index);
  if (scope.total === undefined) throw fault('semantic', expression, '$total is known within aggregate() only.');
  return several(scope.total, (_, run) => run.total);
}

function compilePath(compiler: Compiler, expression: Member, scope: Scope): Compiled {
  const { target, name } = expression;
  const span = { text: expression.text, start: expression.end - name.length, end: expression.end };
  if (target === undefined) return compileStart(compiler, focusOf(scope), name, span);
  const before = compiler.compile(target, scope);
  return { ...compileMember(compiler, before, name, span), variables: before.variables };
}

function compileIndexer(compiler: Compiler, { target, index, ...span }: Indexer, scope: Scope): Compiled {
  const before = compiler.compile(target, scope);
  const position = integer(compiler.compile(index, scope), { name: 'The index', span });
  if (compiler.checksOrder && before.ordered === false)
    throw fault('semantic', span, 'An index needs an order, and these values have none.');
  return {
    ...single(before, (self, run) => {
      const at = position(self, run);
      return at === undefined ? undefined : before.many(self, run)[at];
    }),
    variables: before.variables,
  };
}

function compileBinary(compiler: Compiler, expression: Binary, scope: Scope): Compiled {
  const { operator } = expression;
  const [left, right] = [compiler.compile(expression.left, scope), compiler.compile(expression.right, scope)];
  const asker = { name: operator, span: expression };
  switch (operator) {
    case '=':
    case '!=':
    case '~':
    case '!~':
      return compileEquality(compiler, expression, left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compileOrder(expression, left, right);
    case 'in':
      return compileMembership(compiler, left, right, asker);
    case 'contains':
      return compileMembership(compiler, right, left, asker);
    case 'xor':
      return compileXor(left, right, asker);
    case 'implies':
      return compileImplies(left, right, asker);
    default:
      return compileArithmetic(expression, left, right);
  }
}
