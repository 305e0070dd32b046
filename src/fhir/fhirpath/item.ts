/**
 * What collections hold. A value of the language says of itself what it is; a value of a resource is its plain JSON, whose type the
 * compiler knows, and becomes a Node only where the JSON alone does not say enough: where its type depends on the data, or where a
 * primitive has an id, extensions or digits of its own.
 * https://hl7.org/fhirpath/N1/#navigation-model, https://hl7.org/fhir/R4/json.html#primitive
 */
import type { JsonObject } from '../resource.ts';
import { Decimal } from './decimal.ts';
import { Quantity } from './quantity.ts';
import { Temporal } from './temporal.ts';
import { anyType, systemTypes, type Type, type Types } from './type.ts';

/** A number is an Integer. */
export type SystemValue = string | number | boolean | Decimal | Temporal | Quantity;

export type Item = SystemValue | JsonObject | Node;

export type Items = readonly Item[];

export const nothing: Items = [];

/** A value of a resource together with its type. */
export class Node {
  /** JSON; undefined for a primitive that has only an id or extensions; a Decimal where the JSON number lost digits. */
  readonly value: unknown;
  readonly type: Type;
  /** Id and extensions of a primitive. */
  readonly twin: JsonObject | undefined;
  /** Where it stands, when that was asked for. */
  readonly place: NodePlace | undefined;

  constructor(value: unknown, type: Type, twin?: JsonObject, place?: NodePlace) {
    this.value = value;
    this.type = type;
    this.twin = twin;
    this.place = place;
  }
}

export interface NodePlace {
  /** Absent for a resource that stands in no other. */
  readonly parent?: Node;
  /** JSON property, such as `valueQuantity`; of the resource itself its type. */
  readonly key: string;
  /** Element name, such as `value`. */
  readonly name: string;
  /** Position in a list; absent for an element that does not repeat. */
  readonly index?: number;
}

export const isSystemObject = (item: object): item is Decimal | Temporal | Quantity =>
  item instanceof Decimal || item instanceof Temporal || item instanceof Quantity;

const systemTypeOfTemporal = { date: systemTypes.Date, dateTime: systemTypes.DateTime, time: systemTypes.Time };

export function typeOfSystemValue(value: SystemValue): Type {
  if (typeof value === 'string') return systemTypes.String;
  if (typeof value === 'number') return systemTypes.Integer;
  if (typeof value === 'boolean') return systemTypes.Boolean;
  if (value instanceof Decimal) return systemTypes.Decimal;
  return value instanceof Temporal ? systemTypeOfTemporal[value.kind] : systemTypes.Quantity;
}

/** The type of an item; `raw` is what the compiler knows of items that are plain JSON. */
export function typeOf(item: Item, raw: Type | undefined, types: Types): Type {
  if (item instanceof Node) return item.type;
  if (raw === undefined) return typeof item === 'object' && !isSystemObject(item) ? anyType : typeOfSystemValue(item);
  return raw.abstract && raw.kind === 'resource' ? types.ofResource((item as JsonObject)['resourceType']) : raw;
}

/** The JSON object in which the children of an item stand. */
export function bodyOf(item: Item): JsonObject | undefined {
  if (item instanceof Node) return item.type.kind === 'primitive' ? item.twin : (item.value as JsonObject);
  return typeof item === 'object' && !isSystemObject(item) ? item : undefined;
}

/** With its type, for collections in which not all items are of one. */
export function withType(item: Item, raw: Type | undefined, types: Types): Item {
  if (raw === undefined || item instanceof Node) return item;
  return new Node(item, typeOf(item, raw, types));
}
