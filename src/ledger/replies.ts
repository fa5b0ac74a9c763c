import type { Approval, WantedApproval } from '../core/approval.ts';
import type { LimitOwner } from '../core/limits.ts';
import type { Post, Receipt } from '../core/post.ts';
import type { Charges } from '../core/prices.ts';
import type {
  HeldByHand,
  Moved,
  Publication,
  PublicationError,
  PublicationState,
  Retraction,
} from '../core/publication.ts';
import type { Sight } from '../core/sight.ts';
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
import { sayOverBudget } from './say-over-budget.ts';

/** A record's fields as Redis gives them. */
export type Fields = Readonly<Record<string, string | undefined>>;

type StoredState = PublicationState | 'claimed';

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

export function readPublication(
  publication: string,
  fields: Fields,
  wakeAt: string | number | null,
): Publication | undefined {
  const stored = fields.state as StoredState | undefined;
  if (stored === undefined) return undefined;
  const state = stored === 'claimed' ? 'scheduled' : stored;
  return {
    publication,
    entry: fields.entry ?? '',
    account: fields.account ?? '',
    network: fields.network ?? '',
    state,
    generation: Number(fields.generation ?? 0),
    due: Number(fields.due),
    publishBy: Number(fields.publishBy),
    publishByMs: Number(fields.publishByMs ?? 0),
    isPlannedNow: fields.now === '1',
    fingerprint: fields.fingerprint ?? '',
    attempts: Number(fields.attempts ?? 0),
    nextAt: wakeAt === null || wakeAt === undefined ? undefined : Number(wakeAt),
    publishedAt: fields.publishedAt === undefined ? undefined : Number(fields.publishedAt),
    receipt: readParts(fields.parts)[0],
    evidence: fields.evidence as Publication['evidence'],
    error: readError(state, publication, fields),
    cancelledBy: fields.cancelledBy,
    approval: readApproval(fields),
    moved: readMoved(fields),
    ...(fields.limitAt !== undefined && {
      limit: { until: Number(fields.limitAt), of: fields.limitBy as LimitOwner },
    }),
    ...readCosts(fields),
    retraction: readRetraction(fields),
    ...(fields.holder !== undefined && { heldByHand: readHeldByHand(fields) }),
    ...(fields.sight !== undefined && { sight: JSON.parse(fields.sight) as Sight }),
    ...(fields.corrects !== undefined && { corrects: fields.corrects }),
    ...(fields.correctedAs !== undefined && { correctedAs: fields.correctedAs }),
    ...(fields.archivedIn !== undefined && { archive: readArchive(fields) }),
  };
}

function readArchive({ archivedAt, archivedOn = '', archivedIn = '' }: Fields) {
  return { isArchived: archivedAt !== undefined, host: archivedOn, months: archivedIn.split(' ') };
}

function readCosts({ charges, spent, currency = '', parts }: Fields) {
  const partsUp = readParts(parts).length;
  return {
    ...(charges !== undefined && { charges: JSON.parse(charges) as Charges }),
    ...(partsUp > 0 && { partsUp }),
    ...(spent !== undefined && { spent: { amount: Number(spent), currency } }),
  };
}

function readApproval(fields: Fields): Approval | undefined {
  const status = fields.approval as WantedApproval['status'] | undefined;
  if (status === undefined) return undefined;
  const wanted = { status, ...(fields.approver && { by: fields.approver }) };
  const { approvedBy: by, approvedFingerprint: fingerprint } = fields;
  if (by === undefined || fingerprint === undefined) return { wanted, isWaiting: true };
  const due = Number(fields.approvedDue);
  const isGiven = fingerprint === fields.fingerprint && due === Number(fields.due);
  return {
    wanted,
    given: { by, fingerprint, due, at: Number(fields.approvedAt) },
    isWaiting: status === 'draft' || !isGiven,
  };
}

function readMoved({ movedBy, asked = '' }: Fields): Moved | undefined {
  return movedBy === undefined ? undefined : { by: movedBy, asked };
}

function readRetraction(fields: Fields): Retraction | undefined {
  const { retractBy: by, retractWhy: reason = '', retractAt } = fields;
  if (by === undefined) return undefined;
  return {
    by,
    reason,
    at: Number(retractAt),
    isByHand: fields.retractByHand === '1',
    needsPerson: fields.retractStuck === '1',
  };
}

function readHeldByHand({ holder = '', holdWhy = '', holdAt }: Fields): HeldByHand {
  return { by: holder, reason: holdWhy, at: Number(holdAt) };
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

function readParts(reply: unknown): readonly Receipt[] {
  if (reply === undefined || reply === '') return [];
  const parts: unknown = JSON.parse(String(reply));
  // Lua writes an empty list as an empty object.
  return Array.isArray(parts) ? (parts as Receipt[]) : [];
}

/** One sentence and one action for every state that is not going by itself where it should. */
function readError(
  state: PublicationState,
  publication: string,
  fields: Fields,
): PublicationError | undefined {
  const said =
    fields.error === undefined ? undefined : (JSON.parse(fields.error) as PublicationError);
  const unwanted = sayUnwanted(state, publication, fields);
  if (unwanted !== undefined) return unwanted;
  const { why } = fields;
  const before = said === undefined ? '' : ` ${said.message}`;
  switch (state) {
    case 'failed':
      if (why === 'attempts used up') {
        return {
          code: said?.code ?? 'attempts-used-up',
          message: `All ${fields.attempts} attempts were used up; nothing was published.${before}`,
          advice: 'Look at the cause, then run "carillon retry" with its name.',
        };
      }
      return said;
    case 'missed':
      return {
        code: said?.code ?? codeOfMissed(why),
        // One that never was to go out says itself why.
        message: why === undefined && said ? said.message : `${missedBecause(why)}${before}`,
        advice: why === 'no money' ? AFTER_NO_MONEY : AFTER_MISSED,
      };
    case 'unconfirmed':
      return said ?? DOUBT;
    case 'held':
      if (fields.heldBy === 'person') return sayHeldByHand(fields);
      if (fields.heldBy === 'budget') return sayOverBudget(publication, fields.heldFor);
      return fields.heldBy === 'pause' ? (said ?? HELD) : sayWhatItWaitsFor(publication, fields);
    case 'handoff':
      return HANDOFF;
    case 'published':
      return fields.correctError === undefined
        ? said
        : (JSON.parse(fields.correctError) as PublicationError);
    case 'scheduled':
      return said ?? (fields.limitAt === undefined ? undefined : LIMITED);
    default:
      return said;
  }
}

function codeOfMissed(why: string | undefined): string {
  switch (why) {
    case 'held too long':
      return 'held-too-long';
    case 'not approved':
      return 'not-approved';
    case 'limited':
      return 'limited';
    case 'no money':
      return 'over-budget';
    default:
      return 'too-late';
  }
}

function missedBecause(why: string | undefined): string {
  switch (why) {
    case 'held too long':
      return 'It was held until its last moment had passed, and was not published.';
    case 'not approved':
      return 'Nobody had approved it when its last moment had passed, and it was not published.';
    case 'limited':
      return 'The limit of its account at the network left it no time, and it was not published.';
    case 'no money':
      return 'The budget had no room for it until its last moment had passed, and it was not published.';
    case 'no time left':
      return 'Its last moment comes before the next try could, and it was not published.';
    default:
      return 'Its time had passed before it could go out, and it was not published.';
  }
}

function sayHeldByHand({ holder, holdWhy = '' }: Fields): PublicationError {
  return {
    code: 'held-by-hand',
    message: `Held by ${holder}${holdWhy === '' ? '' : `: ${holdWhy.replace(/[.\s]+$/, '')}`}.`,
    advice: 'Release it on the dashboard, or run "carillon release" with its name.',
  };
}

function sayWhatItWaitsFor(publication: string, fields: Fields): PublicationError {
  if (fields.heldBy === 'correction') return waitsForOld(fields.corrects ?? '');
  if (fields.approval === 'draft') return DRAFT;
  const approver = fields.approvedBy;
  const before =
    approver === undefined ? '' : ` What ${approver} has approved was another text or time.`;
  return {
    code: 'waits-for-approval',
    message: `It waits for approval: nobody has approved this text for this time.${before}`,
    advice: `Read it and approve it with "carillon approve ${publication}".`,
  };
}

const LIMITED: PublicationError = {
  code: 'limited',
  message: 'It waits until the limit of its account at the network lets it go out.',
  advice: 'Nothing to do: it goes out by itself, in the order of its time.',
};

const AFTER_MISSED =
  'Give it a new time in the config and apply, or send it at once with "carillon retry" and its name.';

const AFTER_NO_MONEY =
  'Give it a new time in a month that has room, or raise "budget" in the config and send it with "carillon retry" and its name.';
/** What stands in the way of a retraction, or that it goes on. */
function sayUnwanted(
  state: PublicationState,
  publication: string,
  fields: Fields,
): PublicationError | undefined {
  if (fields.retractBy === undefined) return undefined;
  if (state === 'retracted' || state === 'cancelled') return undefined;
  if (state === 'sending' || state === 'unconfirmed') return unwantedInDoubt(publication, fields);
  if (fields.retractError !== undefined) return JSON.parse(fields.retractError) as PublicationError;
  if (fields.retractByHand !== '1') return BEING_DELETED;
  const urls = readParts(fields.parts).map(({ url }) => url);
  return {
    code: 'delete-by-hand',
    message: 'It is to be gone, and a person has to delete it.',
    advice: `Delete ${urls.join(' and ')} by hand, then run "carillon retract ${publication} --done".`,
  };
}

function waitsForOld(old: string): PublicationError {
  return {
    code: 'waits-for-retraction',
    message: `It takes the place of ${old}, and waits until that one is deleted.`,
    advice: `Nothing to do, unless "carillon show ${old}" says so.`,
  };
}

/** Where the account cannot be read, only a person finds out. */
function unwantedInDoubt(publication: string, { failures, error }: Fields): PublicationError {
  const why = Number(failures ?? 0) > 0 && error !== undefined ? sayWords(error) : '';
  return {
    code: 'retracted-in-doubt',
    message: `It is to be gone, and whether it is live is not known yet.${why}`,
    advice:
      why === ''
        ? 'Nothing to do: it is deleted as soon as it is found on the account, and never sent if it is not there.'
        : `It is deleted as soon as it is found on the account. If you look yourself, and it is not there or you have deleted it, run "carillon retract ${publication} --done".`,
  };
}

function sayWords(error: string): string {
  return ` ${(JSON.parse(error) as PublicationError).message}`;
}

const BEING_DELETED: PublicationError = {
  code: 'being-deleted',
  message: 'It is to be gone, and is being deleted.',
  advice: 'Nothing to do: Carillon deletes it.',
};

const DRAFT: PublicationError = {
  code: 'draft',
  message: 'It waits for approval: the config says that it is a draft.',
  advice:
    'Once it is ready, take "status: draft" out of its entry, or say "status: approved" and "approvedBy" with a name.',
};

const DOUBT: PublicationError = {
  code: 'outcome-unknown',
  message: 'The request may have reached the network, but no answer came.',
  advice: 'Nothing to do: Carillon looks at the account and decides by what it finds.',
};

const HELD: PublicationError = {
  code: 'held',
  message: 'It is due, but its account is paused.',
  advice: 'Run "carillon resume" to let it go out.',
};

const HANDOFF: PublicationError = {
  code: 'handoff',
  message: 'It is time for a person to post it by hand.',
  advice:
    'Run "carillon show" for the text and the address, post it, then "carillon confirm" with the address of the post.',
};
