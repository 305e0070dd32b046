/** What is not FHIR: the page, health, metrics. */
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { patient, type Running, start } from './support.ts';

let server: Running;
const serve = async (options: Parameters<typeof start>[1] = {}): Promise<void> => {
  server = await start(async () => ({ status: 200, body: patient }), options);
};
afterEach(() => server.close());

describe('The page', () => {
  it('shows a browser where things are', async () => {
    await serve({ samplePatients: async () => [{ id: 'p-1', name: 'Ann', note: 'diabetes' }] });
    const response = await request(server.url).get('/');
    expect(response.type).toBe('text/html');
    expect(response.text).toContain('/fhir/metadata');
    expect(response.text).toContain('/fhir/Patient/p-1');
    expect(response.text).toContain(`FHIR base: <code>${server.url}/fhir</code>`);
    expect(response.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('comes without patients when they cannot be asked', async () => {
    await serve({ samplePatients: () => Promise.reject(new Error('no database')) });
    expect((await request(server.url).get('/')).status).toBe(200);
  });

  it('is where a browser at the bare FHIR base is led, and nobody else', async () => {
    await serve();
    const led = await request(server.url).get('/fhir').set('Accept', 'text/html,*/*').redirects(0);
    expect([led.status, led.headers.location]).toEqual([303, '/']);
    expect((await request(server.url).get('/fhir').set('Accept', 'application/fhir+json')).status).toBe(200);
    expect((await request(server.url).get('/fhir/Patient/1').set('Accept', 'text/html,*/*')).status).toBe(200);
  });
});

describe('Health', () => {
  it('is live and ready with a database', async () => {
    await serve();
    expect((await request(server.url).get('/health/live')).body).toEqual({ status: 'ok' });
    expect((await request(server.url).get('/health/ready')).body).toEqual({ status: 'ok', database: 'ok' });
    expect((await request(server.url).get('/health')).body).toMatchObject({ status: 'ok', version: '0.0.0' });
  });

  it.each([
    ['failed', () => Promise.reject(new Error('down'))],
    ['silent', () => new Promise<never>(() => {})],
  ] as const)('is not ready, but live, when the database %s', async (database, checkDatabase) => {
    await serve({ checkDatabase, timing: { health: 50 } });
    const response = await request(server.url).get('/health/ready');
    expect([response.status, response.body]).toEqual([503, { status: 'unavailable', database }]);
    expect((await request(server.url).get('/health/live')).status).toBe(200);
  });
});

describe('Metrics', () => {
  it('count by interaction, never by id', async () => {
    await serve({ poolUsage: () => ({ total: 3, idle: 3, waiting: 0 }) });
    for (const id of ['secret-1', 'secret-2']) await request(server.url).get(`/fhir/Patient/${id}`);
    await request(server.url).get('/fhir/Patient/%zz');
    const { text, headers } = await request(server.url).get('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('fhir_request_duration_seconds_count{interaction="read",status="2xx"} 2');
    expect(text).toContain('fhir_request_duration_seconds_count{interaction="other",status="4xx"} 1');
    expect(text).toContain('database_connections{state="idle"} 3');
    expect(text).not.toContain('secret');
  });
});

describe('Any other path', () => {
  it('is 404 with a pointer to the base', async () => {
    await serve();
    const response = await request(server.url).get('/Patient/1');
    expect(response.status).toBe(404);
    expect(response.text).toContain('/fhir');
    expect((await request(server.url).get('/%zz')).status).toBeLessThan(500);
  });

  it('may be served by a further router, whose faults stay inside', async () => {
    const router = express.Router().get('/bad', () => {
      throw new Error('secret');
    });
    await serve({ routers: { '/extra': router } });
    const response = await request(server.url).get('/extra/bad').set('X-Request-Id', 'page-1');
    expect(response.status).toBe(500);
    expect(response.text).toContain('page-1');
    expect(response.text).not.toContain('secret');
  });
});
