import { createConnection, type Socket } from 'node:net';
import { type PrivateEndpoint, readPort } from './endpoint.ts';

/** What became of knocking at a server. `ready` hands over the open connection: it closes when the server ends. */
export type Probe =
  | { readonly state: 'ready'; readonly connection: Socket }
  | { readonly state: 'loading' }
  | { readonly state: 'absent' };

/** Asks whether a server answers. Never throws. */
export function probeServer(endpoint: PrivateEndpoint, timeoutMs = 2000): Promise<Probe> {
  const port = endpoint.kind === 'port' ? readPort(endpoint) : undefined;
  if (endpoint.kind === 'port' && port === undefined) return Promise.resolve({ state: 'absent' });
  return new Promise((resolve) => {
    const connection =
      endpoint.kind === 'socket'
        ? createConnection({ path: endpoint.path })
        : createConnection({ host: endpoint.host, port: port ?? 0 });
    let said = '';
    const settle = (probe: Probe): void => {
      clearTimeout(timer);
      connection.removeAllListeners('data');
      if (probe.state === 'ready') {
        // The bytes of the answers are read; only the end of the connection matters from here on.
        connection.resume();
      } else connection.destroy();
      resolve(probe);
    };
    const timer = setTimeout(() => settle({ state: 'absent' }), timeoutMs);
    connection.on('error', () => settle({ state: 'absent' }));
    connection.on('close', () => settle({ state: 'absent' }));
    connection.on('connect', () => connection.write(greeting(endpoint)));
    connection.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const state = readAnswer(said);
      if (state === 'ready') settle({ state, connection });
      else if (state !== undefined) settle({ state });
    });
  });
}

function greeting(endpoint: PrivateEndpoint): string {
  return endpoint.kind === 'port' ? `AUTH ${endpoint.password}\r\nPING\r\n` : 'PING\r\n';
}

/** The answer to PING, or undefined while it is not whole. */
function readAnswer(said: string): Probe['state'] | undefined {
  const line = said.split('\r\n').find((part) => part !== '' && part !== '+OK');
  if (line === undefined || !said.endsWith('\r\n')) return undefined;
  if (line.startsWith('-LOADING')) return 'loading';
  // Somebody else's server has the port.
  if (/^-(WRONGPASS|NOAUTH|ERR AUTH)/.test(line) || !/^[+-]/.test(line)) return 'absent';
  // Any other refusal (a script runs, the disk is full) comes from a server that is there.
  return 'ready';
}
