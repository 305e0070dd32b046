/** Values that search expressions find, by an interpreter of FHIRPath that knows nothing of the server, each with its FHIR type. */
import fhirpath, { type UserInvocationTable } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import type { Resource } from '../../../src/fhir/resource.ts';
import { isResourceType } from './definition.ts';
import { literalOf } from './literal.ts';

export interface Item {
  /** Name of the FHIR type, such as `Quantity` or `code`. */
  readonly type: string;
  readonly value: unknown;
  /** Where the definition of the element stands, such as `Observation.component`. */
  readonly path: string;
  /** The element that it stands in, such as `Patient.gender`. */
  readonly element?: string;
  /** The resource that it is of. */
  readonly root?: unknown;
}

interface Node {
  readonly data: unknown;
  readonly path: string | null;
  readonly parentResNode: Node | null;
  readonly propName: string | null;
  readonly constructor: { makeResNode(context: unknown, resource: object, ...rest: readonly null[]): unknown };
  getTypeInfo(): { readonly name: string };
}

export const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

export const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

const rootOf = (node: Node): Node => (node.parentResNode ? rootOf(node.parentResNode) : node);

/** The type that a reference leads to: of what is contained, and of the resource itself, the resource tells it; else the reference does. */
function targetType(node: Node): string | undefined {
  const local = text(object(node.data)['reference']);
  const root = rootOf(node).data;
  if (local === '#') return text(object(root)['resourceType']);
  if (local?.startsWith('#')) return containedIn(root, local)?.resourceType;
  if (typeof node.data === 'string') return literalOf(node.data)?.type;
  const { reference, type, resourceType } = object(node.data);
  if (typeof resourceType === 'string') return resourceType;
  const literal = text(reference);
  return (literal === undefined ? undefined : literalOf(literal)?.type) ?? text(type);
}

/** What `#id` leads to within a resource. */
export const containedIn = (root: unknown, reference: string): Resource | undefined =>
  list(object(root)['contained']).find((each) => object(each)['id'] === reference.slice(1)) as Resource | undefined;

const additional: UserInvocationTable = {
  resolve: {
    internalStructures: true,
    arity: { 0: [] },
    fn(this: unknown, nodes: readonly Node[]) {
      return nodes.flatMap((node) => {
        const type = targetType(node);
        return type === undefined ? [] : [node.constructor.makeResNode(this, { resourceType: type }, null, null, null, null)];
      });
    },
  },
  hasExtension: {
    internalStructures: true,
    arity: { 1: ['String'] },
    fn: (nodes: readonly Node[], url: string) =>
      nodes.some(({ data }) => list(object(data)['extension']).some((each) => object(each)['url'] === url)),
  },
  /** The end of every expression: what was found, with its type. */
  found: {
    internalStructures: true,
    arity: { 0: [] },
    fn: (nodes: readonly (Node | boolean | string | number)[]) =>
      nodes.flatMap((node): { readonly item: Item }[] => {
        if (typeof node !== 'object') return [{ item: { type: typeof node, value: node, path: '' } }];
        if (node.data === undefined || node.data === null) return [];
        return [
          {
            item: {
              type: node.getTypeInfo().name,
              value: plainly(node.data),
              path: node.path ?? '',
              element: `${node.parentResNode?.path}.${node.propName}`,
              root: rootOf(node).data,
            },
          },
        ];
      }),
  },
};

/** The interpreter has a type of its own for decimals. */
const plainly = (data: unknown): unknown => (data instanceof fhirpath.FP_Decimal ? Number(String(data)) : data);

type Evaluate = (data: unknown, variables: Readonly<Record<string, unknown>>) => readonly { readonly item: Item }[];

const compiled = new Map<string, Evaluate>();

// SHALL: FHIRPath of R4 writes `as` where it means every item of the type — fhirpath.html#expression
const withOfType = (expression: string): string =>
  expression.replace(/\(([\w.]+) as (\w+)\)/g, '$1.ofType($2)').replace(/\.as\(/g, '.ofType(');

function evaluator(expression: string, base?: string): Evaluate {
  const key = `${base} ${expression}`;
  const found = compiled.get(key);
  if (found) return found;
  const whole = `(${withOfType(expression)}).found()`;
  const path = base === undefined ? whole : { base, expression: whole };
  const made = fhirpath.compile(path, r4, { async: false, userInvocationTable: additional }) as Evaluate;
  compiled.set(key, made);
  return made;
}

/** Members of a union that speak of other types of resources find nothing. */
const membersFor = (type: string, expression: string): readonly string[] =>
  expression.split(' | ').filter((member) => {
    const first = /^\(*([A-Z]\w*)\b/.exec(member.trim())?.[1] ?? '';
    return first === type || !isResourceType(first);
  });

const primitive =
  /^value(Base64Binary|Boolean|Canonical|Code|Date|DateTime|Decimal|Id|Instant|Integer|Markdown|Oid|PositiveInt|String|Time|UnsignedInt|Uri|Url|Uuid)$/;

/** An expression that ends at an extension means its value. */
function valueOf(item: Item): readonly Item[] {
  if (item.type !== 'Extension') return [item];
  const [name, value] = Object.entries(object(item.value)).find(([key]) => /^value[A-Z]/.test(key)) ?? [];
  if (name === undefined) return [];
  const type = name.slice('value'.length);
  return [{ ...item, type: primitive.test(name) ? `${type[0]?.toLowerCase()}${type.slice(1)}` : type, value, path: '' }];
}

/** Member by member: a union of the interpreter compares all values, which takes long. Values that two members find are one. */
function found(expressions: readonly string[], data: unknown, resource: unknown, base?: string): readonly Item[] {
  const items = expressions.flatMap((each) => evaluator(each.trim(), base)(data, { resource }).flatMap(({ item }) => valueOf(item)));
  return items.filter(
    (item, at) =>
      items.findIndex(({ value }) => value === item.value && typeof value === 'object') === at || typeof item.value !== 'object',
  );
}

export const itemsOf = (resource: Resource, expression: string): readonly Item[] =>
  found(membersFor(resource.resourceType, expression), resource, resource);

/** What an expression finds that begins at an item. */
export const itemsWithin = ({ value, path, root }: Item, expression: string): readonly Item[] =>
  found([expression], value, root, path).map((item) => ({ ...item, root }));
