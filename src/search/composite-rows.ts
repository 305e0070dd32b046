/** What composite parameters leave in the index: the second part of each element under the forms of the first. https://hl7.org/fhir/R4/search.html#combining */
import type { Resource } from '../fhir/resource.ts';
import { type Component, type Composite, type ElementPart, pairText, strayText } from './composite.ts';
import { type Branch, walk } from './expression.ts';
import { hash64 } from './hash.ts';
import { type IndexKey, plainKey } from './index-key.ts';
import { presentText } from './index-text.ts';
import type { Indexers } from './indexers.ts';
import { Memo, PairMemo } from './memo.ts';
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
type EachValue = (element: unknown, resource: Resource, take: (value: unknown, index: Indexer) => void) => void;

function valuesOf({ indexing, onResource, parameter }: Component, indexers: Indexers): EachValue {
  const ways = indexing.branches.flatMap(({ steps, type }) => {
    const index = indexers.of(parameter)?.get(type);
    return index ? [{ steps, index }] : [];
  });
  return (element, resource, take) => {
    for (const { steps, index } of ways) walk(onResource ? resource : element, steps, 0, (value) => take(value, index));
  };
}

type FormsOf = (element: unknown, resource: Resource) => ReadonlySet<string>;

function formsOf(text: string, first: Component, indexers: Indexers): FormsOf {
  const eachValue = valuesOf(first, indexers);
  const key: IndexKey = { ...plainKey(text, first.indexing.systems), forms: new PairMemo() };
  return (element, resource) => {
    const collector = new FormCollector();
    eachValue(element, resource, (value, index) => index(key, value, collector));
    return collector.forms;
  };
}

/** Two numbers are the ends of one row. */
function indexSpan(forms: ReadonlySet<string>, [low, high]: readonly (readonly unknown[])[], rows: RowCollector): boolean {
  for (const from of low ?? [])
    for (const to of high ?? []) {
      if (typeof from !== 'number' || typeof to !== 'number') continue;
      for (const form of forms) rows.number(hash64(pairText(form)), noUnit, from, to);
    }
  return forms.size > 0 && (low ?? []).length > 0 && (high ?? []).length > 0;
}

/** Says whether the element has both parts. */
type IndexElement = (element: unknown, resource: Resource, rows: RowCollector) => boolean;

function spanIndexer(forms: FormsOf, others: readonly EachValue[]): IndexElement {
  return (element, resource, rows) => {
    const numbers = others.map((eachValue) => {
      const values: unknown[] = [];
      eachValue(element, resource, (value) => values.push(value));
      return values;
    });
    return indexSpan(forms(element, resource), numbers, rows);
  };
}

/** Keys of second parts by the form of the first. */
function keysOf(systems: boolean): (form: string) => IndexKey {
  const keys = new Memo<IndexKey>();
  return (form) => {
    let key = keys.get(form);
    if (key === undefined) keys.set(form, (key = plainKey(pairText(form), systems)));
    return key;
  };
}

function pairIndexer(forms: FormsOf, eachValue: EachValue, keyOf: (form: string) => IndexKey): IndexElement {
  return (element, resource, rows) => {
    let found: ReadonlySet<string> | undefined;
    eachValue(element, resource, (value, index) => {
      found ??= forms(element, resource);
      for (const form of found) index(keyOf(form), value, rows);
    });
    return found !== undefined && found.size > 0;
  };
}

function elementIndexer(text: string, { components }: ElementPart, indexers: Indexers): IndexElement {
  const [first, second, ...others] = components as readonly [Component, Component, ...Component[]];
  const forms = formsOf(text, first, indexers);
  if (others.length === 0) return pairIndexer(forms, valuesOf(second, indexers), keysOf(second.indexing.systems));
  return spanIndexer(
    forms,
    [second, ...others].map((component) => valuesOf(component, indexers)),
  );
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
export function compositeColumns(text: string, { roots, elements, rowsOf }: Composite, indexers: Indexers): readonly CompositeColumn[] {
  const strays = roots.flatMap((root) => root.strays);
  const [present, stray] = [hash64(presentText(text)), hash64(strayText(text))];
  return [
    ...strays.map((branch) =>
      columnOf(branch, (resource, rows) => {
        walk(resource, branch.steps, 0, () => rows.hash(stray));
      }),
    ),
    ...(rowsOf === undefined ? elements : []).map((part) => {
      const indexElement = elementIndexer(text, part, indexers);
      return columnOf(part.base, (resource, rows) => {
        walk(resource, part.base.steps, 0, (element) => {
          if (indexElement(element, resource, rows)) rows.hash(present);
        });
      });
    }),
  ];
}
