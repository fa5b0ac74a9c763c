import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Post } from '../../src/core/post.ts';
import type { Publication } from '../../src/core/publication.ts';
import { isSameText } from '../../src/core/same-text.ts';
import type { RemotePost } from '../../src/networks/network.ts';
import {
  type AccountReading,
  readFrom,
  type ToVerify,
  verifyPublications,
} from '../../src/publishing/verify.ts';
import { aPost, aReceipt } from '../support/ledger.ts';
import { aPublication, DUE } from '../support/publications.ts';

function aRemote(remoteId: string, over: Partial<RemotePost> = {}): RemotePost {
  const text = 'Our spring report is out';
  return { ...aReceipt(remoteId), text, links: [], createdAt: new Date(DUE), ...over };
}

function published(over: Partial<Publication> = {}, post: Post | undefined = aPost()): ToVerify {
  const publication = aPublication({
    state: 'published',
    publishedAt: DUE + 1_000,
    receipt: aReceipt('1'),
    evidence: 'answered',
    ...over,
  });
  return { publication, post };
}

function reading(
  posts: readonly RemotePost[],
  owners: Readonly<Record<string, string>> = { 1: 'spring-report/newsroom-x' },
): ReadonlyMap<string, AccountReading> {
  const matches = (post: Post, part: number, remote: RemotePost) =>
    isSameText([post.text, ...(post.thread ?? [])][part] ?? '', remote.text);
  return new Map([['newsroom-x', { posts, owners: new Map(Object.entries(owners)), matches }]]);
}

test('a post that the account shows under its id is live once, whatever its text has become', () => {
  const result = verifyPublications([published()], reading([aRemote('1', { text: 'Edited' })]));

  assert.deepEqual(result, {
    intended: 1,
    liveOnce: 1,
    missing: 0,
    twice: 0,
    unknown: 0,
    publications: [
      {
        publication: 'spring-report/newsroom-x',
        verdict: 'liveOnce',
        urls: ['https://x.example/newsroom/1'],
      },
    ],
  });
});

test('a post that the account does not show is missing', () => {
  const result = verifyPublications([published()], reading([aRemote('9', { text: 'Other' })]));
  assert.deepEqual(result.publications[0], {
    publication: 'spring-report/newsroom-x',
    verdict: 'missing',
    urls: [],
  });
});

test('a second post with the same text that no publication owns makes it twice', () => {
  const result = verifyPublications([published()], reading([aRemote('2'), aRemote('1')]));

  assert.equal(result.twice, 1);
  assert.deepEqual(result.publications[0]?.urls.toSorted(), [
    'https://x.example/newsroom/1',
    'https://x.example/newsroom/2',
  ]);
});

test('a post of another publication with the same text does not count', () => {
  const owners = { 1: 'spring-report/newsroom-x', 2: 'other/newsroom-x' };
  assert.equal(
    verifyPublications([published()], reading([aRemote('1'), aRemote('2')], owners)).liveOnce,
    1,
  );
});

test('the one post that shows it under another id counts as it', () => {
  assert.equal(verifyPublications([published()], reading([aRemote('7')])).liveOnce, 1);
});

test('a post from before its time is not a second one', () => {
  const old = aRemote('2', { createdAt: new Date(DUE - 3_600_000) });
  assert.equal(verifyPublications([published()], reading([aRemote('1'), old])).liveOnce, 1);
});

test('two publications that say the same are told apart: each stray post counts once', () => {
  const other = published({ publication: 'again/newsroom-x', receipt: aReceipt('2') });
  const posts = [aRemote('1'), aRemote('7')];

  const result = verifyPublications([published(), other], reading(posts));

  assert.deepEqual(
    result.publications.map(({ verdict }) => verdict),
    ['liveOnce', 'liveOnce'],
  );
});

test('a recorded duplicate makes it twice; the parts of a thread do not', () => {
  const name = 'spring-report/newsroom-x';
  const duplicate = reading([aRemote('1'), aRemote('2')], { 1: name, 2: name });
  const thread = reading([aRemote('1', { text: 'One' }), aRemote('2', { text: 'Two' })], {
    1: name,
    2: name,
  });

  assert.equal(verifyPublications([published()], duplicate).twice, 1);
  const post = aPost({ text: 'One', thread: ['Two'] });
  assert.equal(verifyPublications([published({}, post)], thread).liveOnce, 1);
});

test('what is unconfirmed stays unknown, and so does what nobody can read', () => {
  const doubtful = published({ state: 'unconfirmed', receipt: undefined, publishedAt: undefined });

  const seen = verifyPublications([doubtful], reading([aRemote('5')], {}));
  const unread = verifyPublications([published()], new Map());

  assert.deepEqual(seen.publications[0], {
    publication: 'spring-report/newsroom-x',
    verdict: 'unknown',
    urls: ['https://x.example/newsroom/5'],
  });
  assert.equal(unread.unknown, 1);
  assert.equal(unread.missing, 0);
});

test('a record without its text is known by its id alone', () => {
  assert.equal(
    verifyPublications([{ ...published(), post: undefined }], reading([aRemote('1')])).liveOnce,
    1,
  );
  assert.equal(
    verifyPublications([{ ...published(), post: undefined }], reading([aRemote('7')])).missing,
    1,
  );
});

test('an account is read from before the oldest of its publications', () => {
  const late = published({ due: DUE + 1_000, publishedAt: DUE + 2_000 }).publication;
  const early = published().publication;

  assert.equal(readFrom([]), undefined);
  assert.equal(readFrom([late, early]), DUE - 600_000);
  assert.ok(
    (readFrom([published({ evidence: 'confirmed by ada' }).publication]) ?? DUE) < DUE - 86_400_000,
  );
});
