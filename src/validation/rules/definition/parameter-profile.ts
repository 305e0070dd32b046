/** Profiles on the Parameters of an operation agree with its parameters. https://hl7.org/fhir/R4/operationdefinition-definitions.html#OperationDefinition.inputProfile */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Found, Report, Rule } from '../../validation.ts';
import { numberOf, objectOf, objectsOf, quoted, textOf } from '../read.ts';

const profiles = [
  ['inputProfile', 'in'],
  ['outputProfile', 'out'],
] as const;

export const parameterProfileRule: Rule = {
  types: ['OperationDefinition'],
  check(operation, at, report, _surroundings, found) {
    for (const [name, use] of profiles) checkProfile(operation, name, use, at, report, found);
  },
};

interface Slice {
  min?: number;
  max?: string;
  types?: string[];
}

// SHALL: the profile is consistent with the parameters — operationdefinition-definitions.html#OperationDefinition.inputProfile
function checkProfile(operation: Resource, name: string, use: string, at: string, report: Report, found: Found): void {
  const canonical = textOf(operation, name);
  const profile = canonical === undefined ? undefined : found('StructureDefinition', canonical);
  if (profile === undefined) return;
  if (profile['type'] !== 'Parameters')
    return report.add(
      'error',
      'business-rule',
      `${at}.${name}`,
      `${quoted(canonical ?? '')} is a profile on ${profile['type']}; expected one on Parameters`,
    );
  const slices = slicesOf(profile);
  objectsOf(operation, 'parameter').forEach((parameter, i) => {
    const slice = slices.get(textOf(parameter, 'name') ?? '');
    if (parameter['use'] === use && slice !== undefined) checkParameter(parameter, slice, `${at}.parameter[${i}]`, name, report);
  });
}

/** Slices of Parameters.parameter by the name that they fix. */
function slicesOf(profile: Resource): Map<string, Slice> {
  const bySlice = new Map<string, Slice>();
  const byName = new Map<string, Slice>();
  for (const element of objectsOf(objectOf(profile, 'differential') ?? objectOf(profile, 'snapshot'), 'element')) {
    const [, sliceName, rest] = /^Parameters\.parameter:([^.]+)(\..+)?$/.exec(textOf(element, 'id') ?? '') ?? [];
    if (sliceName === undefined) continue;
    const slice = bySlice.get(sliceName) ?? {};
    bySlice.set(sliceName, slice);
    if (rest === undefined) Object.assign(slice, limitsOf(element));
    if (rest === '.name') byName.set(textOf(element, 'fixedString') ?? textOf(element, 'patternString') ?? '', slice);
    if ((rest === '.resource' || rest === '.value[x]') && element['max'] !== '0') slice.types = typesOf(element);
  }
  return byName;
}

const limitsOf = (element: JsonObject): Slice => {
  const [min, max] = [numberOf(element, 'min'), textOf(element, 'max')];
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
};

const typesOf = (element: JsonObject): string[] =>
  objectsOf(element, 'type').flatMap(({ code }) => (typeof code === 'string' ? [code] : []));

function checkParameter(parameter: JsonObject, { min, max, types }: Slice, at: string, profile: string, report: Report): void {
  const differs = (what: string, theirs: unknown, ours: unknown): void =>
    report.add(
      'error',
      'business-rule',
      at,
      `The ${what} of the parameter is ${ours}, but that of the ${profile} is ${theirs}; expected the same`,
    );
  if (min !== undefined && min !== parameter['min']) differs('min', min, parameter['min']);
  if (max !== undefined && max !== parameter['max']) differs('max', max, parameter['max']);
  const type = textOf(parameter, 'type');
  if (types !== undefined && types.length > 0 && type !== undefined && !general.has(type) && !types.includes(type))
    differs('type', types.join(', '), type);
}

const general: ReadonlySet<string> = new Set(['Any', 'Element', 'Resource', 'DomainResource']);
