import type { CredentialStore } from '../core/credentials.ts';
import type { PlannedWakeUp } from '../core/wake-up.ts';
import type { DeedParts } from '../deeds/deed-parts.ts';
import type { Examinations } from '../doctor/examinations.ts';
import type { ShownSources } from '../telling/read-shown.ts';

/** What people do their deeds with here, and what they read before: the parts of Carillon that pages of one thing use. */
export interface Desk extends DeedParts, Pick<ShownSources, 'feedMemory' | 'findArchived'> {
  readonly credentials: CredentialStore;
  readonly examinations: Pick<Examinations, 'lookAt' | 'findings'>;
  readonly queues: { enqueue(wakeUps: readonly PlannedWakeUp[]): Promise<void> };
}
