import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ZodType } from 'zod';
import type { Place, Problem } from '../src/core/problem.ts';
import type { AccountRules, Blackout, ScheduleSettings } from '../src/core/schedule.ts';
import { type Path, type Source, valueAt } from '../src/core/source.ts';
import { readCalendar } from '../src/schedule/calendar-file.ts';
import { readSpan } from '../src/schedule/dates.ts';
import { parseQuietHours } from '../src/schedule/quiet-hours.ts';
import { parseSlots } from '../src/schedule/slots.ts';
import { instantOf } from '../src/schedule/wall-clock.ts';
import { accountRules, schedule as scheduleSchema, type WrittenRules } from './schedule-schema.ts';

export interface ScheduleContext {
  /** Absolute path of the config file. */
  readonly file: string;
  readonly timezone: string;
  readonly accounts: Iterable<string>;
  /** Told of every file before it is read. */
  readonly note: (file: string) => Promise<void>;
}

export interface ScheduleReading {
  readonly schedule: ScheduleSettings;
  readonly problems: readonly Problem[];
}

type Rules = Omit<AccountRules, 'perDay'> & { readonly perDay?: number | undefined };

const noRules: Rules = {
  slots: [],
  order: 'first-come',
  quietHours: [],
  blackout: [],
  gapMs: 0,
};

/** No list of days off is longer. */
const maxCalendarBytes = 5_000_000;

/** Reads the section `schedule:` and the rules of each account. What has a mistake is left out, and told. */
export async function readSchedule(
  source: Source,
  { file, timezone, accounts, note }: ScheduleContext,
): Promise<ScheduleReading> {
  const problems: Problem[] = [];
  const reading = { source, timezone, directory: path.dirname(file), problems, note };
  const section = scheduleSchema.safeParse(valueAt(source.value, ['schedule']) ?? {});
  const general = await readRules(['schedule'], noRules, reading);

  const rules = new Map<string, AccountRules>();
  for (const name of accounts) {
    const { perDay, ...own } = await readRules(['accounts', name], general, reading);
    rules.set(name, { ...own, ...(perDay !== undefined && { perDay }) });
  }
  const { horizon = 0, stagger = 0 } = section.data ?? {};
  return { schedule: { horizonMs: horizon, staggerMs: stagger, accounts: rules }, problems };
}

interface Reading {
  readonly source: Source;
  readonly timezone: string;
  readonly directory: string;
  readonly note: (file: string) => Promise<void>;
  readonly problems: Problem[];
}

async function readRules(at: Path, general: Rules, reading: Reading): Promise<Rules> {
  const written = wellFormed(valueAt(reading.source.value, at));
  const blackout = await readBlackout(written.blackout, [...at, 'blackout'], reading);
  return {
    slots: readSlots(written.slots, [...at, 'slots'], reading) ?? general.slots,
    order: written.order ?? general.order,
    quietHours:
      readEach(written.quietHours, [...at, 'quietHours'], reading, (text) => {
        const found = parseQuietHours(text);
        return 'problem' in found ? found : { values: found.quietHours };
      }) ?? general.quietHours,
    blackout: [...general.blackout, ...blackout],
    gapMs: written.gap ?? general.gapMs,
    perDay: written.perDay ?? general.perDay,
  };
}

/** The keys that have their form; of the others it is told where the whole section is checked. */
function wellFormed(value: unknown): WrittenRules {
  const found = Object.entries(accountRules.shape).map(([key, part]) => {
    const result = (part as ZodType).safeParse(valueAt(value, [key]));
    return [key, result.success ? result.data : undefined] as const;
  });
  return Object.fromEntries(found.filter(([, part]) => part !== undefined)) as WrittenRules;
}

type Written = string | readonly string[] | undefined;

function readSlots(written: Written, at: Path, { source, problems }: Reading) {
  if (written === undefined) return undefined;
  for (const [index, text] of listOf(written).entries()) {
    const reading = parseSlots(text);
    if ('problem' in reading)
      problems.push(error(placeOf(written, at, index, source), reading.problem));
  }
  const reading = parseSlots(written);
  return 'slots' in reading ? reading.slots : [];
}

function readEach<T>(
  written: Written,
  at: Path,
  { source, problems }: Reading,
  read: (text: string) => { readonly values: readonly T[] } | { readonly problem: string },
): readonly T[] | undefined {
  if (written === undefined) return undefined;
  return listOf(written).flatMap((text, index) => {
    const reading = read(text);
    if ('values' in reading) return reading.values;
    problems.push(error(placeOf(written, at, index, source), reading.problem));
    return [];
  });
}

async function readBlackout(
  written: Written,
  at: Path,
  reading: Reading,
): Promise<readonly Blackout[]> {
  const { source, timezone, problems } = reading;
  const found: Blackout[] = [];
  for (const [index, text] of listOf(written ?? []).entries()) {
    const place = placeOf(written, at, index, source);
    if (/\.ics$/i.test(text.trim())) {
      const calendar = await readCalendarFile(text.trim(), reading);
      found.push(...calendar.blackout);
      problems.push(...calendar.problems.map((problem) => error(place, problem)));
      continue;
    }
    const { span, problem } = { span: undefined, problem: undefined, ...readSpan(text) };
    if (problem !== undefined) problems.push(error(place, problem));
    if (span === undefined) continue;
    const [from, to] = [instantOf(span.from, timezone), instantOf(span.to, timezone)];
    found.push({ from, to, name: text.trim() });
  }
  return found;
}

async function readCalendarFile(name: string, { directory, timezone, note }: Reading) {
  const file = path.resolve(directory, name);
  await note(file);
  try {
    if ((await stat(file)).size > maxCalendarBytes) {
      const problem = `The calendar "${name}" is larger than 5 MB. Export only the days off.`;
      return { blackout: [], problems: [problem] };
    }
    return readCalendar(await readFile(file, 'utf8'), timezone);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem =
      code === 'ENOENT'
        ? `There is no calendar "${name}" (looked for ${file}). Name a file relative to this one.`
        : `The calendar "${name}" cannot be read (${code ?? 'unknown error'}). Give Carillon the right to read it.`;
    return { blackout: [], problems: [problem] };
  }
}

function listOf(written: string | readonly string[]): readonly string[] {
  return typeof written === 'string' ? [written] : written;
}

function placeOf(written: Written, at: Path, index: number, source: Source): Place {
  return source.placeOf(typeof written === 'string' ? at : [...at, index]);
}

function error(place: Place, message: string): Problem {
  return { ...place, message, severity: 'error' };
}
