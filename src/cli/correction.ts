import { isDeepStrictEqual } from 'node:util';
import { type Post, partsOf } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import { isSameText } from '../core/same-text.ts';
import { fingerprintOf } from '../planning/fingerprint.ts';
import type { PlannedIntent } from '../planning/plan.ts';

/** What to do about a publication of which the config says something else by now. */
export type Correction =
  | ({ readonly how: 'edit' | 'by-hand'; readonly post: Post; readonly fingerprint: string } & Told)
  | ({ readonly how: 'anew'; readonly intent: PlannedIntent } & Told)
  | { readonly how: 'none'; readonly because: string }
  /** It says what the config says. */
  | { readonly how: 'same' };

interface Told {
  readonly publication: Publication;
  readonly old: Post | undefined;
  /** What people should know before they agree. */
  readonly notes: readonly string[];
}

export interface Means {
  /** True if the network lets a program change the text of what is out. */
  readonly canEdit: boolean;
  /** True if people post by hand. */
  readonly isAssisted: boolean;
  readonly networkName: string;
  /** Every text that was up under this name before: the network may refuse it. */
  readonly earlierTexts: readonly string[];
}

/** Pure. */
export function decideCorrection(
  publication: Publication,
  intent: PlannedIntent,
  old: Post | undefined,
  means: Means,
): Correction {
  const { post } = intent;
  const { networkName } = means;
  const isSame = old !== undefined && isDeepStrictEqual(partsOf(old), partsOf(post));
  if (!means.canEdit && !means.isAssisted) {
    return decideAnew(publication, intent, old, means);
  }
  if (isSame) {
    const what = sayOther(old, post).join(' and ');
    return {
      how: 'none',
      because: `Only ${what === '' ? 'something that people do not see' : what} has changed, and ${networkName} lets nothing but the text be changed. Take it back with "carillon retract" and give the entry a new id, if it has to be another.`,
    };
  }
  // What cannot be changed stays as it is out there, so that the ledger says what people see.
  const edited: Post = old === undefined ? post : { ...old, text: post.text };
  const notes = (old === undefined ? [] : sayOther(old, post)).map(
    (what) =>
      `${capitalised(what)} has changed as well, and stays as it is: ${networkName} lets only the text be changed.`,
  );
  return {
    how: means.isAssisted ? 'by-hand' : 'edit',
    publication,
    old,
    post: edited,
    fingerprint: fingerprintOf(edited),
    notes,
  };
}

function decideAnew(
  publication: Publication,
  intent: PlannedIntent,
  old: Post | undefined,
  { networkName, earlierTexts }: Means,
): Correction {
  const repeated = partsOf(intent.post).find((text) =>
    earlierTexts.some((earlier) => isSameText(earlier, text)),
  );
  if (repeated !== undefined) {
    const which = intent.post.thread === undefined ? 'Its text' : `"${startOf(repeated)}"`;
    return {
      how: 'none',
      because: `${which} was up before, and ${networkName} refuses a text that the account has posted, also once it is deleted: it would be gone and could not come back. Change ${intent.post.thread === undefined ? 'it' : 'every post of the thread'} by more than letters and spaces.`,
    };
  }
  if (intent.approval?.status === 'draft') {
    return {
      how: 'none',
      because: 'The config says that it is a draft: it could not be posted anew.',
    };
  }
  const notes = [
    `${networkName} lets no text be changed: the post is deleted, with its answers and likes, and the new one is posted as soon as it is gone.`,
  ];
  return { how: 'anew', publication, old, intent, notes };
}

function sayOther(old: Post, post: Post): readonly string[] {
  const images = ({ media }: Post) => media.map(({ source, hash }) => source ?? hash);
  const alts = ({ media }: Post) => media.map(({ alt }) => alt);
  const said: string[] = [];
  if ((old.link ?? '') !== (post.link ?? '')) said.push('the link of its card');
  if (!isDeepStrictEqual(images(old), images(post))) said.push('its image');
  else if (!isDeepStrictEqual(alts(old), alts(post))) said.push('the description of its image');
  return said;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function startOf(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
