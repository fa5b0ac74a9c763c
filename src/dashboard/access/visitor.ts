import { ROLES, type Role } from '../../core/role.ts';

/** Who looks at the dashboard. */
export interface Visitor {
  /** For the record of what was done. */
  readonly name: string;
  readonly role: Role;
  /** Must come back with everything that the visitor does: proves that it was done on a page of ours. */
  readonly formToken: string;
  /** True if there is a session that can be ended. */
  readonly canLeave: boolean;
}

export function hasRole({ role }: Pick<Visitor, 'role'>, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}
