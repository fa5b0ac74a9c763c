import type { Measurement } from './measurement.ts';
import { apply } from './measurements/apply.ts';
import { bytes } from './measurements/bytes.ts';
import { composing } from './measurements/composing.ts';
import { isolation } from './measurements/isolation.ts';
import { lateness } from './measurements/lateness.ts';
import { memory } from './measurements/memory.ts';
import { recovery } from './measurements/recovery.ts';
import { starts } from './measurements/starts.ts';
import { throughput } from './measurements/throughput.ts';

/** In the order of the report. */
export const measurements: readonly Measurement[] = [
  ...[lateness, throughput, isolation, recovery],
  ...[apply, composing, bytes, starts, memory],
];
