/** Every option of every command: what it takes, and what its help says. */
export const OPTIONS = {
  config: {
    value: 'FILE',
    about: 'the config to use; else CARILLON_CONFIG, else config/carillon.yaml',
  },
  json: { about: 'print one JSON document' },
  'detailed-exitcode': { about: 'exit with 2 if there is anything to change' },
  html: { value: 'FILE', about: 'write one page to look at in a browser, instead of printing' },
  online: { about: 'also follow every link: does it work, and what card does it make' },
  state: { value: 'STATE', about: 'only publications in this state' },
  account: { value: 'ACCOUNT', about: 'only publications for this account' },
  network: { value: 'NETWORK', about: 'only publications on this network' },
  entry: { value: 'ENTRY', about: 'only publications of this entry' },
  before: { value: 'TIME', about: 'only publications due before this day or time' },
  by: { value: 'NAME', about: 'who approves it; else your name on this machine' },
  for: { value: 'NAME', about: 'for whom the link is, for the record; else your name here' },
  'for-days': { value: 'DAYS', about: 'how long it can be used, up to 60 days; else 7' },
  reason: { value: 'TEXT', about: 'why, for the record' },
  done: { about: 'a person has done it on the network: only record it' },
  since: { value: 'DURATION', about: 'how far to look back, such as 12h or 7d; else 30d' },
  'not-posted': { about: 'you have looked at the account: the post is not there' },
  ics: {
    value: 'FILE',
    about: 'write a calendar file (iCalendar) for calendar programs; - prints it',
  },
  from: {
    value: 'TIME',
    about: 'when to start, such as 2026-12-01 or "2026-12-01 09:00"; else now',
  },
  to: { value: 'TIME', about: 'when to end: a time, a day to its end, or a length such as 30d' },
  fault: {
    value: 'LIST',
    about:
      'what goes wrong: NETWORK:KIND or NETWORK:KIND:COUNT, with commas, as in twitter:rate-limit',
  },
  'no-apply': { about: 'only say what a saved config would change' },
  into: { value: 'FILE', about: 'the config to add the entries to; else they are printed' },
  accounts: { value: 'LIST', about: 'the accounts they go to, with commas; else defaults.to' },
  dates: { value: 'ORDER', about: 'how 03/04/2026 is meant: dmy (3 April) or mdy (4 March)' },
  way: { value: 'WAY', about: 'how to connect: X knows oauth2, pin and keys' },
  port: {
    value: 'PORT',
    about: 'where the browser comes back to on this machine, as in the portal; else 8422',
  },
  'no-browser': { about: 'the browser is on another machine: you paste what it lands on' },
  redirect: {
    value: 'ADDRESS',
    about: 'an address of yours that the portal has to come back to; you paste what it lands on',
  },
  forget: { about: 'take out the stored access instead, and give it back to the network' },
  replace: { about: 'take out what the ledger has now' },
  'keep-frozen': {
    about: 'send nothing until "carillon thaw", as where workers run on several hosts',
  },
  yes: { about: 'ask nothing, and do it' },
  timezone: { value: 'ZONE', about: 'a time zone such as Europe/Paris' },
  networks: { value: 'LIST', about: 'networks with commas between them: twitter,facebook,youtube' },
  name: { value: 'NAME', about: 'short name of your organisation, for the names of its accounts' },
  verbose: { about: 'say more on standard error, stack traces included' },
  help: { about: 'say how this is used' },
  version: { about: 'print the version' },
} as const satisfies Readonly<Record<string, OptionInfo>>;

export interface OptionInfo {
  /** The name of its value; an option without one is on or off. */
  readonly value?: string;
  readonly about: string;
}

export type OptionName = keyof typeof OPTIONS;

/** Options that every command takes. */
export const COMMON_OPTIONS: readonly OptionName[] = ['config', 'verbose', 'help'];

/** Options that choose publications. */
export const CHOOSING = [
  'account',
  'network',
  'entry',
  'state',
  'before',
] as const satisfies readonly OptionName[];

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

export function optionInfo(name: OptionName): OptionInfo {
  return OPTIONS[name];
}
