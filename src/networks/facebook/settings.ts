import { z } from 'zod';

const handleWords =
  'must be a username on Facebook, such as "@city.library": at least five Latin letters, digits and dots';

/** Shown as plain words: Facebook makes no mention of what programs write, and notifies nobody. */
export const facebookHandle = z
  .string({ error: handleWords })
  .regex(/^@?[A-Za-z0-9.]{5,50}$/, handleWords)
  .meta({ examples: ['@city.library'] });

export const facebookSettings = z.strictObject({
  pageId: z
    .string()
    .regex(/^\d{1,25}$/, 'must be the number of the Page, in quotes, such as "1000200030004"')
    .describe(
      'Number of the Page, in quotes: on the Page, "About", "Page transparency", "Page ID".',
    )
    .meta({ examples: ['1000200030004'] }),
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Name of the Page. Only shown to people.')
    .meta({ examples: ['City Library'] }),
});
