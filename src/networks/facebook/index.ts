import type { Network } from '../network.ts';
import { parseFacebookPostUrl } from './post-url.ts';
import { facebookHandle, facebookSettings } from './settings.ts';

export const facebook: Network = {
  id: 'facebook',
  displayName: 'Facebook',
  apiUrl: 'https://graph.facebook.com',
  settings: facebookSettings,
  handle: facebookHandle,
  // The app's secret signs the calls; an app that does not ask for it works without.
  secrets: () => [['APP_ID', 'APP_SECRET'], ['PAGE_TOKEN'], ['PAGE_TOKEN', 'APP_SECRET']],
  tokens: () => [['PAGE_TOKEN']],
  limits: [],
  appFields: ['APP_ID', 'APP_SECRET'],
  isAssisted: () => false,
  composerUrl: () => undefined,
  parsePostUrl: parseFacebookPostUrl,
  card: {
    tags: 'open-graph',
    leastImage: { width: 200, height: 200 },
    largeImage: { width: 600, height: 315 },
  },
  loadComposer: async () => (await import('./compose.ts')).facebookComposer,
  loadConnector: async () => (await import('./connector.ts')).facebookConnector,
  connect: async (account, io) => (await import('./session.ts')).openFacebookSession(account, io),
};
