import type { Account } from '../core/account.ts';
import { choose } from '../core/choice.ts';
import type { Entry } from '../core/config.ts';
import type { PostLabels } from '../core/post.ts';
import type { Place } from '../core/problem.ts';
import type { Composer } from '../networks/network.ts';

export interface LabelsOfPost {
  /** Missing if there are none that the network takes. */
  readonly labels?: PostLabels;
  /** Where a label of the entry comes to nothing, or says nothing. */
  readonly cautions: readonly { readonly place: Place; readonly message: string }[];
}

/** The labels that an entry wants on an account, as far as its network has them. */
export function labelsOf(
  { writing }: Pick<Entry, 'writing'>,
  account: Pick<Account, 'name' | 'network'>,
  { composer, images }: { readonly composer: Pick<Composer, 'byHand'>; readonly images: number },
): LabelsOfPost {
  const {
    madeWithAi: ai = [],
    paidPartnership: paid = [],
    replies: who = [],
  } = writing.labels ?? {};
  const isWanted = {
    madeWithAi: choose(ai, account),
    paidPartnership: choose(paid, account),
    replies: choose(who, account),
  };
  const cautions: { place: Place; message: string }[] = [];
  const take = (name: keyof PostLabels): boolean => {
    const wanted = isWanted[name];
    if (wanted === undefined || wanted.value === false || wanted.value === 'everyone') return false;
    const byHand = composer.byHand[name];
    if (byHand === undefined) return true;
    cautions.push({ place: wanted.place, message: `"${name}" does nothing here: ${byHand}` });
    return false;
  };
  const replies = take('replies') ? isWanted.replies?.value : undefined;
  const labels: PostLabels = {
    ...(take('madeWithAi') && { madeWithAi: true }),
    ...(take('paidPartnership') && { paidPartnership: true }),
    ...(replies !== undefined && replies !== 'everyone' && { replies }),
  };
  if (labels.madeWithAi && images === 0 && isWanted.madeWithAi) {
    const message =
      '"madeWithAi" is about images, and this post has none. It is sent with the label all the same: take it out if it is not meant.';
    cautions.push({ place: isWanted.madeWithAi.place, message });
  }
  return Object.keys(labels).length === 0 ? { cautions } : { labels, cautions };
}
