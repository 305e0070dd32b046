/**
 * Pieces of the SQL/JSON path of a branch: the way of the walk, for PostgreSQL (lax mode, PostgreSQL 15 and later).
 * https://www.postgresql.org/docs/15/functions-json.html#FUNCTIONS-SQLJSON-PATH
 */
import type { Branch } from './expression.ts';

/** A path or a condition; absent where it cannot be said in SQL/JSON. */
export type JsonPath = string | undefined;

type Piece = (path: string) => JsonPath;

/** Nothing can be said behind what cannot be said. */
export const behind = (path: JsonPath, piece: Piece): { readonly jsonPath?: string } => {
  const found = path === undefined ? undefined : piece(path);
  return found === undefined ? {} : { jsonPath: found };
};

/** Lists of primitives hold null where an item has extensions only. */
export const propertyPath = (path: string, name: string, repeats: boolean, primitive: boolean): string =>
  `${path}.${name}${repeats ? '[*]' : ''}${repeats && primitive ? ' ? (@ != null)' : ''}`;

/** Of the list that the path ends with. */
export const indexPath = (path: string, at: number): string => {
  const all = /\[\*\](?<filter> \? \(@ != null\))?$/.exec(path);
  return all === null ? `${path}[${at}]` : `${path.slice(0, all.index)}[${at}]${all.groups?.['filter'] ?? ''}`;
};

export const filterPath = (path: string, condition: JsonPath): JsonPath =>
  condition === undefined ? undefined : `${path} ? (${condition})`;

const joined = (parts: readonly JsonPath[], operator: string): JsonPath => {
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.length === 1 ? parts[0] : `(${parts.join(` ${operator} `)})`;
};

export const allPath = (parts: readonly JsonPath[]): JsonPath => joined(parts, '&&');

/** No branch can yield anything: nothing holds. */
export const anyPath = (parts: readonly JsonPath[]): JsonPath => (parts.length === 0 ? '(1 == 0)' : joined(parts, '||'));

export const existsPath = (branches: readonly Branch[]): JsonPath =>
  anyPath(branches.map(({ jsonPath }) => (jsonPath === undefined ? undefined : `exists(${jsonPath})`)));

const typesOfText = new Set(['string', 'code', 'id', 'uri', 'url', 'canonical', 'oid', 'uuid', 'markdown']);

/**
 * The values of the branches compared with a literal. At most one of them is there: several would have to be compared as collections.
 * What has another type than the literal differs from it, where SQL/JSON would say unknown.
 */
export function comparedPath(branches: readonly Branch[], operator: '=' | '!=', literal: string | number | boolean): JsonPath {
  const one = branches.length === 1 || branches.every(({ path }) => path === branches[0]?.path);
  if (!one || branches.some(({ single }) => !single)) return undefined;
  return anyPath(branches.map((branch) => oneCompared(branch, operator, literal)));
}

function oneCompared({ type, jsonPath }: Branch, operator: '=' | '!=', literal: string | number | boolean): JsonPath {
  if (jsonPath === undefined) return undefined;
  if (isLike(type, literal)) return `${jsonPath} ${operator === '=' ? '==' : '!='} ${JSON.stringify(literal)}`;
  return operator === '=' ? anyPath([]) : `exists(${jsonPath})`;
}

function isLike(type: string, literal: string | number | boolean): boolean {
  if (typeof literal === 'boolean') return type === 'boolean';
  if (typeof literal === 'number') return type === 'integer' || type === 'decimal' || type === 'positiveInt' || type === 'unsignedInt';
  return typesOfText.has(type) || type === 'date' || type === 'dateTime' || type === 'instant' || type === 'time';
}

const instance = '/[A-Za-z0-9.-]{1,64}(/_history/[A-Za-z0-9.-]{1,64})?(#.*)?$';
const base = '^(https?://[^/\\s?#]+/([^#]*/)?)?';

const looksLike = (path: string, type: string): string => `${path} like_regex ${JSON.stringify(base + type + instance)}`;

/**
 * `resolve() is T`, as reference-target.ts reads it: by the text of the reference, or else by its type. Any capitalised name is taken
 * for a type here.
 */
export const referencePath = (path: string, type: string): string =>
  `(${looksLike(`${path}.reference`, type)} || (${path}.type == ${JSON.stringify(type)} && !(exists(${path}.reference ? (${looksLike('@', '[A-Z][A-Za-z]*')})))))`;
