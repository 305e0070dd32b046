/** Where a command reads its settings and says what it does; tests give their own. */
import type { Readable, Writable } from 'node:stream';
import { SettingError } from '../config.ts';
import { FhirError } from '../fhir/outcome.ts';
import { DataInUseError } from '../store/embedded.ts';
import { ForeignTablesError } from '../store/migrate.ts';

export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly in?: Readable & { readonly isTTY?: boolean };
  readonly out: Writable & { readonly isTTY?: boolean };
  readonly err: Writable & { readonly isTTY?: boolean };
}

/** A fault that the user can mend: shown as its one line, without a stack trace. */
export class CommandError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
  }
}

const forPeople = [CommandError, SettingError, DataInUseError, ForeignTablesError, FhirError];

/** One line. A fault that nobody foresaw shows where it happened when LOG_LEVEL is debug or trace. */
export function faultText(error: unknown, env: NodeJS.ProcessEnv): string {
  const fault = error instanceof Error ? error : new Error(String(error));
  const detailed = !forPeople.some((kind) => fault instanceof kind) && /^(debug|trace)$/i.test(env.LOG_LEVEL ?? '');
  return `anamnesis: ${detailed ? fault.stack : fault.message.replace(/\s*\n\s*/g, ' ')}\n`;
}
