import type { Account } from '../../src/core/account.ts';
import type { DashboardPerson } from '../../src/core/dashboard-settings.ts';
import type { Post } from '../../src/core/post.ts';
import type { Intent } from '../../src/core/publication.ts';
import { startTestDashboard } from './dashboard.ts';
import { anIntent, aPost, type Bench } from './ledger.ts';

export const TUBE = 'spring-report/newsroom-tube';

export const tubePost = (over: Partial<Post> = {}): Post =>
  aPost({ network: 'youtube', text: 'Our spring report is out', ...over });

const account: Account = {
  name: 'newsroom-tube',
  network: 'youtube',
  apiUrl: 'https://www.googleapis.com',
  sandbox: false,
  settings: { channelId: 'UCabcdefghijklmnopqrstuv', mode: 'assisted' },
  secrets: {},
};

/** The addresses of two community posts. */
export const POST_URL = 'https://www.youtube.com/post/UgkxwxxVDJ_GdTRQ3zYKFo1U7Va3wQh4HpXB';
export const OTHER_URL = 'https://www.youtube.com/post/UgkxAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB';

/** Has a publication handed over to a person. */
export async function handOver(bench: Bench, over: Partial<Intent> = {}): Promise<void> {
  const intent = anIntent({ publication: TUBE, post: tubePost(), ...over });
  await bench.ledger.add(intent);
  await bench.claim({ assisted: true }, intent.publication);
}

interface HandOffOptions {
  readonly people?: readonly DashboardPerson[];
}

/** A dashboard over a ledger, where people post by hand. */
export async function startHandOffDashboard(bench: Bench, { people = [] }: HandOffOptions = {}) {
  const { ledger } = bench;
  const accountOf = (name: string) => (name === account.name ? account : undefined);
  const dashboard = await startTestDashboard({
    people,
    data: {
      now: () => ledger.now(),
      handOff: { ledger, accountOf, putBackJobs: async () => {} },
    },
  });
  return {
    ...dashboard,
    accountOf,
    /** Looks at a page and sends its form, as a person in a browser would. */
    async fillIn(path: string, fields: Record<string, string> = {}, cookie = '') {
      const page = await dashboard.get(path, { cookie });
      const html = await page.text();
      const visit = page.headers.get('set-cookie')?.split(';')[0] ?? '';
      const hidden = Object.fromEntries(
        [...html.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
          ([, name = '', value = '']) => [name, value],
        ),
      );
      return dashboard.post(path, { ...hidden, ...fields }, { cookie: cookie || visit });
    },
  };
}
