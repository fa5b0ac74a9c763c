import type { Role } from './role.ts';

/** What the config and the environment say of the dashboard. */
export interface DashboardSettings {
  /** Where people reach it, without a slash at the end: the beginning of links in alerts and mails. */
  readonly url?: string;
  /** True if a proxy stands before it, and says in `x-forwarded-for` who asks. */
  readonly isBehindProxy: boolean;
  /** Everybody who is declared, whether they have a password or not. Empty: nobody is asked for one on loopback. */
  readonly people: readonly DashboardPerson[];
}

export interface DashboardPerson {
  readonly name: string;
  readonly role: Role;
  /** As it was set: the password itself, or a hash of it; undefined: nobody can enter under this name. */
  readonly password: string | undefined;
}

/** The name of whoever has `CARILLON_DASHBOARD_PASSWORD`. */
export const SHARED_PERSON = 'carillon';

/** The variable with the password of a person of the dashboard. */
export function passwordVariable(person: string): string {
  const base = 'CARILLON_DASHBOARD_PASSWORD';
  if (person === SHARED_PERSON) return base;
  return `${base}_${person.toUpperCase().replaceAll('-', '_')}`;
}
