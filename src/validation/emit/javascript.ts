/** Pieces of JavaScript text. Names and texts of definitions come in through JSON.stringify only. */

export const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16)}`);

const identifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** `object.key`; with `?.` when there may be no object. */
export function property(object: string, key: string, isSure: boolean): string {
  if (identifier.test(key)) return `${object}${isSure ? '.' : '?.'}${key}`;
  return `${object}${isSure ? '' : '?.'}[${quoted(key)}]`;
}

export function and(...parts: readonly string[]): string {
  if (parts.includes('false')) return 'false';
  const open = parts.filter((part) => part !== 'true');
  if (open.length === 0) return 'true';
  return open.length === 1 ? (open[0] as string) : `(${open.join('&&')})`;
}

export function or(...parts: readonly string[]): string {
  if (parts.includes('true')) return 'true';
  const open = parts.filter((part) => part !== 'false');
  if (open.length === 0) return 'false';
  return open.length === 1 ? (open[0] as string) : `(${open.join('||')})`;
}

export function not(part: string): string {
  if (part === 'true') return 'false';
  if (part === 'false') return 'true';
  const compared = /^([\w$.?]+)([!=])==(undefined|"[^"\\]*")$/.exec(part);
  if (compared !== null) return `${compared[1]}${compared[2] === '!' ? '=' : '!'}==${compared[3]}`;
  return part.startsWith('(') && isOneGroup(part) ? `!${part}` : `!(${part})`;
}

/** Whether the first parenthesis is closed by the last one; texts in quotes make it unsure. */
function isOneGroup(part: string): boolean {
  if (part.includes('"')) return false;
  let depth = 0;
  for (let i = 0; i < part.length - 1; i++) {
    if (part[i] === '(') depth++;
    if (part[i] === ')' && --depth === 0) return false;
  }
  return part.endsWith(')');
}

/** What a module declares at its top: each text once, under a name of its own. */
export class Prelude {
  private readonly constants = new Map<string, string>();
  private readonly links = new Map<string, string>();
  private variables = 0;

  /** A constant with the value of the expression. */
  constant(expression: string): string {
    return named(this.constants, expression, 'k');
  }

  /** The function of a type, loaded when it is called for the first time. */
  link(type: string): string {
    return named(this.links, type, 't');
  }

  variable(): string {
    return `x${this.variables++}`;
  }

  lines(): string[] {
    const links = [...this.links].map(([type, name]) => `let ${name}=(o,c)=>(${name}=R.link(${quoted(type)}))(o,c);`);
    const constants = [...this.constants].map(([expression, name]) => `const ${name}=${expression};`);
    return [...links, ...constants];
  }
}

function named(known: Map<string, string>, key: string, prefix: string): string {
  const name = known.get(key) ?? `${prefix}${known.size}`;
  known.set(key, name);
  return name;
}
