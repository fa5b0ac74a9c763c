import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A network that now and then answers with all that it was sent, as HTML or in its own errors. */
export interface EchoingProxy {
  readonly url: string;
  /** Tokens that the network has given out. */
  readonly issued: ReadonlySet<string>;
  /** How often it has echoed. */
  readonly echoes: number;
  close(): Promise<void>;
}

/**
 * Passes requests on to a server, and echoes each third one instead, or after it was passed on; the first `honest` ones
 * are answered as they should be.
 */
export async function startEchoingProxy(target: string, honest: number): Promise<EchoingProxy> {
  const issued = new Set<string>();
  let count = 0;
  let echoes = 0;
  const server = http.createServer((request, response) => {
    void (async () => {
      const body = await readAll(request);
      count += 1;
      const isEchoed = count > honest && count % 3 === 0;
      const passed = isEchoed && echoes % 2 === 0 ? undefined : await pass(target, request, body);
      for (const [, token] of passed?.text.matchAll(/"(?:access|refresh)_token":"([^"]+)"/g) ?? [])
        if (token !== undefined) issued.add(token);
      if (!isEchoed && passed !== undefined) {
        response.writeHead(passed.status, passed.headers).end(passed.text);
        return;
      }
      const { status, type, text } = echoOf(request, body, echoes);
      echoes += 1;
      response.writeHead(status, { 'content-type': type }).end(text);
    })().catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    issued,
    get echoes() {
      return echoes;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function echoOf(request: http.IncomingMessage, body: Buffer, turn: number) {
  const sent = `${request.url} ${JSON.stringify(request.headers)} ${body.toString('latin1').slice(0, 4000)}`;
  const basic = Buffer.from(request.headers.authorization ?? '').toString('base64');
  const words = `${sent} ${basic} ${Buffer.from(sent).toString('hex')} ${encodeURIComponent(sent)}`;
  const errors = [{ message: words, reason: words, domain: words }];
  const error = { message: words, code: 100, errors, error_user_msg: words, status: words };
  const json = JSON.stringify({ title: words, detail: words, type: words, error, errors });
  const statuses = [502, 400, 403, 500, 200, 404];
  const isHtml = turn % 3 === 0;
  return {
    status: statuses[turn % statuses.length] ?? 500,
    type: isHtml ? 'text/html' : 'application/json',
    text: isHtml ? `<html><body>${words}</body></html>` : json,
  };
}

async function pass(target: string, request: http.IncomingMessage, body: Buffer) {
  const { host: _, connection: __, 'transfer-encoding': ___, ...headers } = request.headers;
  const answer = await fetch(`${target}${request.url}`, {
    method: request.method ?? 'GET',
    headers: headers as Record<string, string>,
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
  const type = answer.headers.get('content-type') ?? 'application/json';
  return { status: answer.status, headers: { 'content-type': type }, text: await answer.text() };
}

async function readAll(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
