import type { Post } from '../../core/post.ts';
import type { Publication } from '../../core/publication.ts';
import { fingerprintOf } from '../../planning/fingerprint.ts';
import { hasRole, type Visitor } from '../access/visitor.ts';
import type { DeedOffer } from '../pages/deed-form.tsx';
import { deedPath } from '../pages/paths.ts';
import {
  PUBLICATION_DEEDS,
  type PublicationDeedName,
  publicationDeed,
} from './publication-deeds.ts';

/** What a visitor may do to a publication as it stands. */
export function offerDeeds(
  publication: Publication,
  post: Post | undefined,
  visitor: Visitor,
): readonly DeedOffer[] {
  const names = Object.keys(PUBLICATION_DEEDS) as PublicationDeedName[];
  return names
    .filter((name) => {
      const deed = publicationDeed(name);
      return deed.isOffered(publication) && hasRole(visitor, deed.least(publication));
    })
    .map((name) => ({
      deed: name,
      action: deedPath(name),
      shown: {
        publication: publication.publication,
        ...(name === 'approve' && {
          // Of the very post that is shown, whatever the record says by now.
          fingerprint: post === undefined ? '' : fingerprintOf(post),
          due: String(publication.due),
        }),
      },
      field: publicationDeed(name).field,
    }));
}
