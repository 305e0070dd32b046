/**
 * The function that checks values of one complex type, resource type or inline structure, as JavaScript. It keeps no path and makes no
 * text: whatever it finds it hands to the runtime (../runtime).
 * https://hl7.org/fhir/R4/json.html, https://hl7.org/fhir/R4/formats.html#choice
 */
import type { ElementDefinition, TypeDefinition } from '../../fhir/definitions.ts';
import { typeInvariants } from './constraint.ts';
import type { Bit, Emission, Words } from './emission.ts';
import { or, quoted } from './javascript.ts';
import { type PropertyCode, propertiesOf } from './property.ts';

/** Elements that must be there, and choices, in the order of their bits. */
const countedElements = (type: TypeDefinition): readonly ElementDefinition[] =>
  type.elements.filter((element) => element.max > 0 && (element.min > 0 || element.choice));

const bitsPerWord = 30;

/** JavaScript of the function of a type. */
export function emitType(emission: Emission, name: string): string {
  const type = emission.definitions.type(name);
  if (type === undefined) throw new Error(`The registry has no type ${name}`);
  const locals = new Map<string, string>();
  const local = (key: string): string => {
    const known = locals.get(key) ?? `p${locals.size}`;
    locals.set(key, known);
    return known;
  };
  const end = [structural(emission, type, local), typeInvariants(emission, type, local, wordsOf(type))].join('');
  const cases = propertiesOf(emission, type, wordsOf(type));
  const declared = [...locals.values(), ...words(type).map((word) => `${word}=0`)];
  const owner = emission.prelude.constant(quoted(name));
  return [
    `(o,c)=>{if(isWrong(c,o,${owner}))return;`,
    `const f=c.faults;let k=0${declared.map((each) => `,${each}`).join('')};`,
    `for(const p in o){const v=o[p];k++;switch(p.length){${switchOn(cases, locals)}}other(c,o,p,v,${owner});}`,
    end,
    'c.depth--;}',
  ].join('');
}

const wordsOf = (type: TypeDefinition): Words =>
  new Map(countedElements(type).map((element, i) => [element, { word: `b${Math.floor(i / bitsPerWord)}`, bit: 1 << (i % bitsPerWord) }]));

const words = (type: TypeDefinition): string[] => [...new Set([...wordsOf(type).values()].map(({ word }) => word))];

/** By the length of the name first: few names are as long as each other. */
function switchOn(cases: readonly PropertyCode[], locals: ReadonlyMap<string, string>): string {
  const needed = cases.filter(({ key, isPlain }) => isPlain !== true || locals.has(key));
  const lengths = [...new Set(needed.map(({ key }) => key.length))].sort((a, b) => a - b);
  const branch = ({ key, code }: PropertyCode): string => {
    const kept = locals.get(key);
    return `if(p===${quoted(key)}){${kept === undefined ? '' : `${kept}=v;`}${code}continue;}`;
  };
  return lengths
    .map(
      (length) =>
        `case ${length}:${cases
          .filter(({ key }) => key.length === length)
          .map(branch)
          .join('')}break;`,
    )
    .join('\n');
}

/** What must be there, and that there is something at all. */
function structural({ definitions, prelude }: Emission, type: TypeDefinition, local: (key: string) => string): string {
  const { name } = type;
  const owner = prelude.constant(quoted(name));
  const counted = [...wordsOf(type)];
  const code = words(type).flatMap((word) => {
    const mask = counted.reduce((bits, [{ min }, at]) => (min > 0 && at.word === word ? bits | at.bit : bits), 0);
    return mask === 0 ? [] : [`if((${word}&${mask})!==${mask})missing(c,o,${owner});`];
  });
  if (type.kind !== 'resource') code.push(`if(k<2&&(k===0||o.id!==undefined))thin(c,k,${owner});`);
  if (name === 'Extension') code.push(extension(counted, local));
  if (name === 'Reference') code.push(`if(${local('type')}!==undefined)referenceType(c,o);`);
  if (definitions.properties(name).get('contained')?.type.code === 'Resource' && type.kind === 'resource')
    code.push(`if(${local('contained')}!==undefined)containedRules(c,o);`);
  return code.join('');
}

// SHALL: an extension has a value or extensions, not both — extensibility.html#ext-1
function extension(counted: readonly [ElementDefinition, Bit][], local: (key: string) => string): string {
  const values = counted.filter(([{ choice }]) => choice).map(([, { word, bit }]) => `(${word}&${bit})!==0`);
  const nested = local('extension');
  return `if((${nested}!==undefined)===(${or(...values)}))extension(c,${nested}!==undefined);`;
}
