/** A tag of a narrative in lower case, without prefixes, as most are: read in one pass over its characters. https://hl7.org/fhir/R4/narrative.html */

const [quote, slash, equals, greater] = [34, 47, 61, 62];

const isLetter = (code: number): boolean => code >= 97 && code <= 122;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isSpace = (code: number): boolean => code === 32 || code === 10;

export class PlainTag {
  name = '';
  closes = false;
  isEmpty = false;
  /** Behind it. */
  end = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The tag whose `<` stands there; false when it is none that is plain. */
  read(start: number): boolean {
    const { text } = this;
    this.closes = text.charCodeAt(start + 1) === slash;
    const from = this.closes ? start + 2 : start + 1;
    let at = from;
    if (!isLetter(text.charCodeAt(at))) return false;
    while (isLetter(text.charCodeAt(at)) || isDigit(text.charCodeAt(at))) at++;
    this.name = text.slice(from, at);
    const behind = this.closes ? at : this.attributes(at);
    return behind >= 0 && this.finish(this.spaces(behind));
  }

  private finish(at: number): boolean {
    const { text } = this;
    this.isEmpty = text.charCodeAt(at) === slash;
    const last = this.isEmpty ? at + 1 : at;
    this.end = last + 1;
    return text.charCodeAt(last) === greater && !(this.isEmpty && this.closes);
  }

  private spaces(at: number): number {
    let end = at;
    while (isSpace(this.text.charCodeAt(end))) end++;
    return end;
  }

  /** Index behind the attributes; -1 where one is not plain, is there twice, or is a namespace. */
  private attributes(from: number): number {
    const { text } = this;
    let at = from;
    let names: string[] | undefined;
    for (;;) {
      const start = this.spaces(at);
      if (start === at || !isLetter(text.charCodeAt(start))) return at;
      let end = start;
      while (isLetter(text.charCodeAt(end))) end++;
      if (text.charCodeAt(end) !== equals || text.charCodeAt(end + 1) !== quote) return -1;
      const close = text.indexOf('"', end + 2);
      const name = text.slice(start, end);
      if (
        close < 0 ||
        name === 'xmlns' ||
        (names !== undefined && (names.length > 20 || names.includes(name))) ||
        hasTag(text, end + 2, close)
      )
        return -1;
      names ??= [];
      names.push(name);
      at = close + 1;
    }
  }
}

function hasTag(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) === 60) return true;
  return false;
}
