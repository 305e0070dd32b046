/** Reads the official FHIRPath cases, and says whether an outcome is the expected one. */
import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import type { Definitions } from '../../src/fhir/definitions.ts';
import type { Value } from '../../src/fhir/fhirpath/value.ts';
import { parseJson } from '../../src/fhir/json.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { projectFile } from '../../src/root.ts';

export interface Output {
  readonly type: string | undefined;
  readonly value: string;
}

export interface OfficialCase {
  readonly group: string;
  readonly name: string;
  readonly input: string | undefined;
  readonly expression: string;
  /** Present when the expression is to be refused. */
  readonly invalid: string | undefined;
  /** Whether the result is to be taken as true or false. */
  readonly predicate: boolean;
  readonly ordered: boolean;
  readonly checksOrder: boolean;
  readonly outputs: readonly Output[];
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

function readElements(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    stack.at(-1)?.children.push(element);
    stack.push(element);
  });
  parser.on('text', (text) => {
    const top = stack.at(-1);
    if (top !== undefined) top.text += text;
  });
  parser.on('closetag', () => void stack.pop());
  parser.write(xml).close();
  return root;
}

const folder = ['test', 'fixtures', 'fhirpath'] as const;

const fixture = (name: string): string => readFileSync(projectFile(...folder, name), 'utf8');

function readCase(group: string, { attributes, children }: Element): OfficialCase[] {
  const expression = children.find(({ name }) => name === 'expression');
  if (expression === undefined) return [];
  const outputs = children.filter(({ name }) => name === 'output');
  return [
    {
      group,
      name: attributes['name'] ?? '',
      input: attributes['inputfile'],
      expression: expression.text,
      invalid: expression.attributes['invalid'] ?? attributes['invalid'],
      predicate: attributes['predicate'] === 'true',
      ordered: attributes['ordered'] !== 'false',
      checksOrder: attributes['checkOrderedFunctions'] === 'true',
      outputs: outputs.map((output) => ({ type: output.attributes['type'], value: output.text })),
    },
  ];
}

export function readOfficialCases(): OfficialCase[] {
  const [tests] = readElements(fixture('tests-fhir-r4.xml')).children;
  const groups = tests?.children.filter(({ name }) => name === 'group') ?? [];
  return groups.flatMap(({ attributes, children }) =>
    children.filter(({ name }) => name === 'test').flatMap((test) => readCase(attributes['name'] ?? '', test)),
  );
}

export function readInput(name: string, definitions: Definitions): Resource {
  const text = fixture(name);
  return name.endsWith('.xml') ? readXml(text, definitions) : (parseJson(text) as Resource);
}

/** `FHIR.code` is `code`, `System.String` is `string`. */
function typeName(type: string): string {
  const [namespace, name = ''] = type.split('.');
  return namespace === 'System' && name !== 'Quantity' ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

const printed = ({ value }: Value): string => String(value);

/** The `@` of dates and times belongs to the literal. */
const bare = (text: string): string => text.replace(/^@T?/, '');

export function isExpected(value: Value, { type, value: text }: Output): boolean {
  if (type !== undefined && type !== typeName(value.type)) return false;
  return type === 'string' || type === 'code' ? printed(value) === text : bare(printed(value)) === bare(text);
}
