import type { Config, Entry } from '../core/config.ts';
import type { FitImage } from '../core/fitted-image.ts';
import type { Network } from '../networks/network.ts';
import { composeIntents, type Intents } from './intents.ts';
import type { Plan } from './plan.ts';
import { findTwinProblems, type KnownText } from './twin-problems.ts';
import type { WishedIntent } from './wish.ts';

export interface FeedIntents extends Intents {
  /** Publications that cannot be composed: whatever the ledger has of them stays. */
  readonly faulty: ReadonlySet<string>;
}

/** What the articles of feeds must not repeat on another account. */
export interface Beside {
  readonly intents: readonly WishedIntent[];
  readonly known: readonly KnownText[];
  /** Publications of feeds that are out already: nothing can be said of them any more. */
  readonly isOut: (publication: string) => boolean;
}

/**
 * Composes what feeds have given. Nobody of the staff wrote it, so a fault in it keeps neither the others nor the
 * config from going out: its publication is left out, and the fault becomes a warning.
 */
export async function composeFeedIntents(
  config: Config,
  entries: readonly Entry[],
  networkOf: (id: string) => Network,
  fitImage: FitImage,
  beside: Beside = { intents: [], known: [], isOut: () => false },
): Promise<FeedIntents> {
  const composed = await composeIntents({ ...config, entries }, networkOf, fitImage);
  const faulty = new Set<string>();
  const open = new Set(
    composed.intents.map((one) => one.publication).filter((one) => !beside.isOut(one)),
  );
  const twins = findTwinProblems(
    [...beside.intents, ...composed.intents],
    (network) => networkOf(network).twinRule,
    beside.known,
  ).filter(({ publication }) => publication !== undefined && open.has(publication));
  const problems = [...composed.problems, ...twins].flatMap((problem) => {
    const { severity, publication, message } = problem;
    // What may be said of each article that a feed gives is for the preview.
    if (severity === 'warning') return [];
    if (publication !== undefined) faulty.add(publication);
    const what = publication === undefined ? 'an article of this feed' : publication;
    return [{ ...problem, severity: 'warning' as const, message: `Left out ${what}: ${message}` }];
  });
  const intents = composed.intents.filter(({ publication }) => !faulty.has(publication));
  return { ...composed, intents, problems, faulty };
}

/** Both, as one plan takes them. */
export function joinIntents(one: Intents, other: Intents): Intents {
  return {
    intents: [...one.intents, ...other.intents],
    problems: [...one.problems, ...other.problems],
    mediaFiles: new Map([...one.mediaFiles, ...other.mediaFiles]),
  };
}

/** The plan without the cancels of publications that only seem to be gone from the config. */
export function withoutCancels(plan: Plan, isKept: (publication: string) => boolean): Plan {
  const changes = plan.changes.filter(
    ({ action, publication }) => action !== 'cancel' || !isKept(publication),
  );
  return { ...plan, changes };
}
