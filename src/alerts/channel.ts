import type { AlertChannel } from '../core/alerts.ts';
import { sendByEmail } from './email.ts';
import type { AlertMessage } from './message.ts';
import { sendByWebhook } from './webhook.ts';

/** Hands a message over to a channel. @throws {ChannelError} if it was not taken in good time */
export type SendAlert = (channel: AlertChannel, message: AlertMessage) => Promise<void>;

export const sendAlert: SendAlert = (channel, message) =>
  channel.by === 'webhook' ? sendByWebhook(channel, message) : sendByEmail(channel, message);
