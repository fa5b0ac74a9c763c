/** The dashboard's texts. Another language is a file beside this one and its line in words.ts. */
export const english = {
  language: 'en',
  languageName: 'English',
  direction: 'ltr' as 'ltr' | 'rtl',
  /** For dates and numbers. */
  locale: 'en-GB',

  skip: 'Skip to the content',
  pages: {
    now: 'Now',
    calendar: 'Calendar',
    plan: 'Plan',
    history: 'History',
    accounts: 'Accounts',
    queues: 'Queues',
  },
  sandbox: 'Sandbox: nothing here has reached a real network.',
  followers: 'What followers see',
  timesAreIn: (timezone: string) => `Times are in ${timezone}.`,
  stillReading: 'The ledger is still being read: some publications are missing here.',
  andMore: (n: number) => `and ${n.toLocaleString('en-GB')} more`,

  access: {
    enter: 'Enter',
    name: 'Name',
    password: 'Password',
    wrong: 'Name and password do not belong together. Try again.',
    tooMany: 'Too many tries. Wait a quarter of an hour, then try again.',
    enterFirst: 'Enter with your name and password first.',
    notAllowed: (name: string) => `${name} may look at this, but not do it. Ask an operator.`,
    staleForm: 'This page was open for too long. Go back, load it again, and repeat what you did.',
    leave: (name: string) => `Leave (${name})`,
  },

  states: {
    scheduled: 'scheduled',
    held: 'held',
    sending: 'being sent',
    unconfirmed: 'unconfirmed',
    published: 'published',
    handoff: 'to be posted by hand',
    failed: 'failed',
    missed: 'missed',
    cancelled: 'cancelled',
    retracted: 'retracted',
  },

  now: {
    needsYou: 'Needs you',
    nothingNeedsYou: 'Nothing needs you.',
    next: 'Next',
    nothingNext: 'Nothing is planned.',
    justOut: 'Just went out',
    nothingOut: 'Nothing has gone out yet.',
    frozen: (reason: string) =>
      `The ledger is frozen: ${reason}. Nothing is sent until "carillon thaw".`,
    everythingHeld: (reason: string) => `Everything is paused: ${reason}`,
    accountHeld: (account: string, reason: string) => `${account} is held: ${reason}`,
    brokenConfig: (file: string) =>
      `${file} cannot be used as it was saved. What was applied before goes on; once it is mended, it is applied by itself.`,
    moreProblems: (n: number) => `and ${n} more: "carillon check" shows them all`,
  },

  history: {
    search: 'Search names and texts',
    state: 'State',
    account: 'Account',
    any: 'any',
    show: 'Show',
    found: (n: number) => (n === 1 ? '1 publication' : `${n.toLocaleString('en-GB')} publications`),
    time: 'Time',
    publication: 'Publication',
    address: 'Live at',
    open: 'open',
    pages: 'Pages',
    newer: 'Newer',
    older: 'Older',
    pageOf: (page: number, last: number) => `Page ${page} of ${last}`,
  },

  calendar: {
    month: 'Month',
    week: 'Week',
    list: 'List',
    before: 'Earlier',
    today: 'Today',
    after: 'Later',
    controls: 'Stretch of time',
    accounts: 'Accounts',
    nothing: 'Nothing is due here.',
    subscribe: 'Subscribe with a calendar program',
    clockChange: (minutes: number) =>
      minutes > 0
        ? `The clocks go forward by ${minutes} minutes.`
        : `The clocks go back by ${-minutes} minutes.`,
    quietHours: 'in quiet hours',
    collides: 'close to another',
  },
};
