import type { PublishingSettings } from '../core/config.ts';
import type { Publication, PublicationState } from '../core/publication.ts';
import type { Condition } from './condition.ts';

/** States in which a publication may be worth an alert. */
export const ALERTING_STATES = [
  'failed',
  'missed',
  'unconfirmed',
  'handoff',
  'held',
] as const satisfies readonly PublicationState[];

/** What went wrong longer ago than this is no news, whatever its state. */
const NEWS_FOR_MS = 7 * 86_400_000;

/** Beyond the time that looking at an account takes. */
const GRACE_MS = 60_000;

/** What of a publication an alert is about. */
export type AlertingFacts = Pick<
  Publication,
  'publication' | 'state' | 'generation' | 'error' | 'due' | 'publishBy'
>;

/** What people should know of a publication, as it is at that time; undefined if nothing. */
export function conditionOf(
  { publication, state, generation, error, due, publishBy }: AlertingFacts,
  settings: Pick<PublishingSettings, 'confirmAfterMs' | 'requestTimeoutMs'>,
  now: number,
): Condition | undefined {
  const { message = '', advice = '' } = error ?? {};
  const isOld = Math.max(due, publishBy) < now - NEWS_FOR_MS;
  const said = { about: publication, message, advice, page: { publication }, isOld };
  switch (state) {
    case 'failed':
    case 'missed':
      // Sent again by a person and failed again, it is told again.
      return { ...said, key: `${state} ${publication} ${generation}`, kind: state };
    case 'unconfirmed':
      return {
        ...said,
        ...{ key: `unconfirmed ${publication}`, kind: 'unconfirmed' },
        lastsMs: (settings.confirmAfterMs.at(-1) ?? 0) + 2 * settings.requestTimeoutMs + GRACE_MS,
      };
    case 'handoff':
      return {
        ...said,
        ...{ key: `handoff ${publication}`, kind: 'handoff', isReminded: true },
        page: { publication, isHandOff: true },
      };
    case 'held':
      // What waits for a person's approval, or for an end of a pause, waits as somebody wants it to.
      if (error?.code !== 'over-budget') return undefined;
      return { ...said, key: `over budget ${publication}`, kind: 'budget' };
    default:
      return undefined;
  }
}
