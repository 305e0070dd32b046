/** Attachments, quantities and references as the question wants them. https://hl7.org/fhir/R4/questionnaire-profiles.html */
import { parseReference } from '../../../fhir/reference.ts';
import { isObject, type JsonObject } from '../../../fhir/resource.ts';
import type { Report, Surroundings } from '../../validation.ts';
import { extensionValues, numberOf, objectOf, quoted, textOf } from '../read.ts';
import type { Answer } from './answer.ts';
import type { ItemDefinition } from './definition.ts';

const standard = 'http://hl7.org/fhir/StructureDefinition/';

export function checkContent(question: ItemDefinition, answer: Answer, report: Report, surroundings: Surroundings): void {
  if (!isObject(answer.value)) return;
  if (answer.type === 'Attachment') checkAttachment(question, answer, answer.value, report);
  if (answer.type === 'Quantity') checkUnit(question, answer, answer.value, report);
  if (answer.type === 'Reference') checkTarget(question, answer, answer.value, report, surroundings);
}

function checkAttachment({ element }: ItemDefinition, { at }: Answer, attachment: JsonObject, report: Report): void {
  const allowed = extensionValues(element, `${standard}mimeType`).filter((type) => typeof type === 'string');
  const type = textOf(attachment, 'contentType');
  if (allowed.length > 0 && type !== undefined && !allowed.some((one) => sameMimeType(one, type)))
    report.add('error', 'value', at, `The content type ${quoted(type)} is not allowed here; expected ${allowed.join(', ')}`);
  for (const megabytes of extensionValues(element, `${standard}maxSize`)) {
    const size = sizeOf(attachment);
    if (typeof megabytes === 'number' && size !== undefined && size > megabytes * 1024 * 1024)
      report.add('error', 'value', at, `The attachment has ${size} bytes; expected at most ${megabytes} MB`);
  }
}

/** `image/*` allows all images; parameters such as charset do not count. */
function sameMimeType(allowed: string, type: string): boolean {
  const [plain = ''] = type.toLowerCase().split(';');
  const wanted = allowed.toLowerCase();
  return wanted === plain.trim() || (wanted.endsWith('/*') && plain.startsWith(wanted.slice(0, -1)));
}

function sizeOf(attachment: JsonObject): number | undefined {
  const data = textOf(attachment, 'data');
  return data === undefined ? numberOf(attachment, 'size') : Buffer.byteLength(data, 'base64');
}

function checkUnit({ element }: ItemDefinition, { at }: Answer, quantity: JsonObject, report: Report): void {
  const options = extensionValues(element, `${standard}questionnaire-unitOption`).filter(isObject);
  const fits = (option: JsonObject): boolean =>
    option['code'] === undefined
      ? option['display'] === quantity['unit']
      : option['code'] === quantity['code'] && (option['system'] === undefined || option['system'] === quantity['system']);
  if (options.length > 0 && !options.some(fits))
    report.add(
      'error',
      'value',
      `${at}.value`,
      `The unit is not allowed here; expected ${options.map((option) => option['code'] ?? option['display']).join(', ')}`,
    );
  for (const valueSet of extensionValues(element, `${standard}questionnaire-unitValueSet`))
    if (typeof valueSet === 'string' && quantity['code'] !== undefined)
      report.ask({ valueSet, strength: 'required', type: 'Quantity', value: quantity, at: `${at}.value` });
}

function checkTarget({ element }: ItemDefinition, { at }: Answer, value: JsonObject, report: Report, { definitions }: Surroundings): void {
  const allowed = extensionValues(element, `${standard}questionnaire-referenceResource`).filter((type) => typeof type === 'string');
  const reference = textOf(value, 'reference');
  const place = `${at}.value`;
  const parsed = reference === undefined ? undefined : parseReference(reference, definitions.isResourceType);
  const type = parsed !== undefined && 'type' in parsed ? parsed.type : (textOf(value, 'type') ?? undefined);
  if (type !== undefined && allowed.length > 0 && !allowed.includes(type))
    report.add('error', 'value', place, `A reference to ${quoted(type)} is not allowed here; expected one to ${allowed.join(', ')}`);
  if (reference === undefined || (parsed !== undefined && parsed.kind !== 'other')) return;
  const named = /(?:^|\/)([A-Z][A-Za-z]+)\/[^/\s]+$/.exec(reference)?.[1];
  if (/\s/.test(reference) || (named !== undefined && !definitions.isResourceType(named)))
    report.add(
      'error',
      'value',
      place,
      `The reference ${quoted(reference)} names no resource; expected Type/id or an absolute URL of that form`,
    );
  else if (objectOf(value, 'identifier') === undefined && parsed === undefined)
    report.add('error', 'value', place, `The reference ${quoted(reference)} is none; expected Type/id or an absolute URL`);
}
