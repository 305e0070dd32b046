/**
 * Regular expressions of value set filters, matched in linear time: whoever writes one cannot keep the process from its work.
 * Thompson's construction; the whole text must match. https://hl7.org/fhir/R4/codesystem-filter-operator.html#filter-operator-regex
 */
import { type CharacterTest, PatternError, type PatternNode, parsePattern } from './pattern-parser.ts';

type Instruction =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'split'; readonly first: number; readonly second: number }
  | { readonly kind: 'start' | 'end' | 'match' };

const mostInstructions = 2000;

export interface Pattern {
  /** Most steps that a character of a text can cost. */
  readonly size: number;
  /** Whether the whole text matches. */
  matches(text: string): boolean;
}

/** Throws a PatternError that says why the pattern is refused. */
export function compilePattern(source: string): Pattern {
  const program: Instruction[] = [];
  write(parsePattern(source), program);
  add(program, { kind: 'match' });
  return { size: program.length, matches: (text) => run(program, text) };
}

function add(program: Instruction[], instruction: Instruction): number {
  if (program.length >= mostInstructions) throw new PatternError('it is too large');
  return program.push(instruction) - 1;
}

function write(node: PatternNode, program: Instruction[]): void {
  switch (node.kind) {
    case 'sequence':
      for (const part of node.parts) write(part, program);
      return;
    case 'choice':
      writeChoice(node.options, program);
      return;
    case 'repeat':
      writeRepeat(node, program);
      return;
    default:
      add(program, node);
  }
}

/** A split whose ends are known only later. */
function fork(program: Instruction[]): (first: number, second: number) => void {
  const place = add(program, { kind: 'split', first: 0, second: 0 });
  return (first, second) => {
    program[place] = { kind: 'split', first, second };
  };
}

function writeChoice(options: readonly PatternNode[], program: Instruction[]): void {
  const [option, ...others] = options;
  if (option === undefined) return;
  if (others.length === 0) return write(option, program);
  const decide = fork(program);
  const first = program.length;
  write(option, program);
  const leave = fork(program);
  decide(first, program.length);
  writeChoice(others, program);
  leave(program.length, program.length);
}

function writeRepeat({ of, min, max }: PatternNode & { readonly kind: 'repeat' }, program: Instruction[]): void {
  for (let count = 0; count < min; count++) {
    const before = program.length;
    write(of, program);
    // An empty bracket is empty however often: written out it could go on for ever without growing.
    if (program.length === before) return;
  }
  if (max === Number.POSITIVE_INFINITY) return writeLoop(of, program);
  const exits: ((end: number) => void)[] = [];
  for (let count = min; count < max; count++) {
    const decide = fork(program);
    const body = program.length;
    exits.push((end) => decide(body, end));
    write(of, program);
  }
  for (const exit of exits) exit(program.length);
}

function writeLoop(of: PatternNode, program: Instruction[]): void {
  const start = program.length;
  const decide = fork(program);
  const body = program.length;
  write(of, program);
  fork(program)(start, start);
  decide(body, program.length);
}

/** Every place of the program that the text so far can have led to, each once. */
function run(program: readonly Instruction[], text: string): boolean {
  let current = new Set<number>();
  follow(program, 0, current, 0, text.length);
  for (let at = 0; at < text.length && current.size > 0; at++) {
    const next = new Set<number>();
    const unit = text.charCodeAt(at);
    for (const place of current) {
      const instruction = program[place];
      if (instruction?.kind === 'character' && instruction.test(unit)) follow(program, place + 1, next, at + 1, text.length);
    }
    current = next;
  }
  return current.has(program.length - 1);
}

/** Adds a place and all that follow from it without reading a character. */
function follow(program: readonly Instruction[], from: number, places: Set<number>, at: number, end: number): void {
  const open = [from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (places.has(place)) continue;
    places.add(place);
    const instruction = program[place];
    if (instruction?.kind === 'split') open.push(instruction.second, instruction.first);
    else if ((instruction?.kind === 'start' && at === 0) || (instruction?.kind === 'end' && at === end)) open.push(place + 1);
  }
}
