import type { Entry } from '../src/core/config.ts';
import type { Problem } from '../src/core/problem.ts';
import type { Path, Source } from '../src/core/source.ts';
import type { EntryFields } from './entry-schema.ts';

type WrittenApproval = Pick<EntryFields, 'status' | 'approvedBy'>;

/** What an entry says of its approval. */
export function readApproval({ status, approvedBy }: WrittenApproval): Pick<Entry, 'approval'> {
  if (status === undefined) return {};
  return { approval: { status, ...(approvedBy !== undefined && { by: approvedBy.trim() }) } };
}

/** Who approves stands with their name: without it nobody has approved anything. */
export function findApprovalProblems(
  { status, approvedBy }: Partial<WrittenApproval>,
  source: Source,
  at: Path,
): Problem[] {
  if (status === 'approved' && approvedBy === undefined) {
    const message =
      '"status: approved" wants the name of who has approved it. Add "approvedBy: …" to the entry.';
    return [{ ...source.placeOf([...at, 'status']), message, severity: 'error' }];
  }
  if (status !== 'approved' && approvedBy !== undefined) {
    const message =
      '"approvedBy" counts only with "status: approved". Add that, or take the name out.';
    return [{ ...source.placeOf([...at, 'approvedBy']), message, severity: 'error' }];
  }
  return [];
}
