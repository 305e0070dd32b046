/**
 * What generated modules know as R: the functions of other types, tables of codes and targets, and whatever is to be done when something
 * is not as it should be. https://hl7.org/fhir/R4/validation.html
 */
import type { Definitions, Property } from '../../fhir/definitions.ts';
import { FhirPathError } from '../../fhir/fhirpath/fault.ts';
import { type CompiledExpression, compileFhirPath } from '../../fhir/fhirpath/fhirpath.ts';
import type { Run } from '../../fhir/fhirpath/run.ts';
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import { type Constraint, Constraints, runFor } from '../invariants.ts';
import { isNative } from '../native-invariants.ts';
import { insideOf, pathOf, shown, type Walk } from '../walk.ts';
import { acceptsOf } from './accept.ts';
import { checkContained, checkContainedTogether } from './contained.ts';
import * as fault from './fault.ts';
import { areDistinct, integer, patternTest } from './language.ts';
import { type CheckType, type CheckTypes, loadModule } from './modules.ts';
import { hasAny, hasDistinctCodes, hasDistinctEntries, isBelowRoot, isContained, isPlainPath } from './native-part.ts';
import { order } from './order.ts';
import { badReference, checkReferenceType, isReference, suggestion, Targets, wrongTarget } from './reference.ts';
import { checkTwin, checkTwins, isFilledByTwin, unfilledNull } from './twin.ts';

const none: ReadonlySet<string> = new Set();

/** Levels of objects. */
const deepest = 250;

type Expression = () => CompiledExpression;

export class Runtime {
  readonly accepts = acceptsOf;
  readonly order = order;
  readonly integer = integer;
  readonly areDistinct = areDistinct;
  readonly hasAny = hasAny;
  readonly hasDistinctCodes = hasDistinctCodes;
  readonly hasDistinctEntries = hasDistinctEntries;
  readonly isBelowRoot = isBelowRoot;
  readonly isContained = isContained;
  readonly isPlainPath = isPlainPath;
  /** Called when emitted JavaScript refused what the engine accepts: never, as far as tests can show. */
  contradicted: ((constraint: Constraint, value: unknown) => void) | undefined;
  private readonly definitions: Definitions;
  private readonly rules: Constraints;
  private readonly modules = new Map<string, CheckTypes>();
  private readonly resources = new Map<string, CheckType>();
  private readonly elementRules = new Map<string, readonly Constraint[]>();

  private checkExtension: CheckType | undefined;

  constructor(definitions: Definitions) {
    this.definitions = definitions;
    this.rules = new Constraints(definitions);
  }

  /** The function of a type. */
  readonly link = (type: string): CheckType => {
    const name = type.split('.')[0] ?? type;
    const module = this.modules.get(name) ?? loadModule(this.definitions, name, this);
    this.modules.set(name, module);
    const check = module[type];
    if (check === undefined) throw new Error(`The registry has no type ${type}`);
    return check;
  };

  codes(valueSet: string): ReadonlySet<string> {
    return this.definitions.codes(valueSet) ?? none;
  }

  targets(types: readonly string[]): Targets {
    return new Targets(types, this.definitions);
  }

  constraints(type: string): readonly Constraint[] {
    return this.rules.ofType(type);
  }

  elementConstraints(owner: string, element: string, type: string): readonly Constraint[] {
    const key = `${owner}.${element} ${type}`;
    const found = this.definitions.type(owner)?.elements.find(({ name }) => name === element)?.invariants ?? [];
    const known = this.elementRules.get(key) ?? this.rules.constraints(type, found);
    this.elementRules.set(key, known);
    return known;
  }

  /** A part of an invariant, compiled when it is needed for the first time. */
  expression(type: string, text: string): Expression {
    let compiled: CompiledExpression | undefined;
    return () => {
      compiled ??= compileFhirPath(text, { definitions: this.definitions, type, strict: false });
      return compiled;
    };
  }

  readonly pattern = patternTest;

  /** What cannot be evaluated does not hold; the invariant as a whole tells why. */
  readonly holds = (walk: Walk, expression: Expression, value: unknown): boolean => {
    const run = this.runOf(walk);
    if (run === undefined) return true;
    try {
      return expression().holdsIn(run, value);
    } catch (error) {
      if (error instanceof FhirPathError) return false;
      throw error;
    }
  };

  readonly evaluate = (walk: Walk, constraint: Constraint, value: unknown): boolean => {
    const run = this.runOf(walk);
    return run === undefined || constraint.holds(run, value) === true;
  };

  private runOf({ around }: Walk): Run | undefined {
    if (around !== undefined) around.run ??= runFor(this.definitions, around.resource, around.contained ? around.root : around.resource);
    return around?.run;
  }

  /** An invariant that does not hold, or about which nothing can be said. */
  readonly fails = (walk: Walk, value: unknown, constraint: Constraint): void => {
    const run = this.runOf(walk);
    if (run === undefined) return;
    const verdict = constraint.holds(run, value);
    if (verdict === false) walk.add(constraint.severity, 'invariant', () => constraint.text);
    else if (verdict === true) this.contradicted?.(constraint, value);
    else walk.add('warning', 'processing', () => `${constraint.key} could not be checked: ${verdict.reason}`);
  };

  /** All invariants of a value whose structure is not right. */
  readonly check = (walk: Walk, value: unknown, constraints: readonly Constraint[]): void => {
    if (walk.isTooDeep) return;
    for (const constraint of constraints) {
      if (isNative(constraint.key) || (constraint.severity === 'warning' && !walk.warnings)) continue;
      // SHALL: contained resources have no narrative — references.html#contained
      if (constraint.key === 'dom-6' && walk.contained) continue;
      if (!this.evaluate(walk, constraint, value)) this.fails(walk, value, constraint);
    }
  };

  readonly resource = (value: unknown, walk: Walk): void => this.checkResource(value, walk, false);

  readonly contained = (value: unknown, walk: Walk): void => {
    this.checkResource(value, walk, true);
    if (isObject(value)) checkContained(walk, value);
  };

  private checkResource(value: unknown, walk: Walk, contained: boolean): void {
    if (!isObject(value)) return fault.wrongKind(walk, value, 'an object with a resourceType');
    const type = value['resourceType'];
    const check = this.resources.get(type as string) ?? this.checkOf(type);
    if (check === undefined) return walk.fault('structure', () => this.noType(type), 'resourceType');
    const { around, contained: outer } = walk;
    const inside = contained && around !== undefined ? around : undefined;
    walk.around = {
      resource: value,
      root: inside?.root ?? value,
      contained,
      fragments: inside?.fragments ?? new Set(),
      inside: inside?.inside ?? insideOf(value),
      run: undefined,
    };
    walk.contained = contained;
    check(value, walk);
    walk.around = around;
    walk.contained = outer;
  }

  private checkOf(type: unknown): CheckType | undefined {
    if (typeof type !== 'string' || !this.definitions.isResourceType(type)) return undefined;
    const check = this.link(type);
    this.resources.set(type, check);
    return check;
  }

  private noType(type: unknown): string {
    if (type === undefined) return 'The resource has no resourceType; expected the name of its type, such as "Patient"';
    if (typeof type !== 'string') return 'The resourceType is no string; expected the name of a resource type, such as "Patient"';
    return `${shown(type)} is no resource type${suggestion(this.definitions, type)}`;
  }

  /** Whether the value is no object, or one too many inside of others. */
  readonly isWrong = (walk: Walk, value: unknown, type: string): boolean => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      fault.wrongKind(walk, value, `a single object of type ${type}`);
    else if (walk.depth >= deepest) this.tooDeep(walk);
    else {
      walk.depth++;
      return false;
    }
    return true;
  };

  private tooDeep(walk: Walk): void {
    walk.isTooDeep = true;
    walk.fault('structure', () => `Too deep: expected at most ${deepest} levels`);
  }

  /** A property that has no case of its own: the twin of a primitive, or nothing that is known. */
  readonly other = (walk: Walk, owner: JsonObject, key: string, value: unknown, type: string): void => {
    const element = key.startsWith('_') ? this.definitions.properties(type).get(key.slice(1)) : undefined;
    if (element === undefined || !hasTwin(this.definitions, element)) return fault.unknownProperty(walk, this.definitions, type, key);
    const { name, min, max } = element.element;
    const check = this.link('Element');
    if (max > 1) return checkTwins(walk, check, owner, value, { key: key.slice(1), name, min, max });
    const before = walk.count;
    checkTwin(walk, check, value, owner[key.slice(1)], key.slice(1));
    if (walk.count !== before) walk.at(before, name);
  };

  readonly bad = (walk: Walk, owner: JsonObject, key: string, type: string): void => {
    const property = this.definitions.properties(type).get(key) as Property;
    this.badValue(walk, owner[key], owner, key, property, pathOf(property.element.name));
  };

  readonly badItem = (walk: Walk, owner: JsonObject, key: string, values: unknown[], i: number, type: string): void => {
    const property = this.definitions.properties(type).get(key) as Property;
    const path = pathOf(property.element.name, i);
    if (values[i] !== null) return this.badValue(walk, values[i], values, i, property, path);
    if (!isFilledByTwin(owner, key, i)) unfilledNull(walk, key, path);
  };

  private badValue(walk: Walk, value: unknown, owner: object, key: string | number, { element, type }: Property, path: string): void {
    const isText = typeof value === 'string' && value !== '';
    const listed = type.code === 'code' && element.binding?.strength === 'required' ? element.binding.valueSet : undefined;
    const codes = listed === undefined ? undefined : this.definitions.codes(listed);
    if (isText && codes !== undefined) fault.badCode(walk, value, codes, listed ?? '', path);
    else if (isText && key === 'reference' && element.name === 'reference') badReference(this.definitions, walk, value, path);
    else fault.badPrimitive(walk, value, type.code, owner, key, path);
  }

  readonly badDefinition = (walk: Walk, value: unknown): void => fault.badPrimitive(walk, value, 'canonical', {}, '', 'resourceDefinition');

  readonly isList = (walk: Walk, value: unknown, name: string): value is unknown[] => {
    if (Array.isArray(value) && value.length > 0) return true;
    fault.noList(walk, value, pathOf(name));
    return false;
  };

  readonly lengthOf = (walk: Walk, length: number, name: string, min: number, max: number): void =>
    fault.wrongLength(walk, length, pathOf(name), min, max);

  readonly extensions = (walk: Walk, values: unknown, name: string): void => {
    if (!this.isList(walk, values, name)) return;
    this.checkExtension ??= this.link('Extension');
    for (let i = 0; i < values.length; i++) {
      const before = walk.count;
      this.checkExtension(values[i], walk);
      if (walk.count !== before) walk.atItem(before, name, i);
    }
  };

  readonly at = (walk: Walk, since: number, name: string): void => walk.at(since, name);

  readonly atItem = (walk: Walk, since: number, name: string, index: number): void => walk.atItem(since, name, index);

  readonly doubled = (walk: Walk, key: string, type: string): void =>
    fault.doubled(walk, this.definitions.properties(type).get(key)?.element.name ?? key, key);

  readonly missing = (walk: Walk, owner: JsonObject, type: string): void => fault.missing(walk, this.definitions, type, owner);

  readonly thin = (walk: Walk, count: number, type: string): void => fault.thin(walk, type, count);

  readonly extension = (walk: Walk, nested: boolean): void => fault.badExtension(walk, nested);

  readonly isReference = (walk: Walk, value: unknown): boolean => isReference(this.definitions, walk, value);

  readonly referenceType = (walk: Walk, reference: JsonObject): void => checkReferenceType(this.definitions, walk, reference);

  readonly wrongTarget = (walk: Walk, value: unknown, targets: Targets): void => wrongTarget(walk, value, targets);

  readonly containedRules = (walk: Walk, owner: JsonObject): void => {
    const dom3 = this.rules.ofType(String(owner['resourceType'])).find(({ key }) => key === 'dom-3');
    checkContainedTogether(walk, owner, dom3, () => dom3 === undefined || this.evaluate(walk, dom3, owner));
  };
}

const hasTwin = ({ type: typeOf }: Definitions, { element, type }: Property): boolean =>
  element.max > 0 && typeOf(type.code)?.kind === 'primitive' && element.xml !== 'attribute' && type.code !== 'xhtml';
