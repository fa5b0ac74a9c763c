import type { PriceTable } from '../../core/prices.ts';

/** Pay per use, by X's list of prices. `delete` is the dearer of two that may be meant. */
export const twitterPrices: PriceTable = {
  asOf: '2026-04-20',
  currency: 'USD',
  prices: {
    post: 15_000,
    postWithLink: 200_000,
    altText: 5_000,
    delete: 10_000,
    ownRead: 1_000,
    whoAmI: 10_000,
  },
  actions: {
    post: 'A post without a link.',
    postWithLink: 'A post with a link.',
    altText: 'The words of an image.',
    delete: 'Deleting a post.',
    ownRead: 'Reading a post of one’s own, to make sure.',
    whoAmI: 'Asking whose the account is.',
  },
};
