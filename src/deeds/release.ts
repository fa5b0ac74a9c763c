import type { Publication } from '../core/publication.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

interface ReleaseOptions {
  readonly by: string;
  /** How long it waits at least, if it is due. */
  readonly waitMs?: number;
}

/** Lets a publication go on that somebody held. */
export async function release(
  publication: Publication,
  { by, waitMs = 0 }: ReleaseOptions,
  { ledger }: Pick<DeedParts, 'ledger'>,
): Promise<Done> {
  const name = publication.publication;
  const step = await ledger.releaseOne(name, by, { waitMs });
  if (!step.changed) {
    if (step.state === 'missing') {
      return {
        isDone: false,
        says: `${name} is not released. The ledger does not have it any more.`,
      };
    }
    return { isDone: true, says: `${name} is not held by hand (any more): it is ${step.state}.` };
  }
  const { state, error } = (await ledger.get(name)) ?? publication;
  switch (state) {
    case 'scheduled':
      return { isDone: true, says: `${name} is released. It goes out at its time.` };
    case 'missed':
      return {
        isDone: true,
        says: `${name} is released. Its last moment had passed, and it is missed.`,
      };
    default:
      return {
        isDone: true,
        says: `${name} is released. It is ${state}${error === undefined ? '' : `: ${error.message} ${error.advice}`}`,
      };
  }
}
