import { join } from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import type { Config } from '../core/config.ts';
import { openImageFitter } from '../media/image-fitter.ts';
import type { Network } from '../networks/network.ts';
import { findNetwork } from '../networks/registry.ts';
import { composeIntents, type Intents } from '../planning/intents.ts';
import type { Call } from './call.ts';

/** Composes every post of the config. Needs no Redis. */
export async function composePosts(config: Config, { io }: Call): Promise<Intents> {
  const { dataDir } = await readEnvironment(io.env, io.cwd);
  return composeIntents(config, networkOf, openImageFitter(join(dataDir, 'media')));
}

export function networkOf(id: string): Network {
  const network = findNetwork(id);
  if (network === undefined) throw new Error(`There is no network ${id}.`);
  return network;
}

/** What people call a network, whatever its id came from. */
export function displayNameOf(network: string): string {
  return findNetwork(network)?.displayName ?? network;
}
