/** One evaluation: what surrounds it, what it has used up, and the values of its variables. https://hl7.org/fhirpath/N1/#environment-variables */
import type { JsonObject, Resource } from '../resource.ts';
import { FhirPathError } from './fault.ts';
import type { Item, Items } from './item.ts';
import { defaultLimits, type Limits, stepsBetweenLooks } from './limit.ts';
import type { Value } from './value.ts';

/** Everything that an expression may ask its surroundings. All of it is optional; what is missing is told when it is asked for. */
export interface Environment {
  /** `%resource`; the input itself unless given. */
  readonly resource?: JsonObject | undefined;
  /** `%rootResource`; `%resource` unless given. */
  readonly rootResource?: JsonObject | undefined;
  /** Further variables, by their names without `%`: plain values, resources, typed values, or lists of these. */
  readonly variables?: ReadonlyMap<string, unknown> | undefined;
  readonly now?: (() => Date) | undefined;
  readonly trace?: ((name: string, values: readonly Value[]) => void) | undefined;
  /** The resource that a reference names (contained ones are found without it); undefined when it is not known. */
  readonly resolve?: ((reference: string) => Resource | undefined) | undefined;
  /** Undefined when the value set is not known. */
  readonly memberOf?: ((value: Value, valueSet: string) => boolean | undefined) | undefined;
  /** Undefined when the profile is not known. */
  readonly conformsTo?: ((value: Value, profile: string) => boolean | undefined) | undefined;
  /** Whether the first code subsumes the second; undefined when that is not known. */
  readonly subsumes?: ((ancestor: Value, descendant: Value) => boolean | undefined) | undefined;
  readonly htmlChecks?: ((xhtml: string) => boolean) | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

export class Run {
  readonly environment: Environment;
  /** `%context` */
  context: Item | undefined;
  resource: Item | undefined;
  rootResource: Item | undefined;
  /** `$index` */
  index = 0;
  /** `$total` */
  total: Items = [];
  /** Values of defineVariable(), by their slots. */
  slots: Items[] | undefined;
  /** Values that stay the same as long as the resource does. */
  kept: Map<object, Items> | undefined;
  private steps = 0;
  private nextLook = 0;
  private started: number | undefined;
  private readonly limits: Limits;
  private moment: string | undefined;

  constructor(environment: Environment) {
    this.environment = environment;
    this.limits = environment.limits === undefined ? defaultLimits : { ...defaultLimits, ...environment.limits };
    this.restart();
  }

  /** For the next expression: what one may use up is counted anew. */
  restart(): void {
    this.steps = 0;
    this.nextLook = Math.min(stepsBetweenLooks, this.limits.steps);
    this.started = undefined;
    this.index = 0;
    this.total = [];
  }

  /** Finds what is kept under the key, once. */
  keep(key: object, find: () => Items): Items {
    this.kept ??= new Map();
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const found = find();
    this.kept.set(key, found);
    return found;
  }

  /** Counts values visited or made. */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > this.nextLook) this.look();
  }

  /** The time counts from the first look on: most evaluations end before it. */
  private look(): void {
    const { steps, milliseconds } = this.limits;
    if (this.steps > steps) throw tooCostly(`it visits more than ${steps} values`);
    const now = performance.now();
    this.started ??= now;
    if (now - this.started > milliseconds) throw tooCostly(`it takes more than ${milliseconds} milliseconds`);
    this.nextLook = Math.min(this.steps + stepsBetweenLooks, steps);
  }

  /** Counts the characters of a text that is about to be made. */
  spendText(length: number): void {
    if (length > this.limits.text) throw tooCostly(`it makes a text of more than ${this.limits.text} characters`);
    this.spend(1 + (length >> 6));
  }

  /** The same instant throughout one evaluation. */
  now(): string {
    this.moment ??= (this.environment.now?.() ?? new Date()).toISOString();
    return this.moment;
  }
}

const tooCostly = (what: string): FhirPathError =>
  new FhirPathError('cost', `The evaluation of a FHIRPath was stopped because ${what}: make the expression simpler.`);
