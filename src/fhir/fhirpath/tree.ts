/** The tree of an expression as the FHIRPath lab shows it. https://github.com/brianpos/fhirpath-lab/blob/master/server-api.md */
import { stringLiteral } from './escape.ts';
import type { SystemValue } from './item.ts';
import type { Expression } from './syntax.ts';
import { Temporal } from './temporal.ts';

/** Names are those of the lab. */
export interface TreeNode {
  readonly ExpressionType: string;
  readonly Name: string;
  readonly Arguments?: readonly TreeNode[];
  /** Place in the text, from 0. */
  readonly Position: number;
  readonly Length: number;
}

/** What a path without start begins with. */
const focus = ({ start }: Expression): TreeNode => ({ ExpressionType: 'AxisExpression', Name: 'builtin.that', Position: start, Length: 0 });

const literalText = (value: SystemValue | undefined): string => {
  if (value === undefined) return '{}';
  if (typeof value === 'string') return stringLiteral(value);
  return value instanceof Temporal ? `@${value.kind === 'time' ? 'T' : ''}${value}` : String(value);
};

/** Kind, name and parts, in the words of the lab. */
function describe(expression: Expression): readonly [kind: string, name: string, ...parts: TreeNode[]] {
  const before = (target: Expression | undefined) => (target === undefined ? focus(expression) : treeOf(target));
  switch (expression.kind) {
    case 'literal':
      return ['ConstantExpression', literalText(expression.value)];
    case 'external':
      return ['VariableRefExpression', expression.name];
    case 'special':
      return ['AxisExpression', `builtin.${expression.name.slice(1)}`];
    case 'member':
      return ['ChildExpression', expression.name, before(expression.target)];
    case 'call':
      return ['FunctionCallExpression', expression.name, before(expression.target), ...expression.arguments.map(treeOf)];
    case 'indexer':
      return ['IndexerExpression', '[]', treeOf(expression.target), treeOf(expression.index)];
    case 'polarity':
      return ['UnaryExpression', expression.operator, treeOf(expression.operand)];
    case 'binary':
      return ['BinaryExpression', expression.operator, treeOf(expression.left), treeOf(expression.right)];
    case 'row':
      return ['BinaryExpression', expression.operator, ...expression.operands.map(treeOf)];
    case 'type':
      return ['BinaryExpression', expression.operator, treeOf(expression.operand), typeName(expression.type, expression)];
    case 'ordered':
      return ['UnaryExpression', expression.descending ? 'desc' : 'asc', treeOf(expression.operand)];
  }
}

const typeName = (parts: readonly string[], { end }: Expression): TreeNode => {
  const name = parts.join('.');
  return { ExpressionType: 'ConstantExpression', Name: name, Position: end - name.length, Length: name.length };
};

export function treeOf(expression: Expression): TreeNode {
  const [kind, name, ...parts] = describe(expression);
  return {
    ExpressionType: kind,
    Name: name,
    ...(parts.length === 0 ? {} : { Arguments: parts }),
    Position: expression.start,
    Length: expression.end - expression.start,
  };
}
