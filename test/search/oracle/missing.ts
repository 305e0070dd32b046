/** `:missing`. https://hl7.org/fhir/R4/search.html#modifiers */
import type { Resource } from '../../../src/fhir/resource.ts';
import { type Parameter, resourceTypes } from './definition.ts';
import type { Item } from './item.ts';
import type { World } from './world.ts';

/** Types of values that parameters of a type can be asked for; a value of another type in the same place is none. */
const fitting: Readonly<Partial<Record<Parameter['type'], ReadonlySet<string>>>> = {
  date: new Set(['date', 'dateTime', 'instant', 'Period', 'Timing']),
  reference: new Set(['Reference', 'canonical', 'uri', 'url', 'oid', 'uuid', ...resourceTypes]),
  number: new Set(['integer', 'positiveInt', 'unsignedInt', 'decimal', 'Range']),
  quantity: new Set(['Quantity', 'Age', 'Duration', 'Count', 'Distance', 'Money', 'Range', 'SampledData']),
};

const isValue = ({ type: kind }: Parameter, { type }: Item): boolean => fitting[kind]?.has(type) ?? true;

export const missingTest =
  (world: World, parameter: Parameter, value: string) =>
  (resource: Resource): boolean =>
    !world.items(resource, parameter).some((item) => isValue(parameter, item)) === (value === 'true');
