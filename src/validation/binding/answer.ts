/** Answers what was asked about coded values, and says what it means: issues. https://hl7.org/fhir/R4/terminologies.html#strength */
import type { Reason } from '../../fhir/value-set/reason.ts';
import type { Collected } from '../collected.ts';
import type { Asking, Members } from '../knowledge.ts';
import { shown } from '../walk.ts';
import { hasDisplay } from './coding.ts';
import { Notes } from './note.ts';
import type { Asked, CodedPart } from './questions.ts';

/** Adds to `collected` what the questions in it come to, as far as it is known. */
export function answerBindings(collected: Collected, asking: Asking): void {
  const notes = new Notes();
  for (const question of collected.questions.asked()) {
    const members = matters(question) ? asking.members(question.valueSet) : undefined;
    if (members === undefined) continue;
    const verdict = judge(question, members);
    if (verdict === 'no') tell(collected, question);
    else if (verdict === 'yes') tellDisplay(collected, question, members);
    else if (typeof verdict !== 'string')
      notes.add(`Whether the code is in the value set ${question.valueSet} could not be checked: ${verdict.text}`, question.at);
  }
  notes.tell(collected);
}

/** Nothing follows from a code outside of a value set that is recommended or an example. */
const matters = ({ strength, isMaximum }: Asked): boolean => strength === 'required' || strength === 'extensible' || isMaximum === true;

/** Yes, no, or why that is not known. */
function judge({ parts }: Asked, members: Members): 'yes' | 'no' | Reason {
  let why: Reason | undefined;
  for (const { system, code } of parts) {
    if (code === undefined) continue;
    const membership = members({ system, code });
    if (membership.result === 'yes') return 'yes';
    if (membership.result === 'unknown') why ??= membership.reason;
  }
  return why ?? 'no';
}

/** What was chosen is what was shown. */
function tellDisplay(collected: Collected, { isChosen, parts, at, valueSet }: Asked, members: Members): void {
  for (const { system, code, display } of isChosen ? parts : []) {
    if (code === undefined || display === undefined) continue;
    const membership = members({ system, code });
    if (membership.result !== 'yes' || hasDisplay(membership.concept, display)) continue;
    const text = `${shown(`${code}`)} of the value set ${valueSet} is shown as ${shown(membership.concept.display ?? '')}, not as ${shown(display)}`;
    for (const path of at) collected.add('error', 'code-invalid', path, text);
  }
}

const named = ({ system, code }: CodedPart): string => shown(system === undefined ? `${code ?? ''}` : `${system}#${code ?? ''}`);

function tell(collected: Collected, question: Asked): void {
  const { valueSet, parts, strength, isMaximum, at } = question;
  const must = strength === 'required' || isMaximum === true;
  const needs = must ? 'must' : 'should';
  const set = `the value set ${valueSet}`;
  const codes = parts.filter(({ code }) => code !== undefined);
  const exception = must ? '' : ' unless it has no suitable code';
  const text =
    codes.length === 0
      ? `There is no code; a code from ${set} ${needs} be given${exception}`
      : `${codes.slice(0, 5).map(named).join(', ')} ${codes.length === 1 ? 'is' : 'are'} not in ${set}; a code ${needs} come from it${exception}`;
  for (const path of at) collected.add(must ? 'error' : 'warning', 'code-invalid', path, text);
}
