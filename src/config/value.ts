/** The kinds of value a setting may have: each reads text, or says in a few words what would be right. */
import { isIP } from 'node:net';

export interface Kind<T> {
  /** Valid values in words, such as `an integer from 0 to 65535`. */
  readonly valid: string;
  /** Undefined when the text is not valid. */
  read(text: string): T | undefined;
}

export const text: Kind<string> = { valid: 'any text', read: (given) => given };

export function integer(least: number, most: number): Kind<number> {
  const read = (given: string): number | undefined => {
    const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
  return { valid: `an integer from ${least} to ${most}`, read };
}

const truth: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  on: true,
  off: false,
  1: true,
  0: false,
};

export const boolean: Kind<boolean> = {
  valid: 'true or false',
  read: (given) => (Object.hasOwn(truth, given.toLowerCase()) ? truth[given.toLowerCase()] : undefined),
};

/** The same, for what is switched. */
export const onOff: Kind<boolean> = { ...boolean, valid: 'on or off' };

export function choice<const Word extends string>(...words: readonly Word[]): Kind<Word> {
  return { valid: `one of ${words.join(', ')}`, read: (given) => words.find((word) => word === given.toLowerCase()) };
}

export function matching(pattern: RegExp, valid: string): Kind<string> {
  return { valid, read: (given) => (pattern.test(given) ? given : undefined) };
}

const secondsOf: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Milliseconds. */
export function duration(leastSeconds: number, mostSeconds: number): Kind<number> {
  const read = (given: string): number | undefined => {
    const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)?$/i.exec(given) ?? [];
    const seconds = Number(amount) * (secondsOf[unit.toLowerCase()] ?? Number.NaN);
    return seconds >= leastSeconds && seconds <= mostSeconds ? Math.round(seconds * 1000) : undefined;
  };
  return { valid: `a time from ${leastSeconds}s to ${mostSeconds}s, such as 500ms, 30s or 5m`, read };
}

const bytesOf: Readonly<Record<string, number>> = { b: 1, kb: 1 << 10, mb: 1 << 20, gb: 1 << 30 };

/** Bytes. */
export const size: Kind<number> = {
  valid: 'a size from 1kb to 1gb, such as 500kb or 100mb',
  read: (given) => {
    const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?) ?(b|kb|mb|gb)?$/i.exec(given) ?? [];
    const bytes = Math.floor(Number(amount) * (bytesOf[unit.toLowerCase()] ?? Number.NaN));
    return bytes >= 1 << 10 && bytes <= 1 << 30 ? bytes : undefined;
  },
};

function urlOf(given: string, protocols: readonly string[]): URL | undefined {
  if (!URL.canParse(given)) return undefined;
  const url = new URL(given);
  return protocols.includes(url.protocol) ? url : undefined;
}

export const databaseUrl: Kind<string> = {
  valid: 'a URL such as postgresql://user:password@host:5432/database',
  read: (given) => (urlOf(given, ['postgres:', 'postgresql:']) === undefined ? undefined : given),
};

/** An absolute http(s) URL without query or trailing slash. */
export const webUrl: Kind<string> = {
  valid: 'a URL such as https://fhir.example.org/fhir, without query or fragment',
  read: (given) => {
    const url = urlOf(given, ['http:', 'https:']);
    return url === undefined || url.search !== '' || url.hash !== '' || url.username !== '' ? undefined : given.replace(/\/+$/, '');
  },
};

const partsOf = (given: string): string[] =>
  given
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const hostPattern = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

export const hosts: Kind<readonly string[]> = {
  valid: 'host names with or without a port, separated by commas, such as idp.example.local or 127.0.0.1:9000',
  read: (given) => {
    const list = partsOf(given);
    return list.every((host) => hostPattern.test(host)) ? list : undefined;
  },
};

function isNetwork(given: string): boolean {
  const [address = '', prefix, ...more] = given.split('/');
  const family = isIP(address);
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32));
  return family !== 0 && isPrefix && more.length === 0;
}

export const networks: Kind<readonly string[]> = {
  valid: 'addresses and networks separated by commas, such as 10.0.0.5 or 172.18.0.0/16',
  read: (given) => {
    const list = partsOf(given);
    return list.every(isNetwork) ? list : undefined;
  },
};

const isOrigin = (given: string): boolean => given === '*' || urlOf(given, ['http:', 'https:'])?.origin === given.replace(/\/$/, '');

export const origins: Kind<readonly string[]> = {
  valid: 'origins separated by commas, such as https://app.example.org, or * for any',
  read: (given) => {
    const list = partsOf(given);
    return list.every(isOrigin) ? list : undefined;
  },
};

export const timeZone: Kind<string> = {
  valid: 'a time zone such as UTC or Europe/Berlin',
  read: (given) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone;
    } catch {
      return undefined;
    }
  },
};

const packageName = /^[a-z][a-z0-9.-]*(#[\w.-]+)?$/i;

/** Names of FHIR packages, with or without a version; `all` and `none` stand alone. */
export const packages: Kind<'all' | readonly string[]> = {
  valid: 'all, none, or names of packages separated by commas, each with or without #version',
  read: (given) => {
    if (given === 'all') return 'all';
    if (given === 'none') return [];
    const names = given.split(',').map((name) => name.trim());
    return names.every((name) => packageName.test(name)) ? names : undefined;
  },
};
