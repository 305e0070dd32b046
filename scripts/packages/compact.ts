/**
 * A conformance resource cut to what a server reads: of a structure its differential, and nothing that is only for people.
 * https://hl7.org/fhir/R4/profiling.html
 */
import { isObject, type JsonObject, type Resource } from '../../src/fhir/resource.ts';

/** The types that compact packages hold. SearchParameters are left out: what a package brings must not change how a server searches. */
export const compactTypes = [
  'StructureDefinition',
  'ValueSet',
  'CodeSystem',
  'ConceptMap',
  'Questionnaire',
  'OperationDefinition',
  'StructureMap',
  'Measure',
  'Library',
] as const;

export type CompactType = (typeof compactTypes)[number];

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Left out wherever it stands. */
const prose = words('text meta contact publisher description purpose useContext jurisdiction date author');

const ofElement = words(
  'definition comment requirements alias mapping example short label code meaningWhenMissing orderMeaning isModifierReason base',
);
/** Of bindings, slicings and constraints. */
const ofElementPart = words('description xpath requirements');
const ofCode = words('id extension definition designation');

const ofType: Readonly<Partial<Record<string, ReadonlySet<string>>>> = {
  StructureDefinition: words('mapping keyword identifier experimental copyright'),
  ValueSet: words('identifier immutable'),
  CodeSystem: words('identifier count'),
};

/** Extensions that say how a definition was made or is to be shown, and nothing of what is valid. */
const documentation =
  /\/(structuredefinition-(wg|fmm.*|standards-status.*|normative-version|category|security-category|explicit-type-name|display-hint|summary|hierarchy|template-status|table-name|ancestor|applicable-version)|elementdefinition-(bindingName|isCommonBinding|translatable|bestpractice-explanation|type-must-support)|uscdi-requirement|translation|resource-approvalDate|resource-lastReviewDate)$/;

/** The twin of an element goes with it. */
const plain = (key: string): string => key.replace(/^_/, '');

const isDocumentation = (extension: unknown): boolean => isObject(extension) && documentation.test(String(extension['url']));

function cut(value: unknown, left: (key: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => cut(each, left));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    if (left(key)) return [];
    if (key === 'extension' && Array.isArray(part)) {
      const told = part.filter((each) => !isDocumentation(each));
      return told.length === 0 ? [] : [[key, told.map((each) => cut(each, left))]];
    }
    const fresh = cut(part, left);
    return isObject(fresh) && Object.keys(fresh).length === 0 ? [] : [[key, fresh]];
  });
  return Object.fromEntries(kept);
}

/** Values that elements are fixed to, or have to hold, are data: nothing is cut from them. */
const isData = (key: string): boolean => /^(fixed|pattern|default|min|max)[A-Z]/.test(key);

function compactElement(element: JsonObject): JsonObject {
  const data = Object.entries(element).filter(([key]) => isData(key));
  const rest = Object.fromEntries(Object.entries(element).filter(([key]) => !isData(key)));
  const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !ofElement.has(plain(key))));
  return { ...(cut(own, (key) => ofElementPart.has(plain(key))) as JsonObject), ...Object.fromEntries(data) };
}

/** The differential says it all as long as the base is to be had. */
function compactStructure({ differential, snapshot, ...rest }: JsonObject, isBased: boolean): JsonObject {
  const elements = (from: unknown): JsonObject[] =>
    isObject(from) && Array.isArray(from['element']) ? from['element'].filter(isObject) : [];
  const isWhole = isObject(snapshot) && (!isBased || !isObject(differential));
  const [name, from] = isWhole ? ['snapshot', snapshot] : ['differential', differential];
  return { ...rest, [name as string]: { element: elements(from).map(compactElement) } };
}

const codeParts = words('compose expansion concept');

function compactCodes(resource: JsonObject): JsonObject {
  const left = (key: string): boolean => ofCode.has(key) || key.startsWith('_');
  return Object.fromEntries(Object.entries(resource).map(([key, part]) => [key, codeParts.has(key) ? cut(part, left) : part]));
}

/** The whole resource without what it says to people; where it has no version, that of its package. `isBased`: its base is to be had. */
export function compact(resource: Resource, packageVersion: string, isBased = true): JsonObject {
  const { resourceType, url, version = packageVersion } = resource;
  const left = (key: string): boolean => prose.has(plain(key)) || (ofType[resourceType]?.has(plain(key)) ?? false);
  const kept = Object.fromEntries(Object.entries(resource).filter(([key]) => !left(key)));
  const extension = Array.isArray(kept['extension']) ? kept['extension'].filter((each) => !isDocumentation(each)) : [];
  const { extension: _, ...told } = kept;
  const whole = { ...told, ...(extension.length === 0 ? {} : { extension }) };
  const parts = resourceType === 'StructureDefinition' ? compactStructure(whole, isBased) : compactCodes(whole);
  return { resourceType, url, version, ...omit(parts, ['resourceType', 'url', 'version']) };
}

const omit = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
