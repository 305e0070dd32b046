/** The signature of a Bundle is that of its content. https://hl7.org/fhir/R4/signatures.html, https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.signature */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { objectOf, textOf } from '../read.ts';
import { canonicalBundle } from './canonical-json.ts';
import { isSignedBy, keyOf, parseJws } from './jws.ts';

export const bundleSignatureRule: Rule = {
  types: ['Bundle'],
  check(bundle, at, report) {
    const signature = objectOf(bundle, 'signature');
    const data = textOf(signature, 'data');
    if (signature === undefined || data === undefined) return;
    if (textOf(signature, 'sigFormat') === 'application/jose') checkJose(bundle, signature, data, `${at}.signature`, report);
    else
      report.add(
        'information',
        'informational',
        `${at}.signature`,
        'The signature was not verified: only those of the format application/jose are',
      );
  },
};

const plain = 'http://hl7.org/fhir/canonicalization/json';

function checkJose(bundle: Resource, signature: JsonObject, data: string, at: string, report: Report): void {
  const jws = parseJws(Buffer.from(data, 'base64').toString());
  if (jws === undefined)
    return report.add(
      'error',
      'value',
      `${at}.data`,
      'The data is no JSON Web Signature in compact form; expected header.payload.signature in base64',
    );
  const unverified = (why: string): void => report.add('information', 'informational', at, `The signature was not verified: ${why}`);
  const key = keyOf(jws);
  if (key === undefined) return unverified('it carries no certificate (x5c) that can be read');
  const content = canonicalBundle(bundle, methodOf(signature, jws.header));
  if (content === undefined) return unverified('the way in which the content was written for it (canonicalization) is not known');
  if (jws.payload !== '')
    report.add(
      'warning',
      'value',
      `${at}.data`,
      'The signature carries the content a second time; expected a detached one, with an empty payload',
    );
  const holds = isSignedBy(jws, content, key);
  if (holds === undefined) unverified('its algorithm is not known, or does not fit its certificate');
  else if (holds)
    report.add(
      'information',
      'informational',
      at,
      'The signature is that of the content, by the certificate that it carries; whether to trust that was not checked',
    );
  else
    report.add(
      'error',
      'value',
      at,
      'The signature is not that of the content by the certificate that it carries; sign the content as it is',
    );
}

/** How the content is written: a parameter of the format, or told in the header. */
function methodOf(signature: JsonObject, header: JsonObject): string {
  const parameter = /canonicalization=([^;\s]+)/.exec(textOf(signature, 'targetFormat') ?? '')?.[1];
  return parameter ?? textOf(header, 'canon') ?? plain;
}
