/**
 * FHIR XML as a resource in the shape of JSON, by the definitions of its types.
 * https://hl7.org/fhir/R4/xml.html
 *
 * The order of elements is not insisted on: nothing is lost by accepting another, and writing restores it. Whoever asks for all faults is told.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Definitions } from '../definitions.ts';
import { faultAt } from '../json/strict.ts';
import { FhirError, type Issue } from '../outcome.ts';
import type { Resource } from '../resource.ts';
import { ResourceHolder } from './frame.ts';
import type { Frame, Reading, Step } from './reading.ts';
import { isSelfContained, rewriteXhtml } from './xhtml.ts';

/** Elements within elements, XHTML included. */
const maxDepth = 100;
const maxFaults = 100;

function explain(message: string): string {
  const text = message.replace(/\.$/, '');
  return text === 'undefined entity' ? 'undefined entity; XML knows only &amp; &lt; &gt; &quot; &apos; and numbers such as &#160;' : text;
}

const printed = ({ name, index }: Step): string => (index === undefined ? name : `${name}[${index}]`);

class XmlReader implements Reading {
  readonly definitions: Definitions;
  private readonly faults: Issue[] | undefined;
  private readonly source: string;
  private readonly parser = new SaxesParser({ xmlns: true, position: false, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  private readonly frames: Frame[];
  private foreign = false;
  private result: Resource | undefined;

  constructor(source: string, definitions: Definitions, faults?: Issue[]) {
    this.source = source;
    this.definitions = definitions;
    this.faults = faults;
    this.frames = [new ResourceHolder(this, 'the document', (resource) => (this.result = resource))];
    this.parser.on('error', (error) => this.failAt(this.parser.position, `The XML is not well-formed: ${explain(error.message)}`));
    // External entities and entity expansion need a document type declaration; none is taken.
    this.parser.on('doctype', () => this.fail('A document type declaration is not allowed'));
    this.parser.on('opentag', (tag) => this.open(tag));
    this.parser.on('closetag', () => this.close());
    this.parser.on('text', (text) => this.characters(text));
    this.parser.on('cdata', (text) => this.characters(text));
  }

  read(): Resource {
    const half = this.source.isWellFormed() ? -1 : this.source.search(/\p{Cs}/u);
    if (half >= 0) this.failAt(half, 'The text holds half of a surrogate pair');
    this.parser.write(this.source).close();
    this.frames[0]?.end();
    return this.result ?? this.fail('The document holds no resource');
  }

  start(): number {
    return Math.max(0, this.source.lastIndexOf('<', this.parser.position - 1));
  }

  get collects(): boolean {
    return this.faults !== undefined;
  }

  fail(what: string): never {
    return this.failAt(this.start(), what);
  }

  fault(what: string, step?: Step): void {
    this.faultAt(this.start(), what, step);
  }

  private faultAt(at: number, what: string, step?: Step): void {
    const fault = faultAt(this.source, Math.min(at, this.source.length), what);
    if (this.faults === undefined || this.faults.length >= maxFaults) throw fault;
    const path = this.path(step);
    this.faults.push(...fault.issues.map((issue) => (path === '' ? issue : { ...issue, expression: [path] })));
  }

  private path(step: Step | undefined): string {
    const steps = [...this.frames.map((frame) => frame.step), step].filter((one) => one !== undefined);
    return steps.map(printed).join('.');
  }

  private failAt(at: number, what: string): never {
    throw faultAt(this.source, Math.min(at, this.source.length), what);
  }

  xhtml(start: number, tag: SaxesTagNS): string {
    const source = this.source.slice(start, this.parser.position).replace(/\r\n?/g, '\n').replaceAll('&#13;', '\r');
    const whole = !this.foreign && tag.attributes['xmlns'] !== undefined;
    this.foreign = false;
    return whole ? source : this.rewritten(source, start);
  }

  private rewritten(source: string, start: number): string {
    try {
      return rewriteXhtml(source, (prefix) => this.parser.resolve(prefix));
    } catch (error) {
      return this.failAt(start, (error as Error).message);
    }
  }

  private open(tag: SaxesTagNS): void {
    if (this.frames.length > maxDepth) this.fail(`The XML is nested deeper than the limit of ${maxDepth} levels`);
    const frame = (this.frames.at(-1) as Frame).child(tag);
    if (frame.text && !isSelfContained(tag)) this.foreign = true;
    this.frames.push(frame);
  }

  private close(): void {
    this.frames.pop()?.end();
  }

  private characters(text: string): void {
    if (this.frames.at(-1)?.text || !/[^ \t\r\n]/.test(text)) return;
    const begin = this.source.lastIndexOf('>', this.start()) + 1;
    this.faultAt(
      begin + this.source.slice(begin).search(/[^ \t\r\n]/),
      'Text stands between the elements; FHIR keeps values in the attribute "value"',
    );
  }
}

/**
 * Reads one resource. Values are typed by definition; decimals keep their digits (see printJson); comments and processing instructions
 * are dropped. Throws a FhirError (400, `structure`) with all the faults, each with line and column: XML that is not well-formed, a document
 * type declaration, elements or attributes that the definitions do not know, empty elements, and text outside the narrative.
 */
export function readXml(text: string, definitions: Definitions): Resource {
  try {
    return new XmlReader(withoutMark(text), definitions).read();
  } catch (error) {
    if (error instanceof FhirError) throw new FhirError(surveyXml(text, definitions).faults, error.status);
    throw error;
  }
}

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

export interface Survey {
  /** What could be read, without what the faults name; undefined where nothing could. */
  readonly resource: Resource | undefined;
  readonly faults: readonly Issue[];
}

/**
 * Reads one resource and tells all the faults of the text, with their paths; the order of elements counts too. Past a fault that leaves
 * nothing to go on with (not well-formed, a document type declaration) there is no resource.
 */
export function surveyXml(text: string, definitions: Definitions): Survey {
  const faults: Issue[] = [];
  try {
    return { resource: new XmlReader(withoutMark(text), definitions, faults).read(), faults };
  } catch (error) {
    if (error instanceof FhirError) return { resource: undefined, faults: [...faults, ...error.issues] };
    throw error;
  }
}
