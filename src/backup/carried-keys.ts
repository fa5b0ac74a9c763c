/** What a backup carries: all that Carillon remembers. Jobs are no more than wake-ups, which the scheduler makes anew. */
const CARRIED = ['ledger:', 'credentials:', 'feeds:', 'alerts:', 'dashboard:'];

/** What belongs to a process that runs, or follows from the records and is made anew from them. */
const LEFT_OUT = [
  ...['ledger:lead', 'ledger:heartbeats', 'ledger:events', 'ledger:frozen', 'alerts:lease'],
  ...['ledger:state:', 'ledger:wake', 'ledger:archived', 'ledger:sights', 'ledger:reserved'],
  ...['ledger:retracting:', 'ledger:correcting:', 'ledger:over-budget:'],
  ...['ledger:in-hand:', 'ledger:line:', 'ledger:lines', 'credentials:lock:'],
];

/** Read after all records, so that none of them knows of more. */
const LAST = [
  ...['ledger:fence', 'ledger:spent', 'ledger:duplicates', 'ledger:remote:', 'ledger:look-until'],
];

const RECORD = 'ledger:publication:';

/** True for a key, as it stands below the prefix, that a backup carries. */
export function isCarried(key: string): boolean {
  return startsWithAny(key, CARRIED) && !startsWithAny(key, LEFT_OUT);
}

/** True for a key that a restore takes out before: all that stands where a backup would. */
export function isReplaced(key: string): boolean {
  return startsWithAny(key, CARRIED) && key !== 'ledger:frozen';
}

export function comesLast(key: string): boolean {
  return startsWithAny(key, LAST);
}

/** The name of the publication whose record a key holds, if it holds one. */
export function publicationOf(key: string): string | undefined {
  return key.startsWith(RECORD) ? key.slice(RECORD.length) : undefined;
}

function startsWithAny(key: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => key.startsWith(beginning));
}
