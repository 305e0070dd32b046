/**
 * One walk over one resource: where it is and what it found. Paths are put together behind the fault, from the inside to the outside: a
 * walk that finds nothing never knows where it stands.
 * https://hl7.org/fhir/R4/operationoutcome-definitions.html#OperationOutcome.issue.expression
 */
import type { Run } from '../fhir/fhirpath/run.ts';
import type { Issue, IssueType, Severity } from '../fhir/outcome.ts';
import { isObject, type JsonObject } from '../fhir/resource.ts';

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

const joined = (path: string, rest: string): string => (rest === '' || rest.startsWith('[') ? path + rest : `${path}.${rest}`);

interface Found {
  readonly severity: Severity;
  readonly code: IssueType;
  readonly diagnostics: string;
  path: string;
  /** How many were found before. */
  readonly ordinal: number;
}

/** What is known around a place: the resource, and that which it is contained in. */
export interface Around {
  readonly resource: JsonObject;
  readonly root: JsonObject;
  readonly contained: boolean;
  /** References within `root` that begin with #. */
  readonly fragments: Set<string>;
  /** Types of the resources that `root` contains by their ids. */
  readonly inside: () => ReadonlyMap<string, string>;
  run: Run | undefined;
}

/** Found when it is asked for, once. */
export function insideOf(root: JsonObject): () => ReadonlyMap<string, string> {
  let found: Map<string, string> | undefined;
  return () => {
    if (found !== undefined) return found;
    found = new Map();
    const list = root['contained'];
    for (const one of Array.isArray(list) ? (list as unknown[]) : [])
      if (isObject(one) && typeof one['id'] === 'string') found.set(one['id'], String(one['resourceType']));
    return found;
  };
}

export class Walk {
  /** Whether rules count that only warn. */
  readonly warnings: boolean;
  /** All that was found. */
  count = 0;
  /** Of these, what is wrong with the structure: where there is none, invariants need no care. */
  faults = 0;
  depth = 0;
  isTooDeep = false;
  /** Whether the present resource is contained in another. */
  contained = false;
  around: Around | undefined;
  private readonly found: Found[] = [];
  private readonly dropped: Partial<Record<Severity, number>> = {};
  private readonly room = { error: maxIssues, warning: maxIssues };

  constructor(warnings: boolean) {
    this.warnings = warnings;
  }

  /** An error in the structure, at the present place. The text is made only while there is room for it. */
  fault(code: IssueType, diagnostics: () => string, path = ''): void {
    this.faults++;
    this.add('error', code, diagnostics, path);
  }

  add(severity: 'error' | 'warning', code: IssueType, diagnostics: () => string, path = ''): void {
    const ordinal = this.count++;
    if (this.room[severity] === 0) this.dropped[severity] = (this.dropped[severity] ?? 0) + 1;
    else {
      this.room[severity]--;
      this.found.push({ severity, code, diagnostics: diagnostics(), path, ordinal });
    }
  }

  /** What was found since then was found inside an element. */
  at(since: number, name: string): void {
    const path = step(name);
    for (let i = this.found.length - 1; i >= 0; i--) {
      const one = this.found[i] as Found;
      if (one.ordinal < since) return;
      one.path = joined(path, one.path);
    }
  }

  atItem(since: number, name: string, index: number): void {
    const path = `${step(name)}[${index}]`;
    for (let i = this.found.length - 1; i >= 0; i--) {
      const one = this.found[i] as Found;
      if (one.ordinal < since) return;
      one.path = joined(path, one.path);
    }
  }

  /** What was found, below the path of the root; past the first hundred only their number. */
  issues(root: string): Issue[] {
    const all = this.found.map(
      ({ severity, code, diagnostics, path }): Issue => ({ severity, code, diagnostics, expression: [joined(root, path)] }),
    );
    const rest = (severity: 'error' | 'warning'): Issue[] => {
      const more = this.dropped[severity];
      const diagnostics = `There are ${more} more issues; only the first ${maxIssues} are listed`;
      return more === undefined ? [] : [{ severity, code: 'processing', diagnostics, expression: [root] }];
    };
    return [...all, ...rest('error'), ...rest('warning')];
  }
}

/** The path of one step. */
export const pathOf = (name: string, index?: number): string => (index === undefined ? step(name) : `${step(name)}[${index}]`);
