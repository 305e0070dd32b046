/**
 * Extensions wherever they stand: known or not, allowed there or not, and as their definition wants them.
 * https://hl7.org/fhir/R4/extensibility.html, https://hl7.org/fhir/R4/defining-extensions.html
 */
import { FhirPathError } from '../../fhir/fhirpath/fault.ts';
import { Value } from '../../fhir/fhirpath/value.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { CheckRun } from './check-run.ts';
import type { Compiler } from './compiler.ts';
import { correctedContexts } from './corrected-context.ts';
import { expressionsOf } from './expression-run.ts';
import { type ExtensionPlace, placeOf } from './extension-place.ts';
import type { FoundExtension } from './extension-survey.ts';
import type { Profile } from './profile.ts';
import type { RawContext } from './structure-definition.ts';
import { unknownExtension } from './unknown-extension.ts';

const isAbsolute = (url: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(url);

/** `isRefused`: whether an extension that is not known is an error. */
export function checkExtension(compiler: Compiler, run: CheckRun, found: FoundExtension, root: Resource, isRefused: boolean): void {
  const { url, value } = found;
  if (!isAbsolute(url)) return isPart(found) ? undefined : relative(run, found, placeOf(found, root, compiler.definitions).path);
  const place = placeOf(found, root, compiler.definitions);
  const definition = compiler.profile(url);
  run.at(found, place.path, () => {
    if (definition === undefined) return here(run, found, () => unknownExtension(run, found, isRefused));
    checkModifier(run, definition, found);
    checkContext(compiler, run, definition, found, place);
    here(run, found, () => definition.checkValue(run, value, undefined, 'Extension'));
  });
}

/** Its definition is part of that of the extension around. */
const isPart = ({ steps }: FoundExtension): boolean => typeof steps.at(-3) === 'number' && String(steps.at(-4)).endsWith('xtension');

// SHALL: the url is absolute, except within an extension — extensibility.html#Extension.url
function relative(run: CheckRun, found: FoundExtension, path: string): void {
  const expected = 'expected an absolute one, such as http://example.org/fhir/StructureDefinition/name';
  run.at(found, path, () =>
    here(run, found, () =>
      run.add('error', 'value', () => `The url of the extension, "${found.url.slice(0, 100)}", is relative; ${expected}`),
    ),
  );
}

function here(run: CheckRun, { isModifier, steps }: FoundExtension, act: () => void): void {
  run.enter(isModifier ? 'modifierExtension' : 'extension');
  run.enter(Number(steps.at(-1)));
  act();
  run.leave();
  run.leave();
}

// SHALL: what changes the meaning stands in modifierExtension, and nothing else does — extensibility.html#modifierExtension
function checkModifier(run: CheckRun, { isModifier, url }: Profile, found: FoundExtension): void {
  if (isModifier === found.isModifier) return;
  const expected = isModifier
    ? 'expected it in modifierExtension, for it changes the meaning'
    : 'expected it in extension, for it does not change the meaning';
  here(run, found, () =>
    run.add(
      'error',
      'structure',
      () => `The extension ${url} stands in ${found.isModifier ? 'modifierExtension' : 'extension'}; ${expected}`,
    ),
  );
}

// SHALL: an extension stands only where its definition allows — defining-extensions.html#context
function checkContext(compiler: Compiler, run: CheckRun, definition: Profile, found: FoundExtension, place: ExtensionPlace): void {
  const { contextInvariants, url } = definition;
  const contexts = correctedContexts(url, definition.contexts);
  if (contexts.length > 0 && !contexts.some((context) => isAllowed(compiler, run, context, found, place))) {
    const expected = contexts.map(({ type, expression }) => (type === 'element' ? expression : `${type} ${expression}`)).join(', ');
    run.add(
      'error',
      'structure',
      () => `The extension ${url} is not allowed on ${[...place.names][0] ?? place.type}; expected on one of: ${expected}`,
    );
  }
  for (const expression of contextInvariants) {
    if (holds(compiler, run, expression, found, place) === false)
      run.add('error', 'invariant', () => `The extension ${url} is not allowed here, for its context invariant is not true: ${expression}`);
  }
}

function isAllowed(
  compiler: Compiler,
  run: CheckRun,
  { type, expression }: RawContext,
  found: FoundExtension,
  place: ExtensionPlace,
): boolean {
  if (type === 'extension') return place.outer === expression;
  if (type === 'fhirpath') return isSelected(compiler, run, expression, found);
  const name = expression.slice(expression.indexOf('#') + 1).replace(/^http:\/\/hl7\.org\/fhir\/StructureDefinition\//, '');
  // SHALL: Element stands for any place, resources included — defining-extensions.html#context
  return name === 'Element' || place.names.has(name);
}

/** Whether the expression, from the resource around, selects the element; true when it cannot be told. */
function isSelected(compiler: Compiler, run: CheckRun, expression: string, found: FoundExtension): boolean {
  const compiled = compiler.expression(expression, found.resource.resourceType);
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
  const compiled = compiler.expression(expression, place.type);
  if (compiled instanceof FhirPathError) return undefined;
  try {
    const environment = expressionsOf(run, compiler).environment;
    const variables = new Map([...(environment.variables ?? []), ['extension', new Value('FHIR.Extension', found.value)] as const]);
    return isObject(found.owner) ? compiled.holds(found.owner, { ...environment, variables }) : undefined;
  } catch (error) {
    if (error instanceof FhirPathError) return undefined;
    throw error;
  }
}
