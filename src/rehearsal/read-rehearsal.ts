import type { App } from '../app.ts';
import { beginningOf } from '../core/beginning.ts';
import type { Publication, StoryEvent } from '../core/publication.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Rehearsal, Rehearsed } from './rehearsed.ts';

export interface RehearsalFrame
  extends Pick<Rehearsal, 'from' | 'to' | 'timezone' | 'entriesBefore'> {
  readonly sandboxUrl: string;
}

/** What has become of everything that was due, by the ledger and by what followers see. */
export async function readRehearsal({ ledger }: App, frame: RehearsalFrame): Promise<Rehearsal> {
  const { sandboxUrl, ...rest } = frame;
  const all = await ledger.list();
  const records = all.filter(({ due }) => due <= frame.to);
  const posts = await ledger.posts(records.map(({ publication }) => publication));

  const publications: Rehearsed[] = [];
  for (const record of records) {
    const post = posts.get(record.publication);
    if (post === undefined) continue;
    const { publication, entry, account, network, state, due, publishedAt, attempts } = record;
    publications.push({
      ...{ publication, entry, account, network, state, due, attempts, post },
      at: publishedAt ?? due,
      needsApproval: record.approval?.wanted.status === 'required',
      isDraft: record.approval?.wanted.status === 'draft',
      ...(record.error && state !== 'published' && { error: record.error }),
      story: isSmooth(record) ? [] : (await ledger.story(publication)).map(withoutSender),
    });
  }
  publications.sort((a, b) => a.at - b.at || (a.publication < b.publication ? -1 : 1));
  return { ...rest, publications, strays: await findStrays(sandboxUrl, ledger) };
}

/** A moment late is on time: so little passes between two jumps. */
const ON_TIME_MS = 1_000;

function isSmooth({ state, due, publishedAt }: Publication): boolean {
  return state === 'published' && (publishedAt ?? due) - due < ON_TIME_MS;
}

/** Which process of the rehearsal did it means nothing to anybody. */
function withoutSender(event: StoryEvent): StoryEvent {
  const { sender: _, ...detail } = event.detail;
  return { ...event, detail };
}

interface Shown {
  readonly account: string;
  readonly id: string;
  readonly text: string;
}

/** What followers see and no publication knows of, in a few words each. */
async function findStrays(url: string, ledger: Ledger): Promise<readonly string[]> {
  const shown = (await (await fetch(`${url}/log`)).json()) as readonly Shown[];
  const strays: string[] = [];
  for (const { account, id, text } of shown) {
    if ((await ledger.ownerOf(account, id)) !== undefined) continue;
    strays.push(`${account}: “${beginningOf(text, 60)}”`);
  }
  return strays;
}
