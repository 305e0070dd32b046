/**
 * A profile: its constraint tree, compiled when it is used for the first time.
 * https://hl7.org/fhir/R4/profiling.html
 */
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { PreparedProfile } from '../profiles.ts';
import type { Report, Surroundings } from '../validation.ts';
import { CheckRun, type Conformance, type Twin } from './check-run.ts';
import { type Compiler, isA, type ValueCheck } from './compiler.ts';
import type { ElementNode } from './element-node.ts';
import { constraintTree, nodeById } from './merge.ts';
import { listOf, type RawContext, type StructureDefinition, sourceOf } from './structure-definition.ts';

/** Why values cannot be checked against a profile. */
export interface ProfileFault {
  readonly code: 'not-found' | 'not-supported' | 'invalid' | 'too-costly';
  readonly text: string;
}

export class Profile implements PreparedProfile {
  readonly url: string;
  /** With the version. */
  readonly canonical: string;
  /** The type that is constrained. */
  readonly type: string;
  readonly isAbstract: boolean;
  readonly fault: ProfileFault | undefined;
  /** Of an extension: where it may stand. */
  readonly contexts: readonly RawContext[];
  readonly contextInvariants: readonly string[];
  private readonly layers: readonly StructureDefinition[];
  private readonly compiler: Compiler;
  /** The id of the element that is meant instead of the whole. */
  private readonly part: string | undefined;
  private made: ElementNode | undefined;
  private readonly checks = new Map<string, ValueCheck | undefined>();

  /** `layers` from the one next to the base type to the profile itself. */
  constructor(
    definition: StructureDefinition,
    layers: readonly StructureDefinition[],
    compiler: Compiler,
    fault?: ProfileFault,
    part?: string,
  ) {
    this.url = definition.url;
    this.canonical = sourceOf(definition);
    this.type = definition.type;
    this.isAbstract = definition.abstract === true;
    this.contexts = listOf(definition.context);
    this.contextInvariants = listOf(definition.contextInvariant);
    this.layers = layers;
    this.compiler = compiler;
    this.fault = fault;
    this.part = part;
  }

  get tree(): ElementNode {
    if (this.made === undefined) {
      const root = constraintTree(this.fault === undefined ? this.layers : [], this.type, this.compiler.definitions);
      this.made = this.part === undefined ? root : (nodeById(root, this.part) ?? root);
    }
    return this.made;
  }

  /** Whether it asks for nothing but the type. */
  get isType(): boolean {
    return this.layers.length === 0 && this.fault === undefined;
  }

  private get isPart(): boolean {
    return this.part !== undefined;
  }

  /** Whether extensions of this definition change the meaning of what they stand on. */
  get isModifier(): boolean {
    return this.tree.isModifier === true;
  }

  check(resource: Resource, at: string, report: Report, surroundings: Surroundings): void {
    this.checkValue(new CheckRun(report, at, resource, surroundings), resource, undefined, resource.resourceType);
  }

  /** Reports what is wrong with a value of that type. */
  checkValue(run: CheckRun, value: unknown, twin: Twin, type: string): void {
    const { fault } = this;
    if (fault !== undefined) return run.add('error', fault.code, () => fault.text);
    if (!this.isPart && !isA(this.compiler.definitions, type, this.type))
      return run.add(
        'error',
        'structure',
        () => `The profile ${this.canonical} is about the type ${this.type}; found a value of type ${type}`,
      );
    const known = this.checks.get(type);
    const check = known !== undefined || this.checks.has(type) ? known : this.compile(type);
    check?.(run, value, twin);
  }

  private compile(type: string): ValueCheck | undefined {
    const check = this.compiler.valueCheck(this.tree, type);
    this.checks.set(type, check);
    return check;
  }

  /** True, or the first fault. Found out once for each value; what refers to itself conforms as long as nothing else is known. */
  conforms(run: CheckRun, value: object, type: string): string | true {
    const known = run.known.get(this) ?? new Map<object, Conformance>();
    run.known.set(this, known);
    const found = known.get(value) ?? this.tried(run, value, type, known);
    if (found.isUnsure) run.unknowns++;
    return found.outcome;
  }

  private tried(run: CheckRun, value: object, type: string, known: Map<object, Conformance>): Conformance {
    known.set(value, { outcome: true, isUnsure: false });
    const before = run.unknowns;
    const check = (): void => this.checkValue(run, value, undefined, type);
    const outcome = run.attempt(() => {
      if (isObject(value) && typeof value['resourceType'] === 'string') run.inResource(value, check);
      else check();
    });
    const found = { outcome, isUnsure: outcome === true && run.unknowns !== before };
    known.set(value, found);
    return found;
  }
}
