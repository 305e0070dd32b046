/**
 * FHIRPath: an expression is compiled once, with the types of the definitions, and evaluated as often as needed.
 * https://hl7.org/fhirpath/N1/, https://hl7.org/fhir/R4/fhirpath.html
 */
import type { Definitions } from '../definitions.ts';
import { isObject, type JsonObject } from '../resource.ts';
import { createCompiler } from './compile.ts';
import { anything, type Compiled, type Shape, shapeOf } from './compiled.ts';
import { FhirPathError } from './fault.ts';
import type { FunctionDefinition } from './functions/call.ts';
import { functions } from './functions/table.ts';
import { type Item, type Items, Node } from './item.ts';
import { parse } from './parse.ts';
import { type Environment, Run } from './run.ts';
import { truthOf } from './single.ts';
import { type Type, type Types, typesOf } from './type.ts';
import { toValue, Value } from './value.ts';
import { itemsOf } from './variable.ts';

export interface CompileOptions {
  readonly definitions: Definitions;
  /** What the expression is evaluated on: `Patient`, `HumanName`, `Patient.contact`; without it, whatever the input says it is. */
  readonly type?: string | undefined;
  /** The type of `%resource`; the part before the dot of `type` unless given. */
  readonly resourceType?: string | undefined;
  /** False = names of no element select nothing. True unless given. */
  readonly strict?: boolean | undefined;
  /** True = as the expressions that HL7 publishes want it: a path from another type selects nothing, and `as` takes lists. True unless strict. */
  readonly published?: boolean | undefined;
  /** True = results know their paths; it costs time. */
  readonly tracked?: boolean | undefined;
  /** True = first(), skip() and their like are refused on what has no order. */
  readonly checksOrder?: boolean | undefined;
  /** Functions beside those of the language. */
  readonly functions?: readonly FunctionDefinition[] | undefined;
}

export interface CompiledExpression {
  readonly text: string;
  /** Names of the types that results can have; undefined when they can be anything. */
  readonly types: readonly string[] | undefined;
  /** False when there is never more than one result. */
  readonly isMany: boolean;
  /** Throws a FhirPathError. */
  evaluate(input: unknown, environment?: Environment): Value[];
  /** Whether the result is true; an empty result is not. Throws a FhirPathError. */
  holds(input: unknown, environment?: Environment): boolean;
  /** The same within a run that several expressions on one resource share. */
  holdsIn(run: Run, input: unknown): boolean;
}

/** A run for several expressions on elements of one resource. */
export const openRun = (environment: Environment): Run => new Run(environment);

/** Throws a FhirPathError that says where the expression is wrong, and what would be right. */
export function compileFhirPath(text: string, options: CompileOptions): CompiledExpression {
  const types = typesOf(options.definitions);
  const tracked = options.tracked ?? false;
  const context = contextShape(types, options);
  const resource = resourceType(types, options) ?? types.resource;
  const compiler = createCompiler({
    types,
    strict: options.strict ?? true,
    published: options.published ?? options.strict === false,
    tracked,
    checksOrder: options.checksOrder ?? false,
    context,
    resource,
    functions: allFunctions(options.functions),
  });
  const compiled = compiler.compile(parse(text), { focus: context, variables: new Map() });
  return new FhirPath(text, compiled, context, types, tracked);
}

function allFunctions(others: readonly FunctionDefinition[] | undefined): ReadonlyMap<string, FunctionDefinition> {
  return others === undefined ? functions : new Map([...functions, ...others.map((one) => [one.name, one] as const)]);
}

function known(types: Types, name: string): Type {
  const type = types.named(name.split('.')) ?? types.fhir(name);
  if (type === undefined) throw new FhirPathError('semantic', `There is no type "${name}" that an expression could be evaluated on.`);
  return type;
}

function contextShape(types: Types, { type, tracked }: CompileOptions): Shape {
  if (type === undefined) return anything;
  const found = known(types, type);
  return tracked === true ? { raw: undefined, types: [found] } : shapeOf(found);
}

function resourceType(types: Types, { type, resourceType: given }: CompileOptions): Type | undefined {
  if (given !== undefined) return known(types, given);
  const found = type === undefined ? undefined : types.fhir(type.split('.')[0] ?? '');
  return found?.kind === 'resource' ? found : undefined;
}

class FhirPath implements CompiledExpression {
  readonly text: string;
  private readonly compiled: Compiled;
  private readonly context: Shape;
  private readonly known: Types;
  private readonly tracked: boolean;

  constructor(text: string, compiled: Compiled, context: Shape, known: Types, tracked: boolean) {
    this.text = text;
    this.compiled = compiled;
    this.context = context;
    this.known = known;
    this.tracked = tracked;
  }

  get types(): readonly string[] | undefined {
    return this.compiled.types?.map(String);
  }

  get isMany(): boolean {
    return this.compiled.one === undefined;
  }

  evaluate(input: unknown, environment: Environment = {}): Value[] {
    return this.items(new Run(environment), input).map((item) => toValue(item, this.compiled.raw, this.known));
  }

  holds(input: unknown, environment: Environment = {}): boolean {
    return this.holdsIn(new Run(environment), input);
  }

  holdsIn(run: Run, input: unknown): boolean {
    const { one } = this.compiled;
    if (one === undefined) return this.only(this.items(run, input));
    const found = one(this.start(run, input), run);
    return found !== undefined && truthOf(found);
  }

  private only(items: Items): boolean {
    if (items.length > 1) throw new FhirPathError('execution', `The expression gives ${items.length} values, but true or false is needed.`);
    return items[0] !== undefined && truthOf(items[0]);
  }

  private items(run: Run, input: unknown): Items {
    return this.compiled.many(this.start(run, input), run);
  }

  /** Sets the variables of the run; gives the input as an item. */
  private start(run: Run, input: unknown): Item | undefined {
    const item = this.inputItem(input);
    const { resource, rootResource } = run.environment;
    run.restart();
    // What was kept holds for one resource.
    if (resource === undefined) run.kept = undefined;
    run.context = item;
    run.resource = resource === undefined ? this.asResource(item) : this.resourceItem(resource, item);
    run.rootResource = rootResource === undefined ? run.resource : this.resourceItem(rootResource, item);
    return item;
  }

  private inputItem(input: unknown): Item | undefined {
    const { raw, types } = this.context;
    const isPlain = raw !== undefined && !this.tracked;
    if (isPlain && raw.kind !== 'primitive' && isObject(input))
      return input instanceof Value || input instanceof Node ? (input.value as JsonObject) : input;
    if (input instanceof Value) return itemsOf(input, this.known)[0];
    const type = types?.[0];
    if (isPlain && typeof input !== 'object') return input as Item | undefined;
    if (type !== undefined && type.namespace === 'FHIR' && input !== undefined) return this.rooted(input, type);
    if (isObject(input)) return this.rooted(input, this.known.ofResource(input['resourceType']));
    return itemsOf(input, this.known)[0];
  }

  private rooted(input: unknown, type: Type): Node {
    const actual = type.kind === 'resource' && isObject(input) ? this.known.ofResource(input['resourceType']) : type;
    const place = this.tracked ? { key: actual.name, name: actual.name } : undefined;
    return new Node(input, actual, undefined, place);
  }

  private asResource(item: Item | undefined): Item | undefined {
    const isResource = item instanceof Node ? item.type.kind === 'resource' : isObject(item) && item['resourceType'] !== undefined;
    return isResource ? this.plainUnlessTracked(item) : undefined;
  }

  private plainUnlessTracked(item: Item | undefined): Item | undefined {
    return item instanceof Node && !this.tracked ? (item.value as JsonObject) : item;
  }

  /** The input itself where it is meant, so that it has one place. */
  private resourceItem(resource: JsonObject, input: Item | undefined): Item {
    if (!this.tracked) return resource;
    if (input instanceof Node && input.value === resource) return input;
    return this.rooted(resource, this.known.ofResource(resource['resourceType']));
  }
}
