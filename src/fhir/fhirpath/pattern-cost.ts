/**
 * How long an engine that backtracks may take for a pattern, told from its text and rather too high than too low.
 * https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS
 */

/** Repetitions up to so many count as written out. */
const few = 8;

/** Groups within one another. */
const deepest = 40;

/** The least that the length of a text is counted as: choices that read nothing count too. */
export const leastLength = 16;

/** Power of the length that so many choices are at most. */
const choices = (count: number): number => Math.log(count) / Math.log(leastLength);

interface Part {
  /** The ways to match it are at most the length of the text to this power. */
  readonly power: number;
  /** Whether there may be several ways to match it from one position. */
  readonly varies: boolean;
}

const fixed: Part = { power: 0, varies: false };

/**
 * The power of the length (of `leastLength` at least) with which the steps of a search grow, the search from every position included.
 * Undefined when there is no such power: repetitions within one another, back references, or syntax that is not understood.
 */
export function backtracking(source: string): number | undefined {
  const reader = new Reader(source);
  const part = reader.alternatives();
  return part === undefined || !reader.atEnd ? undefined : part.power + 1;
}

interface Quantifier {
  readonly least: number;
  readonly most: number;
}

const once: Quantifier = { least: 1, most: 1 };

class Reader {
  private readonly source: string;
  private at = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
  }

  get atEnd(): boolean {
    return this.at >= this.source.length;
  }

  private get next(): string {
    return this.source.charAt(this.at);
  }

  alternatives(): Part | undefined {
    const parts: Part[] = [];
    do {
      const part = this.sequence();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (this.takes('|'));
    const power = Math.max(...parts.map((part) => part.power));
    return parts.length === 1 ? parts[0] : { power: power + choices(parts.length), varies: true };
  }

  private takes(char: string): boolean {
    const found = !this.atEnd && this.next === char;
    if (found) this.at++;
    return found;
  }

  private sequence(): Part | undefined {
    let all = fixed;
    while (!this.atEnd && this.next !== '|' && this.next !== ')') {
      const part = this.repeated();
      if (part === undefined) return undefined;
      all = { power: all.power + part.power, varies: all.varies || part.varies };
    }
    return all;
  }

  private repeated(): Part | undefined {
    const part = this.atom();
    const { least, most } = this.quantifier();
    if (part === undefined || this.quantifier() !== once) return undefined;
    if (most <= few) return { power: most * part.power + choices(most - least + 1), varies: part.varies || most > least };
    // What can be matched in several ways, repeated: the ways multiply without bound.
    if (part.varies) return undefined;
    return least === most ? part : { power: 1, varies: true };
  }

  private quantifier(): Quantifier {
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.source.slice(this.at, this.at + 24));
    if (found === null) return once;
    this.at += found[0].length;
    const [, sign, least, comma, most] = found;
    if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    return { least: Number(least), most: comma === '' ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most) };
  }

  private atom(): Part | undefined {
    const char = this.next;
    this.at++;
    if (char === '(') return this.group();
    if (char === '[') return this.set();
    if (char === '\\') return this.escape();
    return '*+?{'.includes(char) ? undefined : fixed;
  }

  private group(): Part | undefined {
    const opening = /^\?(?::|=|!|<[=!]|<[A-Za-z][A-Za-z0-9]*>)/.exec(this.source.slice(this.at, this.at + 40));
    if ((opening === null && this.next === '?') || ++this.depth > deepest) return undefined;
    this.at += opening?.[0].length ?? 0;
    const inner = this.alternatives();
    this.depth--;
    return inner !== undefined && this.takes(')') ? inner : undefined;
  }

  private set(): Part | undefined {
    this.takes('^');
    for (let isFirst = true; !this.atEnd; isFirst = false) {
      const char = this.next;
      this.at += char === '\\' ? 2 : 1;
      if (char === ']' && !isFirst) return fixed;
    }
    return undefined;
  }

  /** Back references are not understood: they are not regular. */
  private escape(): Part | undefined {
    const char = this.next;
    this.at++;
    if (/[1-9k]/.test(char)) return undefined;
    if ((char === 'p' || char === 'P' || char === 'u') && this.next === '{') {
      const end = this.source.indexOf('}', this.at);
      this.at = end < 0 ? this.source.length : end + 1;
    }
    return fixed;
  }
}
