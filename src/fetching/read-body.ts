import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import { FetchError } from './fetch-error.ts';

/** Servers cut streams short that browsers still show: what has come is taken. */
const gentle = { finishFlush: zlib.constants.Z_SYNC_FLUSH };

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib.createGunzip(gentle),
  'x-gzip': () => zlib.createGunzip(gentle),
  deflate: () => zlib.createInflate(gentle),
  br: () => zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }),
};

/** More than one is no page, but a bomb in a box. */
const mostCodings = 1;

/**
 * The body of an answer, unpacked.
 *
 * @throws {FetchError} if it is larger than `maxBytes`, packed or unpacked
 */
export async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(incoming.headers['content-length']) > maxBytes) throw tooLarge(maxBytes);

  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of unpack(incoming) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the streams.
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unpack(incoming: IncomingMessage): Readable {
  const codings = (incoming.headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const [coding] = codings;
  if (coding === undefined) return incoming;

  const unpacker = Object.hasOwn(unpackers, coding) ? unpackers[coding] : undefined;
  if (!unpacker || codings.length > mostCodings) {
    throw new FetchError(
      'failed',
      `The server packs its answer in a way that was not asked for ("${codings.join(', ').slice(0, 40)}").`,
    );
  }
  return pipeline(incoming, unpacker(), () => {});
}

function tooLarge(maxBytes: number): FetchError {
  const most = Math.round(maxBytes / 1_000_000);
  return new FetchError('failed', `The answer is larger than ${most} MB. Name a smaller one.`);
}
