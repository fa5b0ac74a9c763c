import twitterText from 'twitter-text';
import type { Article } from '../../../src/core/article.ts';

import { networkIds, networkOf } from '../../../src/networks/registry.ts';
import { anArticle, samples } from '../../support/article.ts';
import type { Measurement, Reading } from '../measurement.ts';
import { writeArticle } from '../write-config.ts';

const ARTICLES = { tiny: 20, quick: 1_000, full: 3_000 };
const OPTIONS = { settings: {}, images: 0 };

export const composing: Measurement = {
  name: 'composing',
  about:
    "How long it takes to make a post of an article, in English and in other scripts, and for X held against counting that post once with X's own twitter-text.",
  async measure({ scale, say }) {
    const english = Array.from({ length: ARTICLES[scale] }, (_, i) => anArticle(writeArticle(i)));
    const scripts = Array.from({ length: ARTICLES[scale] }, (_, i) => {
      const { text = '' } = samples[i % samples.length] ?? {};
      return anArticle({ title: `Number ${i}`, text: `${text} ${text}` });
    });
    const readings: Reading[] = [];
    for (const network of networkIds) {
      say(network);
      readings.push(await measureOne(network, english, 'English'));
      readings.push(await measureOne(network, scripts, 'eight scripts'));
    }
    return readings;
  },
};

async function measureOne(
  network: string,
  articles: readonly Article[],
  words: string,
): Promise<Reading> {
  const composer = await networkOf(network).loadComposer();
  const compose = () => articles.map((article) => composer.compose(article, OPTIONS).text);
  // What is compiled as it runs is compiled by then.
  const texts = compose();
  const count = () => texts.map((text) => twitterText.parseTweet(text).weightedLength);
  count();
  return {
    figure: `a post for ${network}, ${words}`,
    ...{ unit: 'µs', value: time(compose) / articles.length },
    ...(network === 'twitter' && {
      limit: { of: 'twitter-text counts it', value: time(count) / articles.length },
    }),
  };
}

function time(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return (performance.now() - startedAt) * 1_000;
}
