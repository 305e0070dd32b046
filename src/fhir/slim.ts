/**
 * The slim model: what the server needs of a StructureDefinition, made by the generator and, for additional types, at start.
 * https://hl7.org/fhir/R4/structuredefinition.html, https://hl7.org/fhir/R4/elementdefinition.html
 */

/** A constraint of an element: what FHIRPath says about it. */
export type SlimInvariant = readonly [key: string, severity: string, human: string, expression: string];

/** Compact form of an element; defaults are left out. */
export interface SlimElement {
  readonly name: string;
  readonly min?: number;
  /** Absent = 1; -1 = unbounded. */
  readonly max?: number;
  readonly types: readonly (string | { readonly code: string; readonly targets: readonly string[] })[];
  readonly choice?: true;
  readonly summary?: true;
  readonly modifier?: true;
  readonly xml?: 'attribute' | 'xhtml';
  readonly binding?: readonly [strength: string, valueSet: string];
  readonly invariants?: readonly SlimInvariant[];
}

export interface SlimType {
  readonly name: string;
  readonly kind: 'resource' | 'complex' | 'primitive';
  readonly abstract?: true;
  readonly base?: string;
  readonly url: string;
  readonly elements: readonly SlimElement[];
  readonly pattern?: string;
  /** Its own, without those of its base. */
  readonly invariants?: readonly SlimInvariant[];
}

interface RawType {
  readonly code: string;
  readonly targetProfile?: readonly string[];
  readonly extension?: readonly { readonly url: string; readonly valueUrl?: string; readonly valueString?: string }[];
}

interface RawConstraint {
  readonly key: string;
  readonly severity: string;
  readonly human: string;
  readonly expression?: string;
  /** The structure that it is inherited from. */
  readonly source?: string;
}

interface RawElement {
  readonly path: string;
  readonly min?: number;
  readonly max?: string;
  readonly type?: readonly RawType[];
  readonly contentReference?: string;
  readonly isSummary?: boolean;
  readonly isModifier?: boolean;
  readonly representation?: readonly string[];
  readonly binding?: { readonly strength: string; readonly valueSet?: string };
  readonly constraint?: readonly RawConstraint[];
}

/** The parts of a StructureDefinition that are read. */
export interface RawStructure {
  readonly name: string;
  readonly type: string;
  readonly kind: string;
  readonly abstract?: boolean;
  readonly url: string;
  readonly baseDefinition?: string;
  readonly derivation?: string;
  readonly snapshot?: { readonly element: readonly RawElement[] };
}

const systemType = 'http://hl7.org/fhirpath/System.';
const fhirTypeExtension = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
const regexExtension = 'http://hl7.org/fhir/StructureDefinition/regex';

const lastPart = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** The type itself and, for every inline structure in it, a type named by its path. Throws an Error when there is no snapshot. */
export function slimTypes(structure: RawStructure): SlimType[] {
  const elements = structure.snapshot?.element;
  if (elements === undefined) throw new Error(`${structure.url} has no snapshot`);
  const parents = new Set(elements.map((element) => element.path.slice(0, Math.max(0, element.path.lastIndexOf('.')))));
  const owners = elements.filter((element) => element.path === structure.type || (parents.has(element.path) && isInline(element)));
  return owners.map((owner) => {
    const own = elements.filter((element) => element.path.slice(0, element.path.lastIndexOf('.')) === owner.path);
    const children = kindOf(structure) === 'primitive' ? own.filter((element) => lastPart(element.path) !== 'value') : own;
    return {
      ...headOf(structure, owner),
      elements: children.map((element) => slimElement(element, structure, parents)),
      ...patternOf(structure, elements),
      ...invariantsOf(owner, structure),
    };
  });
}

const isInline = (element: RawElement): boolean =>
  element.type?.some((type) => type.code === 'BackboneElement' || type.code === 'Element') ?? false;

const kindOf = (structure: RawStructure): SlimType['kind'] =>
  structure.kind === 'resource' ? 'resource' : structure.kind === 'primitive-type' ? 'primitive' : 'complex';

function headOf(structure: RawStructure, owner: RawElement): Omit<SlimType, 'elements'> {
  if (owner.path !== structure.type)
    return { name: owner.path, kind: 'complex', base: owner.type?.[0]?.code ?? 'Element', url: `${structure.url}#${owner.path}` };
  const base = structure.baseDefinition?.slice(structure.baseDefinition.lastIndexOf('/') + 1);
  return {
    name: structure.type,
    kind: kindOf(structure),
    ...(structure.abstract ? { abstract: true as const } : {}),
    ...(base === undefined ? {} : { base }),
    url: structure.url,
  };
}

function patternOf(structure: RawStructure, elements: readonly RawElement[]): { pattern?: string } {
  if (kindOf(structure) !== 'primitive') return {};
  const value = elements.find((element) => element.path === `${structure.type}.value`);
  const pattern = value?.type?.[0]?.extension?.find((extension) => extension.url === regexExtension)?.valueString;
  return pattern === undefined ? {} : { pattern };
}

/** What every validator checks together with the structure: ele-1, ext-1. */
const structural: ReadonlySet<string> = new Set(['ele-1', 'ext-1']);

function invariantsOf({ constraint = [] }: RawElement, { url }: RawStructure): { invariants?: readonly SlimInvariant[] } {
  const own = constraint.filter(({ key, source = url }) => source === url && !structural.has(key));
  const found = own.flatMap(({ key, severity, human, expression }) =>
    expression === undefined ? [] : [[key, severity, human, expression] as const],
  );
  return found.length === 0 ? {} : { invariants: found };
}

/** Those of an inline structure are invariants of its type. */
function slimElement(element: RawElement, structure: RawStructure, parents: ReadonlySet<string>): SlimElement {
  const typeName = structure.type;
  const isOwner = parents.has(element.path) && isInline(element);
  const raw = lastPart(element.path);
  const choice = raw.endsWith('[x]');
  const xml = element.representation?.includes('xmlAttr') ? 'attribute' : element.representation?.includes('xhtml') ? 'xhtml' : undefined;
  const { binding } = element;
  return {
    name: choice ? raw.slice(0, -3) : raw,
    ...(element.min ? { min: element.min } : {}),
    ...maxOf(element.max),
    types: typesOf(element, typeName, parents),
    ...(choice ? { choice: true as const } : {}),
    ...(element.isSummary ? { summary: true as const } : {}),
    ...(element.isModifier ? { modifier: true as const } : {}),
    ...(xml ? { xml } : {}),
    ...(binding?.valueSet ? { binding: [binding.strength, binding.valueSet.split('|')[0] ?? ''] as const } : {}),
    ...(isOwner ? {} : invariantsOf(element, structure)),
  };
}

function maxOf(max: string | undefined): { max?: number } {
  if (max === undefined || max === '1') return {};
  return { max: max === '*' ? -1 : Number(max) };
}

function typesOf(element: RawElement, typeName: string, parents: ReadonlySet<string>): SlimElement['types'] {
  if (element.contentReference !== undefined) return [element.contentReference.slice(element.contentReference.indexOf('#') + 1)];
  if (parents.has(element.path) && isInline(element)) return [element.path];
  return (element.type ?? []).map((type) => {
    const code = codeOf(type, element, typeName);
    const targets = (type.targetProfile ?? []).map((url) => url.slice(url.lastIndexOf('/') + 1));
    const isTyped = targets.length > 0 && !targets.includes('Resource') && ['Reference', 'canonical', 'CodeableReference'].includes(code);
    return isTyped ? { code, targets } : code;
  });
}

/** System types stand for FHIR primitives; Resource.id is published as a string, but means an id. */
function codeOf(type: RawType, element: RawElement, typeName: string): string {
  if (!type.code.startsWith(systemType)) return type.code;
  const named = type.extension?.find((extension) => extension.url === fhirTypeExtension)?.valueUrl;
  if (element.path === `${typeName}.id` && !element.representation) return 'id';
  return named ?? type.code.slice(systemType.length).toLowerCase();
}
