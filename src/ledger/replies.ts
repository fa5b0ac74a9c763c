import type { LimitOwner } from '../core/limits.ts';
import type { Post } from '../core/post.ts';
import { type Fields, readParts, type StoredState } from './fields.ts';
import type {
  ApproveStep,
  BeginAnswer,
  Directive,
  FinishAnswer,
  PlanStep,
  Step,
  Wakeable,
} from './ledger.ts';
import { readWoken, type Woken } from './limit-replies.ts';

export function readStep(reply: unknown): Step {
  const [changed, state, generation] = reply as [number, Step['state'], number];
  return { changed: changed === 1, state, generation };
}

export function readPlanStep(reply: unknown): PlanStep {
  const [, , , due, dueInMs] = reply as (string | number)[];
  return { ...readStep(reply), due: Number(due), dueInMs: Number(dueInMs) };
}

export function readApproveStep(reply: unknown): ApproveStep {
  const [, , , because] = reply as [number, string, number, ApproveStep['because'] | ''];
  return { ...readStep(reply), because: because === '' ? undefined : because };
}

/** Whether the mark is made, and whether the server has replicas that have yet to get it. */
export function readBegin(reply: unknown): BeginAnswer & { readonly hasReplicas?: boolean } {
  return reply === 'begun' || reply === 'begun before replicas'
    ? { begun: true, hasReplicas: reply !== 'begun' }
    : { begun: false, because: reply as Extract<BeginAnswer, { begun: false }>['because'] };
}

export function readFinish(reply: unknown): FinishAnswer {
  const [state, accepted, generation, nextInMs, duplicate, woken, isNewLimit] = reply as [
    FinishAnswer['state'],
    number,
    number,
    string | number,
    number,
    Woken,
    number,
  ];
  const [wakes] = readWoken(woken);
  return {
    state,
    accepted: accepted === 1,
    generation,
    nextInMs: nextInMs === '' ? undefined : Number(nextInMs),
    isDuplicate: duplicate === 1,
    ...(wakes && { wakes }),
    ...(isNewLimit === 1 && { isNewLimit: true }),
  };
}

export function readDirective(reply: unknown): Directive {
  const [to, ...rest] = reply as [Directive['to'], ...(string | number)[]];
  switch (to) {
    case 'publish': {
      const [fence, begunFence, attempt, post, draft, parts, hadDoubt, due, begunPart, trace] =
        rest;
      return {
        to,
        claim: {
          fence: Number(fence),
          begunFence: Number(begunFence),
          begunPart: Number(begunPart),
          attempt: Number(attempt),
          post: JSON.parse(String(post)) as Post,
          draft: readDraft(draft),
          parts: readParts(parts),
          hadDoubt: hadDoubt === 1,
          due: Number(due),
          ...(trace && { trace: String(trace) }),
        },
      };
    }
    case 'look': {
      const [
        number,
        post,
        part,
        draft,
        parts,
        doubtAt,
        since,
        sender,
        precaution,
        attempt,
        ...more
      ] = rest;
      const [fails, saidToBeThere, trace] = more;
      return {
        to,
        look: {
          number: Number(number),
          post: JSON.parse(String(post)) as Post,
          part: Number(part),
          draft: readDraft(draft),
          parts: readParts(parts),
          doubtAt: Number(doubtAt),
          since: Number(since),
          sender: sender ? String(sender) : undefined,
          isPrecaution: precaution === 1,
          attempt: Number(attempt),
          isSaidToBeThere: saidToBeThere === 1,
          failures: Number(fails),
          ...(trace && { trace: String(trace) }),
        },
      };
    }
    case 'wait': {
      const [inMs, because, forMs, of] = rest;
      const limit = forMs ? { forMs: Number(forMs), of: of as LimitOwner } : undefined;
      return { to, inMs: Number(inMs), because: String(because), ...(limit && { limit }) };
    }
    case 'go-home':
      return { to, because: String(rest[0]) };
  }
}

export function readWakeable(
  publication: string,
  fields: Fields,
  wakeAt: string | number | null,
  now: number,
): Wakeable[] {
  if (fields.state === undefined) return [];
  return [
    {
      publication,
      network: fields.network ?? '',
      account: fields.account ?? '',
      state: fields.state as StoredState,
      generation: Number(fields.generation ?? 0),
      fence: Number(fields.fence ?? 0),
      sender: fields.sender,
      publishBy: Number(fields.publishBy),
      attempts: Number(fields.attempts ?? 0),
      wakeInMs: Number(wakeAt ?? now) - now,
      ...(fields.trace && { trace: fields.trace }),
    },
  ];
}

function readDraft(reply: unknown): unknown {
  return reply === '' || reply === undefined ? undefined : JSON.parse(String(reply));
}
