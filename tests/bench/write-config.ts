import { pick, randomFrom } from '../support/chance.ts';

export const NETWORKS = ['twitter', 'facebook', 'youtube'] as const;
export type NetworkId = (typeof NETWORKS)[number];

/** An entry goes to one account of each network: so many publications are of one. */
export const ACCOUNTS_OF_ENTRY = NETWORKS.length;
/** How many accounts each network has. */
export const ACCOUNTS = 10;

export interface WrittenEntry {
  readonly id: string;
  /** As `at:` takes it. */
  readonly at: string;
  /** What stands under `article:` and beside it, as YAML. */
  readonly says: string;
}

/** The files of a config by their names; the one named `carillon.yaml` includes the others. */
export type ConfigFiles = Readonly<Record<string, string>>;

/** A file may not be larger than a megabyte. */
const ENTRIES_OF_FILE = 500;

/** A config for the sandbox as a person could have written it: entries for the accounts in turn. */
export function writeConfig(
  entries: readonly WrittenEntry[],
  publishing = 'publishBy: 2h, requestTimeout: 30s',
): ConfigFiles {
  const accounts = NETWORKS.flatMap((network, ofNetwork) =>
    Array.from({ length: ACCOUNTS }, (_, i) => {
      const number = ofNetwork * ACCOUNTS + i;
      return `  ${accountName(network, i)}: { network: ${network}, ${SETTINGS[network](number)} }`;
    }),
  );
  const written = entries.map(({ id, at, says }, i) => {
    const to = NETWORKS.map((network) => accountName(network, i % ACCOUNTS));
    return `  - id: ${id}\n    at: ${at}\n    to: [${to.join(', ')}]\n    ${says}`;
  });
  const files: Record<string, string> = {};
  for (let start = 0; start < written.length; start += ENTRIES_OF_FILE) {
    const some = written.slice(start, start + ENTRIES_OF_FILE);
    files[`publications-${start}.yaml`] = `publications:\n${some.join('\n')}\n`;
  }
  files['carillon.yaml'] = [
    'timezone: UTC',
    'sandbox: true',
    'accounts:',
    ...accounts,
    // One request for each post, as the publisher that it is held against makes.
    `publishing: { facebook: direct, ${publishing} }`,
    ...(written.length > 0 ? [`include: [${Object.keys(files).join(', ')}]`] : []),
    'publications: []',
    '',
  ].join('\n');
  return files;
}

const SETTINGS = {
  twitter: (number: number) => `handle: "@bench${number}"`,
  facebook: (number: number) => `pageId: "${10002000300000 + number}"`,
  youtube: (number: number) => `channelId: UC${String(number).padStart(22, '0')}, mode: api`,
};

export function accountName(network: string, number: number): string {
  return `bench-${network}-${number}`;
}

const WORDS =
  'garden library spring report river school bridge music people winter market letter story light window street morning harbour museum forest kitchen train paper season village doctor summer science theatre weather'.split(
    ' ',
  );

/** An article of some sentences; the same seed writes the same. */
export function writeArticle(seed: number): { readonly title: string; readonly text: string } {
  const random = randomFrom(seed + 1);
  const words = (count: number) => Array.from({ length: count }, () => pick(WORDS, random));
  const sentence = (count: number) => {
    const [first = '', ...others] = words(count);
    return [first[0]?.toUpperCase() + first.slice(1), ...others].join(' ');
  };
  const sentences = Array.from({ length: 6 }, () => `${sentence(9 + Math.floor(random() * 6))}.`);
  return { title: `${sentence(6)} ${seed}`, text: sentences.join(' ') };
}

/** Entries with articles of their own, a minute apart from `firstAt` on; `edition` changes what they say. */
export function writeEntries(
  count: number,
  firstAt: number,
  edition = (_: number) => 0,
): WrittenEntry[] {
  return Array.from({ length: count }, (_, i) => {
    const { title, text } = writeArticle(i + 1_000_000 * edition(i));
    const link = `https://news.example.org/articles/${i}`;
    return {
      id: `entry-${i}`,
      at: instantOf(firstAt + i * 60_000),
      says: `article: { title: "${title}", text: "${text}", link: "${link}", language: en }`,
    };
  });
}

/** To the second. */
export function instantOf(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
