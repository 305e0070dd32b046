/**
 * What the place of an extension can be called: by paths from resources and data types, and by the types of the element.
 * https://hl7.org/fhir/R4/defining-extensions.html#context
 */
import type { Definitions } from '../../fhir/definitions.ts';
import type { FoundExtension } from './extension-survey.ts';

export interface ExtensionPlace {
  /** FHIRPath of the element that the extension stands on, from the outermost resource, without the name of that. */
  readonly path: string;
  /** `Patient.name`, `HumanName`, `Element` … */
  readonly names: ReadonlySet<string>;
  /** The type of the element. */
  readonly type: string;
  /** Url of the extension around, where it stands on one. */
  readonly outer: string | undefined;
}

interface Walk {
  readonly type: string;
  /** Paths that end at the present element, one for each type on the way. */
  readonly names: readonly string[];
}

export function placeOf({ steps, resource }: FoundExtension, root: FoundExtension['resource'], definitions: Definitions): ExtensionPlace {
  const onTheWay = steps.slice(0, -2);
  let walk = startAt(root.resourceType);
  let path = '';
  let value: unknown = root;
  for (const step of onTheWay) {
    value = (value as Record<string | number, unknown> | undefined)?.[step];
    if (typeof step === 'number') {
      path += `[${step}]`;
      walk = resourceAt(value) ?? walk;
      continue;
    }
    const next = follow(walk, step, definitions);
    path += `.${next.name}`;
    walk = resourceAt(value) ?? next.walk;
  }
  const outer = outerUrl(steps.slice(0, -2), root);
  return { path, names: new Set([...walk.names, ...ancestors(walk.type, resource, definitions)]), type: walk.type, outer };
}

const startAt = (type: string): Walk => ({ type, names: [type] });

/** Of the extension that the element is, or is the value of. */
function outerUrl(steps: FoundExtension['steps'], root: unknown): string | undefined {
  const last = steps.at(-1);
  const isValue = typeof last === 'string' && /^_?value/.test(last);
  const way = isValue ? steps.slice(0, -1) : steps;
  if (typeof way.at(-1) !== 'number' || !String(way.at(-2)).endsWith('xtension')) return undefined;
  return urlOf(way.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], root));
}

const urlOf = (value: unknown): string | undefined => {
  const url = (value as { url?: unknown } | undefined)?.url;
  return typeof url === 'string' ? url : undefined;
};

function resourceAt(value: unknown): Walk | undefined {
  const type = (value as { resourceType?: unknown } | undefined)?.resourceType;
  return typeof type === 'string' ? startAt(type) : undefined;
}

function follow({ type, names }: Walk, key: string, definitions: Definitions): { readonly name: string; readonly walk: Walk } {
  const plain = key.startsWith('_') ? key.slice(1) : key;
  const property = definitions.properties(type).get(plain);
  if (property === undefined) return { name: plain, walk: { type: 'Element', names: [] } };
  const { element } = property;
  const code = property.type.code;
  const forms = element.choice ? [`${element.name}[x]`, element.name, plain, `${element.name}.ofType(${code})`] : [plain];
  const paths = [...names, ...ownersOf(type, element.name, definitions)].flatMap((name) => forms.map((form) => `${name}.${form}`));
  const own = code.includes('.') ? [code] : [];
  return { name: element.name, walk: { type: code, names: [...new Set([...paths, ...own])] } };
}

/** The type and those it derives from, as far as they have the element: `Patient.text` is `DomainResource.text`. */
function ownersOf(type: string, element: string, definitions: Definitions): string[] {
  const owners: string[] = [];
  for (let name: string | undefined = type; name !== undefined; name = definitions.type(name)?.base)
    if (definitions.type(name)?.elements.some((one) => one.name === element) === true) owners.push(name);
  return owners;
}

const canonicalElements = ['url', 'status'];

function ancestors(type: string, resource: FoundExtension['resource'], definitions: Definitions): string[] {
  const names: string[] = [];
  for (let name: string | undefined = type; name !== undefined; name = definitions.type(name)?.base) names.push(name);
  const isCanonical = type === resource.resourceType && canonicalElements.every((element) => definitions.properties(type).has(element));
  return isCanonical ? [...names, 'CanonicalResource', 'MetadataResource'] : names;
}
