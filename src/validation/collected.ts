/** Issues and questions of one validation: each said once, and so many that they can be read. https://hl7.org/fhir/R4/operationoutcome.html */
import type { Issue, IssueType, Severity } from '../fhir/outcome.ts';
import type { JsonObject } from '../fhir/resource.ts';
import { Questions } from './binding/questions.ts';
import type { BindingQuestion, Report } from './validation.ts';

/** Of each severity. */
const most: Readonly<Record<Severity, number>> = { fatal: 100, error: 500, warning: 500, information: 200 };
const order: readonly Severity[] = ['fatal', 'error', 'warning', 'information'];

const textual: Readonly<Record<Severity, string>> = { fatal: 'faults', error: 'errors', warning: 'warnings', information: 'notes' };

export class Collected implements Report {
  readonly questions = new Questions();
  private readonly found = new Map<Severity, Issue[]>();
  private readonly more = new Map<Severity, number>();
  private readonly said = new Set<string>();

  add(severity: Severity, code: IssueType, at: string, diagnostics: string): void {
    this.take({ severity, code, diagnostics, expression: [at] });
  }

  take(issue: Issue): void {
    const { severity, diagnostics, expression } = issue;
    const list = this.found.get(severity) ?? [];
    this.found.set(severity, list);
    const key = `${severity} ${expression?.join(' ')} ${diagnostics}`;
    if (this.said.has(key)) return;
    if (list.length >= most[severity]) {
      this.more.set(severity, (this.more.get(severity) ?? 0) + 1);
      return;
    }
    this.said.add(key);
    list.push(issue);
  }

  ask(question: BindingQuestion): void {
    this.questions.add(question);
  }

  askCoding(coding: JsonObject, at: string): void {
    this.questions.addCoding(coding, at);
  }

  get hasErrors(): boolean {
    return this.found.has('error') || this.found.has('fatal');
  }

  /** The most severe first, otherwise as they were found. */
  issues(): Issue[] {
    return order.flatMap((severity) => [...(this.found.get(severity) ?? []), ...this.rest(severity)]);
  }

  private rest(severity: Severity): Issue[] {
    const more = this.more.get(severity) ?? 0;
    if (more === 0) return [];
    return [
      { severity, code: 'processing', diagnostics: `There are ${more} more ${textual[severity]}; the first ${most[severity]} are listed` },
    ];
  }
}
