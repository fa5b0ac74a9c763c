import { z } from 'zod';

const words = 'must be a name on X, such as "@newsroom"';

export const twitterHandle = z
  .string({ error: words })
  .regex(/^@?\w{1,15}$/, words)
  .meta({ examples: ['@newsroom'] });

export const twitterSettings = z.strictObject({
  handle: twitterHandle
    .optional()
    .describe(
      'Name of the account on X, such as "@newsroom". "carillon connect" takes no other account then.',
    ),
});
