import { groupNeeds } from '../overview/group-needs.ts';
import type { Overview } from '../overview/overview.ts';
import type { Row } from '../overview/row.ts';
import { Countdown } from './countdown.tsx';
import { Layout } from './layout.tsx';
import { NeedList } from './need-list.tsx';
import { countObstacles, ObstacleList, type Obstacles } from './obstacles.tsx';
import { publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { StandingPanel } from './standing-panel.tsx';
import { When } from './when.tsx';

export interface NowPageProps extends Obstacles {
  readonly setting: Setting;
  readonly overview: Overview;
  /** As people know it, for whoever has nothing in it yet. */
  readonly configFile: string;
}

const NEXT = 10;
const OUT = 8;

/** What needs a person first, then what is due next, then what just went out, and how everything is. */
export function NowPage(props: NowPageProps) {
  const { setting, overview, ...obstacles } = props;
  const { words, now, isComplete } = setting;
  const needs = groupNeeds(overview.needing(), now);
  const toDo = countObstacles(obstacles) + needs.groups.length;
  const next = [...overview.inState('sending', NEXT), ...overview.inState('scheduled', NEXT)];
  const planned = overview.count('sending') + overview.count('scheduled');
  const lookedUp = overview.inState('unconfirmed', NEXT).filter(({ need }) => need === undefined);
  const isEmpty = isComplete && overview.size === 0;
  return (
    <Layout setting={setting} page="now" title={words.pages.now}>
      <Summary setting={setting} toDo={toDo} next={next[0]} last={overview.latestPublished(1)[0]} />
      {isEmpty && (
        <p class="notice">
          {words.now.nothingAtAll(props.configFile)} <a href="/plan">{words.now.toPlan}</a>
        </p>
      )}
      <div class="now">
        <div>
          {toDo > 0 && (
            <section aria-labelledby="needs" class="urgent">
              <h2 id="needs">
                {words.now.needsYou} <span class="quiet">{words.now.toDo(toDo)}</span>
              </h2>
              <ObstacleList obstacles={obstacles} setting={setting} />
              <NeedList needs={needs} setting={setting} />
            </section>
          )}
          {toDo === 0 && <NeedList needs={needs} setting={setting} />}
          <Coming rows={next.slice(0, NEXT)} total={planned} setting={setting} />
          {lookedUp.length > 0 && (
            <p class="notice">
              {words.now.lookedUp(lookedUp.length)}{' '}
              <a href="/history?state=unconfirmed">{words.now.toHistory}</a>
            </p>
          )}
          <WentOut
            rows={overview.latestPublished(OUT)}
            total={overview.count('published')}
            setting={setting}
          />
        </div>
        <StandingPanel standing={props.standing} holds={props.holds} setting={setting} />
      </div>
    </Layout>
  );
}

interface SummaryProps {
  readonly setting: Setting;
  readonly toDo: number;
  readonly next: Row | undefined;
  readonly last: Row | undefined;
}

/** The three things that everybody wants to know, in one line where there is room. */
function Summary({ setting, toDo, next, last }: SummaryProps) {
  const { words, now, isComplete } = setting;
  const well = isComplete ? words.now.allIsWell : words.now.allIsWellSoFar;
  return (
    <dl class="summary">
      <div class={toDo === 0 ? 'good' : 'bad'}>
        <dt>{words.now.needsYou}</dt>
        <dd>{toDo === 0 ? well : <a href="#needs">{words.now.toDo(toDo)}</a>}</dd>
      </div>
      <div>
        <dt>{words.now.next}</dt>
        <dd>
          {next === undefined ? (
            words.now.nothingNext
          ) : (
            <>
              <Countdown at={next.state === 'sending' ? now : next.due} setting={setting} />{' '}
              <a href={publicationPath(next.publication)}>
                <bdi>{next.publication}</bdi>
              </a>
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{words.now.justOut}</dt>
        <dd>
          {last === undefined ? (
            words.now.nothingOut
          ) : (
            <>
              {words.now.ago(now - (last.publishedAt ?? last.due))}{' '}
              <a href={publicationPath(last.publication)}>
                <bdi>{last.publication}</bdi>
              </a>
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}

interface RowsProps {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly setting: Setting;
}

/** What goes out next, the very next one large. */
function Coming({ rows, total, setting }: RowsProps) {
  const { words } = setting;
  return (
    <section aria-labelledby="next">
      <h2 id="next">{words.now.next}</h2>
      {rows.length === 0 && <p class="quiet">{words.now.nothingNext}</p>}
      <ol class="rows coming">
        {rows.map((row) => (
          <li>
            <Countdown at={row.state === 'sending' ? setting.now : row.due} setting={setting} />
            <div>
              <Headline row={row} at={row.due} setting={setting} />
              {row.state === 'sending' && <span class="state sending">{words.states.sending}</span>}
              {row.error !== undefined && (
                <p dir="auto">
                  {row.error.message} {row.error.advice}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
      {total > rows.length && (
        <p class="more">
          <a href="/calendar">{words.andMore(total - rows.length)}</a>
        </p>
      )}
    </section>
  );
}

function WentOut({ rows, total, setting }: RowsProps) {
  const { words, sandboxUrl } = setting;
  return (
    <section aria-labelledby="out">
      <h2 id="out">{words.now.justOut}</h2>
      {rows.length === 0 && <p class="quiet">{words.now.nothingOut}</p>}
      <ul class="rows">
        {rows.map((row) => (
          <li>
            <Headline row={row} at={row.publishedAt ?? row.due} setting={setting} />
            {row.url !== undefined && (
              <p class="address">
                <Address url={row.url} isSandbox={sandboxUrl !== undefined} />
              </p>
            )}
          </li>
        ))}
      </ul>
      {total > rows.length && (
        <p class="more">
          <a href="/history?state=published">{words.andMore(total - rows.length)}</a>
        </p>
      )}
    </section>
  );
}

interface HeadlineProps {
  readonly row: Row;
  readonly at: number;
  readonly setting: Setting;
}

function Headline({ row, at, setting }: HeadlineProps) {
  return (
    <>
      <p class="headline">
        <a href={publicationPath(row.publication)}>
          <bdi>{row.publication}</bdi>
        </a>{' '}
        <span class="quiet">
          <When at={at} setting={setting} />
        </span>
      </p>
      {row.beginning !== '' && (
        <p dir="auto" class="beginning">
          {row.beginning}
        </p>
      )}
    </>
  );
}

/** The sandbox answers with addresses as the networks give them, where nothing of ours stands. */
function Address({ url, isSandbox }: { readonly url: string; readonly isSandbox: boolean }) {
  return isSandbox ? <span class="quiet">{url}</span> : <a href={url}>{url}</a>;
}
