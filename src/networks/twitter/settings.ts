import { z } from 'zod';

export const twitterSettings = z.strictObject({
  handle: z
    .string()
    .regex(/^@?\w{1,15}$/, 'must be a name on X, such as "@newsroom"')
    .optional()
    .describe('Name of the account on X, such as "@newsroom". Only shown to people.'),
});
