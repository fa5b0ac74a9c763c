import type { Post } from '../../core/post.ts';
import { toPublishError } from '../http.ts';
import { type FacebookClient, MissingError } from './client.ts';
import { hasId, isSuccess } from './drafts.ts';

/**
 * Deletes a post that is out. Facebook says the same of one that is gone and of one that the token may not see: it
 * counts as gone only if the Page itself answers this token.
 */
export async function removePost(
  postId: string,
  client: FacebookClient,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.post(postId, { effect: 'none', signal, isAnswer: isSuccess }).delete([]);
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    await client.page({ effect: 'none', signal, isAnswer: hasId }).get(['id']);
  }
}

/** Changes the message. Facebook lets only the app that made a post do that. */
export async function editPost(
  postId: string,
  post: Post,
  client: FacebookClient,
  signal: AbortSignal,
): Promise<void> {
  try {
    const call = { effect: 'none', signal, isAnswer: isSuccess } as const;
    await client.post(postId, call).update([], { message: post.text });
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    throw toPublishError(client.speaker, {
      is: 'rejected',
      code: '100/33',
      message: `Facebook does not show the post to this token, or it is gone: "${error.message}"`,
    });
  }
}
