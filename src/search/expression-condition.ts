/** Conditions of a search expression, such as those of where(): as tests of one item, and as conditions of an SQL/JSON path. */
import type { Definitions } from '../fhir/definitions.ts';
import { isObject } from '../fhir/resource.ts';
import type { Branch } from './expression.ts';
import { type Expression, literalText, UnsupportedError } from './expression-parser.ts';
import { allPath, anyPath, comparedPath, existsPath, filterPath, type JsonPath, referencePath } from './json-path.ts';
import { targetTypes } from './reference-target.ts';

export interface Condition {
  /** Undefined where FHIRPath says neither yes nor no: {}. */
  readonly test: (item: unknown) => boolean | undefined;
  /** True where the test is true. */
  readonly jsonPath: JsonPath;
  /** The test always says yes or no. */
  readonly total: boolean;
}

type Focus = readonly Branch[];

/** What conditions need of the compiler of paths. */
export interface Paths {
  readonly branches: (expression: Expression, focus: Focus) => readonly Branch[];
  /** The values of an expression on an item. */
  readonly collection: (expression: Expression, focus: Focus) => (item: unknown) => readonly unknown[];
}

type Kind<K extends Expression['kind']> = Expression & { readonly kind: K };

/** Compiles a condition about one item, which is the focus. */
export type CompileCondition = (expression: Expression, focus: Focus) => Condition;

export function conditionCompiler({ branches, collection }: Paths, definitions: Definitions): CompileCondition {
  const typeOf = targetTypes(definitions);

  const compile: CompileCondition = (expression, focus) => {
    switch (expression.kind) {
      case 'and':
      case 'or':
        return combined(expression, focus);
      case 'compare':
        return compared(expression, focus);
      case 'is':
        return typed(expression, focus);
      case 'call':
        return called(expression, focus);
      default:
        return flag(expression, focus);
    }
  };

  function combined({ kind, left: first, right: second }: Kind<'and' | 'or'>, focus: Focus): Condition {
    const [left, right] = [compile(first, focus), compile(second, focus)];
    const paths = [left.jsonPath, right.jsonPath];
    const total = left.total && right.total;
    return kind === 'and'
      ? { test: (item) => and(left.test(item), right.test(item)), jsonPath: allPath(paths), total: total || guards(first, second) }
      : { test: (item) => or(left.test(item), right.test(item)), jsonPath: anyPath(paths), total };
  }

  function compared({ operator, left, right }: Kind<'compare'>, focus: Focus): Condition {
    const [one, other] = [collection(left, focus), collection(right, focus)];
    const wanted = operator === '=';
    return {
      test: (item) => {
        const same = equal(one(item), other(item));
        return same === undefined ? undefined : same === wanted;
      },
      total: false,
      jsonPath:
        right.kind === 'literal' && left.kind !== 'literal' ? comparedPath(branches(left, focus), operator, right.value) : undefined,
    };
  }

  function typed({ of, type }: Kind<'as' | 'is'>, focus: Focus): Condition {
    if (of.kind === 'call' && of.name === 'resolve') return resolved(of.of, type, focus);
    const { jsonPath } = exists({ kind: 'as', of, type }, focus);
    const [all, those] = [collection(of, focus), collection({ kind: 'as', of, type }, focus)];
    return { test: (item) => (all(item).length === 0 ? undefined : those(item).length > 0), jsonPath, total: false };
  }

  /** resolve() is T is answered from the text of the reference: what it points to may be anywhere. */
  function resolved(of: Expression, type: string, focus: Focus): Condition {
    const references = collection(of, focus);
    return {
      test: (item) => references(item).some((value) => typeOf(value) === type),
      total: false,
      jsonPath: anyPath(
        branches(of, focus).map((branch) =>
          branch.type === 'Reference' && branch.jsonPath !== undefined ? referencePath(branch.jsonPath, type) : undefined,
        ),
      ),
    };
  }

  function called(expression: Kind<'call'>, focus: Focus): Condition {
    const { name, of, arguments: given } = expression;
    if (name === 'exists' && given.length === 0) return exists(of, focus);
    if (name === 'hasExtension') return extended(of, literalText(given[0]), focus);
    throw new UnsupportedError(`function ${name}() is not supported in a condition`);
  }

  function exists(expression: Expression, focus: Focus): Condition {
    const found = collection(expression, focus);
    return { test: (item) => found(item).length > 0, jsonPath: existsPath(branches(expression, focus)), total: true };
  }

  function extended(of: Expression, url: string, focus: Focus): Condition {
    const extension: Expression = { kind: 'member', of, name: 'extension' };
    const found = collection(extension, focus);
    const paths = branches(extension, focus).map(({ jsonPath }) =>
      jsonPath === undefined ? undefined : filterPath(jsonPath, `@.url == ${JSON.stringify(url)}`),
    );
    return {
      test: (item) => found(item).some((value) => isObject(value) && value['url'] === url),
      total: true,
      jsonPath: anyPath(paths.map((path) => (path === undefined ? undefined : `exists(${path})`))),
    };
  }

  function flag(expression: Expression, focus: Focus): Condition {
    const found = collection(expression, focus);
    return {
      test: (item) => (found(item).length === 0 ? undefined : found(item).every((value) => value === true)),
      total: false,
      jsonPath: expression.kind === 'literal' ? undefined : comparedPath(branches(expression, focus), '=', true),
    };
  }

  return compile;
}

/** FHIRPath equality of two collections of primitives; undefined where one of them is empty. */
function equal(left: readonly unknown[], right: readonly unknown[]): boolean | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  return left.length === right.length && left.every((value, i) => value === right[i]);
}

const and = (left: boolean | undefined, right: boolean | undefined): boolean | undefined => {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : undefined;
};

const or = (left: boolean | undefined, right: boolean | undefined): boolean | undefined => {
  if (left === true || right === true) return true;
  return left === false && right === false ? false : undefined;
};

/** `x.exists() and x != …`: where the second says nothing, the first says no. */
function guards(first: Expression, second: Expression): boolean {
  if (first.kind !== 'call' || first.name !== 'exists' || second.kind !== 'compare' || second.right.kind !== 'literal') return false;
  return JSON.stringify(first.of) === JSON.stringify(second.left);
}
