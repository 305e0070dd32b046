/** A renewed certificate is taken while the server runs. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createSecureContext } from 'node:tls';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { renewTls } from '../../src/http/tls-renewal.ts';
import { createLog } from '../../src/log.ts';
import { projectFile } from '../../src/root.ts';

const fixture = (name: string): string => projectFile('test', 'fixtures', 'tls', name);

let folder: string;
let server: Server;
let end: () => void;
let lines: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis-tls-'));
  lines = [];
  copyFileSync(fixture('certificate.pem'), file('certificate.pem'));
  copyFileSync(fixture('key.pem'), file('key.pem'));
  server = createServer(read()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  end = renewTls(server, { files: [file('certificate.pem'), file('key.pem')], read }, log, 20);
});
afterEach(() => {
  end();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string): string {
  return join(folder, name);
}

function read() {
  const tls = { cert: readFileSync(file('certificate.pem'), 'utf8'), key: readFileSync(file('key.pem'), 'utf8') };
  createSecureContext(tls);
  return tls;
}

/** Fingerprint of the certificate that a new connection is shown. */
const shown = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    }).once('error', reject);
  });

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 500 && !(await holds()); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await holds()).toBe(true);
}

test('of files that change, the new ones are shown to new connections', async () => {
  const before = await shown();
  copyFileSync(fixture('renewed-certificate.pem'), file('certificate.pem'));
  copyFileSync(fixture('renewed-key.pem'), file('key.pem'));
  await until(async () => (await shown()) !== before);
});

test('of a certificate without its key, nothing changes until the key is there', async () => {
  const before = await shown();
  copyFileSync(fixture('renewed-certificate.pem'), file('certificate.pem'));
  await until(() => lines.some((line) => line.includes('do not fit together')));
  expect(await shown()).toBe(before);
  writeFileSync(file('key.pem'), readFileSync(fixture('renewed-key.pem')));
  await until(async () => (await shown()) !== before);
});

test('SIGHUP looks at once', async () => {
  end();
  end = renewTls(server, { files: [file('certificate.pem'), file('key.pem')], read }, createLog('silent'), 3_600_000);
  const before = await shown();
  copyFileSync(fixture('renewed-certificate.pem'), file('certificate.pem'));
  copyFileSync(fixture('renewed-key.pem'), file('key.pem'));
  process.emit('SIGHUP');
  await until(async () => (await shown()) !== before);
});
