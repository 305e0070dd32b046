/**
 * What is done with the value of each JSON property of a type, as JavaScript: `v` is the value, `o` its owner, `c` the context.
 * https://hl7.org/fhir/R4/json.html
 */
import type { ElementDefinition, Property, TypeDefinition } from '../../fhir/definitions.ts';
import { elementInvariants } from './constraint.ts';
import type { Emission, Words } from './emission.ts';
import { quoted } from './javascript.ts';

export interface PropertyCode {
  readonly key: string;
  readonly code: string;
  /** Whether what stands behind all cases does the same. */
  readonly isPlain?: boolean;
}

export function propertiesOf(emission: Emission, type: TypeDefinition, words: Words): PropertyCode[] {
  const found = [...emission.definitions.properties(type.name)].filter(([, { element }]) => element.max > 0);
  const all = found.flatMap(([key, property]) => codesOf(emission, type.name, key, property, words));
  return type.kind === 'resource' ? [...all, ...rootProperties(emission, type.name)] : all;
}

/** What no element of a definition stands for. */
function rootProperties({ definitions, prelude }: Emission, name: string): PropertyCode[] {
  const code = `if(!${prelude.constant('R.accepts("canonical")')}(v))badDefinition(c,v);`;
  const definition = definitions.additionalTypes.includes(name) ? [{ key: 'resourceDefinition', code }] : [];
  return [{ key: 'resourceType', code: '' }, ...definition];
}

function codesOf(emission: Emission, owner: string, key: string, property: Property, words: Words): PropertyCode[] {
  const { element, type } = property;
  const mark = marking(emission, owner, key, element, words);
  if (emission.definitions.type(type.code)?.kind !== 'primitive') return [{ key, code: mark + complex(emission, owner, property) }];
  const own = { key, code: mark + primitive(emission, owner, key, property) };
  if (element.xml === 'attribute' || type.code === 'xhtml') return [own];
  const check = `other(c,o,p,v,${ownerName(emission, owner)});`;
  return [own, { key: `_${key}`, code: mark === '' ? check : `if(o[${quoted(key)}]===undefined){${mark}}${check}`, isPlain: mark === '' }];
}

const ownerName = ({ prelude }: Emission, owner: string): string => prelude.constant(quoted(owner));

// SHALL: only one type of a choice — formats.html#choice
function marking(emission: Emission, owner: string, key: string, element: ElementDefinition, words: Words): string {
  const at = words.get(element);
  if (at === undefined) return '';
  const twice = element.choice ? `if((${at.word}&${at.bit})!==0)doubled(c,${quoted(key)},${ownerName(emission, owner)});` : '';
  return `${twice}${at.word}|=${at.bit};`;
}

const lengthCheck = ({ min, max }: ElementDefinition): string =>
  min > 1 || Number.isFinite(max) ? `lengthOf(c,v.length,p,${min},${max});` : '';

const eachOf = (element: ElementDefinition, code: string): string => {
  const length = lengthCheck(element);
  const loop = `for(let i=0;i<v.length;i++){${code}}`;
  return `if(isList(c,v,p))${length === '' ? loop : `{${length}${loop}}`}`;
};

function primitive(emission: Emission, owner: string, key: string, { element, type }: Property): string {
  const test = acceptance(emission, owner, key, element, type.code);
  const rules = elementInvariants(emission, owner, element, type.code);
  const beside = (value: string) => (rules(value) === '' ? '' : `else{${rules(value)}}`);
  const name = ownerName(emission, owner);
  if (element.max > 1) return eachOf(element, `if(!${test('v[i]')})badItem(c,o,p,v,i,${name});${beside('v[i]')}`);
  return `if(!${test('v')})bad(c,o,p,${name});${beside('v')}`;
}

/** How a value is found to be right. */
function acceptance({ definitions, prelude }: Emission, owner: string, key: string, element: ElementDefinition, type: string) {
  const { binding } = element;
  if (owner === 'Reference' && key === 'reference') return (value: string) => `isReference(c,${value})`;
  if (type === 'code' && binding?.strength === 'required' && definitions.codes(binding.valueSet) !== undefined) {
    const set = prelude.constant(`R.codes(${quoted(binding.valueSet)})`);
    return (value: string) => `${set}.has(${value})`;
  }
  if (type === 'boolean') return (value: string) => `(typeof ${value}==="boolean")`;
  const accepts = prelude.constant(`R.accepts(${quoted(type)})`);
  const isWhole = ['integer', 'unsignedInt', 'positiveInt'].includes(type);
  const place = element.max > 1 ? ',v,i' : ',o,p';
  return (value: string) => `${accepts}(${value}${isWhole ? place : ''})`;
}

function complex(emission: Emission, owner: string, { element, type }: Property): string {
  const { prelude } = emission;
  if (type.code === 'Extension' && element.max === Number.POSITIVE_INFINITY && element.min === 0) return 'extensions(c,v,p);';
  const check = type.code === 'Resource' ? (element.name === 'contained' ? 'contained' : 'resource') : prelude.link(type.code);
  const rules = elementInvariants(emission, owner, element, type.code);
  const inside = (value: string) => {
    const invariants = rules(value);
    return `${check}(${value},c);${targets(emission, type.targets, type.code, value)}${invariants === '' ? '' : `if(c.count===m){${invariants}}`}`;
  };
  if (element.max > 1) return eachOf(element, `const m=c.count;${inside('v[i]')}if(c.count!==m)atItem(c,m,p,i);`);
  return `const m=c.count;${inside('v')}if(c.count!==m)at(c,m,${element.choice ? quoted(element.name) : 'p'});`;
}

// SHALL: the target is of one of the types — references.html#Reference
function targets({ prelude }: Emission, types: readonly string[] | undefined, code: string, value: string): string {
  if (types === undefined || code !== 'Reference') return '';
  const allowed = prelude.constant(`R.targets(${JSON.stringify(types.map(String))})`);
  return `if(!${allowed}.accepts(c,${value}))wrongTarget(c,${value},${allowed});`;
}
