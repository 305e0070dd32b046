/**
 * Extensions wherever they stand: known or not, allowed there or not, and as their definition wants them.
 * https://hl7.org/fhir/R4/extensibility.html, https://hl7.org/fhir/R4/defining-extensions.html
 */
import { FhirPathError } from '../../fhir/fhirpath/fault.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { CheckRun } from './check-run.ts';
import type { Compiler } from './compiler.ts';
import { expressionsOf } from './expression-run.ts';
import { type ExtensionPlace, placeOf } from './extension-place.ts';
import type { FoundExtension } from './extension-survey.ts';
import { compile } from './invariant-check.ts';
import type { Profile } from './profile.ts';
import type { RawContext } from './structure-definition.ts';

const isAbsolute = (url: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(url);

/** `http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.animal`: an element of another version. */
const crossVersion = /^http:\/\/hl7\.org\/fhir\/(\d\.\d)\/StructureDefinition\/extension-[A-Z][A-Za-z]*(\.[A-Za-z[\]:]+)*$/;

const versions = new Set(['1.0', '1.4', '3.0', '4.0', '4.1', '4.3', '5.0', '6.0']);

/** The run stands at the outermost resource. */
export function checkExtension(compiler: Compiler, run: CheckRun, found: FoundExtension, root: Resource): void {
  const { url, value } = found;
  // Its definition is part of that of the extension around.
  if (!isAbsolute(url)) return;
  const place = placeOf(found, root, compiler.definitions);
  const definition = compiler.profile(url);
  run.at(found, place.path, () => {
    if (definition === undefined) return unknown(run, found);
    checkModifier(run, definition, found);
    checkContext(compiler, run, definition, found, place);
    run.enter(found.isModifier ? 'modifierExtension' : 'extension');
    run.enter(Number(found.steps.at(-1)));
    definition.checkValue(run, value, undefined, 'Extension');
    run.leave();
    run.leave();
  });
}

function here(run: CheckRun, { isModifier, steps }: FoundExtension, act: () => void): void {
  run.enter(isModifier ? 'modifierExtension' : 'extension');
  run.enter(Number(steps.at(-1)));
  act();
  run.leave();
  run.leave();
}

function unknown(run: CheckRun, found: FoundExtension): void {
  const { url, isModifier } = found;
  const version = crossVersion.exec(url)?.[1];
  if (version !== undefined && versions.has(version)) return;
  here(run, found, () => {
    if (isModifier) run.add('error', 'not-found', () => `The modifier extension ${url} is not known, but changes the meaning of the element; expected one whose definition is loaded`);
    else run.add('warning', 'not-found', () => `The extension ${url} is not known, so that it was not checked; expected one whose definition is loaded`);
  });
}

// SHALL: what changes the meaning stands in modifierExtension, and nothing else does — extensibility.html#modifierExtension
function checkModifier(run: CheckRun, { isModifier, url }: Profile, found: FoundExtension): void {
  if (isModifier === found.isModifier) return;
  const expected = isModifier ? 'expected it in modifierExtension, for it changes the meaning' : 'expected it in extension, for it does not change the meaning';
  here(run, found, () => run.add('error', 'structure', () => `The extension ${url} stands in ${found.isModifier ? 'modifierExtension' : 'extension'}; ${expected}`));
}

// SHALL: an extension stands only where its definition allows — defining-extensions.html#context
function checkContext(compiler: Compiler, run: CheckRun, definition: Profile, found: FoundExtension, place: ExtensionPlace): void {
  const { contexts, contextInvariants, url } = definition;
  if (contexts.length > 0 && !contexts.some((context) => isAllowed(compiler, run, context, found, place))) {
    const expected = contexts.map(({ type, expression }) => (type === 'element' ? expression : `${type} ${expression}`)).join(', ');
    run.add('error', 'structure', () => `The extension ${url} is not allowed on ${[...place.names][0] ?? place.type}; expected on one of: ${expected}`);
  }
  for (const expression of contextInvariants) {
    if (holds(compiler, run, expression, found, place) === false)
      run.add('error', 'invariant', () => `The extension ${url} is not allowed here, for its context invariant is not true: ${expression}`);
  }
}

function isAllowed(compiler: Compiler, run: CheckRun, { type, expression }: RawContext, found: FoundExtension, place: ExtensionPlace): boolean {
  if (type === 'extension') return place.outer === expression;
  if (type === 'fhirpath') return isSelected(compiler, run, expression, found);
  const name = expression.slice(expression.indexOf('#') + 1).replace(/^http:\/\/hl7\.org\/fhir\/StructureDefinition\//, '');
  return place.names.has(name);
}

/** Whether the expression, from the resource around, selects the element; true when it cannot be told. */
function isSelected(compiler: Compiler, run: CheckRun, expression: string, found: FoundExtension): boolean {
  const compiled = compile(compiler, expression, found.resource.resourceType);
  if (compiled instanceof FhirPathError) return true;
  try {
    const { owner } = found;
    const selected = compiled.evaluate(found.resource, expressionsOf(run, compiler).environment);
    return selected.some(({ value, twin }) => value === owner || twin === owner);
  } catch (error) {
    if (error instanceof FhirPathError) return true;
    throw error;
  }
}

/** Undefined when it cannot be told. */
function holds(compiler: Compiler, run: CheckRun, expression: string, found: FoundExtension, place: ExtensionPlace): boolean | undefined {
  const compiled = compile(compiler, expression, place.type);
  if (compiled instanceof FhirPathError) return undefined;
  try {
    const environment = expressionsOf(run, compiler).environment;
    const variables = new Map([...(environment.variables ?? []), ['extension', found.value] as const]);
    return isObject(found.owner) ? compiled.holds(found.owner, { ...environment, variables }) : undefined;
  } catch (error) {
    if (error instanceof FhirPathError) return undefined;
    throw error;
  }
}
