import type { ConfigReport } from '../../core/config-report.ts';
import { formatProblem } from '../../core/problem.ts';
import type { Fault } from '../../doctor/finding.ts';
import type { Frozen, Hold } from '../../ledger/ledger.ts';
import type { Overview } from '../overview/overview.ts';
import type { Row } from '../overview/row.ts';
import type { Words } from '../words/words.ts';
import { Layout } from './layout.tsx';
import { publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

export interface NowPageProps {
  readonly setting: Setting;
  readonly overview: Overview;
  readonly holds: ReadonlyMap<string, Hold>;
  readonly frozen: Frozen | undefined;
  readonly brokenConfig: ConfigReport | undefined;
  readonly faults: readonly Fault[];
}

const SHOWN = 20;
/** What a person has to do something about; the most urgent first. */
const NEEDS_PERSON = ['handoff', 'unconfirmed', 'failed', 'missed', 'held'] as const;

/** What needs a person first, then what is due next, then what just went out. */
export function NowPage(props: NowPageProps) {
  const { setting, overview } = props;
  const { words } = setting;
  const needs = NEEDS_PERSON.flatMap((state) => overview.inState(state, SHOWN));
  const needing = NEEDS_PERSON.reduce((sum, state) => sum + overview.count(state), 0);
  const next = [...overview.inState('sending', SHOWN), ...overview.inState('scheduled', SHOWN)];
  const planned = overview.count('sending') + overview.count('scheduled');
  return (
    <Layout setting={setting} page="now" title={words.pages.now}>
      <Obstacles {...props} />
      <Section
        title={words.now.needsYou}
        rows={needs}
        total={needing}
        nothing={words.now.nothingNeedsYou}
        setting={setting}
      />
      <Section
        title={words.now.next}
        rows={next}
        total={planned}
        nothing={words.now.nothingNext}
        setting={setting}
      />
      <Section
        title={words.now.justOut}
        rows={overview.latestPublished(SHOWN)}
        total={overview.count('published')}
        nothing={words.now.nothingOut}
        setting={setting}
      />
    </Layout>
  );
}

function Obstacles({ setting, holds, frozen, brokenConfig, faults }: NowPageProps) {
  const { words } = setting;
  return (
    <>
      {frozen && <p class="alarm">{words.now.frozen(frozen.reason)}</p>}
      {[...holds].map(([account, { reason }]) => (
        <p class="alarm">
          {account === '*'
            ? words.now.everythingHeld(reason)
            : words.now.accountHeld(account, reason)}
        </p>
      ))}
      {brokenConfig && <BrokenConfig report={brokenConfig} words={words} />}
      {faults.map(({ message, remedy }) => (
        <p class="alarm" dir="auto">
          {message} {remedy}
        </p>
      ))}
    </>
  );
}

function BrokenConfig({ report, words }: { readonly report: ConfigReport; readonly words: Words }) {
  const { file, problems, count } = report;
  const more = count - problems.length;
  return (
    <div class="alarm">
      <p>{words.now.brokenConfig(file)}</p>
      <ul>
        {problems.map((problem) => (
          <li dir="auto">{formatProblem(problem)}</li>
        ))}
        {more > 0 && <li>{words.now.moreProblems(more)}</li>}
      </ul>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly total: number;
  readonly nothing: string;
  readonly setting: Setting;
}

function Section({ title, rows, total, nothing, setting }: SectionProps) {
  const shown = rows.slice(0, SHOWN);
  return (
    <section>
      <h2>{title}</h2>
      {total === 0 && <p class="quiet">{nothing}</p>}
      <ul class="rows">
        {shown.map((row) => (
          <Item row={row} setting={setting} />
        ))}
      </ul>
      {total > shown.length && <p class="quiet">{setting.words.andMore(total - shown.length)}</p>}
    </section>
  );
}

function Item({ row, setting }: { readonly row: Row; readonly setting: Setting }) {
  const { words, sandboxUrl } = setting;
  const { state, error, url } = row;
  return (
    <li>
      <span class={`state ${state}`}>{words.states[state]}</span>{' '}
      <a href={publicationPath(row.publication)}>
        <strong dir="auto">{row.publication}</strong>
      </a>{' '}
      <When at={row.publishedAt ?? row.due} setting={setting} />{' '}
      {url !== undefined && <Address url={url} isSandbox={sandboxUrl !== undefined} />}
      {row.beginning !== '' && (
        <p dir="auto" class="beginning">
          {row.beginning}
        </p>
      )}
      {error && state !== 'published' && <p dir="auto">{`${error.message} ${error.advice}`}</p>}
    </li>
  );
}

/** The sandbox answers with addresses as the networks give them, where nothing of ours stands. */
export function Address({ url, isSandbox }: { readonly url: string; readonly isSandbox: boolean }) {
  return isSandbox ? <span class="quiet">{url}</span> : <a href={url}>{url}</a>;
}
