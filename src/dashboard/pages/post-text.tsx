import { type Post, partsOf } from '../../core/post.ts';

/** The words of a post as they are sent, part by part. */
export function PostText({ post }: { readonly post: Post }) {
  const parts = partsOf(post);
  const isLinkInText =
    post.link === undefined || parts.some((text) => text.includes(post.link ?? ''));
  return (
    <div class="post-text">
      {parts.map((text) => (
        <p dir="auto" lang={post.language}>
          {text}
        </p>
      ))}
      {!isLinkInText && <p dir="ltr">{post.link}</p>}
    </div>
  );
}
