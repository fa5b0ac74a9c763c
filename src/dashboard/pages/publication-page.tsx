import type { Child } from 'hono/jsx';
import type { Media } from '../../core/post.ts';
import type { Publication } from '../../core/publication.ts';
import type { Row } from '../overview/row.ts';
import { Away } from './away.tsx';
import { DeedForm, type DeedOffer } from './deed-form.tsx';
import { Layout } from './layout.tsx';
import { handOffPath, publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

/** One line of a publication's story. */
export interface StoryLine {
  readonly at: number;
  readonly sentence: string;
}

/** One request for the post. */
export interface AttemptLine {
  readonly at: number;
  readonly number: number;
  /** Counted from 1; missing if the post has but one. */
  readonly part: number | undefined;
  /** What came of it, in the network's own words; missing while it is under way. */
  readonly outcome: string | undefined;
}

interface PublicationPageProps {
  readonly setting: Setting;
  readonly publication: Publication;
  readonly networkName: string;
  /** The post as its network shows it. */
  readonly post: Child;
  readonly media: readonly Media[];
  /** Times, people, money and where it comes from, in sentences. */
  readonly facts: readonly string[];
  readonly attempts: readonly AttemptLine[];
  readonly story: readonly StoryLine[];
  /** What comes next, and what a person can do. */
  readonly next: readonly string[];
  /** What this visitor may do to it as it stands. */
  readonly deeds: readonly DeedOffer[];
  /** The same entry on other accounts, and at other times. */
  readonly siblings: readonly Row[];
  /** All that is known, for programs. */
  readonly json: string;
}

/** Everything about one publication: the post, what comes next, and its story. */
export function PublicationPage(props: PublicationPageProps) {
  const { setting, publication, networkName, deeds, json } = props;
  const { words } = setting;
  return (
    <Layout setting={setting} title={publication.publication} stylesheet="/post.css">
      <Head setting={setting} publication={publication} networkName={networkName} />
      <div class="beside">
        <section aria-labelledby="post">
          <h2 id="post">{words.publication.post(networkName)}</h2>
          {props.post}
          <Descriptions {...props} />
        </section>
        <div>
          <Next {...props} />
          {deeds.length > 0 && (
            <section aria-labelledby="deeds">
              <h2 id="deeds">{words.publication.deeds}</h2>
              {publication.state === 'handoff' && (
                <p>
                  <a class="button" href={handOffPath(publication.publication)}>
                    {words.publication.byHand}
                  </a>
                </p>
              )}
              <div class="deeds">
                {deeds.map((offer) => (
                  <DeedForm offer={offer} setting={setting} />
                ))}
              </div>
            </section>
          )}
          <Facts {...props} />
          <Story {...props} />
          <Attempts {...props} />
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

/** What people hear of the images who cannot see them. */
function Descriptions({ setting, media }: PublicationPageProps) {
  if (media.length === 0) return null;
  const { words } = setting;
  return (
    <section aria-labelledby="images">
      <h3 id="images">{words.publication.images}</h3>
      <ol class="descriptions">
        {media.map(({ alt, file }) => (
          <li>
            <bdi>{file}</bdi>:{' '}
            {alt === '' ? <i>{words.publication.decoration}</i> : <q dir="auto">{alt}</q>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Facts({ setting, facts }: PublicationPageProps) {
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{setting.words.publication.facts}</h2>
      {facts.map((fact) => (
        <p dir="auto">{fact}</p>
      ))}
    </section>
  );
}

function Attempts({ setting, attempts }: PublicationPageProps) {
  if (attempts.length === 0) return null;
  const { words } = setting;
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts">{words.publication.attempts}</h2>
      <ol class="story">
        {attempts.map(({ at, number, part, outcome }) => (
          <li>
            <When at={at} setting={setting} /> <b>{words.publication.attempt(number, part)}</b>{' '}
            <span dir="auto">{outcome ?? words.publication.underWay}</span>
          </li>
        ))}
      </ol>
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
