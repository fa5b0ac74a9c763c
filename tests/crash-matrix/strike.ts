import { writeSync } from 'node:fs';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { SendWindow, Session } from '../../src/networks/network.ts';
import type { Point } from './cells.ts';

/** Where publications meet until all have come, and the process is struck. */
export interface Meeting {
  /** Waits at the point; goes on only in a process that was stopped and woken. */
  arrive(point: Point, publication: string): Promise<void>;
  /** A publication that will not come. */
  leave(publication: string): void;
}

export function openMeeting(
  point: Point,
  expected: ReadonlySet<string>,
  strike: (arrived: readonly string[]) => void,
): Meeting {
  const arrived = new Set<string>();
  const left = new Set<string>();
  let goOn = (): void => {};
  const struck = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let isOver = false;
  const check = (): void => {
    if (isOver || arrived.size === 0 || arrived.size + left.size < expected.size) return;
    isOver = true;
    strike([...arrived]);
    goOn();
  };
  return {
    async arrive(at, publication) {
      if (at !== point || isOver || !expected.has(publication)) return;
      left.delete(publication);
      arrived.add(publication);
      check();
      await struck;
    },
    leave(publication) {
      if (!arrived.has(publication)) left.add(publication);
      check();
    },
  };
}

/** Ends this process as a power cut would: nothing runs after it. */
export function dieHere(words: object): never {
  writeSync(1, `${JSON.stringify(words)}\n`);
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

/** Stops this process until somebody wakes it. */
export function standStill(words: object): void {
  writeSync(1, `${JSON.stringify(words)}\n`);
  process.kill(process.pid, 'SIGSTOP');
}

/** A ledger whose steps go by the points. */
export function ledgerAt(ledger: Ledger, { arrive }: Meeting): Ledger {
  return {
    ...ledger,
    async claim(publication, generation, claimant) {
      await arrive('before-claim', publication);
      const directive = await ledger.claim(publication, generation, claimant);
      if (directive.to === 'publish') await arrive('after-claim', publication);
      return directive;
    },
    async begin(publication, fence, part, windowMs) {
      await arrive('before-begin', publication);
      const answer = await ledger.begin(publication, fence, part, windowMs);
      if (answer.begun) {
        await arrive('after-begin', publication);
        await arrive('stopped-after-begin', publication);
        await arrive('stopped-elsewhere', publication);
      }
      return answer;
    },
    async finish(publication, fence, outcome) {
      await arrive('before-finish', publication);
      const answer = await ledger.finish(publication, fence, outcome);
      await arrive('after-finish', publication);
      return answer;
    },
  };
}

/** A session of one publication's account whose steps go by the points; those of the last check only if there is one. */
export function sessionAt(
  session: Session,
  publication: string,
  meeting: Meeting,
  hasCheck = true,
): Session {
  const { arrive } = meeting;
  return {
    ...session,
    async prepare(post, part, draft, signal) {
      const prepared = await session.prepare(post, part, draft, signal);
      await arrive('while-preparing', publication);
      return prepared;
    },
    async publish(post, part, draft, send) {
      const window = hasCheck ? withStop(send, publication, meeting) : send;
      const answer = session.publish(post, part, draft, window);
      await answer.catch(() => undefined);
      await arrive('after-answer', publication);
      return answer;
    },
    async find(post, part, options) {
      const seen = await session.find(post, part, options);
      await arrive('while-looking', publication);
      return seen;
    },
  };
}

/** Right after the last check and before the first byte: there is no later moment that code could see. */
function withStop(send: SendWindow, publication: string, { arrive }: Meeting): SendWindow {
  return {
    ...send,
    isFresh() {
      const isFresh = send.isFresh();
      // Comes to the point at once, and stands still before this returns.
      if (isFresh) void arrive('stopped-before-write', publication);
      return isFresh;
    },
  };
}
