/** One value of a parameter as a test of one item. https://hl7.org/fhir/R4/search.html#ptypes */
import { codedTest } from './coded.ts';
import { compositeTest } from './composite.ts';
import { dateTest } from './date.ts';
import type { Parameter } from './definition.ts';
import { hierarchyTest } from './hierarchy.ts';
import type { Item } from './item.ts';
import { nearTest } from './near.ts';
import { numberTest } from './number.ts';
import { quantityTest } from './quantity.ts';
import { referenceTest } from './reference.ts';
import { stringTest } from './string.ts';
import { unescaped } from './text.ts';
import { tokenTest } from './token.ts';
import { uriTest } from './uri.ts';
import type { World } from './world.ts';

const coded: ReadonlySet<string> = new Set(['in', 'not-in', 'above', 'below']);

export function valueTest(world: World, parameter: Parameter, modifier: string | undefined, value: string): (item: Item) => boolean {
  switch (parameter.type) {
    case 'token':
      return modifier !== undefined && coded.has(modifier) ? codedTest(modifier, value) : tokenTest(modifier, value);
    case 'string':
      return stringTest(modifier, value);
    case 'date':
      return dateTest(unescaped(value), world.now);
    case 'number':
      return numberTest(unescaped(value));
    case 'quantity':
      return quantityTest(value);
    case 'uri':
      return uriTest(modifier, value);
    case 'reference':
      return modifier === 'above' || modifier === 'below'
        ? hierarchyTest(world, modifier, value)
        : referenceTest(parameter, modifier, value);
    case 'composite':
      return compositeTest(parameter, value, (of, part) => valueTest(world, of, undefined, part));
    case 'special':
      return nearTest(value);
  }
}
