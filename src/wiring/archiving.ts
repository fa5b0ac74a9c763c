import { hostname } from 'node:os';
import { archiveFolderOf } from '../archive/archive-folder.ts';
import type { Storage } from './storage.ts';

/** Whence and whither old records go: from the ledger to the archive of this host. */
export function archivingOf({ ledger, journals }: Pick<Storage, 'ledger' | 'journals'>) {
  return { ledger, folder: archiveFolderOf(journals), host: hostname() };
}
