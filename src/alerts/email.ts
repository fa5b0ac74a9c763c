import type { EmailChannel } from '../core/alerts.ts';
import { isLoopback } from '../core/dashboard-access.ts';
import { ChannelError } from './channel-error.ts';
import { mailText } from './mail-text.ts';
import type { AlertMessage } from './message.ts';
import { plainLine } from './plain-line.ts';

const TIMEOUT_MS = 20_000;

/** Hands a message to the mail server as a mail of plain text. @throws {ChannelError} unless it takes it */
export async function sendByEmail(
  { to, from, escalateTo, smtpUrl }: Pick<EmailChannel, 'to' | 'from' | 'escalateTo' | 'smtpUrl'>,
  message: AlertMessage,
  { timeoutMs = TIMEOUT_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: timeoutMs / 2,
    greetingTimeout: timeoutMs / 2,
    socketTimeout: timeoutMs / 2,
    dnsTimeout: timeoutMs / 2,
    // A password never leaves this machine unsealed.
    requireTLS: !isLoopback(new URL(smtpUrl).hostname),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { subject, text } = mailText(message);
  const sending = transport.sendMail({
    ...{ from, subject, text },
    to: [...new Set([...to, ...(message.escalates ? escalateTo : [])])],
    messageId: `<${message.id}@${domainOf(from)}>`,
    date: new Date(message.at),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  });
  const timeout = AbortSignal.timeout(timeoutMs);
  const lateness = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  const late = new Promise<never>((_, reject) => {
    lateness.addEventListener('abort', () => reject(lateness.reason));
  });
  try {
    // Where one address of several is refused, the others have it: tried again, they would have it twice.
    await Promise.race([sending, late]);
  } catch (error) {
    sending.catch(() => undefined);
    throw new ChannelError(sayWhy(error, timeoutMs));
  } finally {
    transport.close();
  }
}

/** Of `a@example.org` and of `Name <a@example.org>`. */
function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).replace('>', '');
}

function sayWhy(error: unknown, timeoutMs: number): string {
  const { name, code, responseCode, response } = error as Record<string, unknown>;
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') {
    return `The mail server did not answer within ${timeoutMs / 1000} seconds.`;
  }
  if (code === 'EAUTH') return 'The mail server does not take the user and the password.';
  if (typeof responseCode === 'number') {
    return `The mail server refused it: ${plainLine(String(response), 200)}`;
  }
  return `The mail server could not be used${typeof code === 'string' ? ` (${code})` : ''}.`;
}
