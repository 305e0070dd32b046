/**
 * Evaluates the expression of $fhirpath on each context. What resolve() asks for is fetched between two evaluations, since the engine does
 * not wait. https://hl7.org/fhir/R4/fhirpath.html#functions
 */
import type { CompiledExpression } from '../fhir/fhirpath/fhirpath.ts';
import type { Environment } from '../fhir/fhirpath/run.ts';
import type { Value } from '../fhir/fhirpath/value.ts';
import { parseJson } from '../fhir/json.ts';
import { FhirError, refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Repository } from '../repository/repository.ts';

export interface Trace {
  readonly name: string;
  readonly values: readonly Value[];
}

export interface Evaluated {
  /** Path of the context; absent when there is only the resource. */
  readonly context?: string;
  readonly values: readonly Value[];
  readonly traces: readonly Trace[];
}

export interface Evaluation {
  readonly context: CompiledExpression | undefined;
  readonly expression: CompiledExpression;
  readonly resource: Resource;
  readonly environment: Environment;
  readonly repository: Pick<Repository, 'read'>;
}

/** The process has one thread for everybody. */
const most = { milliseconds: 1_000, steps: 500_000, contexts: 1_000, characters: 20_000_000, values: 50_000, fetches: 100, rounds: 5 };

const tooMuch = (what: string): Error =>
  refusal('too-costly', `The evaluation of $fhirpath was stopped because ${what}: make the expression simpler.`);

const localReference = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})$/;

/** Resources by reference, fetched as far as they are wanted. */
class References {
  private readonly known = new Map<string, Resource | undefined>();
  private wanted = new Set<string>();
  private readonly repository: Pick<Repository, 'read'>;

  constructor(repository: Pick<Repository, 'read'>) {
    this.repository = repository;
  }

  readonly resolve = (reference: string): Resource | undefined => {
    if (!this.known.has(reference) && localReference.test(reference)) this.wanted.add(reference);
    return this.known.get(reference);
  };

  /** False when nothing new was wanted. */
  async fetch(): Promise<boolean> {
    const wanted = [...this.wanted];
    this.wanted = new Set();
    if (this.known.size + wanted.length > most.fetches) throw tooMuch(`it resolves more than ${most.fetches} references`);
    const found = await Promise.all(wanted.map((reference) => this.read(reference)));
    wanted.forEach((reference, i) => this.known.set(reference, found[i]));
    return wanted.length > 0;
  }

  private async read(reference: string): Promise<Resource | undefined> {
    const [, type = '', id = ''] = localReference.exec(reference) ?? [];
    const body = (await this.repository.read(type, id).catch(nothingWhereForbidden))?.body;
    return body === undefined || body === null ? undefined : (parseJson(body) as Resource);
  }
}

/** "If the item does not resolve to a resource, the item is ignored": one of a type that no scope names like one that is not there. */
function nothingWhereForbidden(fault: unknown): undefined {
  if (fault instanceof FhirError && fault.status === 403) return undefined;
  throw fault;
}

export async function evaluateAll(evaluation: Evaluation): Promise<Evaluated[]> {
  const references = new References(evaluation.repository);
  const environment = { ...evaluation.environment, resolve: references.resolve };
  for (let round = 0; ; round++) {
    const found = evaluateOnce({ ...evaluation, environment });
    if (!(await references.fetch())) return found;
    if (round >= most.rounds) throw tooMuch('it resolves references of references of references');
  }
}

/** What all contexts together may use up. */
class Budget {
  private readonly end = performance.now() + most.milliseconds;
  private characters = 0;
  private count = 0;

  get milliseconds(): number {
    const left = this.end - performance.now();
    if (left <= 0) throw tooMuch(`it takes more than ${most.milliseconds} milliseconds`);
    return left;
  }

  /** A structure is sent as often as it is a result. */
  spend(values: readonly Value[]): void {
    this.count += values.length;
    for (const { value } of values) this.characters += typeof value === 'object' ? JSON.stringify(value).length : String(value).length;
    if (this.count > most.values || this.characters > most.characters) throw tooMuch('its results are too large to be sent');
  }
}

function evaluateOnce(evaluation: Evaluation): Evaluated[] {
  const budget = new Budget();
  const { context, resource } = evaluation;
  if (context === undefined) return [evaluateOn(evaluation, resource, budget)];
  const limits = { steps: most.steps, milliseconds: budget.milliseconds };
  const contexts = context.evaluate(resource, { ...evaluation.environment, limits });
  if (contexts.length > most.contexts) throw tooMuch(`the context has more than ${most.contexts} values`);
  return contexts.map((value, i) => ({ context: value.path ?? `${context.text}[${i}]`, ...evaluateOn(evaluation, value, budget) }));
}

function evaluateOn({ expression, environment }: Evaluation, input: unknown, budget: Budget): Evaluated {
  const traces: Trace[] = [];
  const trace = (name: string, values: readonly Value[]): void => {
    budget.spend(values);
    traces.push({ name, values });
  };
  const limits = { steps: most.steps, milliseconds: budget.milliseconds };
  const values = expression.evaluate(input, { ...environment, trace, limits });
  budget.spend(values);
  return { values, traces };
}
