import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEntry } from '../../src/sandbox/log.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { startTestRedis } from '../support/redis.ts';

/** Where all batches take place: one Redis with every write on the disk, and one that plays the networks. */
export interface Arena extends AsyncDisposable {
  readonly redisUrl: string;
  readonly sandboxUrl: string;
  readonly dir: string;
  /** Makes something go wrong for one account. */
  fault(fault: object): Promise<void>;
  /** What followers of an account saw. */
  seen(account: string): Promise<readonly LogEntry[]>;
}

export async function openArena(): Promise<Arena> {
  const redis = await startTestRedis();
  // X and Facebook refuse what they just had: here nothing but Carillon keeps a post from going out twice.
  const sandbox = await startSandbox({ port: 0, takesRepeats: true });
  const dir = mkdtempSync(join(tmpdir(), 'carillon-crash-matrix-'));
  return {
    redisUrl: redis.url,
    sandboxUrl: sandbox.url,
    dir,
    async fault(fault) {
      const answer = await fetch(`${sandbox.url}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (!answer.ok)
        throw new Error(`The sandbox does not know the fault: ${await answer.text()}`);
    },
    async seen(account) {
      const log = (await (await fetch(`${sandbox.url}/log`)).json()) as readonly LogEntry[];
      return log.filter((entry) => entry.account === account);
    },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await redis.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
