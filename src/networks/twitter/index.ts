import type { Network } from '../network.ts';
import { twitterLimits } from './limits.ts';
import { parseTwitterPostUrl } from './post-url.ts';
import { twitterHandle, twitterSettings } from './settings.ts';

export const twitter: Network = {
  id: 'twitter',
  displayName: 'X',
  apiUrl: 'https://api.x.com',
  settings: twitterSettings,
  handle: twitterHandle,
  secrets: () => [
    ['API_KEY', 'API_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'],
    // With OAuth 2.0 the tokens change hourly and are kept elsewhere; who has them may hand them in.
    ['CLIENT_ID', 'CLIENT_SECRET'],
    ['CLIENT_ID', 'CLIENT_SECRET', 'ACCESS_TOKEN', 'REFRESH_TOKEN'],
  ],
  limits: twitterLimits,
  appFields: ['API_KEY', 'CLIENT_ID'],
  isAssisted: () => false,
  composerUrl: () => undefined,
  parsePostUrl: parseTwitterPostUrl,
  card: {
    tags: 'twitter',
    leastImage: { width: 144, height: 144 },
    largeImage: { width: 300, height: 157 },
  },
  loadComposer: async () => (await import('./compose.ts')).twitterComposer,
  connect: async (account, io) => (await import('./session.ts')).openTwitterSession(account, io),
};
