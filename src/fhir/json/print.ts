/**
 * Prints JSON with the digits that numbers had when they were read.
 * https://hl7.org/fhir/R4/json.html#decimal
 */
import { exactNumber, hasExact } from './exact.ts';

type JsonObject = Readonly<Record<string, unknown>>;
type Container = JsonObject | readonly unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;
const isArray = (value: Container): value is readonly unknown[] => Array.isArray(value);

/** Collects every container that has kept digits in it, at any depth; true when the given one has. */
function collect(container: Container, found: Set<object>): boolean {
  const within = isArray(container) ? collectItems(container, found) : collectProperties(container, found);
  const kept = within || hasExact(container);
  if (kept) found.add(container);
  return kept;
}

function collectItems(array: readonly unknown[], found: Set<object>): boolean {
  let kept = false;
  for (const item of array) if (isContainer(item) && collect(item, found)) kept = true;
  return kept;
}

function collectProperties(object: JsonObject, found: Set<object>): boolean {
  let kept = false;
  for (const key in object) {
    const item = object[key];
    if (isContainer(item) && collect(item, found)) kept = true;
  }
  return kept;
}

class Printer {
  private readonly keeping: ReadonlySet<object>;
  private readonly indent: string;

  constructor(keeping: ReadonlySet<object>, indent: string) {
    this.keeping = keeping;
    this.indent = indent;
  }

  /** `line` is the line break with the indentation of the container itself; '' when not pretty. */
  container(container: Container, line: string): string {
    const inner = line === '' ? '' : line + this.indent;
    const items = isArray(container) ? this.items(container, inner) : this.properties(container, inner);
    const text = inner + items.join(`,${inner}`) + line;
    return isArray(container) ? `[${text}]` : `{${text}}`;
  }

  private items(array: readonly unknown[], line: string): string[] {
    return array.map((item, index) => this.value(array, index, item, line) ?? 'null');
  }

  private properties(object: JsonObject, line: string): string[] {
    const colon = line === '' ? ':' : ': ';
    const printed: string[] = [];
    for (const key in object) {
      const text = this.value(object, key, object[key], line);
      if (text !== undefined) printed.push(JSON.stringify(key) + colon + text);
    }
    return printed;
  }

  private value(container: object, key: string | number, value: unknown, line: string): string | undefined {
    if (typeof value === 'number') return exactNumber(container, key) ?? JSON.stringify(value);
    if (!isContainer(value)) return JSON.stringify(value);
    if (this.keeping.has(value)) return this.container(value, line);
    const text = JSON.stringify(value, undefined, this.indent);
    return line === '' ? text : text?.replaceAll('\n', line);
  }
}

/** JSON text of a value; `pretty` indents by two spaces. Only parts that keep digits are printed by hand, the rest natively. */
export function printJson(value: unknown, pretty = false): string {
  const keeping = new Set<object>();
  if (!isContainer(value) || !collect(value, keeping)) return JSON.stringify(value, undefined, pretty ? 2 : undefined) ?? 'null';
  return new Printer(keeping, pretty ? '  ' : '').container(value, pretty ? '\n' : '');
}
