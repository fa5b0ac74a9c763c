/** Something that goes wrong in a rehearsal, so often. */
export interface RehearsedFault {
  readonly network: string;
  readonly kind: string;
  readonly count: number;
}

/** Faults that take no real time; a rehearsal would only wait for the others. */
const KINDS = [
  ...['rate-limit', 'server-error', 'refuse', 'unauthorized', 'duplicate', 'quota', 'blocked'],
  ...['forbidden', 'html', 'reset', 'stored-then-error', 'stored-then-reset', 'no-id', 'empty'],
];

export type FaultReading = { readonly fault: RehearsedFault } | { readonly problem: string };

/** Reads `NETWORK:KIND` or `NETWORK:KIND:COUNT`. */
export function readFault(text: string, networks: readonly string[]): FaultReading {
  const [network = '', kind = '', times = '1', ...more] = text.trim().split(':');
  const count = Number(times);
  if (!networks.includes(network)) {
    return { problem: `"${text}" names no network. Write it as ${networks[0]}:rate-limit.` };
  }
  if (!KINDS.includes(kind)) {
    return { problem: `There is no fault "${kind}" to rehearse. Known: ${KINDS.join(', ')}.` };
  }
  if (more.length > 0 || !Number.isSafeInteger(count) || count < 1) {
    return { problem: `"${text}": how often must be a number, as in ${network}:${kind}:3.` };
  }
  return { fault: { network, kind, count } };
}

/** How long a network asks to wait: the window of X's limits. */
const WAIT_MS = 15 * 60_000;

/** Orders the faults from a sandbox. */
export async function setFaults(url: string, faults: readonly RehearsedFault[]): Promise<void> {
  if (faults.length === 0) return;
  const response = await fetch(`${url}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults.map((fault) => ({ ...fault, delayMs: WAIT_MS }))),
  });
  if (!response.ok) throw new Error(`The sandbox refuses the faults: ${await response.text()}`);
}
