import type { Child } from 'hono/jsx';
import { displayNameOf } from '../../telling/network-name.ts';
import type { Row } from '../overview/row.ts';
import { Countdown } from './countdown.tsx';
import { DeedForm, type DeedOffer } from './deed-form.tsx';
import { Layout } from './layout.tsx';
import { publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

interface ApprovalsPageProps {
  readonly setting: Setting;
  /** Those that wait, the soonest first, as many as a page holds. */
  readonly waiting: readonly WaitingPost[];
  readonly total: number;
}

export interface WaitingPost {
  readonly row: Row;
  /** As its network shows it. */
  readonly post: Child;
  /** How this visitor approves it; undefined for whoever may not. */
  readonly offer: DeedOffer | undefined;
}

/** Everything that waits for somebody to approve it, with the whole of its text. */
export function ApprovalsPage({ setting, waiting, total }: ApprovalsPageProps) {
  const { words } = setting;
  return (
    <Layout setting={setting} page="approvals" title={words.pages.approvals} stylesheet="/post.css">
      <p class={total === 0 ? 'well' : 'quiet'}>
        {total === 0 ? words.approvals.nothing : words.approvals.waits(total)}
      </p>
      <ul class="approvals">
        {waiting.map((one) => (
          <Waiting {...one} setting={setting} />
        ))}
      </ul>
      {total > waiting.length && <p class="more quiet">{words.andMore(total - waiting.length)}</p>}
    </Layout>
  );
}

function Waiting({ row, post, offer, setting }: WaitingPost & { readonly setting: Setting }) {
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
      {post}
      <div class="deeds">
        {offer !== undefined && <DeedForm offer={offer} setting={setting} />}
        <a href={publicationPath(publication)}>{words.approvals.toPublication}</a>
      </div>
    </li>
  );
}
