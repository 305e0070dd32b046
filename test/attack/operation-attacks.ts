/** Every operation that there is, at every place where it can be called, with everything that can be wrong with a parameter. https://hl7.org/fhir/R4/operations.html */
import type { OperationDefinition, OperationParameter } from '../../src/operations/definition.ts';
import { operations } from '../../src/operations/index.ts';
import { oddBodies, oddTexts, wrongValues } from './odd.ts';
import type { Attack } from './wire.ts';

const ids: Readonly<Record<string, string>> = {
  Patient: 'ann',
  Group: 'g',
  Encounter: 'ann-visit',
  Composition: 'c',
  DocumentReference: 'none',
};

export function placesOf({ code, system, type, instance, resource, whole }: OperationDefinition): readonly string[] {
  const types = resource ?? ['Patient'];
  return [
    ...(system ? [`/fhir/$${code}`] : []),
    ...(type ? (whole ?? types).filter((name) => name !== 'Group').map((name) => `/fhir/${name}/$${code}`) : []),
    ...(instance ? types.map((name) => `/fhir/${name}/${ids[name] ?? 'none'}/$${code}`) : []),
  ];
}

/** What an operation needs so that a fault of something else is not the first. */
const needed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fhirpath: { expression: 'id' },
  docref: { patient: 'ann' },
  'reindex-status': { job: '1' },
};

const async = { Prefer: 'respond-async' };
const json = { 'Content-Type': 'application/fhir+json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

const pairs = (values: readonly (readonly [string, string])[]): string =>
  values.map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join('=')).join('&');

const withoutName = (values: Readonly<Record<string, string>>, name: string): (readonly [string, string])[] =>
  Object.entries(values).filter(([given]) => given !== name);

export function* operationAttacks(): Generator<Attack> {
  for (const { definition, readsBody } of operations) {
    for (const path of placesOf(definition)) yield* attacksOn(path, definition, readsBody === true);
  }
}

function* attacksOn(path: string, definition: OperationDefinition, readsBody: boolean): Generator<Attack> {
  const own = needed[definition.code] ?? {};
  for (const method of ['PUT', 'PATCH', 'DELETE']) yield { method, path, headers: { ...async, ...json }, body: '{}', refused: true };
  if (definition.affectsState) yield { method: 'GET', path, headers: async, refused: true };
  for (const body of oddBodies) {
    for (const headers of [json, { 'Content-Type': 'application/fhir+xml' }, form, { 'Content-Type': 'text/plain' }, {}])
      yield { method: 'POST', path, headers: { ...async, ...headers }, body };
  }
  for (const name of ['zzz', '__proto__', 'constructor', 'toString', '_Type', 'expresion']) {
    if (!definition.affectsState)
      yield { method: 'GET', path: `${path}?${pairs([...Object.entries(own), [name, '1']])}`, headers: async, refused: true, names: name };
    yield { method: 'POST', path: `${path}?${pairs([[name, '1']])}`, headers: async, refused: true, names: name };
    if (readsBody) continue;
    yield {
      method: 'POST',
      path,
      headers: { ...async, ...form },
      body: pairs([...Object.entries(own), [name, '1']]),
      refused: true,
      names: name,
    };
    const parameter = [...Object.entries(own).map(([key, valueString]) => ({ name: key, valueString })), { name, valueString: '1' }];
    if (definition.parameter.some(({ type }) => type === 'Resource') && Object.keys(own).length === 0) continue;
    yield {
      method: 'POST',
      path,
      headers: { ...async, ...json },
      body: JSON.stringify({ resourceType: 'Parameters', parameter }),
      refused: true,
      names: name,
    };
  }
  for (const parameter of definition.parameter) yield* attacksOnParameter(path, definition, parameter, readsBody);
}

function* attacksOnParameter(
  path: string,
  definition: OperationDefinition,
  parameter: OperationParameter,
  readsBody: boolean,
): Generator<Attack> {
  const { name, type, max } = parameter;
  const others = withoutName(needed[definition.code] ?? {}, name);
  const get = (...values: readonly string[]): Attack => ({
    method: definition.affectsState ? 'POST' : 'GET',
    path: `${path}?${pairs([...others, ...values.map((value) => [name, value] as const)])}`,
    headers: async,
  });
  const isWrong = new Set(wrongValues(type));
  for (const value of new Set([...oddTexts, ...isWrong]))
    yield { ...get(value), ...(isWrong.has(value) ? { refused: true, names: name } : {}) };
  if (max === 1) yield { ...get('1', '1'), refused: true, names: name };
  yield { ...get(), path: `${get().path}&${name}=%`, refused: true };
  yield { ...get(), path: `${get().path}&${name}=%00`, refused: true };
  yield { ...get(), path: `${get().path}&${name}=%ed%a0%80`, refused: true };
  if (readsBody) return;
  const post = (...values: readonly object[]): Attack => ({
    ...{ method: 'POST', path, headers: { ...async, ...json } },
    body: JSON.stringify({
      resourceType: 'Parameters',
      parameter: [...others.map(([key, valueString]) => ({ name: key, valueString })), ...values],
    }),
  });
  for (const valueString of oddTexts) yield post({ name, valueString });
  for (const valueString of isWrong) yield { ...post({ name, valueString }), refused: true };
  if (max === 1) yield { ...post({ name, valueString: '1' }, { name, valueString: '1' }), refused: true };
  for (const value of [null, [], {}, [[]], { resourceType: 1 }, 1e308, -1, true, [1], { reference: {} }, { system: 1, code: {} }])
    for (const key of ['valueString', 'valueInteger', 'resource', 'part', 'value', 'valueReference', 'valueCoding'])
      yield post({ name, [key]: value });
  yield { ...post({ name }), refused: type !== 'Resource' };
}
