import { z } from 'zod';

const handleWords = 'must be a handle on YouTube, such as "@newsroom"';

export const youtubeHandle = z
  .string({ error: handleWords })
  .regex(/^@?[\p{L}\p{N}\p{M}_.·-]{3,30}$/u, handleWords)
  .meta({ examples: ['@newsroom'] });

export const youtubeSettings = z.strictObject({
  channelId: z
    .string()
    .regex(
      /^UC[\w-]{22}$/,
      'must be "UC" and 22 letters, digits, "-" or "_": YouTube, Settings, Advanced settings',
    )
    .describe(
      'Id of the channel: "UC" and 22 more characters. YouTube shows it in Settings, Advanced settings.',
    )
    .meta({ examples: ['UCabcdefghijklmnopqrstuv'] }),
  mode: z
    .enum(['assisted', 'api'])
    .default('assisted')
    .describe(
      '"assisted": Carillon prepares the post and a person publishes it. "api": the pilot API for community posts, for channels that YouTube has let in.',
    ),
  handle: youtubeHandle
    .optional()
    .describe('Handle of the channel, such as "@newsroom". Only shown to people.'),
  textLimit: z
    .int()
    .min(100)
    .max(10_000)
    .default(1000)
    .describe('The most characters in a post. YouTube does not document its limit; 1000 is safe.'),
});
