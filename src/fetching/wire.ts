import { lookup } from 'node:dns/promises';
import net from 'node:net';
import tls from 'node:tls';
import type { Target } from './target.ts';

/** How names are looked up and connections made. */
export interface Wire {
  resolve(name: string): Promise<readonly string[]>;
  /** Opens a connection to one of the addresses. Looks nothing up. */
  dial(addresses: readonly string[], port: number): net.Socket;
  /** Certificates to trust instead of the system's. */
  readonly ca?: string;
}

/** Names as the system resolves them, connections over its network. */
export const systemWire: Wire = {
  resolve: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
  dial(addresses, port) {
    const checked = addresses.map((address) => ({ address, family: net.isIP(address) }));
    return net.connect({
      // Never looked up: the answer below is all that the connection knows of the name.
      host: 'checked.invalid',
      port,
      autoSelectFamily: true,
      lookup: (_name, options, done) => {
        const [first] = checked;
        if (options.all) done(null, checked);
        else done(null, first?.address ?? '', first?.family);
      },
    });
  },
};

/** Connects to a checked target, with TLS for https. */
export function connectTo({ url, host, port, addresses }: Target, wire: Wire): net.Socket {
  const socket = wire.dial(addresses, port);
  if (url.protocol === 'http:') return socket;
  return tls.connect({
    socket,
    host,
    ALPNProtocols: ['http/1.1'],
    ...(net.isIP(host) === 0 && { servername: host.replace(/\.$/, '') }),
    ...(wire.ca !== undefined && { ca: wire.ca }),
  });
}
