import type { Network } from '../network.ts';
import { parseFacebookPostUrl } from './post-url.ts';

export const facebook: Network = {
  id: 'facebook',
  displayName: 'Facebook',
  apiUrl: 'https://graph.facebook.com',
  // The app's secret signs the calls; an app that does not ask for it works without.
  secrets: () => [['APP_ID', 'APP_SECRET'], ['PAGE_TOKEN'], ['PAGE_TOKEN', 'APP_SECRET']],
  tokens: () => [['PAGE_TOKEN']],
  accountName: ({ pageId, name }) =>
    typeof name === 'string' ? `the Page "${name}" (${pageId})` : `the Page ${pageId}`,
  limits: [],
  appFields: ['APP_ID', 'APP_SECRET'],
  isAssisted: () => false,
  composerUrl: () => undefined,
  sites: ['facebook.com', 'fb.com', 'fb.me'],
  parsePostUrl: parseFacebookPostUrl,
  publicLook: {
    address: ({ url }) => url,
    hidden: [404, 410],
    isProof: false,
    hiddenWords: /(?:content|page) isn[’']t available/i,
    advice:
      'If you see it where you are logged in, only you can see this: your app is in development mode. Switch it to live in Meta’s developer portal. Else see whether the Page is published, and for every country and age.',
  },
  card: {
    tags: 'open-graph',
    leastImage: { width: 200, height: 200 },
    largeImage: { width: 600, height: 315 },
  },
  loadComposer: async () => (await import('./compose.ts')).facebookComposer,
  loadConnector: async () => (await import('./connector.ts')).facebookConnector,
  loadSessions: () => import('./session.ts'),
  connect: async (account, io) => (await import('./session.ts')).openFacebookSession(account, io),
};
