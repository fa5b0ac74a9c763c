import assert from 'node:assert/strict';

/** One line of numbers: the name that stands there, its labels, and the number. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ReadFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly ReadSample[];
}

/**
 * Reads the text format of Prometheus as strictly as its own tools do: whatever is not exactly as it should be fails.
 * Besides the format, what every good exporter keeps: counters end in `_total`, buckets rise up to their count.
 */
export function readMetrics(text: string): ReadonlyMap<string, ReadFamily> {
  assert.ok(text.endsWith('\n'), 'the last line does not end');
  const families = new Map<string, ReadFamily & { samples: ReadSample[] }>();
  let family: (ReadFamily & { samples: ReadSample[] }) | undefined;
  let help: { name: string; text: string } | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) ([a-z_:][a-z0-9_:]*) (.+)$/.exec(line);
    if (comment !== null) {
      const [, kind, name = '', rest = ''] = comment;
      if (kind === 'HELP') {
        assert.equal(help, undefined, `two helps before ${line}`);
        help = { name, text: rest };
        continue;
      }
      assert.equal(help?.name, name, `no help for ${name}`);
      assert.match(rest, /^(counter|gauge|histogram)$/);
      assert.ok(!families.has(name), `${name} stands there twice`);
      family = { name, help: help?.text ?? '', type: rest, samples: [] };
      families.set(name, family);
      help = undefined;
      continue;
    }
    assert.ok(family !== undefined && help === undefined, `out of place: ${line}`);
    const sample = readSample(line);
    const suffixes = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
    const isMine = suffixes.some((suffix) => sample.name === `${family?.name}${suffix}`);
    assert.ok(isMine, `${line} below ${family.name}`);
    family.samples.push(sample);
  }
  assert.equal(help, undefined, 'a help without numbers');
  for (const one of families.values()) checkFamily(one);
  return families;
}

function readSample(line: string): ReadSample {
  const match = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? ([^ ]+)$/.exec(line);
  assert.ok(match !== null, `no sample: ${line}`);
  const [, name = '', pairs = '', number = ''] = match;
  const labels: Record<string, string> = {};
  const pair = /([a-z_][a-z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;
  while (pair.lastIndex < pairs.length) {
    const at = pair.lastIndex;
    const [, key = '', value = ''] = pair.exec(pairs) ?? assert.fail(`labels at ${at}: ${line}`);
    assert.ok(!(key in labels) && !key.startsWith('__'), `${key} in ${line}`);
    labels[key] = value.replaceAll(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one));
  }
  assert.match(number, /^(-?\d+(\.\d+)?(e[+-]?\d+)?|[+-]Inf|NaN)$/, line);
  return { name, labels, value: Number(number.replace('Inf', 'Infinity')) };
}

function checkFamily({ name, type, samples }: ReadFamily): void {
  assert.ok(samples.length > 0, `${name} has no numbers`);
  const keyOf = (sample: ReadSample) =>
    `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
  assert.equal(new Set(samples.map(keyOf)).size, samples.length, `${name} has a series twice`);
  assert.equal(type === 'counter', name.endsWith('_total'), name);
  if (type === 'histogram') checkBuckets(name, samples);
}

function checkBuckets(name: string, samples: readonly ReadSample[]): void {
  for (const kind of new Set(samples.map(withoutBound))) {
    const group = samples.filter((one) => withoutBound(one) === kind);
    const buckets = group.filter((one) => one.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => Number(labels.le?.replace('Inf', 'Infinity')));
    assert.deepEqual(
      bounds,
      [...bounds].sort((a, b) => a - b),
    );
    assert.equal(bounds.at(-1), Number.POSITIVE_INFINITY);
    const counts = buckets.map(({ value }) => value);
    assert.deepEqual(
      counts,
      [...counts].sort((a, b) => a - b),
    );
    const count = group.filter((one) => one.name === `${name}_count`);
    assert.deepEqual(
      count.map(({ value }) => value),
      [counts.at(-1)],
    );
    assert.equal(group.filter((one) => one.name === `${name}_sum`).length, 1);
  }
}

function withoutBound({ labels: { le: _, ...labels } }: ReadSample): string {
  return JSON.stringify(Object.entries(labels).sort());
}
