import { fileURLToPath } from 'node:url';
import { startPart } from './part.ts';

const PROCESS = fileURLToPath(new URL('networks-process.ts', import.meta.url));

/** The three networks, in a process of their own. */
export interface Networks extends AsyncDisposable {
  readonly url: string;
  /** What they took, in order. */
  taken(): Promise<readonly Taken[]>;
  /** Lets every post to a network be answered so late. */
  slowDown(network: string, delayMs: number): Promise<void>;
}

export interface Taken {
  readonly network: string;
  readonly account: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export async function startNetworks(): Promise<Networks> {
  const part = await startPart(['--import', 'tsx', PROCESS]);
  const url = String(part.told.url);
  return {
    url,
    async taken() {
      const log = (await (await fetch(`${url}/log`)).json()) as Logged[];
      return log.map(({ acceptedAt, ...rest }) => ({ ...rest, at: Date.parse(acceptedAt) }));
    },
    async slowDown(network, delayMs) {
      const fault = { network, kind: 'slow', probability: 1, on: 'publish', delayMs };
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(fault);
      const answer = await fetch(`${url}/faults`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(await answer.text());
    },
    [Symbol.asyncDispose]: () => part[Symbol.asyncDispose](),
  };
}

interface Logged extends Omit<Taken, 'at'> {
  readonly acceptedAt: string;
}
