/** All resources of a server in memory. */
import type { Resource } from '../../../src/fhir/resource.ts';
import { type Parameter, parametersOf } from './definition.ts';
import { type Item, itemsOf } from './item.ts';

export class World {
  readonly all: readonly Resource[];
  /** What `ap` calls now. */
  readonly now: Date;
  readonly #byType = new Map<string, Resource[]>();
  readonly #byName = new Map<string, Resource>();
  readonly #items = new WeakMap<Resource, Map<string, readonly Item[]>>();

  constructor(all: readonly Resource[], now: Date) {
    this.all = all;
    this.now = now;
    for (const resource of all) {
      const { resourceType, id } = resource;
      this.#byType.set(resourceType, [...(this.#byType.get(resourceType) ?? []), resource]);
      this.#byName.set(`${resourceType}/${id}`, resource);
    }
  }

  get types(): readonly string[] {
    return [...this.#byType.keys()].sort();
  }

  of(type: string): readonly Resource[] {
    return this.#byType.get(type) ?? [];
  }

  find(type: string, id: string): Resource | undefined {
    return this.#byName.get(`${type}/${id}`);
  }

  /** The values of a parameter of the resource's type. */
  items(resource: Resource, { url, expression = '' }: Parameter): readonly Item[] {
    const known = this.#items.get(resource) ?? new Map<string, readonly Item[]>();
    this.#items.set(resource, known);
    const found = known.get(url) ?? itemsOf(resource, expression);
    known.set(url, found);
    return found;
  }

  itemsByCode(resource: Resource, code: string): readonly Item[] {
    const parameter = parametersOf(resource.resourceType).get(code);
    return parameter === undefined ? [] : this.items(resource, parameter);
  }
}
