import type { StoryEvent } from '../core/publication.ts';

/** A story of which several lines, or a line and the ledger, have parts: a part that stands in both counts once. */
export function joinStories(...parts: readonly (readonly StoryEvent[])[]): readonly StoryEvent[] {
  const events = new Map(parts.flat().map((event) => [JSON.stringify(event), event]));
  return [...events.values()].sort((a, b) => a.at - b.at);
}
