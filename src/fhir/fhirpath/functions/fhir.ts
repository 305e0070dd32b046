/** Functions that FHIR adds. https://hl7.org/fhir/R4/fhirpath.html#functions */
import { isObject, type JsonObject } from '../../resource.ts';
import { booleanOf, type Compiled, several, shapeOf, single } from '../compiled.ts';
import { systemValue } from '../convert.ts';
import { asQuantity } from '../equality.ts';
import { bodyOf, type Item, type Items, Node, nothing, typeOf } from '../item.ts';
import { compileMember } from '../member.ts';
import { compareQuantities } from '../quantity-operation.ts';
import { referenceText } from '../reference-type.ts';
import type { Run } from '../run.ts';
import { onlyItem, onlyOf, system, text } from '../single.ts';
import { systemTypes, type Type } from '../type.ts';
import { toValue } from '../value.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

/** SHALL: short for extension.where(url = …) — fhirpath.html#functions */
function extension(call: Call): Compiled {
  const { compiler, asker } = call;
  const all = compileMember({ ...compiler, strict: false }, call.input, 'extension', call.span);
  const url = text(call.argument(0), asker);
  return several(all, (self, run) => {
    const items = all.many(self, run);
    const wanted = items.length === 0 ? undefined : url(self, run);
    return wanted === undefined ? nothing : items.filter((item) => bodyOf(item)?.['url'] === wanted);
  });
}

/** SHALL: true for one primitive that has a value — fhirpath.html#functions */
function hasValue({ input, compiler }: Call): Compiled {
  const { one, many, raw } = input;
  if (raw !== undefined && raw.kind !== 'primitive') return booleanOf(() => false);
  const holds = (item: Item): boolean =>
    (item instanceof Node ? item.value !== undefined : true) && isPrimitive(typeOf(item, raw, compiler.types));
  if (one !== undefined) {
    return booleanOf((self, run) => {
      const item = one(self, run);
      return item !== undefined && holds(item);
    }, input.fixed);
  }
  return booleanOf((self, run) => {
    const items = many(self, run);
    return items.length === 1 && holds(items[0] as Item);
  }, input.fixed);
}

const isPrimitive = ({ kind, system: name }: Type): boolean => kind === 'primitive' || (kind === 'system' && name !== undefined);

function getValue({ input, asker }: Call): Compiled {
  const value = system(input, asker);
  const types = input.types?.flatMap(({ system: name }) => (name === undefined ? [] : [systemTypes[name]]));
  return single({ raw: undefined, types }, value, input.fixed);
}

/** SHALL: references that do not resolve are left out — fhirpath.html#functions */
function resolve(call: Call): Compiled {
  const { input, compiler } = call;
  const target = (item: Item, run: Run): Item | undefined => {
    const reference = referenceText(item);
    const found = reference === undefined ? undefined : locate(reference, run);
    if (found === undefined || !compiler.tracked) return found;
    return found instanceof Node ? found : new Node(found, compiler.types.ofResource((found as JsonObject)['resourceType']));
  };
  const { one, many, fixed } = input;
  const shape = shapeOf(compiler.types.resource);
  const resolved: Compiled =
    one === undefined
      ? several(
          shape,
          (self, run) =>
            many(self, run)
              .map((item) => target(item, run))
              .filter((item) => item !== undefined),
          fixed,
        )
      : single(
          shape,
          (self, run) => {
            const item = one(self, run);
            return item === undefined ? undefined : target(item, run);
          },
          fixed,
        );
  return { ...resolved, references: input };
}

/** A contained resource of the resource around, or what the environment knows: of an entry of a Bundle, when the Bundle is around. */
function locate(reference: string, run: Run): Item | undefined {
  const root = run.rootResource;
  if (reference === '#' && root !== undefined) return root;
  const contained = reference.startsWith('#') && root !== undefined ? bodyOf(root)?.['contained'] : undefined;
  const isMeant = (one: unknown): one is JsonObject => isObject(one) && one['id'] === reference.slice(1);
  const found = Array.isArray(contained) ? (contained as unknown[]).find(isMeant) : undefined;
  return found ?? run.environment.resolve?.(reference);
}

type Ask = (run: Run) => ((value: ReturnType<typeof toValue>, url: string) => boolean | undefined) | undefined;

/** A question that the environment answers. Throws when it cannot. */
const asked =
  (ask: Ask, what: string) =>
  (call: Call): Compiled => {
    const { input, asker, compiler } = call;
    const only = onlyItem(input, asker);
    const url = text(call.argument(0), asker);
    return booleanOf((self, run) => {
      const item = only(self, run);
      const wanted = item === undefined ? undefined : url(self, run);
      if (item === undefined || wanted === undefined) return undefined;
      const answer = ask(run)?.(toValue(item, input.raw, compiler.types), wanted);
      if (answer === undefined) throw call.fault('execution', `The ${what} that ${asker.name} names is not known here.`);
      return answer;
    });
  };

/** `sign` 1 asks whether the input is the ancestor. */
const subsumption =
  (sign: 1 | -1) =>
  (call: Call): Compiled => {
    const { input, asker, compiler } = call;
    const argument = call.argument(0);
    const [only, other] = [onlyItem(input, asker), onlyItem(argument, asker)];
    return booleanOf((self, run) => {
      const [a, b] = [only(self, run), other(self, run)];
      if (a === undefined || b === undefined) return undefined;
      const [x, y] = [toValue(a, input.raw, compiler.types), toValue(b, argument.raw, compiler.types)];
      const answer = sign === 1 ? run.environment.subsumes?.(x, y) : run.environment.subsumes?.(y, x);
      if (answer === undefined) throw call.fault('execution', `How the codes of ${asker.name} are related is not known here.`);
      return answer;
    });
  };

/** SHALL: undefined on anything but xhtml — fhirpath.html#functions */
function htmlChecks(call: Call): Compiled {
  const only = onlyItem(call.input, call.asker);
  const { raw } = call.input;
  return booleanOf((self, run) => {
    const item = only(self, run);
    const isXhtml = item !== undefined && typeOf(item, raw, call.compiler.types).name === 'xhtml';
    const value = isXhtml ? systemValue(item, raw) : undefined;
    if (typeof value !== 'string') return undefined;
    const check = run.environment.htmlChecks;
    if (check === undefined) throw call.fault('execution', 'The rules of HTML cannot be checked here.');
    return check(value);
  });
}

/** SHALL: extensions that change the meaning and are not listed are an error — fhirpath.html#functions */
function checkModifiers(call: Call): Compiled {
  const { input } = call;
  const known = Array.from({ length: call.count }, (_, i) => call.argument(i));
  return several(input, (self, run) => {
    const urls = known.flatMap((one) => String(onlyOf(one.many(self, run), call.asker) ?? '').split(',')).map((url) => url.trim());
    const items = input.many(self, run);
    if (items.some((item) => hasOther(item, urls)))
      throw call.fault('execution', 'There is an extension that changes the meaning of the element and is not among those that are known.');
    return items;
  });
}

function hasOther(item: Item, urls: readonly string[]): boolean {
  const found = bodyOf(item)?.['modifierExtension'];
  return Array.isArray(found) && (found as unknown[]).some((one) => !isObject(one) || !urls.includes(String(one['url'])));
}

function comparable(call: Call): Compiled {
  const [value, other] = [system(call.input, call.asker), system(call.argument(0), call.asker)];
  return booleanOf((self, run) => {
    const [a, b] = [value(self, run), other(self, run)];
    const [x, y] = [a === undefined ? undefined : asQuantity(a), b === undefined ? undefined : asQuantity(b)];
    return x === undefined || y === undefined ? undefined : compareQuantities(x, y) !== undefined;
  });
}

/** What only a validator can answer. */
const unsupported = (call: Call): Compiled =>
  several({ raw: undefined, types: undefined }, (): Items => {
    throw call.fault('execution', `${call.asker.name} is not supported: it needs the profile that the element is checked against.`);
  });

export const fhir: readonly FunctionDefinition[] = [
  define('extension', 1, 1, extension),
  define('hasValue', 0, 0, hasValue),
  define('getValue', 0, 0, getValue),
  define('resolve', 0, 0, resolve),
  define(
    'memberOf',
    1,
    1,
    asked((run) => run.environment.memberOf, 'value set'),
  ),
  define(
    'conformsTo',
    1,
    1,
    asked((run) => run.environment.conformsTo, 'profile'),
  ),
  define('subsumes', 1, 1, subsumption(1)),
  define('subsumedBy', 1, 1, subsumption(-1)),
  define('htmlChecks', 0, 0, htmlChecks),
  define('checkModifiers', 1, Number.POSITIVE_INFINITY, checkModifiers),
  define('comparable', 1, 1, comparable),
  define('elementDefinition', 0, 0, unsupported),
  define('slice', 2, 2, unsupported),
];
