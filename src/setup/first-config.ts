import { stringify } from 'yaml';
import { z } from 'zod';
import type { NetworkId } from '../networks/registry.ts';
import { networkSchemas } from '../networks/schemas.ts';

/** What a first config is made of. */
export interface FirstConfig {
  /** IANA name. */
  readonly timezone: string;
  readonly accounts: readonly FirstAccount[];
  /** Where an editor finds the schema, as seen from the config. */
  readonly schema: string;
}

export interface FirstAccount {
  readonly name: string;
  readonly network: NetworkId;
  /** The number or name of the Page or channel; undefined where the network wants none. */
  readonly remoteId: string | undefined;
}

/** How the config calls what an account is known by to its network, and an example that the sandbox takes. */
export const REMOTE_IDS: Readonly<Record<NetworkId, RemoteId | undefined>> = {
  twitter: undefined,
  facebook: { key: 'pageId', question: 'Number of your Facebook Page', example: '1000200030004' },
  youtube: {
    key: 'channelId',
    question: 'Id of your YouTube channel',
    example: 'UCabcdefghijklmnopqrstuv',
  },
};

export interface RemoteId {
  readonly key: string;
  readonly question: string;
  readonly example: string;
}

/** What is wrong with the number or id of a Page or channel, in the words of its network's own settings. */
export function findRemoteIdFault(network: NetworkId, id: string): string | undefined {
  const { key } = REMOTE_IDS[network] ?? {};
  const schema = key === undefined ? undefined : networkSchemas[network].settings.shape[key];
  const { error } = schema ? z.safeParse(schema, id) : { error: undefined };
  return error && `It ${error.issues[0]?.message ?? 'cannot be used'}.`;
}

/** The last part of an account's name, by its network. */
export const NAME_ENDINGS: Readonly<Record<NetworkId, string>> = {
  twitter: 'x',
  facebook: 'page',
  youtube: 'tube',
};

/** The text of a first config: it passes every check, talks to the sandbox, and says what to do next. */
export function writeFirstConfig({ timezone, accounts, schema }: FirstConfig): string {
  return `# yaml-language-server: $schema=${schema}
#
# What goes out, when, and to which accounts. Lines that start with # are notes for you.

timezone: ${inline(timezone)} # every time below is in it

# true: every account talks to the built-in sandbox, and nothing reaches a real network. When you like what you
# see there, set it to false and put the secrets of your accounts into a file named .env beside which you start
# Carillon: "carillon check" names each one that is missing.
sandbox: true

accounts:
${accounts.map(writeAccount).join('\n')}

# For every entry below; what an entry says itself wins.
defaults:
  to: [${accounts.map(({ name }) => name).join(', ')}]

publications:
  # An example to see in the sandbox. Put your own in its place before you set "sandbox: false".
  - id: hello # its name for ever: small letters, digits and "-"
    article:
      title: Hello from Carillon
      text: |
        This is the first post of a config that is being tried out. Each account shows it in its own length.

        An article may also be a Markdown, text or HTML file, or the address of a page: then a name or an address
        stands here instead of these lines.
      link: https://example.org/hello
      tags: [hello]
      language: en
    at: now # once, when Carillon first sees it; or a time such as 2030-01-31 09:00
`;
}

function writeAccount({ name, network, remoteId }: FirstAccount): string {
  const { key = '', example } = REMOTE_IDS[network] ?? {};
  const lines = [`  ${name}:`, `    network: ${network}`];
  if (remoteId !== undefined) {
    const note = remoteId === example ? ' # an example: put your own here before you go live' : '';
    lines.push(`    ${key}: ${inline(remoteId)}${note}`);
  }
  lines.push(...NOTES[network].map((note) => `    # ${note}`));
  return lines.join('\n');
}

const NOTES: Readonly<Record<NetworkId, readonly string[]>> = {
  twitter: [],
  facebook: [],
  youtube: [
    'A person posts what Carillon prepares, and says so with "carillon confirm". Once Google has admitted your',
    'project to the pilot of its posts API, "mode: api" posts by itself.',
  ],
};

/** A text as YAML writes it on one line: quoted where it would else be a number. */
function inline(text: string): string {
  return stringify(text).trimEnd();
}
