/** Checks every Coding for itself: its system, whether the system has the code, and the display. https://hl7.org/fhir/R4/datatypes.html#Coding */
import type { IssueType, Severity } from '../../fhir/outcome.ts';
import type { Concept } from '../../fhir/value-set/code-system.ts';
import type { Terminology } from '../../terminology/terminology.ts';
import type { Collected } from '../collected.ts';
import { shown } from '../walk.ts';
import { Notes } from './note.ts';
import type { AskedCoding } from './questions.ts';

export type Codes = Pick<Terminology, 'lookUp' | 'supplemented'>;

export async function checkCodings(collected: Collected, codes: Codes): Promise<void> {
  const check = new CodingCheck(collected, codes);
  for (const coding of collected.questions.askedCodings()) await check.look(coding);
  check.notes.tell(collected);
}

const isAbsolute = (uri: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:./.test(uri);

/** Case and white space do not matter in a display. */
const folded = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Whether a concept is called so; true where it is called nothing. */
export const hasDisplay = ({ display, designations = [] }: Concept, text: string): boolean =>
  display === undefined || [display, ...designations].some((one) => folded(one) === folded(text));

class CodingCheck {
  readonly notes = new Notes();
  private readonly collected: Collected;
  private readonly codes: Codes;
  private readonly bound: ReadonlySet<string>;

  constructor(collected: Collected, codes: Codes) {
    this.collected = collected;
    this.codes = codes;
    this.bound = collected.questions.boundPlaces();
  }

  async look(coding: AskedCoding): Promise<void> {
    const { system, code } = coding;
    if (system === undefined) this.bare(coding);
    // SHALL: the system is an absolute URI — datatypes.html#Coding
    else if (!isAbsolute(system))
      this.say(coding, 'error', 'invalid', '.system', `${shown(system)} is no absolute URI; the system of a code must be one`);
    else if (code !== undefined) await this.inSystem(coding, system, code);
  }

  private bare(coding: AskedCoding): void {
    if (coding.code !== undefined)
      this.say(coding, 'warning', 'code-invalid', '', 'A code without a system has no meaning; give its system');
  }

  private async inSystem(coding: AskedCoding, system: string, code: string): Promise<void> {
    const supplemented = await this.codes.supplemented(system);
    // SHALL NOT: a supplement is used as the system of a code — codesystem.html#supplements
    if (supplemented !== undefined)
      return this.say(coding, 'error', 'invalid', '.system', `${system} only adds to ${supplemented}, which must be given as the system`);
    const found = await this.codes.lookUp(system, code);
    if (found.result === 'no') this.unknown(coding, `The code system ${system} has no code ${shown(code)}`);
    else if (found.result === 'yes') this.concept(coding, found.concept);
    else this.notes.add(`Codes of ${system} could not be checked: ${found.reason.text}`, coding.at);
  }

  /** An error where the code has to or should come from a value set; elsewhere codes are only recommended. */
  private unknown({ at }: AskedCoding, text: string): void {
    for (const path of at) this.collected.add(this.bound.has(path) ? 'error' : 'warning', 'code-invalid', `${path}.code`, text);
  }

  private concept(coding: AskedCoding, concept: Concept): void {
    const { code, display: right, inactive } = concept;
    const { display } = coding;
    if (display !== undefined && right !== undefined && !hasDisplay(concept, display))
      this.say(coding, 'warning', 'invalid', '.display', `The display of the code is ${shown(right)}, not ${shown(display)}`);
    if (inactive) this.say(coding, 'warning', 'business-rule', '.code', `The code ${shown(code)} is inactive; another one should be used`);
  }

  private say({ at }: AskedCoding, severity: Severity, code: IssueType, step: string, text: string): void {
    for (const path of at) this.collected.add(severity, code, `${path}${step}`, text);
  }
}
