/** Composite parameters: several values of one item. https://hl7.org/fhir/R4/search.html#composite */
import { type Parameter, parameterByUrl } from './definition.ts';
import { type Item, itemsWithin } from './item.ts';
import { parts } from './text.ts';

/** How one value of a parameter is tested. */
type TestOf = (parameter: Parameter, value: string) => (item: Item) => boolean;

export function compositeTest({ component }: Parameter, value: string, testOf: TestOf): (item: Item) => boolean {
  const values = parts(value, '$');
  const tests = component.map(({ definition, expression }, i) => {
    const test = testOf(parameterByUrl(definition), values[i] ?? '');
    return (item: Item): boolean => itemsWithin(item, expression).some(test);
  });
  return (item) => values.length === tests.length && tests.every((test) => test(item));
}
