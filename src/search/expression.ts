/**
 * Search expressions compiled to plain walks over JSON: typed statically from the definitions, union branches of other types pruned.
 * https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.expression, https://hl7.org/fhirpath/N1/
 */
import type { Definitions } from '../fhir/definitions.ts';
import { isObject } from '../fhir/resource.ts';
import { type Expression, ExpressionError, parseExpression } from './expression-parser.ts';
import { targetType } from './reference-target.ts';

type Test = (value: unknown) => boolean;

/** What to do with each item on the way: go to a property, take one item of it, keep it if a test holds, or compute a value. */
export type Step =
  | { readonly kind: 'property'; readonly name: string; readonly at?: number }
  | { readonly kind: 'filter'; readonly test: Test }
  | { readonly kind: 'compute'; readonly value: (item: unknown) => unknown };

/** One path of one static type; an expression is a list of them. */
export interface Branch {
  readonly type: string;
  readonly steps: readonly Step[];
  /** At most one value. */
  readonly single: boolean;
  /** Element names without filters, such as `Observation.subject`. */
  readonly path: string;
  /** Types that a reference can lead to, where the element or a condition says so. */
  readonly targets?: readonly string[];
  /** Canonical of the value set that a code is bound to. */
  readonly valueSet?: string;
}

/** Calls `take` with every value of the branch, in document order. */
export function walk(node: unknown, steps: readonly Step[], at: number, take: (value: unknown) => void): void {
  if (node === undefined || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, steps, at, take);
    return;
  }
  const step = steps[at];
  if (step === undefined) take(node);
  else if (step.kind === 'property') {
    const value = (node as Record<string, unknown>)[step.name];
    if (value !== undefined) walk(step.at !== undefined && Array.isArray(value) ? value[step.at] : value, steps, at + 1, take);
  } else if (step.kind === 'filter') {
    if (step.test(node)) walk(node, steps, at + 1, take);
  } else walk(step.value(node), steps, at + 1, take);
}

const root = (type: string): Branch => ({ type, steps: [], single: true, path: type });

/** The branches that can yield something on a resource of the type; throws ExpressionError for FHIRPath beyond the supported part. */
export function compileExpression(text: string, resourceType: string, definitions: Definitions): readonly Branch[] {
  return compiler(definitions).branches(parseExpression(text), [root(resourceType)]);
}

const withStep = (branch: Branch, step: Step, change: Partial<Branch> = {}): Branch => ({
  ...branch,
  steps: [...branch.steps, step],
  ...change,
});

function compiler(definitions: Definitions) {
  function branches(expression: Expression, focus: readonly Branch[]): readonly Branch[] {
    switch (expression.kind) {
      case 'focus':
        return focus;
      case 'member':
        return member(expression, focus);
      case 'union':
        return distinct(expression.members.flatMap((each) => branches(each, focus)));
      case 'as':
        return branches(expression.of, focus).filter((branch) => isType(branch.type, expression.type));
      case 'index':
        return branches(expression.of, focus).map((branch) => indexed(branch, expression.at));
      case 'call':
        return called(expression, focus);
      case 'literal':
      case 'variable':
        throw new ExpressionError(`${expression.kind} stands alone`);
      default:
        return focus.map((branch) =>
          withStep(branch, { kind: 'compute', value: predicate(expression, [root(branch.type)]) }, { type: 'boolean' }),
        );
    }
  }

  function member(expression: Expression & { kind: 'member' }, focus: readonly Branch[]): readonly Branch[] {
    if (expression.of.kind === 'focus' && /^[A-Z]/.test(expression.name))
      return focus.filter((branch) => isType(branch.type, expression.name));
    return branches(expression.of, focus).flatMap((branch) => properties(branch, expression.name));
  }

  /** All JSON properties of an element: one, or one for each type of a choice. */
  function properties(branch: Branch, name: string): readonly Branch[] {
    const found: Branch[] = [];
    for (const [property, { element, type }] of definitions.properties(branch.type)) {
      if (element.name !== name) continue;
      const single = branch.single && element.max <= 1;
      const { targets: _targets, valueSet: _valueSet, ...before } = branch;
      found.push({
        ...before,
        type: type.code,
        steps: [...branch.steps, { kind: 'property', name: property }],
        single,
        path: `${branch.path}.${name}`,
        ...(type.targets ? { targets: type.targets } : {}),
        ...(element.binding ? { valueSet: element.binding.valueSet } : {}),
      });
    }
    return found;
  }

  function isType(type: string, wanted: string): boolean {
    const same = type === wanted || (type[0] as string).toLowerCase() + type.slice(1) === wanted[0]?.toLowerCase() + wanted.slice(1);
    if (same) return true;
    const base = definitions.type(type)?.base;
    return base !== undefined && base !== type && isType(base, wanted);
  }

  function indexed(branch: Branch, at: number): Branch {
    const last = branch.steps.at(-1);
    const before = branch.steps.slice(0, -1);
    if (last?.kind !== 'property') throw new ExpressionError('only an element can be indexed');
    return { ...branch, steps: [...before, { ...last, at }], single: true };
  }

  function called(expression: Expression & { kind: 'call' }, focus: readonly Branch[]): readonly Branch[] {
    const of = branches(expression.of, focus);
    if (expression.name === 'where') return of.map((branch) => filtered(branch, expression.arguments[0]));
    if (expression.name === 'extension') return of.flatMap((branch) => extension(branch, literalText(expression.arguments[0])));
    if (expression.name === 'exists' || expression.name === 'hasExtension')
      return focus.map((branch) =>
        withStep(branch, { kind: 'compute', value: predicate(expression, [root(branch.type)]) }, { type: 'boolean' }),
      );
    throw new ExpressionError(`function ${expression.name}() is not supported`);
  }

  function filtered(branch: Branch, condition: Expression | undefined): Branch {
    if (!condition) throw new ExpressionError('where() needs a condition');
    const only = resolvedType(condition);
    return withStep(
      branch,
      { kind: 'filter', test: predicate(condition, [root(branch.type)]) },
      only === undefined ? {} : { targets: [only] },
    );
  }

  function extension(branch: Branch, url: string): readonly Branch[] {
    const test: Test = (value) => isObject(value) && value['url'] === url;
    return properties(branch, 'extension').map((each) => withStep(each, { kind: 'filter', test }, { single: false }));
  }

  /** A condition about one item. */
  function predicate(expression: Expression, focus: readonly Branch[]): Test {
    switch (expression.kind) {
      case 'and':
      case 'or': {
        const [left, right] = [predicate(expression.left, focus), predicate(expression.right, focus)];
        return expression.kind === 'and' ? (item) => left(item) && right(item) : (item) => left(item) || right(item);
      }
      case 'compare': {
        const [left, right] = [collection(expression.left, focus), collection(expression.right, focus)];
        return expression.operator === '='
          ? (item) => equal(left(item), right(item)) === true
          : (item) => equal(left(item), right(item)) === false;
      }
      case 'is':
        return isOf(expression, focus);
      case 'call':
        return calledPredicate(expression, focus);
      default:
        return (item) => collection(expression, focus)(item).some((value) => value === true);
    }
  }

  function isOf(expression: Expression & { kind: 'as' | 'is' }, focus: readonly Branch[]): Test {
    const { of, type } = expression;
    // resolve() is T is answered from the text of the reference: what it points to may be anywhere.
    if (of.kind === 'call' && of.name === 'resolve') {
      const references = collection(of.of, focus);
      return (item) => references(item).some((value) => targetType(value, definitions.isResourceType) === type);
    }
    const found = collection({ kind: 'as', of, type }, focus);
    return (item) => found(item).length > 0;
  }

  function calledPredicate(expression: Expression & { kind: 'call' }, focus: readonly Branch[]): Test {
    if (expression.name === 'exists') {
      const found = collection(expression.of, focus);
      return (item) => found(item).length > 0;
    }
    if (expression.name === 'hasExtension') {
      const url = literalText(expression.arguments[0]);
      const found = focusExtensions(expression.of, focus);
      return (item) => found(item).some((value) => isObject(value) && value['url'] === url);
    }
    throw new ExpressionError(`function ${expression.name}() is not supported in a condition`);
  }

  const focusExtensions = (of: Expression, focus: readonly Branch[]) => collection({ kind: 'member', of, name: 'extension' }, focus);

  function collection(expression: Expression, focus: readonly Branch[]): (item: unknown) => unknown[] {
    if (expression.kind === 'literal') {
      const values = [expression.value];
      return () => values;
    }
    const found = branches(expression, focus);
    return (item) => {
      const values: unknown[] = [];
      for (const branch of found) walk(item, branch.steps, 0, (value) => values.push(value));
      return values;
    };
  }

  return { branches };
}

/** T of `resolve() is T`. */
const resolvedType = (condition: Expression): string | undefined =>
  condition.kind === 'is' && condition.of.kind === 'call' && condition.of.name === 'resolve' ? condition.type : undefined;

function literalText(expression: Expression | undefined): string {
  if (expression?.kind === 'literal' && typeof expression.value === 'string') return expression.value;
  throw new ExpressionError('expected a text in quotes');
}

/** FHIRPath equality of two collections of primitives; undefined where one of them is empty. */
function equal(left: readonly unknown[], right: readonly unknown[]): boolean | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  return left.length === right.length && left.every((value, i) => value === right[i]);
}

/** A union has no duplicates: two members may walk the same way. */
function distinct(list: readonly Branch[]): readonly Branch[] {
  const seen = new Set<string>();
  return list.filter((branch) => {
    if (branch.steps.some((step) => step.kind !== 'property')) return true;
    const way = branch.steps.map((step) => (step.kind === 'property' ? `${step.name}[${step.at ?? ''}]` : '')).join('.');
    return !seen.has(way) && seen.add(way) !== undefined;
  });
}
