import { openPageReader } from '../articles/page-reader.ts';
import { readAllowedHosts } from '../fetching/allowed-hosts.ts';
import { createSafeFetch } from '../fetching/fetch-safely.ts';
import type { Wire } from '../fetching/wire.ts';
import { flaw } from './finding.ts';
import type { PageInspection } from './inspect-page.ts';
import type { LinkVisit } from './link-visit.ts';
import { type VisitIo, visitLink } from './visit-link.ts';

/** Looks at links before posts with them go out. */
export interface Preflight {
  /** Follows a link, once however often it is asked for. Never throws. */
  visit(link: string): Promise<LinkVisit>;
}

export interface PreflightOptions {
  /** Hosts of the own network that may be fetched from, besides the public internet. */
  readonly allow: readonly string[];
  /** Time for each page and each image. */
  readonly timeoutMs?: number;
  /** How the web is reached; tests have one of their own. */
  readonly wire?: Wire;
  /** How long all of it may take; links that are not looked at by then are said to be. */
  readonly totalMs?: number;
  /** How long a visit counts; without it for ever. */
  readonly keepMs?: number;
  /** Milliseconds of a clock that never jumps. */
  readonly now?: () => number;
}

const usualTimeoutMs = 15_000;
const atOnce = 6;
const atOnceOfHost = 2;
/** `.js` once built; `.ts` where the sources run themselves. */
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/** Opens a preflight: several links at a time, gently with each host. */
export function openPreflight(options: PreflightOptions): Preflight {
  const { totalMs, keepMs = Number.POSITIVE_INFINITY, now = () => performance.now() } = options;
  const workerFile = new URL(`./inspection-worker${extension}`, import.meta.url);
  const io: VisitIo = {
    fetch: createSafeFetch({
      allowed: readAllowedHosts(options.allow),
      timeoutMs: options.timeoutMs ?? usualTimeoutMs,
      ...(options.wire && { wire: options.wire }),
    }),
    reader: openPageReader<PageInspection>({ workerFile }),
  };
  const turns = openTurns();
  const startedAt = now();
  const visits = new Map<string, { readonly at: number; readonly visit: Promise<LinkVisit> }>();
  const isOver = () => totalMs !== undefined && now() - startedAt > totalMs;

  return {
    visit(link) {
      const known = visits.get(link);
      if (known !== undefined && now() - known.at < keepMs) return known.visit;
      for (const [old, { at }] of visits) if (now() - at >= keepMs) visits.delete(old);
      const visit = turns(hostOf(link), async () =>
        isOver() ? unfinished(link) : visitLink(link, io),
      );
      visits.set(link, { at: now(), visit });
      return visit;
    },
  };
}

function unfinished(link: string): LinkVisit {
  const finding = flaw(
    'preflight:unfinished',
    `${link} was not looked at: the check had taken too long by then.`,
    'Run it again; sites that answer slowly take most of the time.',
  );
  return { kind: 'failed', link, finding };
}

function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).host : '';
}

/** Lets so many run at once, and so many of a host; the others wait, and nobody overtakes on the same host. */
function openTurns() {
  const running = new Map<string, number>();
  const waiting: { readonly host: string; readonly start: () => void }[] = [];
  let all = 0;
  const startNext = () => {
    for (let i = 0; i < waiting.length && all < atOnce; ) {
      const next = waiting[i];
      if (next === undefined || (running.get(next.host) ?? 0) >= atOnceOfHost) i++;
      else {
        waiting.splice(i, 1);
        next.start();
      }
    }
  };
  return <T>(host: string, work: () => Promise<T>): Promise<T> => {
    const turn = new Promise<void>((resolve) => {
      const start = () => {
        all += 1;
        running.set(host, (running.get(host) ?? 0) + 1);
        resolve();
      };
      waiting.push({ host, start });
    });
    const done = turn.then(work).finally(() => {
      all -= 1;
      const left = (running.get(host) ?? 1) - 1;
      if (left > 0) running.set(host, left);
      else running.delete(host);
      startNext();
    });
    startNext();
    return done;
  };
}
