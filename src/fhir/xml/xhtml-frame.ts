/** The narrative of a resource in XML, taken over as text. https://hl7.org/fhir/R4/xml.html#xhtml */
import type { SaxesTagNS } from 'saxes';
import { xhtmlNamespace } from './plan.ts';
import type { Frame, Reading, Step } from './reading.ts';

/** The `div` and everything within. */
export class XhtmlFrame implements Frame {
  readonly text = true;
  readonly step: Step;
  private readonly reading: Reading;
  private readonly tag: SaxesTagNS;
  private readonly start: number;
  private readonly done: (text: string) => void;
  private depth = 1;

  constructor(reading: Reading, tag: SaxesTagNS, done: (text: string) => void, step: Step) {
    if (tag.uri !== xhtmlNamespace) reading.fault(`The narrative's <${tag.name}> must be in the namespace ${xhtmlNamespace}`, step);
    this.step = step;
    this.reading = reading;
    this.tag = tag;
    this.start = reading.start();
    this.done = done;
  }

  child(): Frame {
    this.depth++;
    return this;
  }

  end(): void {
    if (--this.depth === 0) this.done(this.reading.xhtml(this.start, this.tag));
  }
}
