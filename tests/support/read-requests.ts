import type { Heard } from './answering-server.ts';

/** Reads the HTTP requests out of what a client sent over one connection; one that was cut off is left out. */
export function readRequests(bytes: Buffer): readonly Heard[] {
  const requests: Heard[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) break;
    const [first = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const body = rest.subarray(end + 4);
    const { content, length } = headers['transfer-encoding']
      ? readChunks(body)
      : { content: body, length: Number(headers['content-length'] ?? 0) };
    if (length === undefined || body.length < length) break;
    const [method = '', url = ''] = first.split(' ');
    // Bytes of images survive as characters.
    const isText = /json|text|urlencoded/.test(headers['content-type'] ?? 'text');
    const own = headers['transfer-encoding'] ? content : content.subarray(0, length);
    requests.push({ method, url, headers, body: own.toString(isText ? 'utf8' : 'latin1') });
    rest = body.subarray(length);
  }
  return requests;
}

function readChunks(bytes: Buffer): { content: Buffer; length: number | undefined } {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return { content: Buffer.alloc(0), length: undefined };
    const size = Number.parseInt(bytes.subarray(at, end).toString('latin1'), 16);
    at = end + 2;
    if (size === 0) return { content: Buffer.concat(chunks), length: at + 2 };
    chunks.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
}
