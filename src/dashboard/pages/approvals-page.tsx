import { type Post, partsOf } from '../../core/post.ts';
import { displayNameOf } from '../../telling/network-name.ts';
import type { Row } from '../overview/row.ts';
import { Countdown } from './countdown.tsx';
import { Layout } from './layout.tsx';
import { publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

interface ApprovalsPageProps {
  readonly setting: Setting;
  /** Those that wait, the soonest first, as many as a page holds. */
  readonly rows: readonly Row[];
  readonly total: number;
  readonly posts: ReadonlyMap<string, Post>;
}

/** Everything that waits for somebody to approve it, with the whole of its text. */
export function ApprovalsPage({ setting, rows, total, posts }: ApprovalsPageProps) {
  const { words } = setting;
  return (
    <Layout setting={setting} page="approvals" title={words.pages.approvals}>
      <p class={total === 0 ? 'well' : 'quiet'}>
        {total === 0 ? words.approvals.nothing : words.approvals.waits(total)}
      </p>
      <ul class="approvals">
        {rows.map((row) => (
          <Waiting row={row} post={posts.get(row.publication)} setting={setting} />
        ))}
      </ul>
      {total > rows.length && <p class="more quiet">{words.andMore(total - rows.length)}</p>}
    </Layout>
  );
}

interface WaitingProps {
  readonly row: Row;
  readonly post: Post | undefined;
  readonly setting: Setting;
}

function Waiting({ row, post, setting }: WaitingProps) {
  const { words } = setting;
  const { publication, account, network, due, publishBy } = row;
  return (
    <li>
      <h2>
        <bdi>{publication}</bdi>
      </h2>
      <p class="quiet">
        <bdi>{account}</bdi> · {displayNameOf(network)} · {words.approvals.goesOut}{' '}
        <When at={due} setting={setting} /> (<Countdown at={due} setting={setting} />) ·{' '}
        {words.approvals.lastMoment} <When at={publishBy} setting={setting} />
      </p>
      {post === undefined ? <p>{words.approvals.textUnknown}</p> : <Whole {...{ post, setting }} />}
      <p>
        <a class="button" href={publicationPath(publication)}>
          {words.approvals.toPublication}
        </a>
      </p>
    </li>
  );
}

function Whole({ post, setting }: { readonly post: Post; readonly setting: Setting }) {
  const { words } = setting;
  const parts = partsOf(post);
  return (
    <div class="plain">
      {parts.map((text, i) => (
        <>
          {parts.length > 1 && <p class="quiet">{words.approvals.part(i + 1, parts.length)}</p>}
          <p class="whole" dir="auto" lang={post.language}>
            {text}
          </p>
        </>
      ))}
      {post.media.map(({ file, alt }) => (
        <p class="quiet">
          {words.approvals.image} <bdi>{file}</bdi>:{' '}
          <span dir="auto">{alt === '' ? words.approvals.decoration : alt}</span>
        </p>
      ))}
    </div>
  );
}
