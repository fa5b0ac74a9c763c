import type { LookId, Outcome, Verdict } from './attempts.ts';
import type { Argument, ScriptName } from './script-runner.ts';

/** The script that writes down how an attempt has ended, and what it is told. */
export function finishCall(
  name: string,
  fence: number,
  outcome: Outcome,
): [ScriptName, ...Argument[]] {
  switch (outcome.kind) {
    case 'posted': {
      const { remoteId, url } = outcome.receipt;
      return ['posted', name, fence, outcome.part, remoteId, url, outcome.leaseMs];
    }
    case 'rejected':
      return ['rejected', name, fence, JSON.stringify(outcome.error)];
    case 'not-sent': {
      const { error, retryInMs, spendsAttempt, maxAttempts, limit = '' } = outcome;
      const spends = spendsAttempt ? '1' : '0';
      return [
        'notSent',
        name,
        fence,
        JSON.stringify(error),
        Math.round(retryInMs),
        spends,
        maxAttempts,
        limit,
      ];
    }
    case 'account-refused': {
      const { error, hold } = outcome;
      return ['accountRefused', name, fence, JSON.stringify(error), JSON.stringify(hold)];
    }
    case 'unknown':
      return [
        'unknown',
        ...[name, fence, JSON.stringify(outcome.error), outcome.lookAfterMs],
        outcome.isSaidToBeThere ? '1' : '0',
      ];
  }
}

/** The same for what a look at the account has shown. */
export function judgeCall(
  name: string,
  { number, doubtAt }: LookId,
  verdict: Verdict,
): [ScriptName, ...Argument[]] {
  switch (verdict.kind) {
    case 'found':
      return ['found', name, verdict.part, verdict.receipt.remoteId, verdict.receipt.url];
    case 'absent': {
      const { isFinal, lookAt, maxAttempts } = verdict;
      return [
        'absent',
        ...[name, number, doubtAt, isFinal ? '1' : '0', Math.round(lookAt), maxAttempts],
      ];
    }
    case 'unreadable':
    case 'contradicted':
      return [
        'unsettled',
        ...[name, number, doubtAt, JSON.stringify(verdict.error), Math.round(verdict.lookInMs)],
        verdict.kind === 'contradicted' ? '1' : '0',
      ];
  }
}
