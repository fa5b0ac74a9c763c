import { createHmac } from 'node:crypto';
import type { DashboardPerson } from '../../core/dashboard-settings.ts';

/** What a session is kept under: of this person, and of this password. With another one it has ended. */
export function sessionMark(
  key: Buffer,
  { name, password }: Pick<DashboardPerson, 'name' | 'password'>,
): string {
  const mark = createHmac('sha256', key).update(JSON.stringify(['session', name, password ?? '']));
  return mark.digest('base64url');
}
