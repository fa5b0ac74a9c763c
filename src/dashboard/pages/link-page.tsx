import type { Post } from '../../core/post.ts';
import type { Publication } from '../../core/publication.ts';
import type { LinkedDeed } from '../access/signed-link.ts';
import { FormToken } from './form-token.tsx';
import { Images } from './hand-off-page.tsx';
import { PostText } from './post-text.tsx';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

interface LinkedApprovalProps {
  readonly setting: Setting;
  readonly deed: LinkedDeed;
  readonly record: Publication;
  readonly post: Post;
  readonly networkName: string;
  /** Where the form leads. */
  readonly action: string;
  imagePath(hash: string): string;
}

/** A post that whoever holds the link may approve. */
export function LinkedApproval(props: LinkedApprovalProps) {
  const { setting, deed, record, post, networkName, action, imagePath } = props;
  const { link, deeds } = setting.words;
  return (
    <>
      <p>
        <strong dir="auto">{record.publication}</strong> · <bdi>{record.account}</bdi> ·{' '}
        {networkName} · <When at={record.due} setting={setting} />
      </p>
      <PostText post={post} />
      {post.media.length > 0 && (
        <Images media={post.media} setting={setting} imagePath={imagePath} />
      )}
      <p>{link.asks}</p>
      <form method="post" action={action} class="deeds">
        <FormToken visitor={setting.visitor} />
        <button type="submit" class="main">
          {deeds.approve.title}
        </button>
      </form>
      <LinkNote setting={setting} deed={deed} />
    </>
  );
}

/** For whom a link was made, and until when it can be used. */
export function LinkNote({ setting, deed }: Pick<LinkedApprovalProps, 'setting' | 'deed'>) {
  return (
    <p class="quiet">
      <span dir="auto">{setting.words.link.madeFor(deed.for)}</span>{' '}
      <When at={deed.expiresAt} setting={setting} />
    </p>
  );
}

interface LinkEndProps {
  readonly sentence: string;
  readonly isRefused: boolean;
}

/** Where a link leads to nothing, or to nothing more. */
export function LinkEnd({ sentence, isRefused }: LinkEndProps) {
  return (
    <p class={isRefused ? 'alarm' : 'plain'} role={isRefused ? 'alert' : 'status'} dir="auto">
      {sentence}
    </p>
  );
}
