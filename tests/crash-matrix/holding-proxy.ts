import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import type { Way } from './cells.ts';

/** A line to the network on which requests for posts go through and their answers never come back. */
export interface HoldingProxy extends AsyncDisposable {
  readonly url: string;
}

/** Tells of each request that makes a post visible, once its head and all that came with it went through. */
export async function startHoldingProxy(
  target: string,
  way: Way,
  onRequest: () => void,
): Promise<HoldingProxy> {
  const { hostname, port } = new URL(target);
  const head = createHeadOf(way);
  const open = new Set<net.Socket>();

  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      socket.on('error', () => {});
    }
    let isHeld = false;
    client.on('data', (chunk) => {
      const isCreate = !isHeld && head.test(chunk.toString('latin1'));
      isHeld ||= isCreate;
      upstream.write(chunk, () => isCreate && onRequest());
    });
    upstream.on('data', (chunk) => {
      if (!isHeld) client.write(chunk);
    });
    // Whatever the worker wrote before it died still arrives, as it would on a real line.
    client.on('close', () => upstream.end());
    upstream.on('close', () => {
      if (!isHeld) client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** How the request for a post begins. Facebook's unpublished post goes to the feed too, and is none. */
function createHeadOf({ network, facebook }: Way): RegExp {
  if (network === 'twitter') return /^POST \/2\/tweets[? ]/;
  if (network === 'youtube') return /^POST \/youtube\/v3\/posts[? ]/;
  return facebook === 'direct' ? /^POST \/v[\d.]+\/\w+\/feed[? ]/ : /^POST \/v[\d.]+\/\d+_\d+[? ]/;
}
