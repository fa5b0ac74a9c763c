import { z } from 'zod';
import { ROLES } from '../src/core/role.ts';

const urlWords =
  'must be the address of the dashboard, without a path, such as "https://carillon.example.org"';

const roleWords = `must be ${ROLES.slice(0, -1).join(', ')} or ${ROLES.at(-1)}`;

export const dashboard = z
  .strictObject({
    url: z
      .string({ error: urlWords })
      .refine(isOrigin, urlWords)
      .optional()
      .describe(
        'Where people reach the dashboard: links in alerts and mails begin with it, and it is answered under this name besides those of this machine. With https cookies go over https only. Unless it is an address of this machine, everybody has to enter with a password.',
      )
      .meta({ examples: ['https://carillon.example.org'] }),
    behindProxy: z
      .boolean()
      .optional()
      .describe(
        'true: a proxy of yours stands before it, and writes into "x-forwarded-for" who asks. Only then it is believed. Default false.',
      ),
    people: z
      .record(z.string(), z.enum(ROLES, { error: roleWords }))
      .optional()
      .describe(
        'Who may enter, and as what: a viewer looks, an editor also approves, holds, moves, cancels and posts by hand, an operator may do everything. Names are of small letters, digits and "-". The password of anna stands in CARILLON_DASHBOARD_PASSWORD_ANNA, never here; "carillon password" makes a line for it.',
      )
      .meta({ examples: [{ anna: 'editor', omid: 'operator', guest: 'viewer' }] }),
  })
  .describe('The dashboard: where it is, and who may do what there.');

/** http or https, a host, perhaps a port, and nothing else. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return (
    isWeb && [username, password, search, hash].every((part) => part === '') && pathname === '/'
  );
}
