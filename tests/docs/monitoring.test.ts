import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { loadConfig, loadFrame } from '../../config/load.ts';
import { openApp } from '../../src/app.ts';
import { silentLog } from '../../src/core/log.ts';
import { followLedger } from '../../src/dashboard/overview/follow-ledger.ts';
import { readMetricFacts } from '../../src/processes/read-metric-facts.ts';
import { useCommands } from '../support/command-bench.ts';
import { openTestDashboard } from '../support/dashboard.ts';
import { type ReadFamily, readMetrics } from '../support/prometheus.ts';
import { until } from '../support/until.ts';

const openBench = useCommands();
const manual = readFileSync('docs/monitoring.md', 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const { groups } = parse(readFileSync('docs/deploy/prometheus-rules.yaml', 'utf8')) as {
  groups: readonly { name: string; rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const grafana = JSON.parse(readFileSync('docs/deploy/grafana-dashboard.json', 'utf8')) as {
  readonly title: string;
  readonly uid: string;
  readonly schemaVersion: number;
  readonly templating: { list: readonly { name: string; type: string; definition?: string }[] };
  readonly panels: readonly Panel[];
};
const graphs = grafana.panels.filter(({ type }) => type !== 'row');

/** What a Carillon that has published something tells, with all that it can tell. */
async function readRealMetrics(): Promise<ReadonlyMap<string, ReadFamily>> {
  const bench = openBench();
  bench.writeConfig(`timezone: Europe/Paris
sandbox: true
budget: 50 USD a month
accounts:
  newsroom-x: { network: twitter, budget: 20 USD a month }
publications:
  - { id: later, article: { title: Later, text: It comes later. }, at: 2099-01-01 09:00, to: [newsroom-x] }
`);
  const { folder: cwd, env } = bench;
  const app = await openApp(await loadFrame({ cwd, env }), {
    ...{ redisUrl: env.REDIS_URL, dataDir: join(cwd, 'data'), mayStartRedis: false },
    log: silentLog,
  });
  await using _app = app;
  await app.apply((await loadConfig({ cwd, env })).config);
  await using _worker = await app.startWorker('twitter', () => loadFrame({ cwd, env }));
  await using _scheduler = await app.startScheduler();
  const end = { code: 'token', at: Date.now(), what: 'its token' };
  await app.examinations.keepAccount(
    'newsroom-x',
    { at: Date.now(), of: 'it', answer: { whose: '@newsroom', ends: [end], remarks: [] } },
    [],
  );
  await using overview = followLedger({
    ledger: app.ledger,
    changes: app.followChanges(),
    onError: (error) => assert.fail(String(error)),
  });
  await until(
    async () => overview.isComplete && (await app.heartbeats.all()).length === 2,
    'all signs of life',
  );
  await using dashboard = await openTestDashboard({
    data: { overview, metricFacts: () => readMetricFacts(app) },
  });
  const answer = await dashboard.get('/metrics', { accept: '*/*' });
  assert.equal(answer.status, 200, JSON.stringify(dashboard.errors));
  return readMetrics(await answer.text());
}

/** Names of numbers in a question to Prometheus, each with the labels that it is asked by. */
function asked(question: string): readonly { name: string; labels: readonly string[] }[] {
  return [...question.matchAll(/(carillon_\w+)(?:\{([^}]*)\})?/g)].map(([, name = '', pairs]) => ({
    name,
    labels: [...(pairs ?? '').matchAll(/(\w+)(?:=~|!=|=)/g)].map(([, label = '']) => label),
  }));
}

test('every number that rules and graphs ask for is told, with those labels, and is in the manual', async () => {
  const families = await readRealMetrics();
  const samples = [...families.values()].flatMap((family) => family.samples);
  const questions = [
    ...rules.map(({ expr }) => expr),
    ...graphs.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ...grafana.templating.list.flatMap(({ definition }) => definition ?? []),
  ].flatMap(asked);

  assert.ok(questions.length > 40, `only ${questions.length}`);
  for (const { name, labels } of questions) {
    const sample = samples.find((one) => one.name === name);
    assert.ok(sample !== undefined, `nothing tells ${name}`);
    for (const label of labels) assert.ok(label in sample.labels, `${name} has no ${label}`);
  }
  for (const { name, type } of families.values()) {
    assert.match(name, type === 'histogram' ? /_seconds$/ : /^carillon_/);
    assert.ok(manual.includes(`\`${name}`), `${name} is not in docs/monitoring.md`);
  }
  for (const [, name = ''] of manual.matchAll(/`(carillon_\w+)/g)) {
    assert.ok(families.has(name), `docs/monitoring.md tells of ${name}`);
  }
});

test('every rule says how bad it is, what it is about, and where to read what to do', () => {
  assert.ok(rules.length > 15, `only ${rules.length}`);
  assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
  for (const { alert, expr, labels, annotations, ...rest } of rules) {
    assert.match(alert, /^Carillon[A-Z]\w+$/);
    assert.match(labels.severity ?? '', /^(critical|warning|info)$/, alert);
    for (const key of ['summary', 'description']) assert.ok(annotations[key], `${alert}: ${key}`);
    const anchor = `docs/operations.md#${alert.toLowerCase()}`;
    assert.equal(annotations.runbook, anchor);
    if (rest.for !== undefined) assert.match(rest.for, /^\d+[smh]$/);
    assert.equal(expr.split('(').length, expr.split(')').length, alert);
  }
});

test('the runbook has a chapter for every rule', () => {
  const runbook = readFileSync('docs/operations.md', 'utf8');
  for (const { alert } of rules) assert.match(runbook, new RegExp(`^#+ ${alert}$`, 'm'));
});

test('the graphs fit beside one another, and each says what it shows', () => {
  assert.equal(grafana.title, 'Carillon');
  assert.ok(grafana.uid !== '' && grafana.schemaVersion >= 36);
  assert.ok(grafana.templating.list.some(({ type }) => type === 'datasource'));
  assert.equal(new Set(grafana.panels.map(({ id }) => id)).size, grafana.panels.length);
  for (const { title, description, targets = [] } of graphs) {
    assert.ok(title && description && targets.length > 0, title);
    for (const { expr, legendFormat } of targets) assert.ok(expr && legendFormat, title);
  }
  const taken = new Set<string>();
  for (const { title, gridPos } of grafana.panels) {
    const { x, y, w, h } = gridPos;
    assert.ok(x + w <= 24, title);
    for (let column = x; column < x + w; column++) {
      for (let line = y; line < y + h; line++) {
        assert.ok(!taken.has(`${column} ${line}`), `${title} lies on another`);
        taken.add(`${column} ${line}`);
      }
    }
  }
});
