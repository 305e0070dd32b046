/** Systems of plain codes: those of the value set that the element is bound to. https://hl7.org/fhir/R4/search.html#token */
import { isResourceType, readDefinition } from './definition.ts';

interface Element {
  readonly path: string;
  readonly binding?: { readonly valueSet?: string };
}

interface ValueSet {
  readonly compose?: {
    readonly include: readonly {
      readonly system?: string;
      readonly concept?: readonly { readonly code: string }[];
      readonly valueSet?: readonly string[];
    }[];
  };
}

const read = <T>(name: string): T | undefined => {
  try {
    return readDefinition(name) as T;
  } catch {
    return undefined;
  }
};

const elementsOf = new Map<string, readonly Element[]>();

function elements(type: string): readonly Element[] {
  const found =
    elementsOf.get(type) ?? read<{ snapshot?: { element: readonly Element[] } }>(`StructureDefinition-${type}`)?.snapshot?.element ?? [];
  elementsOf.set(type, found);
  return found;
}

const systemsOf = new Map<string, ReadonlyMap<string, ReadonlySet<string> | undefined>>();

/** Systems of a value set, each with its codes where they are listed. */
function systems(url: string): ReadonlyMap<string, ReadonlySet<string> | undefined> {
  const known = systemsOf.get(url);
  if (known) return known;
  const set = read<ValueSet>(`ValueSet-${url.replace(/\|.*$/, '').split('/').at(-1)}`);
  const found = new Map<string, ReadonlySet<string> | undefined>();
  for (const { system, concept, valueSet = [] } of set?.compose?.include ?? []) {
    if (system !== undefined) found.set(system, concept && new Set(concept.map(({ code }) => code)));
    for (const other of valueSet) for (const [name, codes] of systems(other)) found.set(name, codes);
  }
  systemsOf.set(url, found);
  return found;
}

/** Systems that a code at a path of the definitions can be of. */
export function implicitSystems(path: string, code: string): readonly string[] {
  const type = path.split('.')[0] ?? '';
  if (type === '' || (!isResourceType(type) && !/^[A-Z]/.test(type))) return [];
  const url = elements(type).find((each) => each.path === path)?.binding?.valueSet;
  if (url === undefined) return [];
  return [...systems(url)].filter(([, codes]) => codes === undefined || codes.has(code)).map(([system]) => system);
}
