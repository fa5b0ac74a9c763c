export type ApiUrlReading = { readonly apiUrl: string } | { readonly problem: string };

/**
 * The origin that an account talks to. With a sandbox it is the sandbox, unless people name another address
 * on this very machine: a real network is never reached then.
 */
export function readApiUrl(
  written: string | undefined,
  networkUrl: string,
  sandboxUrl: string | undefined,
): ApiUrlReading {
  if (written === undefined) return { apiUrl: sandboxUrl ?? networkUrl };

  const fault = findFault(written);
  if (fault) return { problem: `"${written.slice(0, 200)}" ${fault}` };

  const { origin, hostname } = new URL(written.trim());
  const isSandboxed = sandboxUrl !== undefined && !isLoopbackHost(hostname);
  return { apiUrl: isSandboxed ? sandboxUrl : origin };
}

function findFault(written: string): string | undefined {
  if (!URL.canParse(written.trim()))
    return 'is no web address. Write one such as "https://api.example.org".';

  const url = new URL(written.trim());
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return 'must start with https://. Change it.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'holds a user name or a password. Secrets stand in the environment: remove them here.';
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return 'would send your secrets unprotected. Use https:// (http:// is for this machine only: 127.0.0.1, localhost).';
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return `must be an origin only. Write "${url.origin}".`;
  }
  return undefined;
}

/** True for the names by which a machine reaches itself alone, as they stand in an address. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
