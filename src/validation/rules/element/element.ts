/** Elements of a resource by their data types: one walk, for all checks that look at data types. https://hl7.org/fhir/R4/datatypes.html */
import type { Definitions } from '../../../fhir/definitions.ts';
import { isObject, type JsonObject, type Resource } from '../../../fhir/resource.ts';
import type { Report, Surroundings } from '../../validation.ts';

/** An element that a check looks at; true only during the call. */
export interface Visit {
  readonly value: unknown;
  /** Its data type, such as `Coding`. */
  readonly type: string;
  /** Its name, without the type of a choice. */
  readonly name: string;
  /** The data type, inline structure or resource type it stands in. */
  readonly ownerType: string;
  readonly owner: JsonObject;
  /** The JSON property in the owner. */
  readonly key: string;
  readonly resource: Resource;
  /** FHIRPath of the element, or of one in it. */
  at(inner?: string): string;
}

export interface ElementCheck {
  /** Names of data types; `Element` is the twin of a primitive, `_status`. */
  readonly types: readonly string[];
  check(visit: Visit, report: Report, surroundings: Surroundings): void;
}

interface Slot {
  readonly name: string;
  readonly type: string;
  readonly checks: readonly ElementCheck[];
  /** The type to walk into; absent for primitives. */
  readonly inner?: string;
}

type Plan = ReadonlyMap<string, Slot>;

/** The walk over one resource; those inside of it are resources of their own. */
export function compileElementWalk(definitions: Definitions, checks: readonly ElementCheck[]) {
  const plans = new Map<string, Plan>();
  const planOf = (type: string): Plan => {
    const known = plans.get(type) ?? compilePlan(definitions, checks, type);
    plans.set(type, known);
    return known;
  };
  return (resource: Resource, at: string, report: Report, surroundings: Surroundings): void =>
    new ElementWalk(planOf, resource, at, report, surroundings).start();
}

function compilePlan(definitions: Definitions, checks: readonly ElementCheck[], owner: string): Plan {
  const plan = new Map<string, Slot>();
  const ofElement = checks.filter(({ types }) => types.includes('Element'));
  for (const [key, { element, type }] of definitions.properties(owner)) {
    if (type.code === 'Resource') continue;
    const inner = definitions.type(type.code)?.kind === 'primitive' ? undefined : type.code;
    const wanted = checks.filter(({ types }) => types.includes(type.code));
    plan.set(key, { name: element.name, type: type.code, checks: wanted, ...(inner === undefined ? {} : { inner }) });
    if (inner === undefined) plan.set(`_${key}`, { name: element.name, type: 'Element', checks: ofElement, inner: 'Element' });
  }
  return plan;
}

const maxDepth = 200;

class ElementWalk implements Visit {
  value: unknown;
  type = '';
  name = '';
  ownerType = '';
  owner: JsonObject;
  key = '';
  readonly resource: Resource;
  private readonly planOf: (type: string) => Plan;
  private readonly root: string;
  private readonly report: Report;
  private readonly surroundings: Surroundings;
  private readonly steps: (string | number)[] = [];

  constructor(planOf: (type: string) => Plan, resource: Resource, at: string, report: Report, surroundings: Surroundings) {
    this.planOf = planOf;
    this.resource = resource;
    this.owner = resource;
    this.root = at;
    this.report = report;
    this.surroundings = surroundings;
  }

  start(): void {
    this.walk(this.resource, this.resource.resourceType);
  }

  at(inner = ''): string {
    let path = this.root;
    for (const step of this.steps) path += typeof step === 'string' ? `.${step}` : `[${step}]`;
    return inner === '' ? path : `${path}.${inner}`;
  }

  private walk(object: JsonObject, type: string): void {
    const plan = this.planOf(type);
    for (const key in object) {
      const slot = plan.get(key);
      if (slot === undefined || (slot.checks.length === 0 && slot.inner === undefined)) continue;
      const value = object[key];
      this.steps.push(slot.name);
      if (Array.isArray(value)) this.walkList(value, slot, object, key, type);
      else this.visit(value, slot, object, key, type);
      this.steps.pop();
    }
  }

  private walkList(values: unknown[], slot: Slot, owner: JsonObject, key: string, ownerType: string): void {
    for (let i = 0; i < values.length; i++) {
      this.steps.push(i);
      this.visit(values[i], slot, owner, key, ownerType);
      this.steps.pop();
    }
  }

  private visit(value: unknown, slot: Slot, owner: JsonObject, key: string, ownerType: string): void {
    if (value === null || value === undefined || (slot.inner !== undefined && !isObject(value))) return;
    for (const check of slot.checks) {
      this.value = value;
      this.type = slot.type;
      this.name = slot.name;
      this.owner = owner;
      this.key = key;
      this.ownerType = ownerType;
      check.check(this, this.report, this.surroundings);
    }
    if (slot.inner !== undefined && this.steps.length < maxDepth) this.walk(value as JsonObject, slot.inner);
  }
}
