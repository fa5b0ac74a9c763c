import type { PublicationError, PublicationState } from '../core/publication.ts';
import { type Fields, readParts } from './fields.ts';
import { sayOverBudget } from './say-over-budget.ts';

/** One sentence and one action for every state that is not going by itself where it should. */
export function readError(
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
