/**
 * What the frames of XML share: the reader as they see it, and the checks of tags and attributes.
 * https://hl7.org/fhir/R4/xml.html
 */
import type { SaxesTagNS } from 'saxes';
import type { Definitions } from '../definitions.ts';
import { fhirNamespace } from './plan.ts';

/** Where an element stands within the one around it. */
export interface Step {
  readonly name: string;
  /** Of an element that repeats. */
  readonly index?: number;
}

/** What frames need of the reader. */
export interface Reading {
  readonly definitions: Definitions;
  /** Whether faults are collected, and the order of elements is looked at. */
  readonly collects: boolean;
  /** Throws with the position of the tag that is being read. */
  fail(what: string): never;
  /** The same where faults are not collected; where they are, reading goes on. `step` leads from the innermost open element to the place. */
  fault(what: string, step?: Step): void;
  /** The XHTML that ends here and began at `start`, whole and self-contained. */
  xhtml(start: number, tag: SaxesTagNS): string;
  /** Index of the `<` of the tag that is being read. */
  start(): number;
}

export interface Frame {
  /** XHTML may hold text; nothing else may. */
  readonly text: boolean;
  /** Absent where the frame is one with that around it. */
  readonly step?: Step | undefined;
  child(tag: SaxesTagNS): Frame;
  end(): void;
}

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';

/** Attributes that carry content: namespace declarations and hints for schema validators are none. */
export function contentAttributes(tag: SaxesTagNS): [name: string, value: string][] {
  const found: [string, string][] = [];
  for (const { name, prefix, uri, value } of Object.values(tag.attributes)) {
    if (name !== 'xmlns' && prefix !== 'xmlns' && uri !== schemaInstance) found.push([name, value]);
  }
  return found;
}

export function checkNamespace(tag: SaxesTagNS, reading: Reading): void {
  if (tag.uri === fhirNamespace) return;
  const found = tag.uri === '' ? 'in no namespace' : `in the namespace "${tag.uri}"`;
  reading.fault(`The element <${tag.name}> is ${found}; expected ${fhirNamespace}`);
}

export function isFilled(name: string, value: string, reading: Reading, step: Step | undefined): boolean {
  // SHALL: attributes can never be empty — xml.html
  if (value === '') reading.fault(`The attribute "${name}" is empty; leave it out or give it a value`, step);
  return value !== '';
}

/** What nobody knows, with all that is in it. */
export const ignored: Frame = { text: true, child: () => ignored, end: () => undefined };
