/**
 * Extensions without a definition that is known here.
 * https://hl7.org/fhir/R4/extensibility.html, https://hl7.org/fhir/R4/versions.html#extensions
 */
import type { CheckRun } from './check-run.ts';

/** `http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.animal`: an element of another version. */
const crossVersion = /^http:\/\/hl7\.org\/fhir\/(\d\.\d)\/StructureDefinition\/extension-[A-Z][A-Za-z]*(\.[A-Za-z[\]:]+)*$/;

const versions = new Set(['1.0', '1.4', '3.0', '4.0', '4.1', '4.3', '5.0', '6.0']);

/** Names that are kept for examples, of which nobody expects a definition. https://www.rfc-editor.org/rfc/rfc2606 */
const example = /^https?:\/\/([^/]+\.)?(example\.(org|com|net)|acme\.(com|org))(\/|$)/;

const expected = 'expected one whose definition is loaded';

/** Told once for each url; the run stands at the extension. */
export function unknownExtension(
  run: CheckRun,
  { url, isModifier }: { readonly url: string; readonly isModifier: boolean },
  isRefused: boolean,
): void {
  const version = crossVersion.exec(url)?.[1];
  if (version !== undefined && versions.has(version)) return;
  if (run.told.has(url)) return;
  run.told.add(url);
  const severity = (isRefused || isModifier) && !example.test(url) ? 'error' : 'warning';
  // SHALL: what changes the meaning must be understood — extensibility.html#modifierExtension
  run.add(severity, 'not-found', () =>
    isModifier
      ? `The modifier extension ${url} is not known, but changes the meaning of the element; ${expected}`
      : `The extension ${url} is not known, so that it was not checked; ${expected}`,
  );
}
