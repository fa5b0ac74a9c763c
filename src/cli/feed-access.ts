import path from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import type { Config } from '../core/config.ts';
import { type FeedAccess, openFeedAccess } from '../feeds/look-at-feed.ts';
import type { Call } from './call.ts';

/** The way to the feeds of a config, for a command. */
export async function openFeedAccessFor({ io }: Call, { preflight }: Config): Promise<FeedAccess> {
  const { dataDir } = await readEnvironment(io.env, io.cwd);
  return openFeedAccess({ allow: preflight.allow, imageDirectory: path.join(dataDir, 'images') });
}
