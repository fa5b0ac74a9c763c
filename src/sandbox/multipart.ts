/** One part of a multipart body, its bytes untouched. */
export interface Part {
  readonly name: string | undefined;
  readonly filename: string | undefined;
  readonly type: string | undefined;
  readonly bytes: Buffer;
}

const lineBreak = Buffer.from('\r\n');
const headEnd = Buffer.from('\r\n\r\n');

/** Takes a multipart body apart, or answers undefined if it is not whole. */
export function parseMultipart(contentType: string, body: Buffer): readonly Part[] | undefined {
  const match = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return undefined;

  // A line break before the body makes the first boundary look like all the others.
  const bytes = Buffer.concat([lineBreak, body]);
  const marker = Buffer.from(`\r\n--${boundary}`);
  const parts: Part[] = [];
  let at = bytes.indexOf(marker);
  while (at >= 0) {
    const start = at + marker.length;
    if (bytes.toString('latin1', start, start + 2) === '--') return parts;
    const end = bytes.indexOf(marker, start);
    const part = end < 0 ? undefined : parsePart(bytes.subarray(start, end));
    if (!part) return undefined;
    parts.push(part);
    at = end;
  }
  return undefined;
}

function parsePart(bytes: Buffer): Part | undefined {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = bytes.toString('utf8', 0, end);
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
  return {
    name: parameterOf(disposition, 'name'),
    filename: parameterOf(disposition, 'filename'),
    type: /^content-type:\s*([^\s;]+)/im.exec(head)?.[1]?.toLowerCase(),
    bytes: bytes.subarray(end + headEnd.length),
  };
}

function parameterOf(disposition: string, name: string): string | undefined {
  return new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1];
}
