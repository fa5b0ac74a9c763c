import type { Measurement } from './measurement.ts';
import { apply } from './measurements/apply.ts';
import { bytes } from './measurements/bytes.ts';
import { lateness } from './measurements/lateness.ts';
import { throughput } from './measurements/throughput.ts';

/** In the order of the report. */
export const measurements: readonly Measurement[] = [lateness, throughput, apply, bytes];
