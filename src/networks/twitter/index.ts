import type { Network } from '../network.ts';
import { twitterLimits } from './limits.ts';
import { parseTwitterPostUrl } from './post-url.ts';
import { twitterPrices } from './prices.ts';

export const twitter: Network = {
  id: 'twitter',
  displayName: 'X',
  apiUrl: 'https://api.x.com',
  secrets: () => [
    // OAuth 1.0a
    ['API_KEY', 'API_SECRET'],
    ['API_KEY', 'API_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'],
    // OAuth 2.0; a public client has no secret.
    ['CLIENT_ID'],
    ['CLIENT_ID', 'CLIENT_SECRET'],
    ['CLIENT_ID', 'REFRESH_TOKEN'],
    ['CLIENT_ID', 'ACCESS_TOKEN', 'REFRESH_TOKEN'],
  ],
  accountName: ({ handle }) =>
    typeof handle === 'string' ? `@${handle.replace(/^@/, '')}` : undefined,
  tokens: () => [['ACCESS_TOKEN', 'ACCESS_SECRET'], ['REFRESH_TOKEN'], ['ACCESS_TOKEN']],
  limits: twitterLimits,
  appFields: ['API_KEY', 'CLIENT_ID'],
  isAssisted: () => false,
  composerUrl: () => undefined,
  sites: ['x.com', 'twitter.com'],
  parsePostUrl: parseTwitterPostUrl,
  // The page of a post is drawn in the browser and answers for any post; what websites embed is open to everyone.
  publicLook: {
    address: ({ url }) =>
      `https://publish.twitter.com/oembed?omit_script=true&dnt=true&url=${encodeURIComponent(url)}`,
    hidden: [403, 404, 410],
    isProof: true,
    advice:
      'Open the post in a private window. If it is not there, see whether the account is protected or locked, or the post was deleted.',
  },
  twinRule: 'X forbids substantially similar posts on several accounts. It may lock all of them.',
  prices: twitterPrices,
  card: {
    tags: 'twitter',
    leastImage: { width: 144, height: 144 },
    largeImage: { width: 300, height: 157 },
  },
  loadComposer: async () => (await import('./compose.ts')).twitterComposer,
  loadConnector: async () => (await import('./connector.ts')).twitterConnector,
  loadSessions: () => import('./session.ts'),
  connect: async (account, io) => (await import('./session.ts')).openTwitterSession(account, io),
};
