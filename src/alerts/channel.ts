import type { AlertChannel } from '../core/alerts.ts';
import { sendByEmail } from './email.ts';
import type { AlertMessage } from './message.ts';
import { sendByWebhook } from './webhook.ts';

/**
 * Hands a message over to a channel, until the signal aborts.
 *
 * @throws {ChannelError} if it was not taken in good time
 */
export type SendAlert = (
  channel: AlertChannel,
  message: AlertMessage,
  signal: AbortSignal,
) => Promise<void>;

export const sendAlert: SendAlert = (channel, message, signal) =>
  channel.by === 'webhook'
    ? sendByWebhook(channel, message, { signal })
    : sendByEmail(channel, message, { signal });
