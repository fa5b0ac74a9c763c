import type { WebhookChannel } from '../core/alerts.ts';
import { ChannelError } from './channel-error.ts';
import type { AlertMessage } from './message.ts';
import { plainLine } from './plain-line.ts';
import { signBody } from './sign-body.ts';
import { slackText } from './slack-text.ts';

const TIMEOUT_MS = 10_000;
const MOST_OF_ANSWER = 500;

/** Posts a message as Slack and its like take it. @throws {ChannelError} unless it answers 2xx */
export async function sendByWebhook(
  { url, secret }: Pick<WebhookChannel, 'url' | 'secret'>,
  message: AlertMessage,
  options: { timeoutMs?: number; now?: () => number; signal?: AbortSignal } = {},
): Promise<void> {
  const { timeoutMs = TIMEOUT_MS, now = Date.now, signal: stopping } = options;
  const body = JSON.stringify({
    text: slackText(message),
    unfurl_links: false,
    unfurl_media: false,
  });
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Carillon',
    'carillon-message': message.id,
    ...(secret !== undefined && { 'carillon-signature': signBody(body, secret, now()) }),
  };
  let status: number;
  let said: string;
  try {
    const late = AbortSignal.timeout(timeoutMs);
    const signal = stopping === undefined ? late : AbortSignal.any([late, stopping]);
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal,
      redirect: 'manual',
    });
    status = response.status;
    said = await beginningOfAnswer(response);
  } catch (error) {
    throw new ChannelError(sayWhy(error, timeoutMs));
  }
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    throw new ChannelError(
      `The webhook answered ${status}: it leads elsewhere, where nothing is sent.`,
    );
  }
  const words = tells(said, url) ? '' : plainLine(said, 200);
  throw new ChannelError(`The webhook answered ${status}${words === '' ? '.' : `: ${words}`}`);
}

/** True if it repeats a part of the address, which is a secret. */
function tells(said: string, url: string): boolean {
  const { pathname, search } = new URL(url);
  const parts = `${pathname}${search}`.split(/[/?&=]/).filter((part) => part.length >= 4);
  return [...parts, ...parts.map(decodeSafely)].some((part) => said.includes(part));
}

function decodeSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function beginningOfAnswer({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  // Leaving the loop lets go of the rest.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MOST_OF_ANSWER) break;
  }
  return text.slice(0, MOST_OF_ANSWER);
}

/** Errors of fetch carry the address. */
function sayWhy(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'The webhook could not be reached.';
  if (error.name === 'TimeoutError') {
    return `The webhook did not answer within ${timeoutMs / 1000} seconds.`;
  }
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return `The webhook could not be reached${typeof code === 'string' ? ` (${code})` : ''}.`;
}
