import type { Config } from '../core/config.ts';
import { partsOf } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KnownText } from '../planning/twin-problems.ts';
import { twinRuleOf } from './twin-rule-of.ts';

/** What went out longer ago is not held against what is new: an article of last spring may be told anew. */
const KEPT_MS = 30 * 24 * 3_600_000;

interface Recorded {
  readonly records: readonly Publication[];
  readonly now: number;
  readonly ledger: Pick<Ledger, 'posts'>;
}

/**
 * The posts of the last weeks that are up, or may be, and that the config does not have any more, where a network
 * forbids the same text on two of its accounts.
 */
export async function readKnownTexts(
  config: Config,
  intents: readonly { readonly publication: string }[],
  { records, now, ledger }: Recorded,
): Promise<readonly KnownText[]> {
  const networks = [...config.accounts.values()].map(({ network }) => network);
  const strict = new Set(
    networks.filter((id, index) => networks.indexOf(id) !== index && twinRuleOf(id) !== undefined),
  );
  const wanted = new Set(intents.map(({ publication }) => publication));
  const up = records.filter(
    ({ state, network, publication, publishedAt, due }) =>
      (state === 'published' || state === 'sending' || state === 'unconfirmed') &&
      strict.has(network) &&
      !wanted.has(publication) &&
      now - (publishedAt ?? due) < KEPT_MS,
  );
  const posts = await ledger.posts(up.map(({ publication }) => publication));
  return up.flatMap(({ publication, account, network }) => {
    const post = posts.get(publication);
    return post === undefined ? [] : [{ publication, account, network, texts: partsOf(post) }];
  });
}
