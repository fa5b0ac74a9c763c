import type { Account } from '../core/account.ts';
import { formatAmount, sayMoney } from '../core/money.ts';
import type { Post } from '../core/post.ts';
import { costOf } from '../core/prices.ts';
import type { Composer } from '../networks/network.ts';
import type { ComposedIntent } from './wish.ts';

/** What the network charges for a post; nothing where it costs nothing. */
export function chargesOf(
  post: Post,
  { prices }: Account,
  { chargesOf }: Composer,
): Pick<ComposedIntent, 'charges' | 'cost'> {
  if (prices === undefined || chargesOf === undefined) return {};
  const charges = chargesOf(post);
  return { charges, cost: { amount: costOf(charges, prices), currency: prices.currency } };
}

/** Says of words that nobody may have meant as links what they cost. Alters nothing. */
export function warnOfDearWords(
  post: Post,
  { prices }: Account,
  { chargesOf, findDearWords }: Composer,
  networkName: string,
): readonly string[] {
  if (prices === undefined || chargesOf === undefined || findDearWords === undefined) return [];
  const words = findDearWords(post).map((dear) => dear.map((word) => `“${word}”`));
  if (words.every((dear) => dear.length === 0)) return [];
  const charges = chargesOf(post);
  return words.flatMap((dear, part) => {
    if (dear.length === 0) return [];
    const cost = costOf(charges.slice(part, part + 1), prices);
    const text = post.thread === undefined ? 'this post' : `part ${part + 1} of this thread`;
    const counts = dear.length === 1 ? 'counts as a link' : 'count as links';
    const without = costOf(
      chargesOf(withoutDots(post, findDearWords)).slice(part, part + 1),
      prices,
    );
    if (without === cost) return [];
    return [
      `${dear.join(', ')} ${counts} on ${networkName}, and make${dear.length === 1 ? 's' : ''} ${text} cost ${sayMoney(cost, prices.currency)} instead of ${formatAmount(without)}. If no link is meant, write ${dear.map((word) => word.replaceAll('.', '·')).join(', ')}.`,
    ];
  });
}

/** The post as it would be if none of those words were a link. */
function withoutDots(post: Post, findDearWords: NonNullable<Composer['findDearWords']>): Post {
  const words = findDearWords(post);
  const [text = '', ...thread] = [post.text, ...(post.thread ?? [])].map((one, part) =>
    (words[part] ?? []).reduce((sum, word) => sum.replaceAll(word, word.replaceAll('.', '·')), one),
  );
  return { ...post, text, ...(post.thread && { thread }) };
}
