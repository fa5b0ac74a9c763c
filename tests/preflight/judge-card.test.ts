import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawCard } from '../../src/preflight/draw-card.ts';
import { judgeCard } from '../../src/preflight/judge-card.ts';
import {
  anImage,
  anInspection,
  aPage,
  aVisit,
  facebookRules,
  IMAGE,
  LINK,
  onFacebook,
  onX,
  xRules,
} from '../support/visits.ts';

const both = [onX, onFacebook];
const withImage = (width: number, height: number) =>
  aVisit({ images: new Map([[IMAGE, anImage(width, height)]]) });
const messagesOf = (...call: Parameters<typeof judgeCard>) =>
  judgeCard(...call).map(({ message }) => message);

test('a card with a title and a large image is drawn large, and nothing is said of it', () => {
  const large = drawCard(aPage(), xRules);
  assert.deepEqual([large.shape, large.title], ['large', 'Otters']);
  assert.deepEqual(judgeCard(aVisit(), both), []);
  assert.deepEqual(judgeCard(withImage(600, 315), both), []);
});

test('the network that would show only a small card is named, at the very edge of its size', () => {
  assert.deepEqual(messagesOf(withImage(300, 200), both), [
    `The image of ${LINK} is 300 × 200 pixels, and Facebook shows a large card from 600 × 315 on: its card will be small.`,
  ]);
  assert.deepEqual(messagesOf(withImage(599, 315), both).length, 1);
  assert.deepEqual(messagesOf(withImage(299, 157), [onX]), [
    `The image of ${LINK} is 299 × 157 pixels, and X shows a large card from 300 × 157 on: its card will be small.`,
  ]);
});

test('an image that a network does not show at all is told', () => {
  const [x, facebook] = messagesOf(withImage(120, 120), both);
  assert.match(x ?? '', /too small for X \(at least 144 × 144\): its card will have no image/);
  assert.match(facebook ?? '', /too small for Facebook \(at least 200 × 200\)/);
  assert.equal(
    drawCard(aPage({ images: new Map([[IMAGE, anImage(120, 120)]]) }), facebookRules).image,
    undefined,
  );
});

test('a page without title or image is told once for all networks', () => {
  const words = { title: 'Otters' };
  const noImage = anInspection({ cards: { twitter: words, 'open-graph': words } });
  assert.deepEqual(messagesOf(aVisit({ inspection: noImage }), both), [
    `The page of ${LINK} has no "og:image": X and Facebook will show a small card without an image.`,
  ]);
  const nothing = anInspection({ cards: { twitter: {}, 'open-graph': {} } });
  assert.deepEqual(messagesOf(aVisit({ inspection: nothing }), both), [
    `The page of ${LINK} has no title for a card: X and Facebook will show a bare link.`,
  ]);
});

test('an image that cannot be had is told, with the reason', () => {
  const images = new Map([[IMAGE, { kind: 'failed', message: 'It is no image.' }]] as const);
  const findings = judgeCard(aVisit({ images }), both);
  assert.deepEqual(
    findings.map(({ code, isFailure }) => [code, isFailure]),
    [['preflight:image-unreachable', false]],
  );
});

test('X makes a large card only of a page that asks for one', () => {
  const words = { title: 'Otters', image: IMAGE };
  const cards = { twitter: { card: 'summary', ...words }, 'open-graph': words };
  const [finding, ...others] = judgeCard(aVisit({ inspection: anInspection({ cards }) }), both);
  assert.match(finding?.message ?? '', /does not ask for a large card on X/);
  assert.deepEqual(others, []);
});

test('a link to a file, and posts without a card, are no matter of images', () => {
  const file = { kind: 'file', link: LINK, contentType: 'application/pdf' } as const;
  assert.match(messagesOf(file, [onX])[0] ?? '', /gives no page, but "application\/pdf"/);
  assert.deepEqual(judgeCard(file, []), []);
  assert.deepEqual(judgeCard(withImage(1, 1), []), []);
});
