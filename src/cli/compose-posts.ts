import { join } from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import type { Config } from '../core/config.ts';
import type { Publication } from '../core/publication.ts';
import { openImageFitter } from '../media/image-fitter.ts';
import { networkOf } from '../networks/registry.ts';
import type { TimedIntent } from '../planning/board.ts';
import { composeIntents, type Intents } from '../planning/intents.ts';
import { timeIntents } from '../planning/time-intents.ts';
import { findTimingProblems } from '../planning/timing-problems.ts';
import type { Call } from './call.ts';

/** What the config wants: each post at its time, as far as that can be told. */
export interface Composed extends Omit<Intents, 'intents'> {
  readonly intents: readonly TimedIntent[];
}

/** Composes every post of the config. Needs no Redis; what is recorded, if that is given, keeps its slots. */
export async function composePosts(
  config: Config,
  { io }: Call,
  records: readonly Publication[] = [],
): Promise<Composed> {
  const { dataDir } = await readEnvironment(io.env, io.cwd);
  const fitImage = openImageFitter(join(dataDir, 'media'));
  const composed = await composeIntents(config, networkOf, fitImage);
  const ledger = new Map(records.map((record) => [record.publication, record]));
  const now = Date.now();
  const { intents } = timeIntents(composed.intents, { config, ledger, now });
  const found = findTimingProblems(composed.intents, intents, now);
  return { ...composed, intents, problems: [...composed.problems, ...found] };
}
