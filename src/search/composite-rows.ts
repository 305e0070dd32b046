/** What composite parameters leave in the index: the second part of each element under the forms of the first. https://hl7.org/fhir/R4/search.html#combining */
import type { Resource } from '../fhir/resource.ts';
import { type Component, type Composite, type ElementPart, pairText, strayText } from './composite.ts';
import { walk } from './expression.ts';
import { hash64 } from './hash.ts';
import { presentText } from './index-text.ts';
import { type Indexer, type IndexKey, RowCollector } from './row-collector.ts';
import { noUnit } from './types/number.ts';

export type IndexComposite = (resource: Resource, rows: RowCollector) => void;

/** Indexers of every parameter type by element type. */
export type IndexersByType = Readonly<Record<string, ReadonlyMap<string, Indexer>>>;

/** Keeps the texts of tokens instead of hashing them. */
class FormCollector extends RowCollector {
  readonly forms = new Set<string>();

  override token(text: string): void {
    this.forms.add(text);
  }
}

/** Calls `take` with every value of a component and the indexer of its type. */
function eachValue(
  { indexing, onResource, parameter }: Component,
  element: unknown,
  resource: Resource,
  indexers: IndexersByType,
  take: (value: unknown, index: Indexer) => void,
): void {
  for (const { steps, type } of indexing.branches) {
    const index = indexers[parameter.type]?.get(type);
    if (index) walk(onResource ? resource : element, steps, 0, (value) => take(value, index));
  }
}

const keyOf = (text: string, systems: boolean): IndexKey => ({ text, key: hash64(text), systems });

function formsOf(text: string, first: Component, element: unknown, resource: Resource, indexers: IndexersByType): readonly string[] {
  const collector = new FormCollector();
  eachValue(first, element, resource, indexers, (value, index) => index(keyOf(text, first.indexing.systems), value, collector));
  return [...collector.forms];
}

/** Two numbers are the ends of one row. */
function indexSpan(forms: readonly string[], [low, high]: readonly (readonly unknown[])[], rows: RowCollector): boolean {
  for (const from of low ?? [])
    for (const to of high ?? []) {
      if (typeof from !== 'number' || typeof to !== 'number') continue;
      for (const form of forms) rows.number(hash64(pairText(form)), noUnit, from, to);
    }
  return (low ?? []).length > 0 && (high ?? []).length > 0;
}

function indexElement(
  text: string,
  part: ElementPart,
  element: unknown,
  resource: Resource,
  indexers: IndexersByType,
  rows: RowCollector,
): boolean {
  const [first, ...others] = part.components as readonly [Component, ...Component[]];
  const forms = formsOf(text, first, element, resource, indexers);
  if (forms.length === 0) return false;
  if (others.length > 1) {
    const numbers = others.map((component) => {
      const values: unknown[] = [];
      eachValue(component, element, resource, indexers, (value) => values.push(value));
      return values;
    });
    return indexSpan(forms, numbers, rows);
  }
  let found = false;
  for (const component of others)
    eachValue(component, element, resource, indexers, (value, index) => {
      found = true;
      for (const form of forms) index(keyOf(pairText(form), component.indexing.systems), value, rows);
    });
  return found;
}

/** `text` is that of the parameter. */
export function compositeIndexer(text: string, { roots, elements }: Composite, indexers: IndexersByType): IndexComposite {
  const strays = roots.flatMap((root) => root.strays);
  return (resource, rows) => {
    for (const { steps } of strays) walk(resource, steps, 0, () => rows.token(strayText(text)));
    for (const part of elements)
      walk(resource, part.base.steps, 0, (element) => {
        if (indexElement(text, part, element, resource, indexers, rows)) rows.token(presentText(text));
      });
  };
}
