/** Checks every Coding for itself: its system, whether the system has the code, and the display. https://hl7.org/fhir/R4/datatypes.html#Coding */
import type { Severity } from '../../fhir/outcome.ts';
import type { Concept } from '../../fhir/value-set/code-system.ts';
import type { Terminology } from '../../terminology/terminology.ts';
import type { Collected } from '../collected.ts';
import { shown } from '../walk.ts';
import type { AskedCoding } from './questions.ts';

type Says = (severity: Severity, code: 'code-invalid' | 'invalid' | 'business-rule', step: string, text: string) => void;

/** A code that does not exist is an error where one has to or should come from a value set; elsewhere codes are only recommended. */
export async function checkCodings(collected: Collected, terminology: Pick<Terminology, 'lookUp'>): Promise<void> {
  const missing = new Map<string, Missing>();
  const bound = collected.questions.boundPlaces();
  for (const coding of collected.questions.askedCodings()) {
    const says: Says = (severity, code, step, text) => {
      for (const at of coding.at) collected.add(severity === 'error' && !bound.has(at) ? 'warning' : severity, code, `${at}${step}`, text);
    };
    const { system, code } = coding;
    if (system === undefined) checkBare(coding, says);
    else if (!isAbsolute(system)) tellRelative(collected, coding, system);
    else if (code === undefined) continue;
    else await checkCode(coding, system, code, terminology, says, missing);
  }
  for (const { text, at } of missing.values())
    collected.take({ severity: 'information', code: 'not-found', diagnostics: text, expression: at });
}

// SHALL: the system is an absolute URI — datatypes.html#Coding
function tellRelative(collected: Collected, { at }: AskedCoding, system: string): void {
  for (const path of at)
    collected.add('error', 'invalid', `${path}.system`, `${shown(system)} is no absolute URI; the system of a code must be one`);
}

const isAbsolute = (uri: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:./.test(uri);

function checkBare({ code }: AskedCoding, says: Says): void {
  if (code !== undefined) says('warning', 'code-invalid', '', 'A code without a system has no meaning; give its system');
}

interface Missing {
  readonly text: string;
  readonly at: string[];
}

const mostPlaces = 20;

async function checkCode(
  coding: AskedCoding,
  system: string,
  code: string,
  terminology: Pick<Terminology, 'lookUp'>,
  says: Says,
  missing: Map<string, Missing>,
): Promise<void> {
  const found = await terminology.lookUp(system, code);
  if (found.result === 'no') says('error', 'code-invalid', '.code', `The code system ${system} has no code ${shown(code)}`);
  else if (found.result === 'yes') checkConcept(coding, found.concept, says);
  else {
    const text = `Codes of ${system} could not be checked: ${found.reason.text}`;
    const known = missing.get(text) ?? { text, at: [] };
    missing.set(text, known);
    known.at.push(...coding.at.slice(0, mostPlaces - known.at.length));
  }
}

/** Case and white space do not matter in a display. */
const folded = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

function checkConcept({ display }: AskedCoding, concept: Concept, says: Says): void {
  const displays = [concept.display ?? [], concept.designations ?? []].flat();
  if (display !== undefined && concept.display !== undefined && !displays.some((one) => folded(one) === folded(display)))
    says('warning', 'invalid', '.display', `The display of the code is ${shown(concept.display)}, not ${shown(display)}`);
  if (concept.inactive)
    says('warning', 'business-rule', '.code', `The code ${shown(concept.code)} is inactive; another one should be used`);
}
