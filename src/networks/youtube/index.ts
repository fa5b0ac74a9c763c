import type { Network } from '../network.ts';
import { parseYoutubePostUrl } from './post-url.ts';

export const youtube: Network = {
  id: 'youtube',
  displayName: 'YouTube',
  apiUrl: 'https://www.googleapis.com',
  secrets: (settings) =>
    isAssisted(settings)
      ? []
      : [
          ['CLIENT_ID', 'CLIENT_SECRET'],
          ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'],
        ],
  tokens: (settings) => (isAssisted(settings) ? [] : [['REFRESH_TOKEN']]),
  accountName: ({ channelId, handle }) =>
    typeof handle === 'string' ? `${handle} (${channelId})` : `the channel ${channelId}`,
  limits: [],
  appFields: ['CLIENT_ID'],
  isAssisted,
  // No parameter of this page is known that would fill in the text: people paste it.
  composerUrl: (settings) =>
    `https://www.youtube.com/channel/${settings.channelId}/posts?show_create_dialog=1`,
  sites: ['youtube.com', 'youtu.be'],
  parsePostUrl: parseYoutubePostUrl,
  publicLook: {
    address: ({ url }) => url,
    hidden: [404, 410],
    isProof: false,
    advice:
      'Open the post in a private window. If it is not there, see in YouTube Studio what became of it.',
  },
  loadComposer: async () => (await import('./compose.ts')).youtubeComposer,
  loadConnector: async () => (await import('./connector.ts')).youtubeConnector,
  loadSessions: () => import('./session.ts'),
  connect: async (account, io) => (await import('./session.ts')).openYoutubeSession(account, io),
};

function isAssisted(settings: Readonly<Record<string, unknown>>): boolean {
  return settings.mode !== 'api';
}
