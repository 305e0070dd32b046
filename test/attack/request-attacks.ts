/** Every route of the FHIR API with every header, parameter, id and method that a client may get wrong. https://hl7.org/fhir/R4/http.html */
import { routes } from '../../src/interactions/routes.ts';
import { oddTexts } from './odd.ts';
import type { Attack } from './wire.ts';

const json = { 'Content-Type': 'application/fhir+json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** As they stand in a path. */
const oddIds = [
  ...[
    'none',
    '%00',
    '%0a',
    '%0d%0aX-A:%201',
    '%',
    '%zz',
    '%ed%a0%80',
    '%c0%ae',
    '%2e%2e',
    '%2F',
    '%5c',
    '%20',
    '_',
    '.',
    '-',
    '$',
    '$x',
    '*',
    '~',
  ],
  ...[
    'x'.repeat(64),
    'x'.repeat(65),
    'x'.repeat(300),
    '__proto__',
    'constructor',
    '_search',
    '_history',
    'metadata',
    '_job',
    '%F0%9F%98%80',
    'log-1',
    "'--",
    '1;2',
    '1?',
    '%3F',
    '%23',
  ],
];

/** A path of a route: https://hl7.org/fhir/R4/http.html#summary */
const pathOf = (route: string, id: string, vid: string): string => {
  const named = route.split('/').map((segment, place) => {
    if (segment === '[type]') return place === 2 ? 'Observation' : 'Patient';
    if (segment === '[id]') return id;
    if (segment === '[vid]') return vid;
    return segment === '$[name]' ? '$everything' : segment;
  });
  return `/fhir/${named.join('/')}`;
};

const etags = [
  'x',
  'W/',
  'W/"',
  '""',
  'W/""',
  '"1',
  '*',
  '**',
  'W/"1", W/"2"',
  'W/"99999999999999999999"',
  'W/"-1"',
  'W/"1e1"',
  '0',
  ',',
  "W/'1'",
  'W/"\u00e4"',
];
const dates = [
  'x',
  'Sat, 31 Feb 2026 00:00:00 GMT',
  '2026-01-01',
  '0',
  '-1',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  'Fri, 31 Dec 99999 23:59:59 GMT',
];
const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  ...etags.flatMap((text) => [{ 'If-Match': text }, { 'If-None-Match': text }]),
  ...dates.flatMap((text) => [{ 'If-Modified-Since': text }, { 'If-Unmodified-Since': text }]),
  ...[
    '',
    '?',
    'x',
    'identifier',
    'identifier=',
    'zzz=1',
    '_id=%',
    '_id=%00',
    'identifier=a|b&_count=1',
    'Patient?identifier=a|b',
    'x'.repeat(5000),
    'name=%ed%a0%80',
  ].map((text) => ({ 'If-None-Exist': text })),
  ...[
    '',
    ',',
    'q',
    '*',
    '*/*;q=',
    '*/*;q=x',
    '*/*;q=2',
    'application/json;q=0',
    '*/*;q=0',
    'text/html',
    'image/png',
    'application/fhir+json;fhirVersion=',
    'application/fhir+json; fhirVersion=9.9',
    'application/fhir+json;q=0.1234567',
    'a/b;c="',
    'x'.repeat(9000),
    'application/fhir+json, */*;q=0',
    '/',
    'application/',
    ';',
    'application/fhir+xml;q=1, application/fhir+json;q=1',
  ].map((text) => ({ Accept: text })),
  ...[
    '',
    ',',
    ';',
    '=',
    'return',
    'return=',
    'return=x',
    'return=minimal,return=representation',
    'handling=strict;handling=lenient',
    'handling=x',
    'respond-async',
    'respond-async; respond-async',
    'respond-async, return=OperationOutcome, handling=strict',
    'respond-async=1',
    'wait=10',
    'wait=-1',
    'wait=x',
    '"',
    'return="minimal',
    'x'.repeat(9000),
    'respond-async,handling=lenient',
  ].map((text) => ({ Prefer: text })),
  ...[
    'bytes=',
    'bytes=x',
    'bytes=0-',
    'bytes=-1',
    'bytes=5-1',
    'bytes=0-0,2-3',
    'bytes=99999999999999999999-',
    'x=0-1',
    'bytes=0-99999999999999999999',
  ].map((text) => ({ Range: text })),
  ...['gzip', 'br;q=x', 'identity;q=0', '*;q=0', 'x'].map((text) => ({ 'Accept-Encoding': text })),
  ...['gzip', 'deflate', 'br', 'x', 'gzip, gzip', 'identity'].map((text) => ({ 'Content-Encoding': text })),
  ...[
    '',
    'x',
    '/',
    'application/fhir+json; charset=utf-16',
    'application/fhir+json; charset=x',
    'application/json; x="',
    'application/x-www-form-urlencoded; charset=latin1',
    'multipart/form-data; boundary=x',
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/fhir+ndjson',
    'text/html',
  ].map((text) => ({ 'Content-Type': text })),
  ...['', 'x', ' ', 'x'.repeat(9000), 'TREAT', 'a\tb', '\u00e4'].map((text) => ({ 'X-Break-Glass': text })),
  ...[
    '',
    'x',
    'Basic x',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer x y',
    'bearer x',
    'Bearer a.b.c',
    `Bearer ${'x'.repeat(9000)}`,
    'Bearer \u00e4',
    'Digest x',
  ].map((text) => ({ Authorization: text })),
  ...['', 'x'.repeat(500), 'a b', '<script>'].flatMap((text) => [{ 'X-Request-Id': text }, { 'X-Correlation-Id': text }]),
  ...['x', 'evil.example.org', 'a:b:c', '[::1', ''].flatMap((text) => [
    { Host: text },
    { 'X-Forwarded-Host': text },
    { Forwarded: `host=${text}` },
  ]),
  ...['chunked, chunked', 'x', 'gzip, chunked'].map((text) => ({ 'X-HTTP-Method-Override': text })),
  ...['null', 'https://evil.example.org', 'x'].map((text) => ({ Origin: text })),
  ...['100-continue', 'x'].map((text) => ({ Expect: text })),
];

const bodies = [
  '',
  '{}',
  '[]',
  'null',
  '{"resourceType":"Patient"}',
  '{"resourceType":"Patient","id":"ann","zzz":1}',
  '{"resourceType":"Bundle","type":"batch"}',
  '{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"$export"}}]}',
  'x=1',
];

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'M-SEARCH', 'PURGE'];

/** A body that would be taken, so that the header is what is at fault. */
const usualBody = (method: string): string | undefined =>
  method === 'PUT' || method === 'POST'
    ? '{"resourceType":"Patient","id":"ann","name":[{"family":"Example","given":["ann"]}]}'
    : method === 'PATCH'
      ? '[]'
      : undefined;

const given = (method: string, path: string, headers: Readonly<Record<string, string>>, body = usualBody(method)): Attack => ({
  ...{ method, path, headers: { ...(body === undefined ? {} : json), ...headers } },
  ...(body === undefined ? {} : { body }),
});

/** Results are made smaller or larger by them. */
const ofAnswers = [
  '_count',
  '_sort',
  '_include',
  '_revinclude',
  '_summary',
  '_elements',
  '_total',
  '_contained',
  '_containedType',
  '_format',
  '_pretty',
  '_cursor',
  '_has',
  '_filter',
  '_type',
  '_list',
  '_at',
  '_since',
  '_query',
  '_text',
  '_content',
  '_id',
  '_lastUpdated',
  '_explain',
  '_maxresults',
];

const searchable = [
  'name',
  'birthdate',
  'identifier',
  'gender',
  'general-practitioner',
  'organization.name',
  'name:exact',
  'name:zzz',
  'identifier:of-type',
  'general-practitioner:Practitioner.name',
  '_has:Observation:patient:code',
  'zzz',
  '__proto__',
  'constructor',
];

function* ofRoutes(): Generator<Attack> {
  for (const { path } of new Map(routes.map((route) => [route.path, route])).values()) {
    const usual = path.startsWith('_job') ? '00000000-0000-4000-8000-000000000000' : 'ann';
    for (const method of methods)
      if (method !== 'DELETE' || path !== '[type]/[id]') yield { method, path: pathOf(path, usual, '1'), headers: {} };
    for (const id of path.includes('[id]') || path.includes('[vid]') ? oddIds : [])
      for (const method of ['GET', 'DELETE', 'PUT', 'HEAD', 'PATCH', 'POST']) {
        // What is deleted or made under a name that can be one is no attack.
        if (method !== 'GET' && method !== 'HEAD' && /^[\w.-]{1,64}$/.test(id)) continue;
        yield given(method, pathOf(path, id, '1'), {});
        yield given(method, pathOf(path, usual, id), {});
      }
  }
  for (const { method, path } of routes)
    for (const headers of oddHeaders)
      if (method !== 'DELETE' || path.startsWith('_job'))
        yield given(method, pathOf(path, path.startsWith('_job') ? 'x' : 'ann', '1'), headers);
  for (const { method, path } of routes)
    for (const body of bodies) if (method !== 'GET' && method !== 'DELETE') yield given(method, pathOf(path, 'ann', '1'), {}, body);
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

function* ofParameters(): Generator<Attack> {
  for (const path of [
    '/fhir/Patient',
    '/fhir',
    '/fhir/Patient/ann',
    '/fhir/Patient/ann/Observation',
    '/fhir/Patient/ann/_history',
    '/fhir/_history',
    '/fhir/metadata',
    '/fhir/Patient/ann/_history/1',
    '/fhir/_job',
    '/fhir/_job/x',
  ])
    for (const name of [...ofAnswers, ...searchable]) {
      for (const text of oddTexts) yield { method: 'GET', path: `${path}?${encoded(name)}=${encoded(text)}`, headers: {} };
      yield { method: 'GET', path: `${path}?${encoded(name)}`, headers: {} };
      for (const raw of ['%', '%00', '%ed%a0%80'])
        yield { method: 'GET', path: `${path}?${encoded(name)}=${raw}`, headers: {}, refused: true };
      yield { method: 'GET', path: `${path}?${encoded(name)}=1&${encoded(name)}=2`, headers: {} };
    }
  for (const path of [
    '/fhir/Patient',
    '/fhir/Patient/ann',
    '/fhir/Patient/ann/_history',
    '/fhir/Patient/ann/_history/1',
    '/fhir/metadata',
    '/fhir/_history',
    '/fhir/_job',
    '/fhir/Patient/ann/Observation',
  ])
    for (const name of ['zzz', '__proto__', 'constructor']) {
      yield { method: 'GET', path: `${path}?${name}=1`, headers: {}, refused: true, names: name };
      yield given('POST', '/fhir/Patient/_search', form, `${name}=1`);
    }
  yield { method: 'GET', path: `/fhir/Patient?name=${'x'.repeat(60_000)}`, headers: {} };
  yield { method: 'GET', path: `/fhir/Patient?${'name=x&'.repeat(3000)}`, headers: {} };
  yield { method: 'GET', path: `/fhir/${'Patient/'.repeat(3000)}`, headers: {}, refused: true };
  yield { method: 'GET', path: `/fhir/Patient?_id=${'a,'.repeat(20_000)}`, headers: {} };
  for (const path of [
    '//',
    '/fhir//',
    '/fhir//Patient',
    '/fhir/./Patient',
    '/fhir/../fhir/Patient',
    '/fhir/Patient//ann',
    '/fhir/Patient/ann/',
    '/fhir?',
    '/fhir/?',
    '/fhir/Patient?&&&',
    '/fhir/Patient?=',
    '/fhir/Patient?=1',
    '/fhir/Patient#x',
    '/FHIR/Patient',
    '/fhir/patient',
    '/fhir/Patient;x=1',
  ])
    yield { method: 'GET', path, headers: {} };
}

const types = ['batch', 'transaction'];
const requests: readonly unknown[] = [
  ...[
    undefined,
    null,
    {},
    [],
    1,
    { method: 'GET' },
    { url: 'Patient' },
    { method: 'X', url: 'Patient' },
    { method: 'GET', url: '' },
    { method: 'GET', url: 1 },
    { method: 1, url: 'Patient' },
  ],
  ...[
    '$export',
    '$import',
    'Patient/$export',
    'Patient/ann/$everything',
    'Patient/ann/$summary',
    'Patient/ann/$timeline?zzz=1',
    'Composition/c/$document',
    '_job',
    '_job/x',
    '_history',
    'metadata',
    '?_type=Patient',
    '/Patient',
    'http://x/Patient',
    '../x',
    'Patient/%',
    'Patient/%00',
    'Patient?name=%ed%a0%80',
    'Patient/ann/_history/x',
    ' ',
    '$reindex',
    'Patient?_cursor=x',
  ].map((url) => ({ method: 'GET', url })),
  ...['$export', '$import', '$reindex', '$validate', '_job/x', 'Patient/_search', 'Patient/$summary', '', '/', '$fhirpath'].map((url) => ({
    method: 'POST',
    url,
  })),
  ...['_job/x', '', 'Patient', '$export', 'Patient/%'].flatMap((url) => ['DELETE', 'PUT', 'PATCH'].map((method) => ({ method, url }))),
  { method: 'GET', url: 'Patient/ann', ifNoneMatch: 'x' },
  { method: 'GET', url: 'Patient/ann', ifNoneMatch: 1 },
  { method: 'PUT', url: 'Patient/ann', ifMatch: 'x' },
  { method: 'PUT', url: 'Patient/ann', ifMatch: [] },
  { method: 'GET', url: 'Patient/ann', ifModifiedSince: 'x' },
  { method: 'POST', url: 'Patient', ifNoneExist: '%' },
  { method: 'POST', url: 'Patient', ifNoneExist: 1 },
];

function* ofBundles(): Generator<Attack> {
  for (const type of types)
    for (const request of requests) {
      yield { ...given('POST', '/fhir', {}, JSON.stringify({ resourceType: 'Bundle', type, entry: [{ request }] })) };
      yield { ...given('POST', '/fhir', {}, JSON.stringify({ resourceType: 'Bundle', type, entry: [{ request }, { request }] })) };
    }
  for (const entry of [null, 1, {}, [null], [1], [[]], [{}], ['x'], Array.from({ length: 3000 }, () => ({}))])
    for (const type of [...types, 'x', 1, null, 'document', 'history'])
      yield given('POST', '/fhir', {}, JSON.stringify({ resourceType: 'Bundle', type, entry }));
}

export function* requestAttacks(): Generator<Attack> {
  yield* ofRoutes();
  yield* ofParameters();
  yield* ofBundles();
}
