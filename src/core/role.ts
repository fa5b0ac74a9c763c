/** What somebody may do on the dashboard. Each may do all that those before may. */
export const ROLES = ['viewer', 'editor', 'operator'] as const;

export type Role = (typeof ROLES)[number];
