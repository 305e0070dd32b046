/**
 * The functions of the types, loaded when they are needed: for types of the standard from what scripts/generate.ts made of them, for
 * others from the same text, made now.
 * https://hl7.org/fhir/R4/validation.html
 */
import { existsSync, readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import type { Definitions } from '../../fhir/definitions.ts';
import { projectFile } from '../../root.ts';
import { moduleText } from '../emit/module.ts';
import type { Walk } from '../walk.ts';

export type CheckType = (value: unknown, walk: Walk) => void;
export type CheckTypes = Readonly<Record<string, CheckType>>;

const folder = projectFile('src', 'validation', 'generated');

export const moduleFile = (name: string): string => `${folder}/${name}.js`;

const isFileName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9]*$/.test(name);

/** Additional types have no file, and none that an earlier version left behind counts. */
function textOf(definitions: Definitions, name: string): string {
  const isOwn = isFileName(name) && !definitions.additionalTypes.includes(name) && existsSync(moduleFile(name));
  return isOwn ? readFileSync(moduleFile(name), 'utf8') : moduleText(definitions, name);
}

/** `runtime` is what the text knows as R. */
export function loadModule(definitions: Definitions, name: string, runtime: object): CheckTypes {
  const make = compileFunction(textOf(definitions, name), ['R'], { filename: moduleFile(name) }) as (runtime: object) => CheckTypes;
  return make(runtime);
}
