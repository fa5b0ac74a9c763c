import type { Publication } from '../core/publication.ts';
import type { Change } from '../planning/plan.ts';

/** What the first start on real accounts does right away, so that nobody is taken by surprise. */
export interface DueAtOnce {
  /** Publications that go out as soon as everything runs. */
  readonly goOut: readonly string[];
  /** Publications whose time is over: they stay unsent. */
  readonly tooLate: readonly string[];
}

/** @param records what the ledger has already */
export function findDueAtOnce(
  changes: readonly Change[],
  records: readonly Publication[],
  now: number,
): DueAtOnce {
  const changed = new Set(changes.map(({ publication }) => publication));
  const begun = changes.filter(({ action, due, intent }) => {
    const isApproved = intent?.approval === undefined || intent.approval.status === 'approved';
    return ['add', 'move', 'update'].includes(action) && due <= now && isApproved;
  });
  const waiting = records.filter(
    ({ publication, state, due }) =>
      state === 'scheduled' && due <= now && !changed.has(publication),
  );
  const late = changes.filter(({ action }) => action === 'late');
  return {
    goOut: [...begun, ...waiting].map(({ publication }) => publication),
    tooLate: late.map(({ publication }) => publication),
  };
}

/** As sentences, the loudest first; none if nothing is due. */
export function sayDueAtOnce({ goOut, tooLate }: DueAtOnce): readonly string[] {
  const lines: string[] = [];
  if (goOut.length > 0) {
    lines.push(
      `${goOut.length} ${goOut.length === 1 ? 'publication goes' : 'publications go'} out AT ONCE: ${listed(goOut)}.`,
      'What went out in the sandbox only counts as never posted. To keep one back, take its entry out of the config first.',
    );
  }
  if (tooLate.length > 0) {
    lines.push(
      `${tooLate.length} ${tooLate.length === 1 ? 'publication is' : 'publications are'} too late and ${tooLate.length === 1 ? 'stays' : 'stay'} unsent: ${listed(tooLate)}.`,
    );
  }
  return lines;
}

const mostNamed = 5;

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  const shown = names.slice(0, more > 0 ? mostNamed : names.length);
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
