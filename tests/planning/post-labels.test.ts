import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { REPLIERS } from '../../src/core/post.ts';
import { formatProblem } from '../../src/core/problem.ts';
import { findNetwork } from '../../src/networks/registry.ts';
import { labelsOfPart } from '../../src/networks/twitter/labels.ts';
import { fingerprintOf } from '../../src/planning/fingerprint.ts';
import { composeIntents } from '../../src/planning/intents.ts';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';
import { aPost } from '../support/ledger.ts';

const compose = async (lines: Record<number, string>) => {
  await using folder = await makeConfigFolder(withLines(lines));
  const { config } = await folder.load();
  const network = (id: string) => findNetwork(id) ?? assert.fail(id);
  return composeIntents(config, network, () => assert.fail('There are no images.'));
};

test('what an entry says goes before the defaults, and only X is told', async () => {
  const { intents, problems } = await compose({
    12: '  to: [news-x, news-page]\n  replies: { twitter: following }\n  paidPartnership: true',
    16: '    at: now\n    replies: { news-x: everyone }',
  });

  assert.deepEqual(
    intents.map(({ post }) => post.labels),
    [
      { paidPartnership: true },
      undefined,
      { paidPartnership: true, replies: 'following' },
      undefined,
    ],
  );
  const told = problems.map(formatProblem);
  assert.equal(told.length, 1, 'told once, where the label stands');
  assert.match(told[0] ?? '', /:14:\d+ warning: "paidPartnership" does nothing here: Facebook/);
  assert.equal(intents.filter(({ warnings }) => warnings.length > 0).length, 2);
});

test('a label for images on a post without any is sent, and told of', async () => {
  const { intents, problems } = await compose({
    12: '  to: [news-x]',
    16: '    at: now\n    madeWithAi: true',
  });

  assert.deepEqual(intents[0]?.post.labels, { madeWithAi: true });
  assert.match(problems.map(formatProblem).join(), /warning: "madeWithAi" is about images/);
});

test('a label that is none is refused with what there is', async () => {
  await using folder = await makeConfigFolder(
    withLines({ 16: '    at: now\n    replies: nobody\n    madeWithAi: yes please' }),
  );

  const messages = (await folder.problems()).map(({ message }) => message).join('\n');

  assert.match(
    messages,
    /"replies" .*must be everyone, following, mentioned, subscribers or verified/,
  );
  assert.match(messages, /"madeWithAi" .*must be true or false/);
});

test('X is told by its own names: of images on the first part, of payment on every part', () => {
  const labels = { madeWithAi: true, paidPartnership: true, replies: 'mentioned' } as const;

  assert.deepEqual(labelsOfPart(aPost({ labels }), 0), {
    made_with_ai: true,
    paid_partnership: true,
    reply_settings: 'mentionedUsers',
  });
  assert.deepEqual(labelsOfPart(aPost({ labels }), 1), { paid_partnership: true });
  assert.deepEqual(labelsOfPart(aPost(), 0), {});
});

test('a post without labels keeps the fingerprint that it has had', () => {
  assert.equal(fingerprintOf(aPost()), '1821400d3389e1910a01c8d6a0a015ef');
});

test('other labels are another post, the same ones are not', () => {
  const labels = fc.record(
    {
      madeWithAi: fc.constant(true as const),
      paidPartnership: fc.constant(true as const),
      replies: fc.constantFrom(...REPLIERS),
    },
    { requiredKeys: [] },
  );
  const said = ({
    madeWithAi,
    paidPartnership,
    replies,
  }: ReturnType<typeof aPost>['labels'] & {}) =>
    JSON.stringify([madeWithAi, paidPartnership, replies]);
  fc.assert(
    fc.property(labels, labels, (one, other) => {
      const isSame =
        fingerprintOf(aPost({ labels: one })) === fingerprintOf(aPost({ labels: other }));
      assert.equal(isSame, said(one) === said(other));
    }),
    { numRuns: 2_000 },
  );
});
