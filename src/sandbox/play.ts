import {
  type Answer,
  type Call,
  type Handling,
  type PlayedNetwork,
  Refusal,
  type RefusingFault,
} from './call.ts';
import type { FaultKind, Faults, Hit } from './faults.ts';
import type { Limits } from './limits.ts';
import type { Delivery } from './send.ts';
import type { Store } from './store.ts';

const badGateway: Answer = {
  status: 502,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n',
};

/**
 * Plays one request to a network, with the fault that hits it, if one does. Resolves once all that was stored
 * is on the disk: nobody hears of anything that a crash could still undo.
 */
export async function playCall(
  store: Store,
  { faults, limits }: { readonly faults: Faults; readonly limits: Limits },
  network: PlayedNetwork,
  call: Call,
): Promise<Delivery> {
  if (call.body.kind === 'bad') return whole(network.unreadable(400, call.body.reason));
  const account = network.accountOf(call);
  const handling = findHandling(network, call, account);
  if ('status' in handling) return whole(handling);

  const counted = limits.take(network.name, handling.stage, account);
  if (counted.some(({ isOver }) => isOver)) return whole(network.overLimit(counted, call));
  const hit = faults.draw(network.name, handling.stage, account);
  const instead = hit && insteadOf(network, call, hit);
  if (instead) return instead;
  const plain = await run(handling, hit?.kind === 'lag' ? hit.delayMs : 0);
  const answer =
    counted.length === 0
      ? plain
      : { ...plain, headers: { ...plain.headers, ...network.limitHeaders(counted, call) } };
  await store.settled();
  const spoilt = hit && answer.status < 300 ? spoil(network, call, answer, hit) : undefined;
  // A fault that could do nothing here is kept for a request that it can spoil.
  if (!spoilt && hit?.kind !== 'lag') hit?.release();
  return spoilt ?? whole(answer);
}

function findHandling(
  network: PlayedNetwork,
  call: Call,
  account: string | undefined,
): Handling | Answer {
  try {
    return network.handle(call, account);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

async function run(handling: Handling, lagMs: number): Promise<Answer> {
  try {
    return await handling.run(lagMs);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

/** What happens instead of the request, for the faults that leave nothing stored. */
function insteadOf(network: PlayedNetwork, call: Call, hit: Hit): Delivery | undefined {
  if (hit.kind === 'hang') return { how: 'silence' };
  if (hit.kind === 'reset') return { how: 'reset' };
  if (hit.kind === 'html') return whole(badGateway);
  const spoken = isRefusing(hit.kind) && network.faultAnswer(hit.kind, call, hit.delayMs);
  return spoken ? whole(spoken) : undefined;
}

/** What becomes of the way back, for the faults of requests that did what they were asked to. */
function spoil(network: PlayedNetwork, call: Call, answer: Answer, hit: Hit): Delivery | undefined {
  switch (hit.kind) {
    case 'stored-then-error':
      return whole(network.faultAnswer('server-error', call, hit.delayMs) ?? badGateway);
    case 'stored-then-hang':
      return { how: 'silence' };
    case 'stored-then-reset':
      return { how: 'reset' };
    case 'slow':
      return { how: 'late', answer, delayMs: hit.delayMs };
    case 'no-id':
      return whole({ ...answer, body: {} });
    case 'empty':
      return whole({ ...answer, body: '' });
    case 'truncated':
      return { how: 'truncated', answer };
    default:
      return undefined;
  }
}

const refusing: readonly FaultKind[] = [
  'refuse',
  'rate-limit',
  'quota',
  'server-error',
  'duplicate',
  'unauthorized',
  'blocked',
  'forbidden',
  'renamed-fields',
  'unrenamed-fields',
  'proof-required',
  'denied',
  'wrong-state',
  'code-spent',
  'invalid-client',
  'no-pages',
];

function isRefusing(kind: FaultKind): kind is RefusingFault {
  return refusing.includes(kind);
}

function whole(answer: Answer): Delivery {
  return { how: 'whole', answer };
}
