/** Large files of genomics stay files: a Binary as it was sent, and any part of it. https://hl7.org/fhir/R4/binary.html, RFC 9110 section 14 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openServer, type TestServer } from './server.ts';

const lines = Array.from({ length: 60_000 }, (_, i) => `17\t${41_000_000 + i * 7}\trs${i}\tG\tA\t50\tPASS\tDP=${i % 90}\tGT\t0|1`);
const vcf = Buffer.from(`##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNA\n${lines.join('\n')}\n`);
const zipped = gzipSync(vcf);
const digest = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('base64');

let server: TestServer;

beforeAll(async () => {
  server = await openServer();
  await server.put({ resourceType: 'Patient', id: 'p' });
  const sent = [
    ['vcf', vcf, 'text/plain; charset=utf-8', {}],
    ['gz', zipped, 'application/gzip', {}],
    ['squeezed', zipped, 'text/plain', { 'content-encoding': 'gzip' }],
  ] as const;
  for (const [id, body, type, more] of sent) {
    const { status } = await server.send('PUT', `Binary/${id}`, body, { 'content-type': type, ...more });
    expect([id, status]).toEqual([id, 201]);
  }
  await server.put({
    resourceType: 'DocumentReference',
    id: 'file',
    status: 'current',
    subject: { reference: 'Patient/p' },
    content: [{ attachment: { contentType: 'application/gzip', url: 'Binary/gz', size: zipped.length, hash: digest(zipped) } }],
  });
});
afterAll(async () => server.close());

test('A file comes back byte by byte, in its own type; what was sent compressed is stored as what it is', async () => {
  for (const [id, bytes] of [
    ['vcf', vcf],
    ['gz', zipped],
    ['squeezed', vcf],
  ] as const) {
    const answer = await server.get(`Binary/${id}`);
    expect([id, answer.status, answer.bytes.equals(bytes)]).toEqual([id, 200, true]);
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
  }
  expect(gunzipSync((await server.get('Binary/gz')).bytes).equals(vcf)).toBe(true);
});

test.each([
  ['bytes=0-19', 0, 20],
  ['bytes=20-20', 20, 21],
  ['bytes=1000001-1000100', 1_000_001, 1_000_101],
  ['bytes=-64', -64, undefined],
  ['bytes=2000000-', 2_000_000, undefined],
])('A part of it is answered with 206: %s', async (range, from, to) => {
  const { status, headers, bytes } = await server.get('Binary/vcf', { range });
  const part = vcf.subarray(from, to);
  expect([status, bytes.equals(part), headers.get('content-length')]).toEqual([206, true, String(part.length)]);
  expect(headers.get('content-range')).toMatch(new RegExp(`^bytes \\d+-\\d+/${vcf.length}$`));
});

test('A part of a version is that of the version', async () => {
  expect((await server.get('Binary/gz/_history/1', { range: 'bytes=4-9' })).bytes.equals(zipped.subarray(4, 10))).toBe(true);
});

test('A part behind the end is refused with 416 and the length', async () => {
  const { status, headers } = await server.get('Binary/vcf', { range: `bytes=${vcf.length}-` });
  expect([status, headers.get('content-range')]).toEqual([416, `bytes */${vcf.length}`]);
});

test('A part is not sent compressed: its bytes are those of the file', async () => {
  const { headers } = await server.get('Binary/vcf', { range: 'bytes=0-99999', 'accept-encoding': 'gzip' });
  expect(headers.get('content-encoding')).toBeNull();
});

test('The file is reached from its DocumentReference, whose hash and size are those of the bytes', async () => {
  const { json } = await server.get('DocumentReference/file');
  const [{ attachment }] = json.content;
  const { bytes } = await server.get(attachment.url);
  expect([bytes.length, digest(bytes)]).toEqual([attachment.size, attachment.hash]);
});
