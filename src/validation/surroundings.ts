/** What references mean inside of what was given: contained resources, and entries of Bundles. https://hl7.org/fhir/R4/bundle.html#references */
import type { Definitions } from '../fhir/definitions.ts';
import { type LiteralReference, parseReference } from '../fhir/reference.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Place } from './place.ts';
import type { Surroundings } from './validation.ts';

/** `places` begin with the outermost resource. */
export function surroundingsOf(definitions: Definitions, root: Resource, places: readonly Place[]): Surroundings {
  const placeOf = new Map(places.map((place) => [place.resource, place]));
  const entries = new Map<Resource, Entries>();
  const entriesOf = (bundle: Resource): Entries => {
    const known = entries.get(bundle) ?? new Entries(definitions, places, bundle);
    entries.set(bundle, known);
    return known;
  };
  const resolve = (reference: string, from: Resource): Resource | undefined => {
    const place = placeOf.get(from);
    if (reference.startsWith('#')) return containedIn(place?.container ?? from, reference.slice(1));
    const parsed = parseReference(reference, definitions.isResourceType);
    if (parsed === undefined) return undefined;
    for (let at = place; at?.bundle !== undefined; at = at.bundle) {
      const found = entriesOf(at.bundle.resource).find(reference, parsed, at.fullUrl);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { definitions, root, resolve };
}

/** `#` alone is the container. */
function containedIn(container: Resource, id: string): Resource | undefined {
  if (id === '') return container;
  const { contained } = container;
  return Array.isArray(contained) ? (contained as unknown[]).find((one): one is Resource => isObject(one) && one['id'] === id) : undefined;
}

/** Entries of one Bundle by what they can be called. */
class Entries {
  private readonly byUrl = new Map<string, Place[]>();
  /** Those without a RESTful URL, by type and id. */
  private readonly byName = new Map<string, Place[]>();
  private readonly isResourceType: Definitions['isResourceType'];

  constructor({ isResourceType }: Definitions, places: readonly Place[], bundle: Resource) {
    this.isResourceType = isResourceType;
    for (const place of places) {
      if (place.bundle?.resource !== bundle || place.container !== undefined) continue;
      if (place.fullUrl !== undefined) add(this.byUrl, place.fullUrl, place);
      if (rootOf(place.fullUrl, isResourceType) === undefined)
        add(this.byName, `${place.resource.resourceType}/${place.resource.id}`, place);
    }
  }

  /** `from` is the fullUrl of the entry that refers. */
  find(reference: string, parsed: LiteralReference, from: string | undefined): Resource | undefined {
    if (parsed.kind === 'urn') return this.named(parsed.urn, undefined);
    if (parsed.kind === 'absolute') return this.named(`${parsed.root}/${parsed.type}/${parsed.id}`, parsed.version);
    if (parsed.kind !== 'relative') return this.named(reference, undefined);
    // SHALL: a relative reference is appended to the root of the fullUrl around it — bundle.html#references
    const root = rootOf(from, this.isResourceType);
    const name = `${parsed.type}/${parsed.id}`;
    const found = root === undefined ? undefined : this.named(`${root}/${name}`, parsed.version);
    return found ?? chosen(this.byName.get(name), parsed.version);
  }

  private named(url: string, version: string | undefined): Resource | undefined {
    return chosen(this.byUrl.get(url), version);
  }
}

function add(map: Map<string, Place[]>, key: string, place: Place): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [place]);
  else list.push(place);
}

const chosen = (places: readonly Place[] | undefined, version: string | undefined): Resource | undefined =>
  (version === undefined ? places?.[0] : places?.find(({ resource }) => resource.meta?.versionId === version))?.resource;

/** The service base of a RESTful URL. */
function rootOf(url: string | undefined, isResourceType: Definitions['isResourceType']): string | undefined {
  const parsed = url === undefined ? undefined : parseReference(url, isResourceType);
  return parsed?.kind === 'absolute' ? parsed.root : undefined;
}
