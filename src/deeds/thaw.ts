import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

/** Lets a frozen ledger go on. */
export async function thaw(
  by: string,
  parts: Pick<DeedParts, 'thaw' | 'putBackJobs'>,
): Promise<Done> {
  const isThawed = await parts.thaw(by);
  if (!isThawed) return { isDone: true, says: 'The ledger was not frozen.' };
  await parts.putBackJobs();
  return {
    isDone: true,
    says: 'The ledger goes on. What is due within the next minutes is looked for on its account before it is sent.',
  };
}
