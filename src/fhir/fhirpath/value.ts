/** A value with its type, as the engine gives results and takes variables. */
import type { JsonObject } from '../resource.ts';
import { type Item, Node, type NodePlace, typeOf } from './item.ts';
import type { Type, Types } from './type.ts';

export class Value {
  /** `FHIR.HumanName`, `FHIR.Patient.contact`, `System.Integer`; for a variable the namespace may be left out. */
  readonly type: string;
  /** JSON of a FHIR value; a string, number, boolean, Decimal, Temporal or Quantity of a System value. */
  readonly value: unknown;
  /** Id and extensions of a primitive. */
  readonly twin: JsonObject | undefined;
  /** Where it stands in the resource, if that was asked for and it stands there. */
  readonly place: NodePlace | undefined;

  constructor(type: string, value: unknown, twin?: JsonObject, place?: NodePlace) {
    this.type = type;
    this.value = value;
    this.twin = twin;
    this.place = place;
  }

  /** Path from the resource, such as `Patient.name[0].given[1]`. */
  get path(): string | undefined {
    return this.place === undefined ? undefined : pathOf(this.place);
  }
}

function pathOf({ parent, name, index }: NodePlace): string {
  const step = index === undefined ? name : `${name}[${index}]`;
  return parent?.place === undefined ? step : `${pathOf(parent.place)}.${step}`;
}

export function toValue(item: Item, raw: Type | undefined, types: Types): Value {
  const type = typeOf(item, raw, types).toString();
  return item instanceof Node ? new Value(type, item.value, item.twin, item.place) : new Value(type, item);
}
