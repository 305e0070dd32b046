/**
 * Any fault as a refusal that the client can act on: what is not a FhirError tells nothing of the inside.
 * https://hl7.org/fhir/R4/http.html#Status-Codes, https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
import { FhirError, refusal } from '../fhir/outcome.ts';

const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
};

const retry = { headers: { 'retry-after': '1' } };

const unavailable = (): FhirError =>
  refusal(
    'transient',
    'The database does not answer at the moment; whether a write of this request was done is not known. Try again.',
    retry,
  );

const contended = (): FhirError =>
  refusal('transient', 'Other requests are changing the same resources; nothing was changed. Try again.', { ...retry, status: 503 });

// 503 and not 403 `too-costly`: the same request may well succeed when the server is less busy.
const tookTooLong = (): FhirError =>
  refusal(
    'timeout',
    'The database took longer than this server allows for one request; nothing was changed. Ask for less: narrow the search or lower _count.',
  );

const unstorable = (): FhirError => refusal('value', 'The request holds a character that cannot be stored, such as NUL.');

const nested = (): FhirError => refusal('structure', 'The body is nested too deeply.');

const tooComplex = (): FhirError =>
  refusal('too-costly', 'The request asks for more at once than the database can do; nothing was changed. Ask in several requests.', {
    status: 400,
  });

const tooLarge = (): FhirError =>
  refusal('too-costly', 'The answer would be larger than this server can put together. Ask for less: narrow the search or lower _count.');

const full = (): FhirError => refusal('transient', 'The database has no room left; nothing was changed.', { status: 507 });

const refusals: ReadonlyMap<string, () => FhirError> = new Map([
  ['57014', tookTooLong],
  ['25P03', tookTooLong],
  ['55P03', contended],
  ['40001', contended],
  ['40P01', contended],
  ['57P01', unavailable],
  ['57P02', unavailable],
  ['57P03', unavailable],
  ['53300', unavailable],
  ['53100', full],
  ['54000', tooComplex],
  ['54001', tooComplex],
  ['54011', tooComplex],
  ['22021', unstorable],
  ['22P05', unstorable],
  ['ECONNREFUSED', unavailable],
  ['ECONNRESET', unavailable],
  ['EPIPE', unavailable],
  ['ETIMEDOUT', unavailable],
  ['ENOTFOUND', unavailable],
  ['EAI_AGAIN', unavailable],
  ['EHOSTUNREACH', unavailable],
]);

/** What pg says, without a code, when it has no connection. */
const noConnection =
  /^Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after/;

function known(error: unknown): FhirError | undefined {
  const code = codeOf(error);
  // Class 08: connection exception.
  const make = refusals.get(code) ?? (code.startsWith('08') && code.length === 5 ? unavailable : undefined);
  if (make !== undefined) return make();
  // The socket file of a local PostgreSQL that is not running.
  if (code === 'ENOENT' && (error as { syscall?: unknown }).syscall === 'connect') return unavailable();
  if (error instanceof RangeError && error.message === 'Maximum call stack size exceeded') return nested();
  if (error instanceof RangeError && error.message === 'Invalid string length') return tooLarge();
  return error instanceof Error && noConnection.test(error.message) ? unavailable() : undefined;
}

export function refusalFor(error: unknown, requestId: string): FhirError {
  if (error instanceof FhirError) return error;
  return known(error) ?? refusal('exception', `The server failed at this request; its log tells more under the request id ${requestId}.`);
}
