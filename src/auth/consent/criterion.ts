/** The criteria of one provision, in terms of the index. https://hl7.org/fhir/R4/consent-definitions.html#Consent.provision */

import type { Definitions } from '../../fhir/definitions.ts';
import { own } from '../../fhir/own.ts';
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import type { ConsentAction } from '../../search/consented.ts';
import { hash64 } from '../../search/hash.ts';
import { anySystem, parameterText, textOf, withSystem } from '../../search/index-text.ts';
import { indexingOf } from '../../search/indexing.ts';
import { selfHash } from '../../search/link-token.ts';
import { dateInterval, type Zone } from '../../search/types/date-interval.ts';
import { belongingOf } from '../belonging.ts';
import { isPurpose, purposeSystem } from '../purpose.ts';
import { clientActor, clientSystem } from './actor.ts';
import { type Code, codeOf, codesOf, listOf } from './element.ts';

export interface ConsentContext {
  readonly definitions: Definitions;
  readonly typeCodes: ReadonlyMap<string, number>;
  readonly zone: Zone;
  /** `Type/id` of a resource of this server, however it is written. */
  readonly local: (reference: string) => string | undefined;
}

/** Each absent = whatever; milliseconds since 1970. */
export interface Level {
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly dataFrom?: number;
  readonly dataTo?: number;
  readonly actions?: readonly ConsentAction[];
  readonly actors?: readonly string[];
  readonly purposes?: readonly string[];
  readonly types?: readonly number[];
  readonly labels?: readonly string[];
  readonly codes?: readonly string[];
  readonly instances?: readonly string[];
}

/** What the values of an element come to, each undefined where it cannot be honoured; undefined for an element that is not there. */
type Read<T> = (context: ConsentContext, provision: JsonObject, deny: boolean) => readonly (readonly T[] | undefined)[];

/**
 * Undefined for a permit that names something which cannot be honoured, and nothing else. A denial that names such a thing holds
 * whatever that thing is.
 */
export function criteriaOf(context: ConsentContext, provision: JsonObject, deny: boolean): Level | undefined {
  if (!deny && listOf(provision['modifierExtension']).length > 0) return undefined;
  const level: Record<string, unknown> = { ...periods(context, provision) };
  for (const [name, read] of Object.entries(readers)) {
    const values = (read as Read<unknown>)(context, provision, deny);
    if (values.length === 0) continue;
    const known = values.filter((each) => each !== undefined);
    if (deny && known.length < values.length) continue;
    if (!deny && known.length === 0) return undefined;
    level[name] = [...new Set(known.flat())];
  }
  return level;
}

const actionSystem = 'http://terminology.hl7.org/CodeSystem/consentaction';

/** To use and to disclose begin with access. */
const actionOf: Readonly<Record<string, ConsentAction>> = {
  ...{ access: 'access', use: 'access', disclose: 'access' },
  ...{ collect: 'collect', correct: 'correct' },
};

/** None = all of them. */
const actions: Read<ConsentAction> = (_, provision) =>
  listOf(provision['action']).map((action) => {
    const found = codesOf(action).flatMap(({ system, code = '' }) => (system === actionSystem ? (own(actionOf, code) ?? []) : []));
    return found.length === 0 ? undefined : found;
  });

function periods({ zone }: ConsentContext, { period, dataPeriod }: JsonObject): Level {
  const bound = (value: unknown, name: 'start' | 'end'): number | undefined => {
    const text = isObject(value) ? value[name] : undefined;
    const interval = typeof text === 'string' ? dateInterval(text, zone) : undefined;
    return name === 'start' ? interval?.low : interval?.high;
  };
  const given = {
    ...{ validFrom: bound(period, 'start'), validTo: bound(period, 'end') },
    ...{ dataFrom: bound(dataPeriod, 'start'), dataTo: bound(dataPeriod, 'end') },
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const self = (reference: string): string => {
  const [type = '', id = ''] = reference.split('/');
  return selfHash(type, id);
};

/** Whose the data is, rather than who gets it. */
const otherRoles = new Set(['AUT', 'INF', 'ENT', 'DATA']);

const actors: Read<string> = ({ local }, provision) =>
  listOf(provision['actor']).map(({ reference, role }) => {
    if (codesOf(role).some(({ code = '' }) => otherRoles.has(code)) || !isObject(reference)) return undefined;
    const { identifier, reference: text } = reference;
    if (typeof text === 'string') {
      const found = local(text);
      return found === undefined ? undefined : [self(found)];
    }
    return isObject(identifier) && identifier['system'] === clientSystem && typeof identifier['value'] === 'string'
      ? [clientActor(identifier['value'])]
      : undefined;
  });

const purposes: Read<string> = (_, provision) =>
  listOf(provision['purpose'])
    .map(codeOf)
    .map(({ system, code = '' }) => (system === purposeSystem && isPurpose(code) ? [code] : undefined));

/** https://hl7.org/fhir/R4/valueset-consent-content-class.html */
const typeSystem = 'http://hl7.org/fhir/resource-types';

/** What may be somebody's record: the others are shown to all. */
const boundTypes = (definitions: Definitions): readonly string[] =>
  [...definitions.resourceTypes].filter((type) => belongingOf(definitions, type) !== 'shared');

const typesOf = ({ definitions }: ConsentContext, provision: JsonObject): readonly string[] => {
  const named = listOf(provision['class']).map(codeOf);
  if (named.length === 0 || named.some(({ system }) => system !== typeSystem)) return boundTypes(definitions);
  return named.map(({ code = '' }) => code);
};

const types: Read<number> = ({ typeCodes }, provision) =>
  listOf(provision['class'])
    .map(codeOf)
    .map(({ system, code = '' }) => {
      const found = system === typeSystem ? typeCodes.get(code) : undefined;
      return found === undefined ? undefined : [found];
    });

const hashOf = (parameter: string, { system, code = '' }: Code): string =>
  hash64(system === undefined ? anySystem(parameter, code) : withSystem(parameter, system, code));

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const grades = ['U', 'L', 'M', 'N', 'R', 'V'];

/** "If the consent specifies a security label of R then it applies to all resources that are labeled R or lower"; a denial of R holds for V too. */
function graded(label: Code, deny: boolean): readonly Code[] {
  const grade = label.system === confidentiality ? grades.indexOf(label.code ?? '') : -1;
  if (grade < 0) return [label];
  return (deny ? grades.slice(grade) : grades.slice(0, grade + 1)).map((code) => ({ system: confidentiality, code }));
}

const labels: Read<string> = (context, provision, deny) =>
  listOf(provision['securityLabel'])
    .map(codeOf)
    .map((label) =>
      label.code === undefined
        ? undefined
        : graded(label, deny).flatMap((each) => typesOf(context, provision).map((type) => hashOf(parameterText(type, '_security'), each))),
    );

/** Parameters of codes that tell what a resource is about, by whatever name. */
function codeParameters(definitions: Definitions, type: string): readonly string[] {
  const indexing = indexingOf(definitions, type);
  return [...definitions.searchParameters(type).values()]
    .filter((parameter) => parameter.type === 'token' && parameter.generation === undefined && !parameter.code.startsWith('_'))
    .filter(({ code }) => indexing.get(code)?.branches.some((branch) => branch.type === 'CodeableConcept' || branch.type === 'Coding'))
    .map((parameter) => textOf(type, parameter));
}

const codes: Read<string> = (context, provision) =>
  listOf(provision['code']).map((concept) => {
    const coded = codesOf(concept).filter(({ code }) => code !== undefined);
    if (coded.length === 0) return undefined;
    const parameters = typesOf(context, provision).flatMap((type) => codeParameters(context.definitions, type));
    return coded.flatMap((code) => parameters.map((parameter) => hashOf(parameter, code)));
  });

const instances: Read<string> = ({ local }, provision) =>
  listOf(provision['data']).map(({ meaning, reference }) => {
    const text = isObject(reference) ? reference['reference'] : undefined;
    const found = meaning === 'instance' && typeof text === 'string' ? local(text) : undefined;
    return found === undefined ? undefined : [self(found)];
  });

const readers = { actions, actors, purposes, types, labels, codes, instances };
