import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBoilerplate } from '../../src/wording/boilerplate.ts';

const topic = { title: 'The river rises', siteName: 'Example Daily' };

test('knows summaries that stand on every page of a site', () => {
  for (const summary of [
    'Just another WordPress site',
    'Read the latest news from the city and the region.',
    'Subscribe to our newsletter.',
    'Get the Morning newsletter.',
    'Home page of the Museum of Bells',
    'Welcome to our site!',
    'Posted by Jane in Gardens',
    'Aktuelle Nachrichten aus Politik und Wirtschaft',
    'Toute l’actualité de la région en direct',
    'Últimas noticias de la ciudad',
    'آخرین اخبار ایران و جهان',
    'Example Daily – the independent paper',
    'cars, homes, gardens, sports, weather, money',
  ]) {
    assert.equal(isBoilerplate(summary, topic), true, summary);
  }
});

test('keeps summaries that speak of their article, whatever they start with', () => {
  for (const summary of [
    'The latest news on the river: it rises again.',
    'Breaking: rivers everywhere rise.',
    'Good news: the library lends seeds.',
    'Welcome to the age of rising water, in which nobody stays dry for long.',
    'In short: wet.',
    'Three things we learned, and why they matter to you.',
  ]) {
    assert.equal(isBoilerplate(summary, topic), false, summary);
  }
});
