import {
  ALERT_KINDS,
  type AlertChannel,
  type AlertKind,
  type AlertSettings,
} from '../src/core/alerts.ts';
import type { Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Path, type Source, valueAt } from '../src/core/source.ts';
import { alerts as schema, type WrittenAlerts } from './alerts-schema.ts';
import { isLoopbackHost } from './api-url.ts';
import type { Variables } from './variables.ts';

export interface AlertsReading {
  readonly alerts?: AlertSettings | 'unreadable';
  readonly problems: readonly Problem[];
}

const WEBHOOK_URL = 'CARILLON_ALERT_WEBHOOK_URL';
const SMTP_URL = 'CARILLON_SMTP_URL';

/**
 * Reads `alerts:` and what the environment says of it. A mistake in it keeps no worker from working. From a sandbox
 * nobody is alerted unless its config says so, whatever the environment holds.
 */
export function readAlerts(
  source: Source,
  variables: Variables,
  isSandbox: boolean,
): AlertsReading {
  const isWritten = Object.hasOwn((source.value as object | null) ?? {}, 'alerts');
  if (!isWritten && (isSandbox || !variables[WEBHOOK_URL]?.trim())) return { problems: [] };
  const isEmpty = (valueAt(source.value, ['alerts']) ?? null) === null;
  const checked = isEmpty
    ? { value: schema.parse({}), problems: [] }
    : checkPart(schema, source, ['alerts']);
  if (checked.value === undefined) return { alerts: 'unreadable', problems: checked.problems };

  const { channels, faults } = readChannels(checked.value, variables);
  if (channels.length === 0 && faults.length === 0) {
    faults.push({
      path: ['alerts'],
      message: `"alerts" names nobody to tell. Write "webhook" or "email" below it, or set ${WEBHOOK_URL}.`,
    });
  }
  if (faults.length > 0) {
    const problems = faults.map(({ path, message }): Problem => {
      return { ...source.placeOf(path), message, severity: 'error' };
    });
    return { alerts: 'unreadable', problems };
  }
  const { remindAfter: remindAfterMs, quietFor: quietForMs } = checked.value;
  return { alerts: { channels, remindAfterMs, quietForMs }, problems: [] };
}

interface Fault {
  readonly path: Path;
  readonly message: string;
}

function readChannels(
  written: WrittenAlerts,
  variables: Variables,
): { readonly channels: readonly AlertChannel[]; readonly faults: Fault[] } {
  const faults: Fault[] = [];
  const aboutOf = (own: readonly AlertKind[] | undefined) => own ?? written.about ?? ALERT_KINDS;
  const secret = variables.CARILLON_ALERT_WEBHOOK_SECRET?.trim();
  const ofEnvironment = variables[WEBHOOK_URL]?.trim();
  const listed = asList('webhook', written.webhook);
  const webhooks =
    listed.length === 0 && ofEnvironment
      ? [{ path: ['alerts'] as Path, value: ofEnvironment }]
      : listed;

  const byWebhook = webhooks.flatMap(({ path, value }, i): AlertChannel[] => {
    const { url: own, about } = typeof value === 'string' ? { url: value } : value;
    const url = own?.trim() || ofEnvironment;
    const message = url === undefined ? NO_ADDRESS : faultOfWebhook(url, own === undefined);
    if (url === undefined || message !== undefined) {
      faults.push({ path, message: message ?? '' });
      return [];
    }
    const name = i === 0 ? 'webhook' : `webhook ${i + 1}`;
    return [{ by: 'webhook', name, url, about: aboutOf(about), ...(secret && { secret }) }];
  });

  const smtpUrl = variables[SMTP_URL]?.trim() ?? '';
  const byEmail = asList('email', written.email).flatMap(({ path, value }, i): AlertChannel[] => {
    const message = faultOfMailServer(smtpUrl);
    if (message !== undefined) {
      faults.push({ path, message });
      return [];
    }
    const { from, to, escalateTo = [], about } = value;
    const name = i === 0 ? 'email' : `email ${i + 1}`;
    const people = { to: [to].flat(), escalateTo: [escalateTo].flat() };
    return [{ by: 'email', name, from, ...people, smtpUrl, about: aboutOf(about) }];
  });
  return { channels: [...byWebhook, ...byEmail], faults };
}

function asList<T>(
  key: string,
  written: T | readonly T[] | undefined,
): readonly { readonly path: Path; readonly value: T }[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return [{ path: ['alerts', key], value: written as T }];
  return (written as readonly T[]).map((value, i) => ({ path: ['alerts', key, i], value }));
}

const NO_ADDRESS = `The webhook has no address. Write "url" below it, or set ${WEBHOOK_URL} in the environment or in .env.`;

/** None of them shows the address, which is a secret. */
function faultOfWebhook(url: string, isOfEnvironment: boolean): string | undefined {
  const what = isOfEnvironment ? WEBHOOK_URL : 'The address of the webhook';
  if (!URL.canParse(url)) {
    return `${what} is no web address. Write one such as https://hooks.slack.com/services/…`;
  }
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol === 'http:' && isLoopbackHost(hostname)) return undefined;
  if (protocol !== 'https:') {
    return `${what} must start with https:// (http:// is for this machine only: 127.0.0.1, localhost).`;
  }
  if (username !== '' || password !== '') {
    return `${what} holds a user name or a password, which webhooks do not take. Remove them.`;
  }
  return undefined;
}

function faultOfMailServer(url: string): string | undefined {
  const example = 'such as smtps://user:password@mail.example.org, in the environment or in .env';
  if (url === '') return `E-mail needs a mail server: set ${SMTP_URL}, ${example}.`;
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  if ((protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '') return undefined;
  return `${SMTP_URL} is no address of a mail server. Set one ${example}.`;
}
