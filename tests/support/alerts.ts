import type { Condition } from '../../src/alerts/condition.ts';
import type { AlertMessage } from '../../src/alerts/message.ts';
import {
  ALERT_KINDS,
  type AlertSettings,
  type EmailChannel,
  type WebhookChannel,
} from '../../src/core/alerts.ts';

/** A publication that has failed. */
export function aCondition(over: Partial<Condition> = {}): Condition {
  const about = over.about ?? 'spring-report/newsroom-x';
  return {
    ...{ key: `failed ${about} 1`, kind: 'failed', about },
    ...{ message: 'X is away.', advice: 'Nothing to do.', page: { publication: about } },
    ...over,
  };
}

export function aMessage(over: Partial<AlertMessage> = {}): AlertMessage {
  return {
    ...{ id: 'message-1', at: 1_700_000_000_000, isSandbox: false, title: '1 failed' },
    ...{ lines: [], more: 0, escalates: false },
    ...over,
  };
}

export function aWebhook(over: Partial<WebhookChannel> = {}): WebhookChannel {
  const url = 'http://127.0.0.1:1/hook';
  return { by: 'webhook', name: 'webhook', url, about: ALERT_KINDS, ...over };
}

export function anEmail(over: Partial<EmailChannel> = {}): EmailChannel {
  return {
    ...{ by: 'email', name: 'email', about: ALERT_KINDS, smtpUrl: 'smtp://127.0.0.1:1' },
    ...{ to: ['desk@example.org'], from: 'carillon@example.org', escalateTo: [] },
    ...over,
  };
}

export function alertSettings(over: Partial<AlertSettings> = {}): AlertSettings {
  return {
    channels: [aWebhook()],
    remindAfterMs: [15 * 60_000, 60 * 60_000],
    quietForMs: 30 * 60_000,
    ...over,
  };
}
