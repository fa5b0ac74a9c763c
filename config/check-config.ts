import path from 'node:path';
import type { ZodType, z } from 'zod';
import { openPageReader } from '../src/articles/page-reader.ts';
import { openPages, type Pages } from '../src/articles/pages.ts';
import type { Config, ConfigFrame, PublishingSettings } from '../src/core/config.ts';
import type { Problem } from '../src/core/problem.ts';
import { checkPart, unknownKey } from '../src/core/schema-problems.ts';
import { type Source, valueAt } from '../src/core/source.ts';
import { readAllowedHosts } from '../src/fetching/allowed-hosts.ts';
import { createSafeFetch } from '../src/fetching/fetch-safely.ts';
import type { Wire } from '../src/fetching/wire.ts';
import { readTime } from '../src/schedule/local-time.ts';
import { readTimeZone } from '../src/schedule/time-zone.ts';
import { readAccounts } from './accounts.ts';
import { readAlerts } from './alerts.ts';
import { readCosts } from './costs.ts';
import { readDashboard } from './dashboard.ts';
import { readAllEntries } from './entries.ts';
import { findTargetProblems } from './entry-accounts.ts';
import { dataDirOf } from './environment.ts';
import { readFeeds } from './feeds.ts';
import { findIncludes } from './includes.ts';
import { readLedger } from './ledger.ts';
import { readPeople } from './people.ts';
import { readPreflight } from './preflight.ts';
import { readSandbox } from './sandbox.ts';
import { readSchedule } from './schedule.ts';
import { schedule } from './schedule-schema.ts';
import * as schema from './schema.ts';
import type { Variables } from './variables.ts';
import { readWriting } from './writing.ts';

export interface ConfigContext {
  /** Absolute path of the config file. */
  readonly file: string;
  /** The environment, completed from `.env`. */
  readonly variables: Variables;
  readonly cwd: string;
  /** How the web is reached. */
  readonly wire?: Wire;
  /** Where the sandbox is that every account talks to, whatever the config says. */
  readonly sandboxUrl?: string;
  /** Told of every file before it is read. */
  readonly note: (file: string) => Promise<void>;
}

export interface FrameReading {
  /** What there is even where it is not whole, so that the entries can be checked all the same. */
  readonly networkOf: ReturnType<typeof readAccounts>['networkOf'];
  readonly timezone: string | undefined;
  readonly publishByMs: number;
  readonly frame?: ConfigFrame;
  readonly problems: readonly Problem[];
}

export interface ConfigReading {
  /** Missing if there is any error. */
  readonly config?: Config;
  readonly problems: readonly Problem[];
}

/** Checks everything but the entries. */
export function checkFrame(source: Source, context: ConfigContext): FrameReading {
  const written = readSandbox(source, context.variables);
  const sandbox = { ...written, url: context.sandboxUrl ?? written.url };
  const timezone = readZone(source);
  const publishing = checkSection(schema.publishing, source, 'publishing');
  const approval = readApproval(source);
  const costs = readCosts(source);
  const accounts = readAccounts(source, {
    variables: context.variables,
    sandboxUrl: sandbox.url,
    // Wrong, it is told, and nothing goes out that it might have meant to keep.
    approval: approval.value ?? 'required',
    prices: costs.prices,
    budget: costs.budget,
  });
  const problems = [
    ...sandbox.problems,
    ...timezone.problems,
    ...accounts.problems,
    ...approval.problems,
    ...costs.problems,
    ...publishing.problems,
  ];
  const { networkOf } = accounts;
  const read = {
    networkOf,
    timezone: timezone.value,
    publishByMs: publishing.value?.publishBy ?? 0,
  };
  if (problems.some(isError) || timezone.value === undefined || !publishing.value) {
    return { ...read, problems };
  }
  const { settings: dashboard } = readDashboard(source, context.variables);
  const { alerts } = readAlerts(source, context.variables, sandbox.url !== undefined);
  const frame: ConfigFrame = {
    file: context.file,
    timezone: timezone.value,
    sandbox: sandbox.url !== undefined,
    accounts: accounts.accounts,
    publishing: toPublishingSettings(publishing.value),
    preflight: readPreflight(source, sandbox.url !== undefined).settings,
    keepMs: readLedger(source).keepMs,
    ...(costs.budget && { budget: costs.budget }),
    ...(dashboard && { dashboard }),
    ...(alerts !== undefined && { alerts }),
  };
  return { ...read, problems, frame };
}

/** Checks a parsed config section by section, so that a mistake in one hides none in another. Reads the articles. */
export async function checkConfig(source: Source, context: ConfigContext): Promise<ConfigReading> {
  const {
    frame,
    problems: problemsOfFrame,
    networkOf,
    timezone,
    publishByMs,
  } = checkFrame(source, context);
  const defaults = checkSection(schema.defaults, source, 'defaults');
  const defaultTo = defaults.value?.to;
  const { people, problems: problemsOfPeople } = readPeople(source);
  const writing = readWriting(defaults.value ?? {}, source, ['defaults'], { networkOf, people });
  const preflight = readPreflight(source, frame?.sandbox ?? true);
  const alerts = readAlerts(source, context.variables, frame?.sandbox ?? true);

  const section = checkSection(schedule, source, 'schedule');
  const timing = await readSchedule(source, {
    file: context.file,
    timezone: timezone ?? 'UTC',
    accounts: networkOf.keys(),
    note: context.note,
  });

  const shared = {
    networkOf,
    people,
    defaultWriting: writing.own,
    // Wrong ones count as given: they are told once, not again at each entry.
    defaultTo:
      defaultTo ?? (valueAt(source.value, ['defaults', 'to']) === undefined ? undefined : []),
    publishByMs: defaults.value?.publishBy ?? publishByMs,
  };
  const feeds = readFeeds(source, shared);
  const includes = await findIncludes(source, context);
  const entries = await readAllEntries(
    [{ file: context.file, read: async () => ({ source, problems: [] }) }, ...includes.included],
    {
      ...shared,
      // Where the zone itself is wrong, the form of a time can still be judged.
      timezone: timezone ?? 'UTC',
      slotsOf: (account) =>
        timing.problems.length > 0
          ? undefined
          : timing.schedule.accounts.get(account)?.slots.length,
      io: {
        cwd: context.cwd,
        note: context.note,
        readInstant: (text) => readInstant(text, timezone ?? 'UTC'),
        pages: openPagesOf(context, preflight.settings.allow),
      },
    },
  );

  const problems = [
    ...findUnknownSections(source),
    ...problemsOfFrame,
    ...problemsOfPeople,
    ...defaults.problems,
    ...writing.problems,
    ...section.problems,
    ...timing.problems,
    ...preflight.problems,
    ...readLedger(source).problems,
    ...readDashboard(source, context.variables).problems,
    ...alerts.problems,
    ...findTargetProblems(defaultTo ?? [], source, ['defaults', 'to'], networkOf),
    ...includes.problems,
    ...entries.problems,
    ...feeds.problems,
  ];
  if (frame === undefined || problems.some(isError)) return { problems };
  const { schedule: rules } = timing;
  const read = { people, schedule: rules, entries: entries.entries, feeds: feeds.feeds };
  return { config: { ...frame, ...read }, problems };
}

function openPagesOf(context: ConfigContext, allow: readonly string[]): Pages {
  const { cwd, variables, wire } = context;
  const allowed = readAllowedHosts(allow);
  return openPages({
    fetch: createSafeFetch({ allowed, ...(wire && { wire }) }),
    reader: openPageReader(),
    imageDirectory: path.join(dataDirOf(variables, cwd), 'images'),
  });
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

interface Section<T> {
  readonly value?: T;
  readonly problems: readonly Problem[];
}

/** A section that is left out, or left empty, has its defaults. */
function checkSection<T>(part: ZodType<T>, source: Source, key: string): Section<T> {
  const written = valueAt(source.value, [key]);
  if (written === undefined || written === null) return { value: part.parse({}), problems: [] };
  return checkPart(part, source, [key]);
}

function readApproval(source: Source): Section<'required' | 'none'> {
  if (valueAt(source.value, ['approval']) == null) return { value: 'none', problems: [] };
  return checkPart(schema.approval, source, ['approval']);
}

function readZone(source: Source): Section<string> {
  const checked = checkPart(schema.timezone, source, ['timezone']);
  if (checked.value === undefined) return checked;

  const reading = readTimeZone(checked.value);
  if ('timezone' in reading) return { value: reading.timezone, problems: [] };
  const place = source.placeOf(['timezone']);
  return { problems: [{ ...place, message: reading.problem, severity: 'error' }] };
}

function findUnknownSections(source: Source): Problem[] {
  const known = Object.keys(schema.configSchema.shape);
  return Object.keys(source.value ?? {})
    .filter((key) => !known.includes(key))
    .map((key) => unknownKey(source, [key], known));
}

/** When an article came out is told to the day: here an hour that the clocks show twice is no mistake. */
function readInstant(text: string, timezone: string): number | undefined {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? `${text.trim()} 00:00` : text;
  for (const zone of [timezone, 'UTC']) {
    const reading = readTime(full, zone);
    if ('time' in reading && !reading.time.now) return reading.time.instant;
  }
  return undefined;
}

function toPublishingSettings(written: z.infer<typeof schema.publishing>): PublishingSettings {
  return {
    requestTimeoutMs: written.requestTimeout,
    attempts: written.attempts,
    backoffMs: written.backoff,
    confirmAfterMs: written.confirmAfter,
    publishByMs: written.publishBy,
    lookAfterMs: written.lookAfter,
    facebook: written.facebook,
    resumeGapMs: written.resumeGap,
  };
}
