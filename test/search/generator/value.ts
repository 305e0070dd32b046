/** Values to search a parameter by, from one that occurs. */
import { type Parameter, parameterByUrl } from '../oracle/definition.ts';
import { type Item, itemsWithin } from '../oracle/item.ts';
import { dateValue } from './date-value.ts';
import { type Drawn, plain } from './drawn.ts';
import { numberValue } from './number-value.ts';
import { quantityValue } from './quantity-value.ts';
import type { Random } from './random.ts';
import { referenceValue, uriValue } from './reference-value.ts';
import { soundValue } from './sound-value.ts';
import { stringValue } from './string-value.ts';
import { tokenValue } from './token-value.ts';

/** Undefined where the item offers nothing to ask for. */
export function drawValue(random: Random, parameter: Parameter, item: Item): Drawn | undefined {
  switch (parameter.type) {
    case 'token':
      return tokenValue(random, item);
    case 'string':
      return parameter.xpathUsage === 'phonetic' ? soundValue(random, item) : stringValue(random, item);
    case 'date':
      return dateValue(random, item);
    case 'number':
      return numberValue(random, item);
    case 'quantity':
      return quantityValue(random, item);
    case 'reference':
      return referenceValue(random, parameter, item);
    case 'uri':
      return uriValue(random, item);
    case 'composite':
      return compositeValue(random, parameter, item);
    case 'special':
      return undefined;
  }
}

/** Values of all components of one item, none of them with a modifier. */
function compositeValue(random: Random, { component }: Parameter, item: Item): Drawn | undefined {
  const values = component.map(({ definition, expression }) => {
    const part = random.maybe(itemsWithin(item, expression));
    const drawn = part && drawValue(random, parameterByUrl(definition), part);
    return drawn?.modifier === '' ? drawn.value : undefined;
  });
  return values.every((value) => value !== undefined) ? plain(values.join('$')) : undefined;
}

/** What is asked of a parameter that no resource has a value for. */
export const strange: Readonly<Partial<Record<Parameter['type'], string>>> = {
  token: 'false',
  string: 'none',
  date: 'le2020-06',
  number: 'lt7.5',
  quantity: 'ge0',
  reference: 'Patient/none',
  uri: 'http://none',
};
