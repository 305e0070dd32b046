/** Attachments: size and hash are those of the data. https://hl7.org/fhir/R4/datatypes.html#attachment */
import { createHash } from 'node:crypto';
import { isObject } from '../../../fhir/resource.ts';
import { isBase64 } from '../../base64.ts';
import type { Report } from '../../validation.ts';
import { numberOf, textOf } from '../read.ts';
import type { ElementCheck, Visit } from './element.ts';

export const attachmentCheck: ElementCheck = {
  types: ['Attachment'],
  check(visit, report) {
    const attachment = visit.value;
    if (!isObject(attachment)) return;
    const data = textOf(attachment, 'data');
    if (data !== undefined && isBase64(data)) checkData(visit, data, numberOf(attachment, 'size'), textOf(attachment, 'hash'), report);
    else if (
      data === undefined &&
      attachment['url'] === undefined &&
      attachment['contentType'] === undefined &&
      attachment['language'] === undefined
    )
      report.add(
        'warning',
        'business-rule',
        visit.at(),
        'An attachment should have data or a url, or at least tell its contentType and language',
      );
  },
};

function checkData(visit: Visit, data: string, size: number | undefined, hash: string | undefined, report: Report): void {
  if (size === undefined && hash === undefined) return;
  const bytes = Buffer.from(data, 'base64');
  if (size !== undefined && size !== bytes.length)
    report.add('error', 'value', visit.at(), `The size is ${size}, but the data has ${bytes.length} bytes; expected ${bytes.length}`);
  if (hash !== undefined && Buffer.from(hash, 'base64').length !== 0) {
    const right = createHash('sha1').update(bytes).digest('base64');
    if (right !== hash.replace(/\s/g, ''))
      report.add('error', 'value', visit.at(), `The hash is not the SHA-1 of the data; expected ${right}`);
  }
}
