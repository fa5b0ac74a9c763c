import type { Histogram, Labels, Metric } from './metric.ts';

/** What the answer is, as its reader has to know it. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Metrics in the text format of Prometheus. Those without any number are left out. */
export function renderMetrics(metrics: readonly Metric[]): string {
  return metrics
    .map((metric) => ({ metric, lines: linesOf(metric) }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ metric: { name, help, type }, lines }) =>
      [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n'),
    )
    .join('');
}

function linesOf(metric: Metric): readonly string[] {
  const { name } = metric;
  if (metric.type === 'histogram') {
    return metric.histograms.flatMap((histogram) => linesOfHistogram(name, histogram));
  }
  return metric.samples.map(({ labels, value }) => line(name, labels, value));
}

function linesOfHistogram(name: string, { labels, bounds, counts, sum }: Histogram): string[] {
  let reached = 0;
  const buckets = [...bounds.map(String), '+Inf'].map((le, i) => {
    reached += counts[i] ?? 0;
    return line(`${name}_bucket`, { ...labels, le }, reached);
  });
  return [...buckets, line(`${name}_sum`, labels, sum), line(`${name}_count`, labels, reached)];
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeValue(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeValue(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
