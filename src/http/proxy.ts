/** What proxies in front tell of a request, believed of those that are known. https://developer.mozilla.org/docs/Web/HTTP/Headers/X-Forwarded-For */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export interface Proxies {
  readonly isTrusted: (address: string) => boolean;
  /** Of who asks: the last address that no trusted proxy tells of itself. */
  addressOf(request: IncomingMessage): string | undefined;
}

const mapped = /^::ffff:(?=\d+\.)/i;

/** `trusted`: addresses and networks, such as `10.0.0.5` and `fd00::/8`. */
export function createProxies(trusted: readonly string[]): Proxies {
  const list = new BlockList();
  for (const network of trusted) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
  }
  const isTrusted = (given: string): boolean => {
    const address = given.replace(mapped, '');
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
  const none = trusted.length === 0;
  return {
    isTrusted: none ? () => false : isTrusted,
    addressOf: (request) => {
      const direct = request.socket.remoteAddress;
      if (none || direct === undefined || !isTrusted(direct)) return direct;
      const told = String(request.headers['x-forwarded-for'] ?? '')
        .split(',')
        .map((part) => part.trim())
        .filter((part) => isIP(part) !== 0);
      return told.findLast((address) => !isTrusted(address)) ?? direct;
    },
  };
}
