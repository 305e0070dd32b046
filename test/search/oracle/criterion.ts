/** One `name=value` of a search as a test of resources. https://hl7.org/fhir/R4/search.html */
import type { Resource } from '../../../src/fhir/resource.ts';
import { chainTest, hasTest } from './chain.ts';
import { type Parameter, parametersOf } from './definition.ts';
import { filterTest } from './filter.ts';
import { listTest } from './list.ts';
import { missingTest } from './missing.ts';
import { narrativeTest } from './narrative.ts';
import { soundsAlike } from './sound.ts';
import { hasWords } from './string.ts';
import { parts } from './text.ts';
import { valueTest } from './value.ts';
import type { World } from './world.ts';

export type Test = (resource: Resource) => boolean;

// SHALL: comma is OR, whatever the modifier — search.html#combining
export function parameterTest(world: World, parameter: Parameter, modifier: string | undefined, value: string): Test {
  if (modifier === 'missing') return missingTest(world, parameter, value);
  if (modifier === 'text' && parameter.type === 'string')
    return (resource) => parts(value, ',').some((each) => hasWords(world.items(resource, parameter), each));
  if (parameter.xpathUsage === 'phonetic')
    return (resource) => parts(value, ',').some((each) => soundsAlike(world.items(resource, parameter), each));
  const isNegated = modifier === 'not' || modifier === 'not-in';
  const tests = parts(value, ',').map((each) => valueTest(world, parameter, modifier === 'not' ? undefined : modifier, each));
  const matches: Test = (resource) => world.items(resource, parameter).some((item) => tests.some((test) => test(item)));
  // "The negation applies to the set, not each individual entry."
  return isNegated ? (resource) => !matches(resource) : matches;
}

const never: Test = () => false;

/** The test on resources of one type; a type without the parameter has no match. */
export function criterion(world: World, type: string, name: string, value: string): Test {
  if (name === '_filter') return filterTest(world, value);
  if (name === '_text') return narrativeTest(value);
  if (name === '_list') return listTest(world, value);
  if (name.startsWith('_has:')) return hasTest(world, type, name.slice('_has:'.length), value, criterion);
  const dot = name.indexOf('.');
  if (dot >= 0) return chainTest(world, type, name.slice(0, dot), name.slice(dot + 1), value, criterion);
  const [code = '', modifier] = name.split(':');
  const parameter = parametersOf(type).get(code);
  return parameter === undefined ? never : parameterTest(world, parameter, modifier, value);
}
