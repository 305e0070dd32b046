/**
 * Search expressions compiled to plain walks over JSON: typed statically from the definitions, union branches of other types pruned.
 * https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.expression, https://hl7.org/fhirpath/N1/
 */
import type { Definitions } from '../fhir/definitions.ts';
import { isObject } from '../fhir/resource.ts';
import { conditionCompiler } from './expression-condition.ts';
import { type Expression, ExpressionError, literalText, parseExpression, UnsupportedError } from './expression-parser.ts';
import { type Interpret, interpreter } from './interpret.ts';
import { behind, filterPath, indexPath, propertyPath } from './json-path.ts';

/** Only true keeps an item. */
type Test = (value: unknown) => boolean | undefined;

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
  /** The same way for PostgreSQL, where it can be said: `$.name[*].family`. */
  readonly jsonPath?: string;
  /** The values with their types, where only evaluation can tell them: the type of the branch is `*`. */
  readonly typed?: Interpret;
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
    if (value !== undefined) walk(step.at === undefined ? value : itemAt(value, step.at), steps, at + 1, take);
  } else if (step.kind === 'filter') {
    if (step.test(node) === true) walk(node, steps, at + 1, take);
  } else walk(step.value(node), steps, at + 1, take);
}

export const itemAt = (value: unknown, at: number): unknown => (Array.isArray(value) ? value[at] : at === 0 ? value : undefined);

const root = (type: string, jsonPath: string): Branch => ({ type, steps: [], single: true, path: type, jsonPath });

/**
 * The branches that can yield something on a resource of the type. What is not compiled is interpreted. Throws ExpressionError for what
 * is no FHIRPath.
 */
export function compileExpression(text: string, resourceType: string, definitions: Definitions): readonly Branch[] {
  try {
    return compiler(definitions).branches(parseExpression(text), [root(resourceType, '$')]);
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    return [interpreted(interpreter(text, resourceType, definitions), text)];
  }
}

const interpreted = (typed: Interpret, path: string): Branch => ({
  type: '*',
  steps: [{ kind: 'compute', value: (item) => typed(item).map(({ value }) => value) }],
  single: false,
  path,
  typed,
});

/** A branch that goes on; its SQL/JSON path must be told anew. */
const withStep = ({ jsonPath: _path, ...branch }: Branch, step: Step, change: Partial<Branch>): Branch => ({
  ...branch,
  steps: [...branch.steps, step],
  ...change,
});

function compiler(definitions: Definitions) {
  const condition = conditionCompiler({ branches, collection }, definitions);

  function branches(expression: Expression, focus: readonly Branch[]): readonly Branch[] {
    switch (expression.kind) {
      case 'focus':
        return focus;
      case 'member':
        return member(expression, focus);
      case 'union':
        return distinct(expression.members.flatMap((each) => branches(each, focus)));
      case 'as':
        return branches(expression.of, focus).flatMap((branch) => ofType(branch, expression.type));
      case 'index':
        return indexed(expression, focus);
      case 'call':
        return called(expression, focus);
      case 'literal':
      case 'variable':
        throw new UnsupportedError(`${expression.kind} stands alone`);
      default:
        return focus.map((branch) => computed(branch, expression));
    }
  }

  /** The value of a condition. */
  function computed(branch: Branch, expression: Expression): Branch {
    const { test, total, jsonPath } = condition(expression, [root(branch.type, '$')]);
    const path = branch.jsonPath === '$' && total && jsonPath !== undefined ? { jsonPath } : {};
    return withStep(branch, { kind: 'compute', value: test }, { type: 'boolean', ...path });
  }

  function member(expression: Expression & { kind: 'member' }, focus: readonly Branch[]): readonly Branch[] {
    if (expression.of.kind === 'focus' && /^[A-Z]/.test(expression.name))
      return focus.filter((branch) => isType(branch.type, expression.name));
    const of = branches(expression.of, focus);
    const found = of.flatMap((branch) => properties(branch, expression.name));
    if (found.length === 0 && of.length > 0) throw noElement(of, expression.name);
    return found;
  }

  /** What a resource or primitive has beyond its definition shows when it is evaluated. */
  function noElement(of: readonly Branch[], name: string): ExpressionError {
    const types = [...new Set(of.map(({ type }) => type))];
    const isOpen = types.some((type) => definitions.type(type)?.abstract !== false || definitions.type(type)?.kind === 'primitive');
    return new (isOpen ? UnsupportedError : ExpressionError)(`${types.slice(0, 3).join(', ')} has no element "${name}"`);
  }

  /** All JSON properties of an element: one, or one for each type of a choice. */
  function properties(branch: Branch, name: string): readonly Branch[] {
    const found: Branch[] = [];
    for (const [property, { element, type }] of definitions.properties(branch.type)) {
      if (element.name !== name) continue;
      const single = branch.single && element.max <= 1;
      const { targets: _targets, valueSet: _valueSet, jsonPath, ...before } = branch;
      const primitive = definitions.type(type.code)?.kind === 'primitive';
      found.push({
        ...before,
        type: type.code,
        steps: [...branch.steps, { kind: 'property', name: property }],
        single,
        path: `${branch.path}.${name}`,
        ...behind(jsonPath, (way) => propertyPath(way, property, element.max > 1, primitive)),
        ...(type.targets ? { targets: type.targets } : {}),
        ...(element.binding ? { valueSet: element.binding.valueSet } : {}),
      });
    }
    return found;
  }

  /** What may be any resource says itself which it is. */
  function ofType(branch: Branch, wanted: string): readonly Branch[] {
    if (isType(branch.type, wanted)) return [branch];
    const { kind, abstract } = definitions.type(branch.type) ?? {};
    if (kind !== 'resource' || !abstract || !definitions.isResourceType(wanted)) return [];
    const test: Test = (value) => isObject(value) && value['resourceType'] === wanted;
    const path = behind(branch.jsonPath, (way) => filterPath(way, `@.resourceType == ${JSON.stringify(wanted)}`));
    return [withStep(branch, { kind: 'filter', test }, { type: wanted, ...path })];
  }

  function isType(type: string, wanted: string): boolean {
    const same = type === wanted || (type[0] as string).toLowerCase() + type.slice(1) === wanted[0]?.toLowerCase() + wanted.slice(1);
    if (same) return true;
    const base = definitions.type(type)?.base;
    return base !== undefined && base !== type && isType(base, wanted);
  }

  /** One item of all that were found: where only one list can be found, it is that of the list. */
  function indexed({ of, at }: Expression & { kind: 'index' }, focus: readonly Branch[]): readonly Branch[] {
    if (of.kind !== 'member' || branches(of.of, focus).some(({ single }) => !single))
      throw new UnsupportedError('only an element of one list can be indexed');
    return branches(of, focus).map((branch) => ({ ...branch, ...itemOf(branch, at), single: true }));
  }

  function called(expression: Expression & { kind: 'call' }, focus: readonly Branch[]): readonly Branch[] {
    const { name, arguments: given } = expression;
    if (name === 'exists' || name === 'hasExtension') return focus.map((branch) => computed(branch, expression));
    const of = branches(expression.of, focus);
    if (name === 'where') return of.map((branch) => filtered(branch, given[0]));
    if (name === 'extension') return of.flatMap((branch) => extension(branch, literalText(given[0])));
    throw new UnsupportedError(`function ${name}() is not supported`);
  }

  function filtered(branch: Branch, expression: Expression | undefined): Branch {
    if (!expression) throw new ExpressionError('where() needs a condition');
    const only = resolvedType(expression);
    const { test, jsonPath } = condition(expression, [root(branch.type, '@')]);
    const targets = only === undefined ? {} : { targets: [only] };
    return withStep(branch, { kind: 'filter', test }, { ...targets, ...behind(branch.jsonPath, (way) => filterPath(way, jsonPath)) });
  }

  function extension(branch: Branch, url: string): readonly Branch[] {
    const test: Test = (value) => isObject(value) && value['url'] === url;
    return properties(branch, 'extension').map((each) =>
      withStep(
        each,
        { kind: 'filter', test },
        { single: false, ...behind(each.jsonPath, (way) => filterPath(way, `@.url == ${JSON.stringify(url)}`)) },
      ),
    );
  }

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

function itemOf({ steps, jsonPath }: Branch, at: number): Partial<Branch> {
  const last = steps.at(-1);
  if (last?.kind !== 'property') throw new UnsupportedError('only an element can be indexed');
  return { steps: [...steps.slice(0, -1), { ...last, at }], ...behind(jsonPath, (way) => indexPath(way, at)) };
}

/** T of `resolve() is T`. */
const resolvedType = (condition: Expression): string | undefined =>
  condition.kind === 'is' && condition.of.kind === 'call' && condition.of.name === 'resolve' ? condition.type : undefined;

/** A union has no duplicates: two members may walk the same way. */
function distinct(list: readonly Branch[]): readonly Branch[] {
  const seen = new Set<string>();
  return list.filter((branch) => {
    if (branch.steps.some((step) => step.kind !== 'property')) return true;
    const way = branch.steps.map((step) => (step.kind === 'property' ? `${step.name}[${step.at ?? ''}]` : '')).join('.');
    return !seen.has(way) && seen.add(way) !== undefined;
  });
}
