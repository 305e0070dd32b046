/** Functions on texts, and on lists of them, as JavaScript. https://hl7.org/fhirpath/N1/#string-manipulation */
import type { Expression } from '../../fhir/fhirpath/syntax.ts';
import { type Elements, type Item, structure, Unsupported } from './elements.ts';
import { and, type Prelude, quoted } from './javascript.ts';
import { isText, type Truth, truth, type Value } from './value.ts';

const methods: Readonly<Record<string, string>> = { startsWith: 'startsWith', endsWith: 'endsWith', contains: 'includes' };

export function onText(name: string, { type, js }: Item, argument: Expression | undefined, prelude: Prelude): Truth {
  if (!isText(type) || argument?.kind !== 'literal' || typeof argument.value !== 'string') throw new Unsupported(name);
  const test = textTest(name, js, argument.value, prelude);
  return truth(
    () => and(`${js}!==undefined`, test(true)),
    () => and(`${js}!==undefined`, test(false)),
  );
}

function textTest(name: string, js: string, argument: string, prelude: Prelude): (wanted: boolean) => string {
  const method = methods[name];
  if (method !== undefined) return (wanted) => `${wanted ? '' : '!'}${js}.${method}(${quoted(argument)})`;
  if (name !== 'matches') throw new Unsupported(name);
  return (wanted) => `${prelude.constant(`R.pattern(${quoted(argument)})`)}(${js})===${wanted}`;
}

/** No number where the text is none: every comparison with it is unknown. */
export function toInteger({ type, js }: Item): Value {
  if (!isText(type)) throw new Unsupported('toInteger');
  return { kind: 'number', js: `integer(${js})`, isUnsure: true };
}

/** Whether the texts of one element are distinct; undefined in JavaScript where one of them has only a twin. */
export function distinctTexts({ js, type }: Extract<Elements, { kind: 'list' }>, step: (item: Item) => Elements): string | undefined {
  const found = step(structure(type, 'x', true));
  if (found.kind !== 'one') throw new Unsupported('isDistinct');
  const [only, ...others] = found.options;
  if (only === undefined || others.length > 0 || !isText(only.type)) return undefined;
  return `areDistinct(${js},x=>${only.js}${only.twin === undefined ? '' : `,x=>${only.twin}`})`;
}
