import type { PostLabels, Repliers } from './post.ts';

const REPLIERS_IN_WORDS: Readonly<Record<Repliers, string>> = {
  following: 'only those whom the account follows may reply',
  mentioned: 'only those whom it mentions may reply',
  subscribers: 'only subscribers may reply',
  verified: 'only verified accounts may reply',
};

/** The labels of a post for people, such as `made with AI, paid partnership`; undefined if it has none. */
export function sayLabels(labels: PostLabels | undefined): string | undefined {
  if (labels === undefined) return undefined;
  const { madeWithAi, paidPartnership, replies } = labels;
  const words = [
    ...(madeWithAi ? ['made with AI'] : []),
    ...(paidPartnership ? ['paid partnership'] : []),
    ...(replies ? [REPLIERS_IN_WORDS[replies]] : []),
  ];
  return words.join(', ');
}
