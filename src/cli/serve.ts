/** `anamnesis serve`: the FHIR server, from its settings to the last answered request. */
import { Command, Option } from 'commander';
import { hostRefusal } from '../config/loopback.ts';
import { type Config, readConfig, SettingError } from '../config.ts';
import { createLog, describeError, type Log } from '../log.ts';
import { createServer, type Server } from '../server.ts';
import { softwareVersion } from '../software-version.ts';
import { createDemo, type Demo, keepSampleApp, sampleAppUris } from './demo.ts';
import { rebuildingOn } from './rebuilding.ts';
import { prepareSamples, type SamplePerson, type Samples, samplePractitioner } from './sample.ts';
import { startScreen } from './screen.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import { openStorage, type Storage } from './storage.ts';
import { CommandError, type Terminal } from './terminal.ts';

function checkHost(config: Config): void {
  const refused = hostRefusal(config);
  if (refused !== undefined) throw new SettingError(refused);
}

const listenReasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; choose another PORT',
  EACCES: 'this user may not listen there; choose a PORT from 1024 on',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be looked up',
};

async function listen(server: Server, { host, port }: Config): Promise<string> {
  try {
    return (await server.listen()).url;
  } catch (error) {
    const reason = listenReasons[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new CommandError(`Cannot listen on ${host}, port ${port}: ${reason}.`, { cause: error });
  }
}

/** Resolves at the first SIGTERM or SIGINT; the second one ends the process at once. */
function stopAsked(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
      asked = true;
      resolve(signal);
    };
    process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  });
}

/** A fault that nobody caught must not end the server in the middle of others' requests; it is logged for whoever mends it. */
function logStrays(log: Log): void {
  process.on('unhandledRejection', (error) => log.error({ err: describeError(error) }, 'A promise was rejected and nobody waited for it'));
}

interface Opened {
  readonly config: Config;
  readonly log: Log;
  readonly storage: Storage;
  readonly terminal: Terminal;
  readonly started: number;
}

/** At the first start people and programs that may look at the samples; later, the sample application where it is now. */
async function letIn({ database }: Server, config: Config, url: string, { people: [first], areNew }: Samples): Promise<Demo | undefined> {
  if (!config.authorization) return undefined;
  const uris = sampleAppUris(url, config.baseUrl);
  if (areNew && first !== undefined) return createDemo(database, { practitioner: samplePractitioner, patient: first }, uris);
  await keepSampleApp(database, uris);
  return undefined;
}

async function open({ config, log, storage, terminal, started }: Opened): Promise<Server> {
  let people: readonly SamplePerson[] = [];
  const version = softwareVersion();
  const samplePatients = async () => people.map(noteOf);
  const rebuilding = rebuildingOn(terminal.out);
  const { connection } = storage;
  const server = await createServer({ config, connection, log, version, samplePatients, environment: terminal.env, rebuilding });
  try {
    const samples = await prepareSamples(server, config.sampleData, terminal);
    people = samples.people;
    const url = await listen(server, config);
    const demo = await letIn(server, config, url, samples);
    const seconds = (Date.now() - started) / 1000;
    terminal.out.write(startScreen({ url, config, people, place: storage.place, version, seconds, ...(demo && { demo }) }));
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}

const noteOf = ({ id, name, born, history }: SamplePerson) => ({ id, name, note: `born ${born}: ${history}` });

async function serve(config: Config, terminal: Terminal): Promise<void> {
  const started = Date.now();
  checkHost(config);
  const log = createLog(config.logLevel);
  const storage = await openStorage({ config, log, purpose: 'serve' });
  if (!config.authorization) log.warn({}, 'AUTHORIZATION IS OFF: whoever reaches this server may read and change everything');
  try {
    const stop = stopAsked();
    const server = await open({ config, log, storage, terminal, started });
    logStrays(log);
    const signal = await stop;
    log.info({ signal }, 'Stopping: running requests finish first');
    await server.close();
  } finally {
    await storage.close();
  }
}

export function serveCommand(terminal: Terminal): Command {
  const command = new Command('serve').description('Run the FHIR server.');
  command.addOption(
    new Option('--insecure', 'ask nobody who they are: whoever reaches the server may do anything; for a loopback HOST alone'),
  );
  return addSettings(command, ['http', 'fhir', 'database']).action(async (options: Record<string, unknown>) => {
    const flags = options.insecure === true ? { authorization: 'off' } : {};
    await serve(readConfig(terminal.env, { ...flagsOf(options), ...flags }), terminal);
  });
}
