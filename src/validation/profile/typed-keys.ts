/**
 * How an element of a type stands in JSON: its properties, with the type of each.
 * https://hl7.org/fhir/R4/json.html
 */
import type { Definitions } from '../../fhir/definitions.ts';

export interface TypedKey {
  readonly key: string;
  /** Undefined for what is no primitive. */
  readonly twin: string | undefined;
  readonly type: string;
}

export interface ElementKeys {
  readonly name: string;
  readonly isList: boolean;
  readonly isChoice: boolean;
  readonly min: number;
  readonly max: number;
  readonly keys: readonly TypedKey[];
}

export type KeysOf = (type: string) => ReadonlyMap<string, ElementKeys>;

const isWithoutTwin = new Set(['xhtml']);

/** Remembered per type. */
export function createKeysOf(definitions: Definitions): KeysOf {
  const known = new Map<string, ReadonlyMap<string, ElementKeys>>();
  return (type) => {
    const found = known.get(type);
    if (found !== undefined) return found;
    const made = elementKeys(definitions, type);
    known.set(type, made);
    return made;
  };
}

function elementKeys(definitions: Definitions, typeName: string): ReadonlyMap<string, ElementKeys> {
  const found = new Map<string, ElementKeys & { keys: TypedKey[] }>();
  for (const [key, { element, type }] of definitions.properties(typeName)) {
    const { name, min, max, choice } = element;
    const known = found.get(name) ?? { name, isList: max > 1, isChoice: choice, min, max, keys: [] };
    const isPrimitive = definitions.type(type.code)?.kind === 'primitive' && !isWithoutTwin.has(type.code) && element.xml !== 'attribute';
    known.keys.push({ key, twin: isPrimitive ? `_${key}` : undefined, type: type.code });
    found.set(name, known);
  }
  return found;
}
