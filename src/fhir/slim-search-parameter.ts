/**
 * What the server needs of a SearchParameter. https://hl7.org/fhir/R4/searchparameter.html
 */
import type { SearchParameter } from './definitions.ts';

/** A parameter of several resource types may mean something of its own for each. */
export interface SlimSearchParameter extends SearchParameter {
  readonly descriptions?: Readonly<Record<string, string>>;
}

/** The parts of a SearchParameter that are read. */
export interface RawSearchParameter {
  readonly code: string;
  readonly url: string;
  readonly type: SearchParameter['type'];
  readonly description?: string;
  readonly base: readonly string[];
  readonly expression?: string;
  readonly xpathUsage?: string;
  readonly target?: readonly string[];
  readonly component?: readonly { readonly definition: string; readonly expression: string }[];
}

/** `* [CarePlan](careplan.html): Who the care plan is for` */
const descriptionOfType = /^\* \[(\w+)\]\([^)]*\): (.*)$/gm;

export function slimSearchParameter(raw: RawSearchParameter): SlimSearchParameter {
  const { code, url, type, base, expression, xpathUsage, target, component } = raw;
  return {
    code,
    url,
    type,
    ...describe(raw.description ?? ''),
    base,
    ...(expression ? { expression } : {}),
    ...(type === 'string' && xpathUsage === 'phonetic' ? { phonetic: true } : {}),
    ...(target ? { target } : {}),
    ...(component ? { component: component.map((part) => ({ definition: part.definition, expression: part.expression })) } : {}),
  };
}

function describe(markdown: string): { description: string; descriptions?: Record<string, string> } {
  const lines = [...markdown.replaceAll('\r', '').matchAll(descriptionOfType)].map(
    ([, type = '', text = '']) => [type, text.trim()] as const,
  );
  const first = lines[0];
  if (first === undefined) return { description: markdown.split(/\r?\n/)[0]?.trim() ?? '' };
  const same = lines.every(([, text]) => text === first[1]);
  return { description: first[1], ...(same ? {} : { descriptions: Object.fromEntries(lines) }) };
}
