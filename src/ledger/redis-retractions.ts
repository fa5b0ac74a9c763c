import { type Post, partsOf, type Receipt } from '../core/post.ts';
import { chargesArgument } from './charges-argument.ts';
import { readStep } from './replies.ts';
import type { KnownRetraction, Retractions, ToCorrect, ToRetract } from './retractions.ts';
import type { Argument, ScriptName } from './script-runner.ts';

type Run = (name: ScriptName, ...args: Argument[]) => Promise<unknown>;

/** The ledger's part for taking back and correcting. */
export function openRedisRetractions(run: Run): Retractions {
  return {
    retract: async (publication, { by, reason, isByHand }) =>
      readStep(await run('retract', publication, by, reason, isByHand ? '1' : '0')),
    takeRetraction: async (network, leaseMs, publication = '') =>
      readToRetract(await run('takeRetraction', network, leaseMs, publication)),
    retraction: async (publication) => readToRetract(await run('retraction', publication)),
    partGone: async (publication, remoteId) =>
      readStep(await run('partGone', publication, remoteId)),
    retractionFailed: async (publication, error, retryInMs) =>
      readStep(
        await run('retractionFailed', publication, JSON.stringify(error), millis(retryInMs)),
      ),
    retractedByHand: async (publication, by, reason) =>
      readStep(await run('retractedByHand', publication, by, reason)),
    recallRetraction: async (known) =>
      readStep(await run('recallRetraction', ...retractionArguments(known))),

    correctAnew: async (publication, correction) => {
      const { name, by, reason, isByHand, post, fingerprint, publishByMs } = correction;
      return readStep(
        await run(
          'correctAnew',
          ...[publication, name, by, reason, isByHand ? '1' : '0', JSON.stringify(post)],
          ...[partsOf(post).length, fingerprint, publishByMs, correction.asked],
          ...[correction.approval?.status ?? '', correction.approval?.by ?? ''],
          chargesArgument(correction),
        ),
      );
    },
    wantCorrection: async (publication, { post, fingerprint, by }) =>
      readStep(await run('wantCorrection', publication, JSON.stringify(post), fingerprint, by)),
    takeCorrection: async (network, leaseMs, publication = '') =>
      readToCorrect(await run('takeCorrection', network, leaseMs, publication)),
    corrected: async (publication, { fingerprint, by, old, post }) => {
      const detail = { by, from: old?.text ?? '', to: post.text };
      return readStep(await run('corrected', publication, fingerprint, JSON.stringify(detail)));
    },
    correctionFailed: async (publication, { fingerprint }, error, retryInMs) =>
      readStep(
        await run(
          'correctionFailed',
          ...[publication, fingerprint, JSON.stringify(error), millis(retryInMs)],
        ),
      ),
  };
}

function millis(retryInMs: number | undefined): string | number {
  return retryInMs === undefined ? '' : Math.round(retryInMs);
}

function retractionArguments(known: KnownRetraction): Argument[] {
  const { publication, entry, account, network, due, parts, gone, by, reason, at } = known;
  return [
    ...[publication, entry, account, network, due, JSON.stringify(parts), JSON.stringify(gone)],
    ...[by, reason, at, known.correctedAs ?? ''],
  ];
}

function readToRetract(reply: unknown): ToRetract | undefined {
  const fields = reply as (string | number)[];
  if (fields.length === 0) return undefined;
  const [publication, entry, account, network, due, parts, gone, by, reason, at, ...rest] = fields;
  const [correctedAs, tries] = rest;
  return {
    publication: String(publication),
    entry: String(entry),
    account: String(account),
    network: String(network),
    due: Number(due),
    parts: readList<Receipt>(parts),
    gone: readList<string>(gone),
    by: String(by),
    reason: String(reason),
    at: Number(at),
    ...(correctedAs !== '' && { correctedAs: String(correctedAs) }),
    tries: Number(tries),
  };
}

function readToCorrect(reply: unknown): ToCorrect | undefined {
  const fields = reply as (string | number)[];
  if (fields.length === 0) return undefined;
  const [publication, account, parts, old, post, fingerprint, by, tries, publishedAt] = fields;
  return {
    publication: String(publication),
    account: String(account),
    remoteId: readList<Receipt>(parts)[0]?.remoteId ?? '',
    old: old === '' ? undefined : (JSON.parse(String(old)) as Post),
    post: JSON.parse(String(post)) as Post,
    fingerprint: String(fingerprint),
    by: String(by),
    tries: Number(tries),
    publishedAt: Number(publishedAt),
  };
}

/** Lua writes an empty list as an empty object. */
function readList<T>(reply: unknown): readonly T[] {
  const list: unknown = JSON.parse(String(reply));
  return Array.isArray(list) ? (list as T[]) : [];
}
