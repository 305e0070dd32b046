/** Invariants of types and of elements, as JavaScript. https://hl7.org/fhir/R4/conformance-rules.html#constraints */
import type { ElementDefinition, TypeDefinition } from '../../fhir/definitions.ts';
import type { Constraint } from '../invariants.ts';
import { isNative } from '../native-invariants.ts';
import { type Item, primitive, structure, Unsupported } from './elements.ts';
import type { Emission, Words } from './emission.ts';
import { InvariantEmitter } from './invariant.ts';
import { and, type Prelude, quoted } from './javascript.ts';

/** Where the structure is right they run as they are; else by the engine, which expects nothing. */
export function typeInvariants(
  { definitions, constraints, prelude }: Emission,
  { name }: TypeDefinition,
  local: (key: string) => string,
  words: Words,
): string {
  const all = constraints
    .ofType(name)
    .map((constraint, i) => ({ constraint, i }))
    .filter(({ constraint }) => !isNative(constraint.key));
  if (all.length === 0) return '';
  const table = prelude.constant(`R.constraints(${quoted(name)})`);
  const used = new Set<string>();
  const get = (key: string): string => {
    const found = local(key);
    used.add(found);
    return found;
  };
  const choice = (wanted: string): string => {
    const [, at] = [...words].find(([element]) => element.name === wanted) ?? [];
    if (at === undefined) throw new Unsupported(wanted);
    used.add(at.word);
    return `(${at.word}&${at.bit})!==0`;
  };
  const root: Item = { ...structure(name, 'o', true), get, choice };
  const emitter = new InvariantEmitter(definitions, prelude, root);
  const lines = all.map(({ constraint, i }) => line(emitter, constraint, 'o', `${table}[${i}]`));
  return `if(c.faults!==f)check(c,o,${table});else{${apart(prelude, lines, used)}}`;
}

/** Longer than this, they are functions of their own: small functions are compiled sooner. */
const longest = 400;

function apart(prelude: Prelude, lines: readonly string[], locals: ReadonlySet<string>): string {
  const groups: string[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last === undefined || last.length + line.length > longest) groups.push(line);
    else groups[groups.length - 1] = last + line;
  }
  if (groups.length === 1) return groups.join('');
  return groups.map((code) => called(prelude, code, locals)).join('');
}

function called(prelude: Prelude, code: string, locals: ReadonlySet<string>): string {
  const named = [...new Set(code.match(/\b[pb]\d+\b/g) ?? [])].filter((name) => locals.has(name));
  const list = ['c', 'o', ...named].join(',');
  return `${prelude.constant(`(${list})=>{${code}}`)}(${list});`;
}

function line(emitter: InvariantEmitter, { expression, severity, key }: Constraint, value: string, constraint: string): string {
  const holds = emitted(emitter, expression, constraint, value);
  const fails = and(severity === 'error' ? 'true' : 'c.warnings', key === 'dom-6' ? '!c.contained' : 'true', `!${holds}`);
  return `if(${fails})fails(c,${value},${constraint});`;
}

function emitted(emitter: InvariantEmitter, expression: string, constraint: string, value: string): string {
  try {
    return `(${emitter.emit(expression)})`;
  } catch (error) {
    if (error instanceof Unsupported) return `evaluate(c,${constraint},${value})`;
    throw error;
  }
}

/** Invariants of an element beside those of its type, on the value that the JavaScript names. */
export function elementInvariants(
  { definitions, constraints, prelude }: Emission,
  owner: string,
  element: ElementDefinition,
  type: string,
): (value: string) => string {
  const all = element.invariants === undefined ? [] : constraints.constraints(type, element.invariants);
  if (all.length === 0) return () => '';
  const table = prelude.constant(`R.elementConstraints(${quoted(owner)},${quoted(element.name)},${quoted(type)})`);
  return (value) => {
    const isPrimitive = definitions.type(type)?.kind === 'primitive';
    const item = isPrimitive ? { ...primitive(type, value, undefined), there: 'true' } : structure(type, value, true);
    const emitter = new InvariantEmitter(definitions, prelude, item);
    return all.map((constraint, i) => line(emitter, constraint, value, `${table}[${i}]`)).join('');
  };
}
