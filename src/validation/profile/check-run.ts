/**
 * One check of a value against profiles: where it stands, what is around, what it has used up. A path is printed only when it is needed.
 * https://hl7.org/fhir/R4/validation.html
 */
import { openRun } from '../../fhir/fhirpath/fhirpath.ts';
import type { Environment, Run } from '../../fhir/fhirpath/run.ts';
import type { IssueType, Severity } from '../../fhir/outcome.ts';
import type { JsonObject, Resource } from '../../fhir/resource.ts';
import type { BindingQuestion, Report, Surroundings } from '../validation.ts';
import type { Profile } from './profile.ts';

/** A value of an element: JSON, and of a primitive the object with its id and extensions. */
export type Twin = { readonly [key: string]: unknown } | undefined;

/** Elements looked at in one check. */
const mostSteps = 20_000_000;
const mostIssues = 200;
/** Milliseconds that a check may take. */
const longest = 20_000;
const mostLevels = 500;
/** Profiles that are asked for while another is checked, on one value after the other: as many as the stack bears, with care. */
const mostNested = 200;

const tooDeep = `References, profiles or elements lead on through more than ${mostNested} levels, so that not everything was checked; validate the parts by themselves`;

interface Place {
  readonly steps: readonly (string | number)[];
  readonly root: string;
}

const printed = ({ root, steps }: Place): string => {
  let path = root;
  for (const step of steps) path += typeof step === 'number' ? `[${step}]` : `.${step}`;
  return path;
};

/** A question whose path is printed only when it is read. */
class Question implements BindingQuestion {
  readonly valueSet: string;
  readonly strength: BindingQuestion['strength'];
  readonly type: string;
  readonly value: unknown;
  readonly isMaximum?: boolean;
  readonly #place: Place;

  constructor(place: Place, { valueSet, strength, type, value, isMaximum }: Omit<BindingQuestion, 'at'>) {
    this.#place = place;
    this.valueSet = valueSet;
    this.strength = strength;
    this.type = type;
    this.value = value;
    if (isMaximum === true) this.isMaximum = true;
  }

  get at(): string {
    return printed(this.#place);
  }
}

/** What is known of the conformance of a value. */
export interface Conformance {
  /** True, or the first fault. */
  readonly outcome: string | true;
  /** It hangs on codes of which it is not known whether they are in a value set. */
  readonly isUnsure: boolean;
}

/** What a trial found; only the first fault is told. */
interface Trial {
  failed: boolean;
  first: string | undefined;
}

export class CheckRun {
  depth = 0;
  /** Codes of which it is not known whether they are in a value set count as members. */
  isLenient = false;
  /** Invariants that were given up. */
  readonly tooCostly = new Set<object>();
  /** What is told only once. */
  readonly told = new Set<string>();
  /** How often that was not known, since the beginning. */
  unknowns = 0;
  /** The resource around the value. */
  resource: Resource;
  /** The resource in which that one is contained; itself when it is in none. */
  rootResource: Resource;
  readonly surroundings: Surroundings;
  readonly known = new Map<Profile, Map<object, Conformance>>();
  private readonly steps: (string | number)[] = [];
  private readonly report: Report;
  /** Of the value that the check began with. */
  private readonly start: string;
  private root: string;
  /** The first step below the root. */
  private origin = 0;
  private trial: Trial | undefined;
  private nested = 0;
  private isDeepTold = false;
  private readonly issues = { error: 0, other: 0 };
  private spent = 0;
  private looks = 0;
  private readonly started = performance.now();
  private around: Environment | undefined;
  private aroundResource: Resource | undefined;
  private fhirPath: Run | undefined;
  private fhirPathResource: Resource | undefined;

  constructor(report: Report, root: string, resource: Resource, surroundings: Surroundings) {
    this.report = report;
    this.start = root;
    this.root = root;
    this.resource = resource;
    this.surroundings = surroundings;
    this.rootResource = (this.environment.rootResource as Resource | undefined) ?? resource;
  }

  /** What FHIRPath asks around the present resource. */
  get environment(): Environment {
    if (this.around === undefined || this.aroundResource !== this.resource) {
      this.around = this.surroundings.environmentOf?.(this.resource) ?? {};
      this.aroundResource = this.resource;
    }
    return this.around;
  }

  readonly now = (): Date => this.environment.now?.() ?? new Date();

  enter(to: string | number): void {
    this.steps[this.depth++] = to;
  }

  leave(): void {
    this.depth--;
  }

  get isTrial(): boolean {
    return this.trial !== undefined;
  }

  /** Whether what a trial wants to know is known. */
  get isDecided(): boolean {
    return this.trial?.failed === true;
  }

  /** False when there is nothing left to spend; told once. */
  spend(count: number): boolean {
    this.spent += count;
    if (this.spent <= mostSteps) return true;
    if (this.spent - count <= mostSteps)
      this.report.add(
        'error',
        'too-costly',
        this.root,
        'The check of profiles was stopped: it takes too long, or looks at too many elements; expected a smaller resource',
      );
    return false;
  }

  /** True when values stand too deep, or references and profiles lead on too far; told once. */
  isTooDeep(): boolean {
    if (this.depth <= mostLevels && this.nested <= mostNested) return false;
    if (!this.isDeepTold) this.report.add('error', 'too-costly', this.start, tooDeep);
    this.isDeepTold = true;
    return true;
  }

  /** True when the check takes too long; told once, and nothing is looked at any more. */
  isLate(): boolean {
    if ((++this.looks & 63) !== 0 || performance.now() - this.started < longest) return this.spent > mostSteps;
    return !this.spend(this.spent > mostSteps ? 0 : mostSteps + 1);
  }

  add(severity: Severity, code: IssueType, text: () => string): void {
    if (this.trial !== undefined) {
      if (severity !== 'error') return;
      this.trial.failed = true;
      this.trial.first ??= `${this.path()}: ${text()}`;
      return;
    }
    const kind = severity === 'error' ? 'error' : 'other';
    const count = ++this.issues[kind];
    if (count < mostIssues) this.report.add(severity, code, this.path(), text());
    else if (count === mostIssues)
      this.report.add(severity, 'processing', this.root, `There are more issues; only the first ${mostIssues} against profiles are listed`);
  }

  addAt(name: string | number, severity: Severity, code: IssueType, text: () => string): void {
    this.enter(name);
    this.add(severity, code, text);
    this.leave();
  }

  ask(question: Omit<BindingQuestion, 'at'>): void {
    if (this.trial === undefined) this.report.ask(new Question(this.place(), question));
  }

  /** True when the check finds no error; otherwise the first one. Nothing is reported. */
  attempt(check: () => void): string | true {
    const outer = this.trial;
    const [depth, resource, rootResource] = [this.depth, this.resource, this.rootResource];
    const trial: Trial = { failed: false, first: undefined };
    this.trial = trial;
    this.nested++;
    try {
      if (!this.isTooDeep()) check();
    } finally {
      this.nested--;
      this.trial = outer;
      this.depth = depth;
      this.resource = resource;
      this.rootResource = rootResource;
    }
    return trial.failed ? (trial.first ?? '') : true;
  }

  /** Checks what stands in another resource; one that is contained keeps its root. */
  within(resource: Resource, rootResource: Resource, check: () => void): void {
    const [outer, outerRoot] = [this.resource, this.rootResource];
    this.resource = resource;
    this.rootResource = rootResource;
    check();
    this.resource = outer;
    this.rootResource = outerRoot;
  }

  /** Checks what stands at a path below the root, in a resource of its own. */
  at({ resource, rootResource }: { readonly resource: Resource; readonly rootResource: Resource }, path: string, check: () => void): void {
    const { root } = this;
    this.root = `${root}${path}`;
    this.within(resource, rootResource, check);
    this.root = root;
  }

  /** Checks a resource that stands elsewhere: paths begin at it. */
  inResource(value: JsonObject, check: () => void): void {
    const [root, origin] = [this.root, this.origin];
    const resource = value as Resource;
    const { contained } = this.rootResource;
    const isContained = Array.isArray(contained) && contained.includes(value);
    this.root = resource.resourceType;
    this.origin = this.depth;
    this.within(resource, isContained ? this.rootResource : resource, check);
    this.root = root;
    this.origin = origin;
  }

  /** A run of FHIRPath that all expressions on the present resource share. */
  expressions(make: (resource: Resource, rootResource: Resource) => Environment): Run {
    if (this.fhirPath === undefined || this.fhirPathResource !== this.resource) {
      this.fhirPath = openRun(make(this.resource, this.rootResource));
      this.fhirPathResource = this.resource;
    }
    return this.fhirPath;
  }

  private place(): Place {
    return { root: this.root, steps: this.steps.slice(this.origin, this.depth) };
  }

  path(): string {
    return printed(this.place());
  }
}
