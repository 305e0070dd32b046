/**
 * One walk over one resource: where it stands and what it found. A path is printed only when there is an issue.
 * https://hl7.org/fhir/R4/operationoutcome-definitions.html#OperationOutcome.issue.expression
 */
import type { Run } from '../fhir/fhirpath/run.ts';
import type { Issue, IssueType, Severity } from '../fhir/outcome.ts';
import type { JsonObject } from '../fhir/resource.ts';

const maxIssues = 100;
const maxShown = 64;

/** A property name or a code as it may stand in an error text. */
export const shown = (name: string): string => `"${name.length > maxShown ? `${name.slice(0, maxShown)}…` : name}"`;

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name that is no identifier stands between backticks. https://hl7.org/fhirpath/N1/#identifiers */
function step(name: string): string {
  const short = name.length > maxShown ? name.slice(0, maxShown) : name;
  return identifier.test(short) ? short : `\`${short.replace(/[`\\]/g, '\\$&')}\``;
}

export interface Within {
  readonly run: Run;
  readonly resource: JsonObject;
  readonly isContained: boolean;
}

export class Walk {
  /** Steps from the root; only the first `depth` count. */
  depth = 0;
  private readonly steps: (string | number)[] = [];
  private readonly found: Issue[] = [];
  private readonly counts = new Map<Severity, number>();
  /** The resource around the present place, and that which it is contained in. */
  within: Within | undefined;
  private readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** To an element by name or an item by index; always paired with `leave`. */
  enter(to: string | number): void {
    this.steps[this.depth++] = to;
  }

  leave(): void {
    this.depth--;
  }

  /** An error at the present place. The text is made only while there is room for it. */
  add(code: IssueType, diagnostics: () => string, severity: Severity = 'error'): void {
    const count = (this.counts.get(severity) ?? 0) + 1;
    this.counts.set(severity, count);
    if (count <= maxIssues) this.found.push({ severity, code, diagnostics: diagnostics(), expression: [this.path()] });
  }

  /** An error at an element of the present place. */
  addAt(name: string, code: IssueType, diagnostics: () => string): void {
    this.enter(name);
    this.add(code, diagnostics);
    this.leave();
  }

  /** What was found; past the first hundred only their number. */
  issues(): Issue[] {
    const more = [...this.counts].flatMap(([severity, count]) => (count > maxIssues ? [this.rest(severity, count - maxIssues)] : []));
    return more.length === 0 ? this.found : [...this.found, ...more];
  }

  private rest(severity: Severity, count: number): Issue {
    const diagnostics = `There are ${count} more issues; only the first ${maxIssues} are listed`;
    return { severity, code: 'processing', diagnostics, expression: [this.root] };
  }

  private path(): string {
    let path = this.root;
    for (let i = 0; i < this.depth; i++) {
      const at = this.steps[i];
      path += typeof at === 'string' ? `.${step(at)}` : `[${at}]`;
    }
    return path;
  }
}
