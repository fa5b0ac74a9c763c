import type { Post, Repliers } from '../../core/post.ts';

const REPLY_SETTINGS: Readonly<Record<Repliers, string>> = {
  following: 'following',
  mentioned: 'mentionedUsers',
  subscribers: 'subscribers',
  verified: 'verified',
};

/**
 * The labels of a part of a post, as X names them. Images stand on the first part, and who may reply to it may reply to
 * the thread; that somebody pays is true of every part.
 */
export function labelsOfPart({ labels = {} }: Post, part: number): Record<string, unknown> {
  const { madeWithAi, paidPartnership, replies } = labels;
  return {
    ...(part === 0 && madeWithAi && { made_with_ai: true }),
    ...(paidPartnership && { paid_partnership: true }),
    ...(part === 0 && replies && { reply_settings: REPLY_SETTINGS[replies] }),
  };
}
