/**
 * What a client asks to be loaded: the manifest of the Bulk Data Import proposal, as JSON or (as HAPI takes it) as Parameters.
 * https://github.com/smart-on-fhir/bulk-import/blob/master/import.md, https://smilecdr.com/docs/bulk/fhir_bulk_data_import.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import { nearest } from '../fhir/nearest.ts';
import { FhirError, type Issue, type IssueType, refusal } from '../fhir/outcome.ts';
import { isObject, type JsonObject } from '../fhir/resource.ts';
import type { ImportFile } from './import-input.ts';

export interface RequestContext {
  readonly definitions: Pick<Definitions, 'isResourceType' | 'resourceTypes'>;
  /** Throws an Error that says why a URL is never fetched. */
  readonly checkUrl: (url: string) => void;
}

const mostFiles = 10_000;
const formats = ['application/fhir+ndjson', 'application/ndjson', 'ndjson'];
/** `maxBatchResourceCount` is advice to other servers about their batches. */
const known: ReadonlySet<string> = new Set(['inputFormat', 'inputSource', 'storageDetail', 'input']);
const knownOfStorage: ReadonlySet<string> = new Set(['type', 'contentEncoding', 'maxBatchResourceCount']);
const knownOfFile: ReadonlySet<string> = new Set(['type', 'url']);

/** `valueCode` and the like; parts become an object, and what stands several times a list. */
function plainParameters(list: unknown, at: string): JsonObject {
  const found = new Map<string, unknown[]>();
  if (!Array.isArray(list)) throw refusal('structure', 'Here stands a list of parameters.', { expression: at });
  list.forEach((each: unknown, i) => {
    if (!isObject(each) || typeof each['name'] !== 'string')
      throw refusal('structure', 'A parameter has a name.', { expression: `${at}[${i}]` });
    const { name, part } = each as { name: string; part?: unknown };
    const key = Object.keys(each).find((one) => /^value[A-Z]/.test(one));
    const value = part === undefined ? each[key ?? ''] : plainParameters(part, `${at}[${i}].part`);
    if (value === undefined) throw refusal('value', `The parameter ${name} has a value or parts.`, { expression: `${at}[${i}]` });
    found.set(name, [...(found.get(name) ?? []), value]);
  });
  return Object.fromEntries(
    [...found].map(([name, values]) => [name, name === 'input' || values.length > 1 ? values : values[0]]),
  ) as JsonObject;
}

class Faults {
  readonly issues: Issue[] = [];

  add(code: IssueType, diagnostics: string, at: string): void {
    this.issues.push({ severity: 'error', code, diagnostics, expression: [at] });
  }

  unknown(value: JsonObject, names: ReadonlySet<string>, at: string): void {
    for (const name of Object.keys(value)) {
      if (names.has(name) || name === 'extension' || name === 'resourceType') continue;
      const near = nearest(name, [...names]);
      const hint = near === undefined ? '' : ` Did you mean ${near}?`;
      this.add('not-supported', `${name.slice(0, 64)} is not known here; known are ${[...names].join(', ')}.${hint}`, at);
    }
  }
}

function checkFormat(manifest: JsonObject, faults: Faults): void {
  const { inputFormat, storageDetail } = manifest;
  if (inputFormat === undefined) faults.add('required', 'inputFormat is needed: application/fhir+ndjson.', 'inputFormat');
  else if (!formats.includes(String(inputFormat).toLowerCase()))
    faults.add('not-supported', `inputFormat is application/fhir+ndjson, not "${String(inputFormat).slice(0, 64)}".`, 'inputFormat');
  if (storageDetail === undefined) return;
  if (!isObject(storageDetail)) return faults.add('structure', 'storageDetail is an object with a type.', 'storageDetail');
  faults.unknown(storageDetail, knownOfStorage, 'storageDetail');
  const { type = 'https' } = storageDetail;
  if (type !== 'https')
    faults.add(
      'not-supported',
      `Files are fetched by https, not from a storage of type "${String(type).slice(0, 40)}".`,
      'storageDetail.type',
    );
}

function fileOf(value: unknown, i: number, { definitions, checkUrl }: RequestContext, faults: Faults): ImportFile[] {
  const at = `input[${i}]`;
  if (!isObject(value)) {
    faults.add('structure', 'An input is an object with a type and a url.', at);
    return [];
  }
  faults.unknown(value, knownOfFile, at);
  const { type, url } = value;
  if (type !== undefined && (typeof type !== 'string' || !definitions.isResourceType(type))) {
    const near = nearest(String(type), definitions.resourceTypes);
    faults.add(
      'value',
      `"${String(type).slice(0, 64)}" is not a resource type.${near === undefined ? '' : ` Did you mean ${near}?`}`,
      `${at}.type`,
    );
  }
  if (typeof url !== 'string') {
    faults.add('required', 'An input has a url.', `${at}.url`);
    return [];
  }
  try {
    checkUrl(url);
  } catch (error) {
    faults.add('security', `"${url.slice(0, 200)}" is not fetched: ${(error as Error).message}.`, `${at}.url`);
  }
  return [{ url, ...(typeof type === 'string' ? { type } : {}) }];
}

/** Throws a FhirError (400) that names all that is wrong. */
export function filesOfManifest(body: unknown, context: RequestContext): readonly ImportFile[] {
  if (!isObject(body)) throw refusal('structure', 'The body is a JSON object: the manifest of what is to be loaded, or Parameters.');
  const isParameters = body['resourceType'] === 'Parameters';
  if (body['resourceType'] !== undefined && !isParameters)
    throw refusal('invalid', `$import takes a manifest or Parameters, not a ${String(body['resourceType']).slice(0, 64)}.`);
  const manifest = isParameters ? plainParameters(body['parameter'] ?? [], 'Parameters.parameter') : body;
  const faults = new Faults();
  faults.unknown(manifest, known, 'manifest');
  checkFormat(manifest, faults);
  const { input } = manifest;
  const list: readonly unknown[] = Array.isArray(input) ? input : [];
  if (list.length === 0) faults.add('required', 'input is a list of what is to be loaded, each with its type and url.', 'input');
  if (list.length > mostFiles) faults.add('too-costly', `At most ${mostFiles} files are taken at a time.`, 'input');
  const files = list.slice(0, mostFiles).flatMap((each, i) => fileOf(each, i, context, faults));
  if (faults.issues.length > 0) throw new FhirError(faults.issues, 400);
  return files;
}
