/** What people are alerted to, in the order in which messages tell it. */
export const ALERT_KINDS = [
  'frozen',
  'late',
  'refused',
  'duplicate',
  'failed',
  'missed',
  'unconfirmed',
  'handoff',
  'config',
  'budget',
  'access',
  'machine',
] as const;

export type AlertKind = (typeof ALERT_KINDS)[number];

/** The page of the dashboard on which it is seen. */
export type AlertPage =
  | { readonly publication: string; readonly isHandOff?: true }
  | 'now'
  | 'accounts'
  | 'plan';

/** Who is alerted, and when again. */
export interface AlertSettings {
  readonly channels: readonly AlertChannel[];
  /** When somebody is reminded of a post to be made by hand, counted from the first message, ascending. */
  readonly remindAfterMs: readonly number[];
  /** What was told, was over and is so again, is told again after this time at the earliest. */
  readonly quietForMs: number;
}

export type AlertChannel = WebhookChannel | EmailChannel;

interface Channel {
  /** `webhook`, `email`, or with a number where there are several. */
  readonly name: string;
  readonly about: readonly AlertKind[];
}

export interface WebhookChannel extends Channel {
  readonly by: 'webhook';
  /** A secret: whoever knows it can write to the people behind it. */
  readonly url: string;
  /** Signs what is sent; missing: it is not signed. */
  readonly secret?: string;
}

export interface EmailChannel extends Channel {
  readonly by: 'email';
  readonly to: readonly string[];
  readonly from: string;
  /** Who is told besides at the last reminder. */
  readonly escalateTo: readonly string[];
  /** With the password. */
  readonly smtpUrl: string;
}

/** Everything of the channels that nothing may show. */
export function secretsOfAlerts(alerts: AlertSettings | 'unreadable' | undefined): string[] {
  if (alerts === undefined || alerts === 'unreadable') return [];
  return alerts.channels.flatMap((channel) =>
    channel.by === 'webhook' ? [channel.url, channel.secret ?? ''] : [channel.smtpUrl],
  );
}
