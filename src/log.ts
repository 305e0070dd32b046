/**
 * Structured logs: what happened to the server, never what it knows of patients.
 * A request is logged by method, route pattern, status and duration, without path, query, headers or body.
 */
import { type DestinationStream, destination, type Logger, type LoggerOptions, pino } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** The part of a logger that this server uses. */
export type Log = Pick<Logger, 'error' | 'warn' | 'info' | 'debug' | 'isLevelEnabled'>;

interface DatabaseFault {
  readonly severity: string;
  readonly code?: string;
  readonly routine?: string;
  readonly table?: string;
  readonly constraint?: string;
}

const isDatabaseFault = (error: object): error is DatabaseFault => 'severity' in error && 'routine' in error;

/** The lines of a stack below its message. */
const frames = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');

/** Messages of PostgreSQL and of parsers quote the values they complain of. */
const mayQuoteValues = (error: Error): boolean => isDatabaseFault(error) || error instanceof SyntaxError;

/** What was described already, so that describing it again changes nothing. */
const described = new WeakSet<object>();

export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return isDescription(error) ? error : { type: typeof error };
  const description = describe(error);
  described.add(description);
  return description;
}

const isDescription = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && described.has(value);

function describe(error: Error): Record<string, unknown> {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const fields: Record<string, unknown> = { type: error.name, code, syscall, stack: frames(error) };
  if (!mayQuoteValues(error)) fields.message = error.message;
  if (isDatabaseFault(error)) Object.assign(fields, { routine: error.routine, table: error.table, constraint: error.constraint });
  if (error.cause !== undefined) fields.cause = describeError(error.cause);
  return fields;
}

/** JSON lines to stderr: stdout belongs to the people who start the server. */
export function createLog(level: LogLevel, stream: DestinationStream = destination({ fd: 2, sync: true })): Log {
  const options: LoggerOptions = {
    level,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: { err: describeError },
  };
  return pino(options, stream);
}
