/**
 * Every form in which a secret is carried or shown by the programs that handle it: as it is, in addresses, forms, JSON
 * and HTML, in hexadecimal, and as a part of something in Base64, such as Basic credentials.
 */
export function secretForms(secret: string): readonly string[] {
  // What stands between special characters survives any coding upon coding of these.
  const runs = secret.match(/[A-Za-z0-9]{12,}/g) ?? [];
  return [...new Set([secret, ...runs].flatMap(formsOf))];
}

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  return [
    secret,
    encodeURIComponent(bytes.toString()),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
    hex,
    hex.toUpperCase(),
    ...[0, 1, 2].flatMap((before) => base64Within(bytes, before)),
  ];
}

/** What Base64 makes of the secret after so many other bytes: those of its characters that depend on nothing else. */
function base64Within(secret: Buffer, before: number): readonly string[] {
  const all = Buffer.concat([Buffer.alloc(before), secret]);
  const begin = Math.ceil((before * 8) / 6);
  const end = Math.floor((all.length * 8) / 6);
  const plain = all.toString('base64').slice(begin, end);
  return [plain, plain.replaceAll('+', '-').replaceAll('/', '_')];
}
