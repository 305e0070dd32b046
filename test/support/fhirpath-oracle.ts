/** Search expressions by an interpreter of FHIRPath that knows nothing of this server: the published text with the R4 model, whole. */
import fhirpath, { type UserInvocationTable } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { targetType } from '../../src/search/reference-target.ts';

export interface Answer {
  readonly values: readonly unknown[];
  /** The published text asks for one type of several items: answered as ofType(). */
  readonly many: boolean;
}

const { isResourceType } = loadDefinitions();

interface Node {
  readonly data: { readonly extension?: readonly { readonly url?: string }[] };
  readonly constructor: { makeResNode(context: unknown, resource: object, ...rest: readonly null[]): unknown };
}

/** What the interpreter has not: resolve() without a network, from the text of the reference, and hasExtension(). */
const additional: UserInvocationTable = {
  resolve: {
    internalStructures: true,
    arity: { 0: [] },
    fn(this: unknown, nodes: readonly Node[]) {
      return nodes.flatMap((node) => {
        const type = targetType(node.data, isResourceType);
        return type === undefined ? [] : [node.constructor.makeResNode(this, { resourceType: type }, null, null, null, null)];
      });
    },
  },
  hasExtension: {
    internalStructures: true,
    arity: { 1: ['String'] },
    fn: (nodes: readonly Node[], url: string) => nodes.some(({ data }) => data.extension?.some((each) => each.url === url)),
  },
};

type Evaluate = (resource: Resource) => unknown[];

const compiled = new Map<string, Evaluate>();

function evaluator(expression: string): Evaluate {
  let found = compiled.get(expression);
  if (!found) {
    found = fhirpath.compile(expression, r4, { async: false, userInvocationTable: additional }) as Evaluate;
    compiled.set(expression, found);
  }
  return found;
}

const withOfType = (expression: string): string =>
  expression.replace(/\(([\w.]+) as (\w+)\)/g, '$1.ofType($2)').replace(/\.as\(/g, '.ofType(');

function askMember(resource: Resource, member: string): Answer {
  try {
    return { values: evaluator(member)(resource), many: false };
  } catch (error) {
    if (!String(error).includes("Expected singleton on left side of 'as'")) throw error;
    return { values: evaluator(withOfType(member))(resource), many: true };
  }
}

/** Makes the question about the resources of a type: the members of a union that start with another type have no answer. */
export function oracleOf(resourceType: string, expression: string): (resource: Resource) => Answer {
  const members = expression.split(' | ').filter((member) => {
    const type = /^\(?([A-Z]\w*)\b/.exec(member)?.[1] ?? '';
    return type === resourceType || !isResourceType(type);
  });
  // Member by member: a union of the interpreter compares all values, which takes long, and cannot compare quantities with a comparator.
  return (resource) => {
    const answers = members.map((member) => askMember(resource, member.trim()));
    return { values: answers.flatMap(({ values }) => values), many: answers.some(({ many }) => many) };
  };
}
