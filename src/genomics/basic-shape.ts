/**
 * A resource of a later version as a Basic with extensions, and back: HL7's cross-version profiles.
 * https://hl7.org/fhir/uv/xver-r5.r4/0.1.0/StructureDefinition-profile-GenomicStudy.html
 */
import { isDeepStrictEqual } from 'node:util';
import type { Definitions } from '../fhir/definitions.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import { append, crossVersion, objectsOf } from './cross-version.ts';
import { claim, unclaim } from './profile-claim.ts';

export interface BasicShape {
  /** Whether it stands for a resource of the type. */
  is(resource: Resource): boolean;
  toBasic(native: Resource): Resource;
  toNative(basic: Resource): Resource;
}

const codeSystem = 'http://hl7.org/fhir/fhir-types';

/** Elements that a Basic has itself. */
const shared: ReadonlySet<string> = new Set(['meta', 'implicitRules', 'language', 'text', 'contained', 'identifier', 'subject']);

export function basicShape(definitions: Definitions, type: string): BasicShape {
  const elements = crossVersion(definitions, '5.0');
  const older = crossVersion(definitions, '4.0');
  const profile = `http://hl7.org/fhir/5.0/StructureDefinition/profile-${type}`;
  const isModifier = (name: string): boolean => definitions.properties(type).get(name)?.element.modifier === true;
  const code = { coding: [{ system: codeSystem, code: type }] };

  const toBasic = (native: Resource): Resource => {
    const names = elements.propertiesOf(type, native);
    const basic: Resource = { resourceType: 'Basic', ...idOf(native), ...copy(native, [...shared]), code };
    const others = names.filter((name) => !shared.has(name));
    const asExtensions = (modifier: boolean): JsonObject[] =>
      others.filter((name) => isModifier(name) === modifier).flatMap((name) => elements.extensionsOf(type, native, name));
    append(basic, 'extension', ...asExtensions(false));
    append(basic, 'modifierExtension', ...asExtensions(true), ...objectsOf(native['modifierExtension']));
    for (const extension of objectsOf(native['extension']))
      if (!older.take('Basic', basic, extension)) append(basic, 'extension', extension);
    return claim(basic, profile);
  };

  const toNative = (basic: Resource): Resource => {
    const native: Resource = { resourceType: type, ...idOf(basic), ...copy(basic, [...shared]) };
    for (const list of ['extension', 'modifierExtension'])
      for (const extension of objectsOf(basic[list])) if (!elements.take(type, native, extension)) append(native, list, extension);
    // What only a Basic has, such as `created`, waits in extensions of R4.
    for (const name of older.propertiesOf('Basic', basic))
      if (!shared.has(name) && !(name === 'code' && isDeepStrictEqual(basic['code'], code)))
        append(native, 'extension', ...older.extensionsOf('Basic', basic, name));
    return unclaim(native, profile);
  };

  return { is: (resource) => resource.resourceType === 'Basic' && isCoded(resource['code'], type), toBasic, toNative };
}

const idOf = ({ id }: Resource): { id?: string } => (id === undefined ? {} : { id });

const copy = (from: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((name) => [name, `_${name}`]).flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));

/** HL7's examples give the code without a system. */
const isCoded = (code: unknown, type: string): boolean =>
  isObject(code) && objectsOf(code['coding']).some((coding) => coding['code'] === type);
