import type { Child } from 'hono/jsx';
import type { Publication } from '../../core/publication.ts';
import type { Row } from '../overview/row.ts';
import { Away } from './away.tsx';
import { DeedForm, type DeedOffer } from './deed-form.tsx';
import { FormToken, Layout, type Setting } from './layout.tsx';
import { publicationPath } from './paths.ts';
import { When } from './when.tsx';

/** One line of a publication's story. */
export interface StoryLine {
  readonly at: number;
  readonly sentence: string;
}

interface PublicationPageProps {
  readonly setting: Setting;
  readonly publication: Publication;
  readonly networkName: string;
  /** The post as its network shows it. */
  readonly post: Child;
  readonly story: readonly StoryLine[];
  /** What comes next, and what a person can do. */
  readonly next: readonly string[];
  /** What this visitor may do to it as it stands. */
  readonly deeds: readonly DeedOffer[];
  /** The same entry on other accounts, and at other times. */
  readonly siblings: readonly Row[];
  /** All that is known, for programs. */
  readonly json: string;
  /** What came of the deed that led here. */
  readonly told: string | undefined;
}

/** Everything about one publication: the post, what comes next, and its story. */
export function PublicationPage(props: PublicationPageProps) {
  const { setting, publication, networkName, deeds, told, json } = props;
  const { words } = setting;
  return (
    <Layout setting={setting} title={publication.publication}>
      {told !== undefined && (
        <p class="notice" role="status" dir="auto">
          {told}
        </p>
      )}
      <Head setting={setting} publication={publication} networkName={networkName} />
      <div class="beside">
        <section aria-labelledby="post">
          <h2 id="post">{words.publication.post(networkName)}</h2>
          {props.post}
        </section>
        <div>
          <Next {...props} />
          {deeds.length > 0 && (
            <section aria-labelledby="deeds">
              <h2 id="deeds">{words.publication.deeds}</h2>
              <div class="deeds">
                {deeds.map((offer) => (
                  <DeedForm offer={offer} setting={setting} />
                ))}
              </div>
            </section>
          )}
          <Story {...props} />
          <Siblings {...props} />
          <details id="json">
            <summary>{words.publication.json}</summary>
            <pre dir="ltr">{json}</pre>
          </details>
        </div>
      </div>
    </Layout>
  );
}

function Head({
  setting,
  publication,
  networkName,
}: Pick<PublicationPageProps, 'setting' | 'publication' | 'networkName'>) {
  const { words, sandboxUrl } = setting;
  const { state, due, publishedAt, account, receipt } = publication;
  return (
    <p>
      <span class={`state ${state}`}>{words.states[state]}</span> <bdi>{account}</bdi> ·{' '}
      {networkName} · <When at={publishedAt ?? due} setting={setting} />
      {receipt !== undefined && (
        <>
          {' · '}
          {sandboxUrl === undefined ? (
            <Away url={receipt.url} />
          ) : (
            <span class="quiet">{receipt.url}</span>
          )}
        </>
      )}
    </p>
  );
}

function Next({ setting, next, publication }: PublicationPageProps) {
  const isWrong = ['failed', 'missed'].includes(publication.state);
  return (
    <section aria-labelledby="next">
      <h2 id="next">{setting.words.publication.next}</h2>
      <div class={isWrong ? 'alarm' : 'plain'}>
        {next.map((sentence) => (
          <p dir="auto">{sentence}</p>
        ))}
      </div>
    </section>
  );
}

function Story({ setting, story }: PublicationPageProps) {
  return (
    <section aria-labelledby="story">
      <h2 id="story">{setting.words.publication.story}</h2>
      <ol class="story">
        {story.map(({ at, sentence }) => (
          <li>
            <When at={at} setting={setting} /> <span dir="auto">{sentence}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Siblings({ setting, siblings }: PublicationPageProps) {
  if (siblings.length === 0) return null;
  const { words } = setting;
  return (
    <section aria-labelledby="siblings">
      <h2 id="siblings">{words.publication.siblings}</h2>
      <ul class="rows">
        {siblings.map(({ publication, state, due, publishedAt }) => (
          <li>
            <a href={publicationPath(publication)}>
              <bdi>{publication}</bdi>
            </a>{' '}
            <When at={publishedAt ?? due} setting={setting} />{' '}
            <span class={`state ${state}`}>{words.states[state]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ConfirmPageProps {
  readonly setting: Setting;
  readonly offer: DeedOffer;
  /** What it is done to. */
  readonly subject: string;
  readonly post: Child;
  /** What was written on the page before, to go along. */
  readonly fields: Readonly<Record<string, string>>;
  readonly back: string;
}

/** Asks once more before something is done. Works without a script. */
export function ConfirmPage({ setting, offer, subject, post, fields, back }: ConfirmPageProps) {
  const { words, visitor } = setting;
  return (
    <Layout setting={setting} title={words.deeds[offer.deed].title}>
      <p>
        <strong dir="auto">{subject}</strong>
      </p>
      <p>{words.deeds[offer.deed].asks}</p>
      {post}
      <form method="post" action={offer.action} class="deeds">
        <FormToken visitor={visitor} />
        <input type="hidden" name="sure" value="yes" />
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class={words.deeds[offer.deed].isGrave ? 'grave' : 'main'}>
          {words.deeds[offer.deed].title}
        </button>
        <a href={back}>{words.deeds.back}</a>
      </form>
    </Layout>
  );
}
