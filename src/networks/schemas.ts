import type { ZodObject, ZodType } from 'zod';
import { facebookHandle, facebookSettings } from './facebook/settings.ts';
import type { NetworkId } from './registry.ts';
import { twitterHandle, twitterSettings } from './twitter/settings.ts';
import { youtubeHandle, youtubeSettings } from './youtube/settings.ts';

/** What a config says of a network: its form, and words about it for people. */
interface NetworkSchemas {
  /** The account's own keys, besides `network` and `apiUrl`. A strict object. */
  readonly settings: ZodObject;
  /** The name by which the network mentions somebody. */
  readonly handle: ZodType<string>;
}

/** Apart from the registry, so that only who checks a config loads what checks it. */
export const networkSchemas: Readonly<Record<NetworkId, NetworkSchemas>> = {
  twitter: { settings: twitterSettings, handle: twitterHandle },
  facebook: { settings: facebookSettings, handle: facebookHandle },
  youtube: { settings: youtubeSettings, handle: youtubeHandle },
};
