/** FHIR over HTTP: what reaches an interaction and what comes back. https://hl7.org/fhir/R4/http.html */

import http from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { outcomeOf, refusal } from '../../src/fhir/outcome.ts';
import type { FhirRequest, FhirResponse } from '../../src/interactions/interaction.ts';
import { outcome, patient, type Running, start } from './support.ts';

const long = JSON.stringify({ resourceType: 'Patient', id: 'long', text: 'abcdefghij'.repeat(500) });
const huge = JSON.stringify({ resourceType: 'Patient', id: 'huge', text: 'abcdefghij'.repeat(20_000) });
const picture = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256));

async function* pieces(count: number, failAt = -1): AsyncIterable<string> {
  yield '{"resourceType":"Bundle","entry":[';
  for (let i = 0; i < count; i++) {
    if (i === failAt) throw new Error('the database went away');
    yield `${i === 0 ? '' : ','}{"resource":{"id":"${i}","text":"${'x'.repeat(100)}"}}`;
  }
  yield ']}';
}

const versioned = { etag: 'W/"1"', 'last-modified': 'Mon, 23 Nov 2026 20:00:00 GMT' };

const answers: Record<string, (request: FhirRequest) => FhirResponse | Promise<FhirResponse>> = {
  'Patient/1': () => ({ status: 200, headers: versioned, body: patient }),
  'Patient/object': () => ({ status: 200, body: { resourceType: 'Patient', id: 'object' } }),
  'Patient/long': () => ({ status: 200, body: long }),
  'Patient/huge': () => ({ status: 200, body: huge }),
  'Patient/same': () => ({ status: 304, headers: versioned }),
  'Patient/gone': () => ({ status: 204, headers: { etag: 'W/"2"' } }),
  'Patient/missing': () => {
    throw refusal('not-found', 'Patient/missing is not known here.', { expression: 'Patient.id' });
  },
  'Patient/table': () => {
    throw refusal('not-supported', 'Not here.', { status: 405, headers: { allow: 'GET' } });
  },
  'Patient/bug': () => {
    throw new TypeError('secret of Mr Smith');
  },
  'Patient/slow-sql': () => {
    throw Object.assign(new Error('canceling statement due to statement timeout'), {
      code: '57014',
      severity: 'ERROR',
      routine: 'ProcessInterrupts',
    });
  },
  'Patient/unwritable': () => ({ status: 200, headers: { location: 'a\nb' }, body: patient }),
  'Bundle/short': () => ({ status: 200, body: pieces(3) }),
  'Bundle/stream': () => ({ status: 200, body: pieces(5_000) }),
  'Bundle/early-fault': () => ({ status: 200, body: pieces(10, 5) }),
  'Bundle/late-fault': () => ({ status: 200, body: pieces(5_000, 4_000) }),
  'Binary/picture': () => ({ status: 200, headers: versioned, bytes: { contentType: 'image/png', data: picture } }),
  'Binary/page': () => ({ status: 200, bytes: { contentType: 'text/html', data: Buffer.from('<script>') } }),
  'Binary/odd': () => ({ status: 200, bytes: { contentType: 'a\r\nx: y', data: picture } }),
  Patient: ({ body }) => ({ status: 201, headers: { location: 'http://x/fhir/Patient/1/_history/1' }, body: body.resource() }),
  Patch: ({ body }) => ({
    status: 200,
    body: outcomeOf([{ severity: 'information', code: 'informational', diagnostics: JSON.stringify(body.json()) }]),
  }),
  'Patient/_search': () => ({ status: 200, body: patient }),
};

let server: Running;
const last = (): FhirRequest => server.requests.at(-1) as FhirRequest;
const get = (path: string) => request(server.url).get(`/fhir/${path}`);

beforeAll(async () => {
  server = await start(async (asked) => {
    const answer = answers[asked.path.join('/')];
    return answer === undefined ? { status: 200, body: patient } : answer(asked);
  });
});
afterAll(() => server.close());

describe('A read', () => {
  it('passes stored text through, with its length, type and headers', async () => {
    const response = await get('Patient/1');
    expect(response.status).toBe(200);
    expect(response.text).toBe(patient);
    expect(response.headers).toMatchObject({
      'content-type': 'application/fhir+json; charset=utf-8',
      'content-length': String(patient.length),
      etag: 'W/"1"',
      'last-modified': 'Mon, 23 Nov 2026 20:00:00 GMT',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      vary: 'Accept, Accept-Encoding',
    });
    expect(response.headers['x-powered-by']).toBeUndefined();
  });

  it('gives the interaction decoded segments and pairs, the base and the principal', async () => {
    await get('Patient/a%2Eb?name=J%C3%BCrgen+X&name=b&_format=json');
    expect(last()).toMatchObject({ method: 'GET', path: ['Patient', 'a.b'], base: `${server.url}/fhir`, principal: { id: 'local' } });
    expect(last().query).toEqual([
      ['name', 'Jürgen X'],
      ['name', 'b'],
      ['_format', 'json'],
    ]);
    expect(last().body.contentType).toBe('');
  });

  it('reaches the same interaction with a trailing slash, by its absolute URL, and at the base', async () => {
    await get('Patient/1/');
    expect(last().path).toEqual(['Patient', '1']);
    await request(server.url).get('/fhir?_count=1').set('Accept', 'application/fhir+json');
    expect(last().path).toEqual([]);
  });

  it('is XML or pretty when asked', async () => {
    expect((await get('Patient/1?_format=xml')).text).toBe('<Patient xmlns="http://hl7.org/fhir"/>');
    expect((await get('Patient/1').set('Accept', 'application/fhir+xml')).headers['content-type']).toBe(
      'application/fhir+xml; charset=utf-8',
    );
    expect((await get('Patient/1?_pretty=true')).text).toContain('\n  "id": "1"');
    expect((await get('Patient/object')).text).toBe('{"resourceType":"Patient","id":"object"}');
  });

  it('is refused with 406 before the interaction runs', async () => {
    const before = server.requests.length;
    const response = await get('Patient/1').set('Accept', 'image/png');
    expect(response.status).toBe(406);
    expect(outcome(response.text).issue[0]?.diagnostics).toContain('application/fhir+json');
    expect(server.requests.length).toBe(before);
  });

  it('by HEAD has the same headers and no body', async () => {
    const response = await request(server.url).head('/fhir/Patient/1');
    expect(response.headers).toMatchObject({ etag: 'W/"1"', 'content-length': String(patient.length) });
    expect(response.text).toBeUndefined();
    expect(last().method).toBe('HEAD');
    expect((await request(server.url).head('/fhir/Bundle/stream')).status).toBe(200);
    expect((await request(server.url).head('/fhir/Patient/missing')).status).toBe(404);
  });

  it('not modified, or without content, has no body and no type', async () => {
    for (const [path, status] of [
      ['Patient/same', 304],
      ['Patient/gone', 204],
    ] as const) {
      const response = await get(path);
      expect([response.status, response.text, response.headers['content-type']]).toEqual([status, '', undefined]);
      expect(response.headers.etag).toBeDefined();
    }
  });
});

describe('A fault', () => {
  it('of the interaction is an OperationOutcome with its status, place and headers', async () => {
    const response = await get('Patient/missing');
    expect(response.status).toBe(404);
    expect(outcome(response.text)).toEqual({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'not-found', diagnostics: 'Patient/missing is not known here.', expression: ['Patient.id'] }],
    });
    expect((await get('Patient/table')).headers.allow).toBe('GET');
    expect((await get('Patient/missing').set('Accept', 'application/fhir+xml')).text).toContain('<OperationOutcome');
  });

  it('of the server tells nothing but the request id, and is logged without the data', async () => {
    const response = await get('Patient/bug?name=Smith').set('X-Request-Id', 'trace-1');
    expect(response.status).toBe(500);
    expect(response.text).toContain('trace-1');
    expect(response.text).not.toContain('secret');
    const line = server.log.find((entry) => entry.includes('trace-1') && entry.includes('request failed')) ?? '';
    expect(JSON.parse(line)).toMatchObject({ route: 'GET [type]/[id]', method: 'GET', status: 500 });
    expect(line).not.toContain('name=');
    expect(line).not.toContain('fhir/Patient');
  });

  it('of time in the database is 503 with what to do', async () => {
    const response = await get('Patient/slow-sql');
    expect([response.status, outcome(response.text).issue[0]?.code]).toEqual([503, 'timeout']);
  });

  it('in writing the response is 500, not a hanging request', async () => {
    expect((await get('Patient/unwritable')).status).toBe(500);
  });

  it.each([
    ['GET', '/fhir/Patient/%zz', 400],
    ['GET', '/fhir/Patient/..%2f..', 200],
    ['GET', '/fhir/Patient/%2e%2e', 400],
    ['GET', '/fhir/Patient/a%00', 400],
    ['GET', `/fhir/Patient/${'a'.repeat(300)}`, 400],
    ['GET', '/fhir/Patient?name=%', 400],
    ['GET', '/fhir/Patient?_pretty=maybe', 400],
    ['TRACE', '/fhir/Patient', 405],
    ['PROPFIND', '/fhir/Patient', 405],
    ['GET', '/fhirs/Patient', 404],
  ])('in %s %s is %s', async (method, path, status) => {
    const answered = await new Promise<{ status: number | undefined; allow: string | undefined }>((resolve, reject) => {
      const asked = http.request({ port: server.port, host: '127.0.0.1', method, path }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, allow: response.headers.allow });
      });
      asked.on('error', reject).end();
    });
    expect(answered.status).toBe(status);
    if (status === 405) expect(answered.allow).toContain('GET');
  });
});

describe('A body', () => {
  const post = (path: string, type: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    request(server.url)
      .post(`/fhir/${path}`)
      .set('Content-Type', type)
      .set(headers)
      .serialize((given) => given as never)
      .send(body);

  it.each(['application/fhir+json', 'application/json;charset=utf-8', 'text/json'])('of type %s is read as JSON', async (type) => {
    const response = await post('Patient', type, patient);
    expect([response.status, response.text]).toEqual([201, patient]);
    expect(response.headers.location).toBe('http://x/fhir/Patient/1/_history/1');
  });

  it('of type application/fhir+xml is read as XML', async () => {
    expect((await post('Patient', 'application/fhir+xml', '<Patient/>')).text).toBe('{"resourceType":"Patient"}');
  });

  it('with a byte order mark is read', async () => {
    expect(
      (await post('Patient', 'application/fhir+json', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(patient)]))).status,
    ).toBe(201);
  });

  it.each<[string, string, string | Buffer, number]>([
    ['broken JSON', 'application/fhir+json', '{"resourceType":', 400],
    ['an array', 'application/fhir+json', '[]', 400],
    ['a text', 'application/fhir+json', '"Patient"', 400],
    ['no resourceType', 'application/fhir+json', '{"id":"1"}', 400],
    ['a resourceType that is a number', 'application/fhir+json', '{"resourceType":7}', 400],
    ['nothing', 'application/fhir+json', '', 400],
    ['invalid UTF-8', 'application/fhir+json', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400],
    ['an overlong UTF-8 form', 'application/fhir+json', Buffer.from([0x22, 0xc0, 0x80, 0x22]), 400],
    ['half a surrogate pair in UTF-8', 'application/fhir+json', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 400],
    ['another charset', 'application/fhir+json; charset=utf-16', patient, 415],
    ['another version', 'application/fhir+json; fhirVersion=5.0', patient, 415],
    ['plain text', 'text/plain', patient, 415],
    ['a form', 'application/x-www-form-urlencoded', 'a=b', 415],
  ])('that is %s (%s) is refused', async (_, type, body, status) => {
    const response = await post('Patient', type, body);
    expect([response.status, outcome(response.text).resourceType]).toEqual([status, 'OperationOutcome']);
  });

  it('without a Content-Type is refused with 415', async () => {
    const response = await fetch(`${server.url}/fhir/Patient`, { method: 'POST', body: new Uint8Array(Buffer.from(patient)) });
    expect(response.status).toBe(415);
  });

  it('is plain JSON for JSON Patch', async () => {
    const patch = await request(server.url).patch('/fhir/Patch').set('Content-Type', 'application/json-patch+json').send('[{"op":"test"}]');
    expect(patch.text).toContain('op');
    expect((await request(server.url).patch('/fhir/Patch').set('Content-Type', 'application/fhir+xml').send('<a/>')).status).toBe(415);
  });

  it('of any type reaches the interaction as bytes', async () => {
    await post('Binary', 'image/png', picture);
    expect(last().body.contentType).toBe('image/png');
    expect(last().body.bytes.equals(picture)).toBe(true);
  });

  it('of a form search may name the format of the answer', async () => {
    expect((await post('Patient/_search', 'application/x-www-form-urlencoded', 'name=x&_format=xml')).text).toContain('<Patient');
    expect(last().query).toEqual([]);
    expect(last().body.bytes.toString()).toBe('name=x&_format=xml');
    expect((await post('Patient/_search', 'application/x-www-form-urlencoded', '_format=ttl')).status).toBe(406);
    expect((await post('Patient/_search', 'application/x-www-form-urlencoded', 'name=%zz&_format=xml')).status).toBe(400);
  });

  it('of a GET or DELETE is not looked at', async () => {
    expect((await request(server.url).delete('/fhir/Patient/1').set('Content-Type', 'text/plain').send('x'.repeat(1000))).status).toBe(200);
  });
});

describe('A native Binary', () => {
  it('is sent in its own type, whatever is accepted, and cannot act as a page', async () => {
    const response = await get('Binary/picture').set('Accept', 'image/*').buffer(true);
    expect(response.headers).toMatchObject({ 'content-type': 'image/png', 'accept-ranges': 'bytes', 'content-length': '1000' });
    expect(response.headers['content-security-policy']).toContain('sandbox');
    expect(picture.equals(response.body as Buffer)).toBe(true);
    expect((await get('Binary/page')).headers['content-security-policy']).toContain('sandbox');
  });

  it('is sent as octets when its type is no media type', async () => {
    expect((await get('Binary/odd')).headers['content-type']).toBe('application/octet-stream');
  });

  it.each<[string, number, string | undefined, number]>([
    ['bytes=0-99', 206, 'bytes 0-99/1000', 100],
    ['bytes=990-', 206, 'bytes 990-999/1000', 10],
    ['bytes=-1', 206, 'bytes 999-999/1000', 1],
    ['bytes=0-1,5-6', 200, undefined, 1000],
    ['nonsense', 200, undefined, 1000],
  ])('with Range %s answers %s', async (range, status, contentRange, length) => {
    const response = await get('Binary/picture').set('Range', range).buffer(true);
    expect([response.status, response.headers['content-range'], response.headers['content-length']]).toEqual([
      status,
      contentRange,
      String(length),
    ]);
  });

  it('beyond its end answers 416 with its length', async () => {
    const response = await get('Binary/picture').set('Range', 'bytes=1000-');
    expect([response.status, response.headers['content-range']]).toEqual([416, 'bytes */1000']);
  });

  it('is sent whole when the client’s copy is an older one', async () => {
    expect((await get('Binary/picture').set('Range', 'bytes=0-1').set('If-Range', 'W/"0"')).status).toBe(200);
    expect((await get('Binary/picture').set('Range', 'bytes=0-1').set('If-Range', 'W/"1"')).status).toBe(206);
  });

  it('is refused in a format that does not exist', async () => {
    expect((await get('Binary/picture?_format=ttl')).status).toBe(406);
  });
});

describe('A streamed body', () => {
  it('that turns out short has a length', async () => {
    const response = await get('Bundle/short').set('Accept-Encoding', 'identity');
    expect(JSON.parse(response.text).entry).toHaveLength(3);
    expect(response.headers['content-length']).toBe(String(response.text.length));
  });

  it.each(['identity', 'gzip', 'deflate'])('arrives whole with Accept-Encoding %s', async (encoding) => {
    const response = await get('Bundle/stream').set('Accept-Encoding', encoding);
    expect(JSON.parse(response.text).entry).toHaveLength(5_000);
    expect(response.headers['transfer-encoding']).toBe('chunked');
  });

  it('can be XML or pretty', async () => {
    expect((await get('Bundle/stream?_format=xml')).text).toContain('<Bundle');
    expect((await get('Bundle/short?_pretty=true')).text).toContain('\n  "entry"');
  });

  it('that fails before its first part is a whole OperationOutcome', async () => {
    const response = await get('Bundle/early-fault');
    expect([response.status, outcome(response.text).issue[0]?.code]).toEqual([500, 'exception']);
  });

  it('that fails later is cut, so that nobody takes it for whole', async () => {
    await expect(get('Bundle/late-fault')).rejects.toThrow();
  });
});

describe('Compression', () => {
  function rawBody(path: string, encoding: string): Promise<{ encoding: string | undefined; body: Buffer; length: string | undefined }> {
    return new Promise((resolve, reject) => {
      http
        .get(`${server.url}/fhir/${path}`, { headers: { 'accept-encoding': encoding } }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              encoding: response.headers['content-encoding'],
              body: Buffer.concat(chunks),
              length: response.headers['content-length'],
            }),
          );
        })
        .on('error', reject);
    });
  }
  const readers = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };

  it.each(['gzip', 'deflate', 'br'] as const)('by %s is used for texts long enough, short and large', async (encoding) => {
    for (const [path, text] of [
      ['Patient/long', long],
      ['Patient/huge', huge],
    ] as const) {
      const answered = await rawBody(path, encoding);
      expect(answered.encoding).toBe(encoding);
      expect(readers[encoding](answered.body).toString()).toBe(text);
      expect(answered.length).toBe(String(answered.body.length));
    }
    expect(JSON.parse(readers[encoding]((await rawBody('Bundle/stream', encoding)).body).toString()).entry).toHaveLength(5_000);
  });

  it('is not used for short texts or when the client does not take it', async () => {
    expect((await rawBody('Patient/1', 'gzip')).encoding).toBeUndefined();
    expect((await rawBody('Patient/long', 'gzip;q=0')).encoding).toBeUndefined();
    expect((await rawBody('Patient/long', 'zstd')).body.toString()).toBe(long);
  });
});

describe('CORS', () => {
  it('answers a preflight with methods and headers', async () => {
    const response = await request(server.url)
      .options('/fhir/Patient/1')
      .set({ Origin: 'https://app.example', 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'if-match' });
    expect(response.status).toBe(204);
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(response.headers['access-control-allow-methods']).toContain('PUT');
    expect(response.headers['access-control-allow-headers']).toContain('If-Match');
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('lets pages read the headers that FHIR needs, on faults too', async () => {
    for (const path of ['Patient/1', 'Patient/missing', 'Patient/%zz']) {
      const response = await get(path).set('Origin', 'https://app.example');
      expect(response.headers['access-control-allow-origin']).toBe('*');
      for (const name of ['Location', 'ETag', 'Content-Location', 'Last-Modified'])
        expect(response.headers['access-control-expose-headers']).toContain(name);
    }
    expect((await get('Patient/1')).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('X-Request-Id', () => {
  it('is echoed, made when absent, and replaced when unusable', async () => {
    expect((await get('Patient/1').set('X-Request-Id', 'abc-123')).headers['x-request-id']).toBe('abc-123');
    expect((await get('Patient/1')).headers['x-request-id']).toMatch(/^[0-9a-f]{12}-/);
    const response = await get('Patient/1').set({ 'X-Request-Id': 'a b', 'X-Correlation-Id': 'c-1' });
    expect(response.headers['x-request-id']).not.toBe('a b');
    expect(response.headers['x-correlation-id']).toBe('c-1');
  });
});

describe('The log', () => {
  it('at level debug has one line per request, without path, query or ids', async () => {
    await get('Patient/private-id?name=Smith').set('X-Request-Id', 'line-1');
    const line = server.log.find((entry) => entry.includes('line-1')) ?? '';
    expect(JSON.parse(line)).toMatchObject({ level: 20, method: 'GET', route: 'GET [type]/[id]', status: 200, requestId: 'line-1' });
    expect(line).not.toMatch(/private-id|Smith/);
  });
});
