/** The small rules of the HTTP layer, each alone. */
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { FhirError, refusal } from '../../src/fhir/outcome.ts';
import { createBase } from '../../src/http/base.ts';
import { createCors } from '../../src/http/cors.ts';
import { refusalFor } from '../../src/http/error.ts';
import { escapeHtml, renderPage } from '../../src/http/page.ts';
import { parseRange, rangeApplies } from '../../src/http/range.ts';
import { remembered } from '../../src/http/remembered.ts';
import { requestId } from '../../src/http/request-id.ts';
import { createRoom } from '../../src/http/room.ts';
import { describeError } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { startTracing } from '../../src/tracing.ts';

describe('Range', () => {
  it.each<[string | undefined, ReturnType<typeof parseRange>]>([
    [undefined, undefined],
    ['bytes=0-4', { first: 0, last: 4 }],
    ['bytes=5-', { first: 5, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-30', { first: 0, last: 9 }],
    ['bytes=0-999', { first: 0, last: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,4-5', undefined],
    ['items=0-1', undefined],
    ['bytes=a-b', undefined],
  ])('%s of ten bytes is %j', (header, expected) => expect(parseRange(header, 10)).toEqual(expected));

  it('of nothing is never satisfiable', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=-5', 0)).toBe('unsatisfiable');
  });

  it('counts only while the client holds the current version', () => {
    expect(rangeApplies(undefined, 'W/"1"', undefined)).toBe(true);
    expect(rangeApplies('W/"1"', 'W/"1"', undefined)).toBe(true);
    expect(rangeApplies('W/"2"', 'W/"1"', undefined)).toBe(false);
  });
});

describe('The FHIR base', () => {
  const request = (headers: Record<string, string>) => ({ headers }) as never;

  it('follows the Host header', () => {
    const base = createBase({ path: '/fhir' });
    expect(base(request({ host: '127.0.0.1:8080' }))).toBe('http://127.0.0.1:8080/fhir');
    expect(base(request({ host: '[::1]:8080' }))).toBe('http://[::1]:8080/fhir');
    expect(base(request({ host: 'a.example', 'x-forwarded-host': 'evil.example' }))).toBe('http://a.example/fhir');
  });

  it('is what the setting says, when there is one', () => {
    expect(createBase({ path: '/fhir', url: 'https://ehr.example/r4' })(request({ host: 'other' }))).toBe('https://ehr.example/r4');
  });

  it('believes a proxy only when told to', () => {
    const base = createBase({ path: '/fhir', isTrusted: (address) => address === '10.0.0.1' });
    const forwarded = request({ host: 'inner', 'x-forwarded-host': 'ehr.example', 'x-forwarded-proto': 'https' });
    const from = (remoteAddress: string): IncomingMessage => Object.assign(Object.create(forwarded), { socket: { remoteAddress } });
    expect(base(from('10.0.0.1'))).toBe('https://ehr.example/fhir');
    expect(base(from('10.0.0.2'))).toBe('http://inner/fhir');
  });

  it.each(['a b', 'a/b', 'a"onload="', 'host:port', ''])('is refused for the host "%s"', (host) => {
    expect(() => createBase({ path: '/fhir' })(request({ host }))).toThrow(FhirError);
  });
});

describe('CORS', () => {
  it('answers nothing to requests without Origin when every origin is welcome', () => {
    expect(createCors(['*']).headers(undefined)).toEqual([]);
    expect(createCors(['*']).headers('https://a.example')).toContain('*');
  });

  it('names a listed origin and hides from others', () => {
    const cors = createCors(['https://a.example/']);
    expect(cors.headers('https://a.example')).toContain('https://a.example');
    expect(cors.headers('https://b.example')).toEqual(['Vary', 'Origin']);
    expect(createCors([]).headers('https://a.example')).toEqual([]);
  });
});

describe('An error', () => {
  const coded = (code: string, more: object = {}): Error => Object.assign(new Error('secret detail'), { code }, more);

  it.each<[string, Error, number, string]>([
    ['a refusal', refusal('not-found', 'x'), 404, 'not-found'],
    ['a statement timeout', coded('57014'), 503, 'timeout'],
    ['a serialization failure', coded('40001'), 503, 'transient'],
    ['a deadlock', coded('40P01'), 503, 'transient'],
    ['a database that shuts down', coded('57P01'), 503, 'transient'],
    ['a refused connection', coded('ECONNREFUSED'), 503, 'transient'],
    ['a missing socket', coded('ENOENT', { syscall: 'connect' }), 503, 'transient'],
    ['a missing file', coded('ENOENT', { syscall: 'open' }), 500, 'exception'],
    ['a connection failure', coded('08006'), 503, 'transient'],
    ['a lost connection', new Error('Connection terminated unexpectedly'), 503, 'transient'],
    ['a full disk', coded('53100'), 507, 'transient'],
    ['a NUL in a text', coded('22021'), 400, 'value'],
    ['an overflowing stack', new RangeError('Maximum call stack size exceeded'), 400, 'structure'],
    ['a bug', new TypeError('secret detail'), 500, 'exception'],
    ['a thrown text', 'secret detail' as never, 500, 'exception'],
  ])('that is %s answers %s %s', (_, error, status, code) => {
    const refused = refusalFor(error, 'id-1');
    expect([refused.status, refused.issues[0]?.code]).toEqual([status, code]);
    expect(refused.message).not.toContain('secret');
  });

  it('that nobody expected names the request id', () => {
    expect(refusalFor(new Error('x'), 'id-7').message).toContain('id-7');
  });
});

describe('The log', () => {
  it('keeps messages of programs and drops those that may quote data', () => {
    expect(describeError(new TypeError('x is undefined'))).toMatchObject({ type: 'TypeError', message: 'x is undefined' });
    const fault = Object.assign(new Error('Key (id)=(Smith) exists'), {
      severity: 'ERROR',
      routine: '_bt_check',
      code: '23505',
      detail: 'Smith',
    });
    const described = JSON.stringify(describeError(fault));
    expect(described).toContain('23505');
    expect(described).not.toContain('Smith');
    expect(JSON.stringify(describeError(new SyntaxError('Unexpected token in "Smith"')))).not.toContain('Smith');
    expect(JSON.stringify(describeError(new Error('outer', { cause: fault })))).toContain('_bt_check');
    expect(describeError('Smith')).toEqual({ type: 'string' });
    expect(describeError(describeError(new TypeError('twice')))).toMatchObject({ message: 'twice' });
    expect(describeError({ name: 'Smith' })).toEqual({ type: 'object' });
  });
});

describe('X-Request-Id', () => {
  it('is the client’s when usable, else a new one', () => {
    expect(requestId('abc-1')).toBe('abc-1');
    const made = [requestId(undefined), requestId(undefined), requestId('a b'), requestId('x'.repeat(129)), requestId(['a', 'b'])];
    expect(new Set(made).size).toBe(5);
  });
});

describe('The page', () => {
  it('lists the sample patients and escapes what it is told', () => {
    const html = renderPage({
      basePath: '/fhir',
      base: 'http://127.0.0.1:8080/fhir',
      version: '1<2',
      patients: [{ id: 'p-1', name: "Ann O'Neil", note: '<b>"x"</b>' }],
    });
    expect(html).toContain('/fhir/Patient/p-1/$everything');
    expect(html).toContain('aria-label="Complete history of Ann O&#39;Neil"');
    expect(html).toContain('curl -s &#39;http://127.0.0.1:8080/fhir/Patient/p-1/$everything');
    expect(html).toContain('1&lt;2');
    expect(html).not.toContain('<b>');
  });

  it('escapes every character that HTML gives a meaning', () => expect(escapeHtml(`&<>"'`)).toBe('&amp;&lt;&gt;&quot;&#39;'));
});

describe('A remembered function', () => {
  it('computes an answer once, forgets when it holds too many, and never keeps long texts', () => {
    let calls = 0;
    const length = remembered((text) => {
      calls += 1;
      return text.length;
    });
    for (let i = 0; i < 3; i++) length('same');
    expect(calls).toBe(1);
    for (let i = 0; i < 600; i++) length(`text ${i}`);
    length('same');
    expect(calls).toBe(602);
    for (let i = 0; i < 3; i++) length('x'.repeat(300));
    expect(calls).toBe(605);
  });
});

describe('Room for bodies', () => {
  it('is given until it is full, and again once it is free', () => {
    const room = createRoom(100);
    room.take(60);
    expect(() => room.take(50)).toThrow(expect.objectContaining({ status: 429, headers: expect.objectContaining({ 'retry-after': '2' }) }));
    room.give(60);
    expect(() => room.take(100)).not.toThrow();
  });

  it('lets large bodies be worked on one after the other, also after a failure, and small ones at once', async () => {
    const room = createRoom(1e9);
    const order: string[] = [];
    const work = (name: string, ms: number) => async () => {
      order.push(`${name} starts`);
      await new Promise((resolve) => setTimeout(resolve, ms));
      order.push(`${name} ends`);
      if (name === 'first') throw new Error('no');
    };
    const first = room.inTurn(1e8, work('first', 30)).catch(() => undefined);
    const second = room.inTurn(1e8, work('second', 1));
    await room.inTurn(10, work('small', 1));
    await Promise.all([first, second]);
    expect(order).toEqual(['small starts', 'first starts', 'small ends', 'first ends', 'second starts', 'second ends']);
  });
});

describe('Metrics', () => {
  it('count requests by interaction and status class, and show the pool', async () => {
    const metrics = createMetrics(() => ({ total: 5, idle: 2, waiting: 1 }));
    metrics.observe('read', 200, 0.003);
    metrics.observe('read', 200, 0.2);
    metrics.observe('read', 404, 0.001);
    const text = await metrics.text();
    expect(text).toContain('fhir_request_duration_seconds_count{interaction="read",status="2xx"} 2');
    expect(text).toContain('fhir_request_duration_seconds_count{interaction="read",status="4xx"} 1');
    expect(text).toContain('database_connections{state="busy"} 3');
    expect(text).toContain('process_cpu_seconds_total');
  });
});

describe('Tracing', () => {
  const silent = { warn: () => {}, error: () => {}, info: () => {}, debug: () => {}, isLevelEnabled: () => false };

  it('is absent unless an endpoint is set', async () => {
    expect(await startTracing({}, silent, () => Promise.reject(new Error('must not load')))).toBeUndefined();
  });

  it('is absent with a warning when the packages are missing', async () => {
    let warned = false;
    const log = { ...silent, warn: () => void (warned = true) };
    expect(
      await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x' }, log, () => Promise.reject(new Error('not found'))),
    ).toBeUndefined();
    expect(warned).toBe(true);
  });

  it('makes one span per request, named by the route', async () => {
    const seen: unknown[] = [];
    const span = {
      updateName: (name: string) => seen.push(name),
      setAttribute: (name: string, value: unknown) => seen.push(`${name}=${value}`),
      setStatus: (status: object) => seen.push(status),
      end: () => seen.push('end'),
    };
    const api = {
      trace: {
        getTracer: () => ({ startActiveSpan: (_: string, __: object, ___: unknown, work: (s: typeof span) => unknown) => work(span) }),
      },
      context: { active: () => ({}) },
      propagation: { extract: () => ({}) },
    };
    class NodeSDK {
      start = () => void seen.push('start');
      shutdown = async () => void seen.push('shutdown');
    }
    const tracing = await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x' }, silent, async (name) =>
      name.endsWith('api') ? api : { NodeSDK },
    );
    const route = { interaction: 'read', pattern: 'GET [type]/[id]' };
    await tracing?.trace(
      { headers: {}, method: 'GET' } as never,
      { statusCode: 500 } as never,
      async () => void seen.push('work'),
      () => route,
    );
    await tracing?.close();
    expect(seen.slice(0, 3)).toEqual(['start', 'work', 'GET [type]/[id]']);
    expect(seen).toContain('http.response.status_code=500');
    expect(seen.slice(-2)).toEqual(['end', 'shutdown']);
  });
});
