const DAY_MS = 86_400_000;

/** How long a publication that is over stays whole in the ledger, unless the config says otherwise. */
export const USUAL_KEEP_MS = 400 * DAY_MS;

/**
 * The least: whoever looks back, for posts that say the same or for what may be live, looks back 30 days, and a
 * publication may end days after its time.
 */
export const LEAST_KEEP_MS = 60 * DAY_MS;

export const MOST_KEEP_MS = 36_500 * DAY_MS;
