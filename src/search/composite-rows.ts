/** What composite parameters leave in the index: the second part of each element under the forms of the first. https://hl7.org/fhir/R4/search.html#combining */
import type { Resource } from '../fhir/resource.ts';
import { type Component, type Composite, type ElementPart, pairText, strayText } from './composite.ts';
import { type Branch, walk } from './expression.ts';
import { hash64 } from './hash.ts';
import { plainKey } from './index-key.ts';
import { presentText } from './index-text.ts';
import type { Indexers } from './indexers.ts';
import { type Indexer, RowCollector } from './row-collector.ts';
import { noUnit } from './types/number.ts';

type IndexComposite = (resource: Resource, rows: RowCollector) => void;

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
  indexers: Indexers,
  take: (value: unknown, index: Indexer) => void,
): void {
  for (const { steps, type } of indexing.branches) {
    const index = indexers.of(parameter)?.get(type);
    if (index) walk(onResource ? resource : element, steps, 0, (value) => take(value, index));
  }
}

function formsOf(text: string, first: Component, element: unknown, resource: Resource, indexers: Indexers): readonly string[] {
  const collector = new FormCollector();
  eachValue(first, element, resource, indexers, (value, index) => index(plainKey(text, first.indexing.systems), value, collector));
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
  indexers: Indexers,
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
      for (const form of forms) index(plainKey(pairText(form), component.indexing.systems), value, rows);
    });
  return found;
}

/** What a composite leaves where one property of the resource is there. */
export interface CompositeColumn {
  /** Absent: whatever properties there are. */
  readonly first?: string;
  readonly index: IndexComposite;
}

function columnOf({ steps: [first] }: Branch, index: IndexComposite): CompositeColumn {
  return first?.kind === 'property' ? { first: first.name, index } : { index };
}

/** `text` is that of the parameter. */
export function compositeColumns(text: string, { roots, elements }: Composite, indexers: Indexers): readonly CompositeColumn[] {
  const strays = roots.flatMap((root) => root.strays);
  return [
    ...strays.map((stray) =>
      columnOf(stray, (resource, rows) => {
        walk(resource, stray.steps, 0, () => rows.token(strayText(text)));
      }),
    ),
    ...elements.map((part) =>
      columnOf(part.base, (resource, rows) => {
        walk(resource, part.base.steps, 0, (element) => {
          if (indexElement(text, part, element, resource, indexers, rows)) rows.token(presentText(text));
        });
      }),
    ),
  ];
}
