/** `_list`: the resources that a List has as items. https://hl7.org/fhir/R4/search.html#list */
import { isId } from '../fhir/id.ts';
import { refusal } from '../fhir/outcome.ts';
import { anyOf, type Condition } from './condition.ts';
import { linksOf } from './link.ts';
import type { ParseContext } from './parse-context.ts';
import { searchedOf } from './parse-filter.ts';

function idOf(value: string): string {
  const id = value.startsWith('List/') ? value.slice('List/'.length) : value;
  if (isId(id)) return id;
  const text = value.startsWith('$')
    ? `_list=${value.slice(0, 64)} asks for a list that the server would have to keep by itself (such as $current-problems), which it does not: name the id of a List`
    : `"${value.slice(0, 64)}" is no id of a List`;
  throw refusal(value.startsWith('$') ? 'not-supported' : 'value', text, { expression: '_list' });
}

export function listCondition({ definitions, type, options }: ParseContext, value: string): Condition {
  const ids = value.split(',').map(idOf);
  const parameter = definitions.searchParameters('List').get('item');
  if (parameter === undefined) throw new Error('List has lost its search parameter "item"');
  const items = searchedOf({ definitions, type: 'List', options }, parameter);
  const by = { type: 'List', condition: { kind: 'id', ids, negated: false } } as const;
  return anyOf(linksOf(definitions, items, type).map((link): Condition => ({ kind: 'referred', link, by })));
}
