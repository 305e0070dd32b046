/** Values of reference and uri parameters. */
import type { Parameter } from '../oracle/definition.ts';
import { type Item, list, object, text } from '../oracle/item.ts';
import { literalOf } from '../oracle/literal.ts';
import { absolute, isTarget, referenceText } from '../oracle/reference.ts';
import { escaped } from '../oracle/text.ts';
import { type Drawn, modified, plain } from './drawn.ts';
import type { Random } from './random.ts';

function identified(random: Random, { value }: Item): Drawn | undefined {
  const identifier = object(random.maybe(list(object(value)['identifier'])));
  const [system, code] = [text(identifier['system']), text(identifier['value'])];
  if (code === undefined) return undefined;
  const own = escaped(code);
  return modified(
    'identifier',
    system === undefined ? random.of(own, `|${own}`) : random.of(own, `${escaped(system)}|${own}`, `${escaped(system)}|`, `${own}x`),
  );
}

export function referenceValue(random: Random, { target }: Parameter, item: Item): Drawn | undefined {
  const reference = referenceText(item);
  if (reference === undefined) return identified(random, item);
  const literal = literalOf(reference);
  if (typeof item.value === 'string') return canonicalValue(random, reference);
  if (literal === undefined) return reference.startsWith('#') ? undefined : plain(escaped(reference));
  const { type, id, local } = literal;
  if (!local) return plain(escaped(random.of(reference, reference, `${reference}x`)));
  const named = isTarget(target, type) ? modified(type, id) : plain(id);
  return random.of(plain(id), plain(`${type}/${id}`), plain(absolute(type, id)), plain(`${type}/${id}x`), named, plain(`Group/${id}`));
}

function canonicalValue(random: Random, canonical: string): Drawn {
  const url = canonical.replace(/\|.*$/, '');
  return plain(escaped(random.of(canonical, url, `${url}x`)));
}

export function uriValue(random: Random, { value, root }: Item): Drawn | undefined {
  if (typeof value !== 'string') return undefined;
  const version = text(object(root)['version']);
  if (version !== undefined && random.next() < 0.3)
    return plain(`${escaped(value)}|${escaped(random.of(version, version, `${version}1`))}`);
  return plain(escaped(random.of(value, value, `${value}x`, value.slice(0, -1) || value, value.toUpperCase())));
}
