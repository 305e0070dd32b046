import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { hostRefusal, isLoopback } from '../../src/config/loopback.ts';
import { configurationPage } from '../../src/config/page.ts';
import { readConfig, SettingError, type SettingName, settings } from '../../src/config.ts';
import { projectFile } from '../../src/root.ts';

describe('the table of settings', () => {
  test('has defaults that are valid and names that appear once', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      dataDir: './data',
      sampleData: true,
      databaseUrl: undefined,
      bodyLimit: 104_857_600,
    });
    const names = Object.values(settings).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('is frozen, and so is what is read from it', () => {
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.values(settings).every(Object.isFrozen)).toBe(true);
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  test('names each property after its variable', () => {
    for (const [property, { name, flag }] of Object.entries(settings)) {
      expect(property.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()).toBe(name);
      expect(flag).toBe(`--${name.toLowerCase().replaceAll('_', '-')}`);
    }
  });

  test('is what docs/configuration.md says', () => {
    expect(readFileSync(projectFile('docs', 'configuration.md'), 'utf8')).toBe(configurationPage());
  });
});

describe('a setting', () => {
  const right: [SettingName, string, unknown][] = [
    ['port', '0', 0],
    ['port', '65535', 65_535],
    ['sampleData', 'FALSE', false],
    ['sampleData', 'yes', true],
    ['bodyLimit', '1.5MB', 1_572_864],
    ['bodyLimit', '2048', 2048],
    ['shutdownTimeout', '1500ms', 1500],
    ['statementTimeout', '2m', 120_000],
    ['statementTimeout', '5', 5000],
    ['logLevel', 'WARN', 'warn'],
    ['corsOrigins', 'https://a.example.org, http://localhost:3000', ['https://a.example.org', 'http://localhost:3000']],
    ['corsOrigins', '*', ['*']],
    ['baseUrl', 'https://fhir.example.org/fhir/', 'https://fhir.example.org/fhir'],
    ['timeZone', 'Europe/Berlin', 'Europe/Berlin'],
    ['packages', 'all', 'all'],
    ['packages', 'none', []],
    ['packages', 'hl7.fhir.us.core#6.1.0, hl7.fhir.uv.ips', ['hl7.fhir.us.core#6.1.0', 'hl7.fhir.uv.ips']],
    ['databaseUrl', 'postgres://u:p@h/d', 'postgres://u:p@h/d'],
    ['host', '::1', '::1'],
    ['databaseSchema', 'tenant_2', 'tenant_2'],
    ['validation', 'structure', { standard: 'structure', types: new Map() }],
    [
      'validation',
      'full, Observation=Structure,Patient = full',
      {
        standard: 'full',
        types: new Map([
          ['Observation', 'structure'],
          ['Patient', 'full'],
        ]),
      },
    ],
    ['unknownProfile', 'Patient=refuse', { standard: 'warn', types: new Map([['Patient', 'refuse']]) }],
    [
      'profilePolicy',
      'Patient=http://a/b|1, http://a/c; Patient=http://a/d;',
      new Map([['Patient', [['http://a/b|1', 'http://a/c'], ['http://a/d']]]]),
    ],
  ];
  test.each(right)('%s takes %j', (name, given, value) => {
    expect(readConfig({ [settings[name].name]: given })[name]).toEqual(value);
    expect(readConfig({}, { [name]: given })[name]).toEqual(value);
  });

  const wrong: [SettingName, string][] = [
    ['port', '65536'],
    ['validation', 'off'],
    ['validation', 'full,structure'],
    ['validation', 'full,Patient=most'],
    ['unknownProfile', 'patient=refuse'],
    ['profilePolicy', 'Patient'],
    ['profilePolicy', 'Patient=a'],
    ['profilePolicy', 'http://a/b'],
    ['port', '-1'],
    ['port', '80.5'],
    ['port', '0x50'],
    ['sampleData', 'maybe'],
    ['sampleData', 'constructor'],
    ['bodyLimit', '1tb'],
    ['bodyLimit', 'lots'],
    ['shutdownTimeout', '1 day'],
    ['statementTimeout', '0'],
    ['logLevel', 'loud'],
    ['corsOrigins', 'example.org'],
    ['corsOrigins', 'https://a.example.org/path'],
    ['baseUrl', 'fhir.example.org'],
    ['baseUrl', 'https://fhir.example.org/?a=b'],
    ['timeZone', 'Mars/Olympus'],
    ['packages', 'hl7.fhir.us.core@6.1.0'],
    ['packages', 'hl7.fhir.us.core,'],
    ['databaseUrl', 'mysql://h/d'],
    ['databaseSchema', 'Robert"; drop'],
    ['databaseSchema', 'pg_own'],
    ['host', 'a b'],
    ['referentialIntegrity', 'sometimes'],
    ['maxCount', '0'],
  ];
  test.each(wrong)('%s refuses %j in one line that names it and what is valid', (name, given) => {
    const { name: variable, flag, kind } = settings[name];
    const message = messageOf(() => readConfig({ [variable]: given }));
    expect(message).toContain(`${variable} is "`);
    expect(message).toContain(kind.valid);
    expect(message).not.toContain('\n');
    expect(messageOf(() => readConfig({}, { [name]: given }))).toContain(`${flag} is "`);
  });

  test('comes from the flag when both are given, and from its default when the variable is empty', () => {
    expect(readConfig({ PORT: '1' }, { port: '2' }).port).toBe(2);
    expect(readConfig({ PORT: '' }).port).toBe(8080);
    expect(readConfig({ DATABASE_URL: ' ' }).databaseUrl).toBeUndefined();
  });

  test('never shows the password of a database', () => {
    expect(messageOf(() => readConfig({ DATABASE_URL: 'mysql://user:secret@host/db' }))).not.toContain('secret');
  });

  test('of a page is not above the most of a page', () => {
    expect(messageOf(() => readConfig({ DEFAULT_COUNT: '20', MAX_COUNT: '10' }))).toMatch(/DEFAULT_COUNT is 20.*MAX_COUNT, which is 10/);
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingError);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

describe('the address to listen on', () => {
  const reach = { authorization: true, trustedProxies: [], plainHttp: 'loopback' } as const;

  test.each(['127.0.0.1', '127.1.2.3', 'localhost', 'LOCALHOST', '::1', '[::1]', '::ffff:127.0.0.1'])('%s is loopback', (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(hostRefusal({ ...reach, host })).toBeUndefined();
    expect(hostRefusal({ ...reach, host, authorization: false })).toBeUndefined();
  });

  test.each(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example.org', 'example.org', '10.0.0.1', '1270.0.0.1'])(
    '%s needs authorization, a name, and TLS in one way or another',
    (host) => {
      const baseUrl = 'https://fhir.example.org/fhir';
      const tls = { tlsCertificate: 'cert.pem', tlsKey: 'key.pem' };
      expect(isLoopback(host)).toBe(false);
      expect(hostRefusal({ ...reach, ...tls, host, baseUrl, authorization: false })).toMatch(/^HOST .* authorization is off/);
      expect(hostRefusal({ ...reach, ...tls, host })).toMatch(/^HOST .* set BASE_URL/);
      expect(hostRefusal({ ...reach, host, baseUrl })).toMatch(/^HOST .* plain http can be read on the way: set TLS_CERTIFICATE/);
      expect(hostRefusal({ ...reach, ...tls, host, baseUrl })).toBeUndefined();
      expect(hostRefusal({ ...reach, host, baseUrl, trustedProxies: ['10.0.0.1'] })).toBeUndefined();
      expect(hostRefusal({ ...reach, host, baseUrl, plainHttp: 'anywhere' })).toBeUndefined();
    },
  );

  test('a certificate without its key is refused', () => {
    expect(hostRefusal({ ...reach, host: '127.0.0.1', tlsCertificate: 'cert.pem' })).toMatch(/set together/);
  });
});
