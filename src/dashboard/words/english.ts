import { sayDuration } from '../../core/words.ts';
import { sayAgo, sayIn } from './english-time.ts';

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
    approvals: 'Approvals',
    history: 'History',
    accounts: 'Accounts',
    queues: 'Queues',
  },
  sandbox: 'Sandbox: nothing here has reached a real network.',
  followers: 'What followers see',
  timesAreIn: (timezone: string) => `Times are in ${timezone}.`,
  stillReading: 'The ledger is still being read: some publications are missing here.',
  andMore: (n: number) => `and ${n.toLocaleString('en-GB')} more`,

  fault:
    'This could not be shown. Load the page again; if that does not help, "carillon doctor" says what is wrong.',

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
    allIsWell: 'All is well.',
    allIsWellSoFar: 'So far all is well: the ledger is still being read.',
    toDo: (n: number) =>
      n === 1 ? '1 thing needs you.' : `${n.toLocaleString('en-GB')} things need you.`,
    nothingAtAll: (file: string) => `Nothing is planned yet. Write your first entry into ${file}.`,
    toPlan: 'Look at the plan',
    toApprovals: 'Read and approve',
    toHistory: 'Look at them all',
    needsYou: 'Needs you',
    need: {
      handoff: (n: number, account: string) =>
        n === 1 ? `A person posts this on ${account}.` : `${n} are posted by hand on ${account}.`,
      delete: (n: number, account: string) =>
        n === 1
          ? `A person has to delete this on ${account}.`
          : `${n} posts have to be deleted by hand on ${account}.`,
      unconfirmed: (n: number, account: string) =>
        n === 1
          ? `Nobody knows whether this is live on ${account}.`
          : `Nobody knows whether ${n} publications are live on ${account}.`,
      failed: (n: number, account: string) =>
        n === 1
          ? `A publication failed on ${account}.`
          : `${n.toLocaleString('en-GB')} publications failed on ${account}.`,
      missed: (n: number, account: string) =>
        n === 1
          ? `A publication was missed on ${account}.`
          : `${n.toLocaleString('en-GB')} publications were missed on ${account}.`,
      approval: (n: number, account: string) =>
        n === 1
          ? `A publication waits for approval on ${account}.`
          : `${n.toLocaleString('en-GB')} publications wait for approval on ${account}.`,
      held: (n: number, account: string) =>
        n === 1
          ? `A publication is held on ${account}.`
          : `${n.toLocaleString('en-GB')} publications are held on ${account}.`,
    },
    needAction: {
      handoff: 'Post it by hand',
      delete: 'Delete it there',
      unconfirmed: 'Look and say where it is',
      failed: 'See why, and send it again',
      missed: 'See why, and send it again',
      approval: 'Read and approve',
      held: 'See what it waits for',
    },
    older: (n: number) =>
      n === 1
        ? '1 more failed or was missed over two weeks ago.'
        : `${n.toLocaleString('en-GB')} more failed or were missed over two weeks ago.`,
    moreGroups: (n: number) => `and ${n.toLocaleString('en-GB')} further causes`,
    lookedUp: (n: number) =>
      n === 1
        ? '1 publication may be live and is being looked for.'
        : `${n.toLocaleString('en-GB')} publications may be live and are being looked for.`,
    inTime: (ms: number) => sayIn(ms),
    ago: (ms: number) => sayAgo(ms),
    next: 'Next',
    nothingNext: 'Nothing is planned.',
    justOut: 'Just went out',
    nothingOut: 'Nothing has gone out yet.',
    frozen: (reason: string) =>
      `The ledger is frozen: ${reason}. Nothing is sent until "carillon thaw".`,
    recovering: (reason: string) =>
      `The ledger is frozen: ${reason}. It goes on by itself once every host has told what it has sent.`,
    everythingHeld: (reason: string) => `Everything is paused: ${reason}`,
    accountHeld: (account: string, reason: string) => `${account} is held: ${reason}`,
    brokenConfig: (file: string) =>
      `${file} cannot be used as it was saved. What was applied before goes on; once it is mended, it is applied by itself.`,
    moreProblems: (n: number) => `and ${n} more: "carillon check" shows them all`,
  },

  standing: {
    title: 'How things are',
    scheduler: 'Scheduler',
    neverRan:
      'The scheduler has never run here: nothing new is planned, and nothing that is lost is found again. Run "carillon start".',
    nothingRuns:
      'Carillon does not run: there is no scheduler and no worker, and nothing goes out. Run "carillon start".',
    late: (ago: string) =>
      `The scheduler last went over everything ${ago}: nothing new is planned, and nothing that is lost is found again. See whether "carillon start" still runs.`,
    ranLast: (ago: string) => `went over everything ${ago}`,
    appliesNot: 'Changes of the config are not applied by themselves.',
    workers: 'Workers',
    workersOf: (network: string, n: number) =>
      n === 1 ? `${network}: 1 is there` : `${network}: ${n} are there`,
    noWorker: (network: string) =>
      `No worker for ${network} is there: nothing goes out on its accounts. See whether "carillon start" still runs.`,
    accounts: 'Accounts',
    account: 'Account',
    state: 'State',
    connected: 'connected',
    notConnected: 'not connected',
    notConnectedRemedy: (account: string) =>
      `${account} is not connected: nothing can go out on it. Run "carillon connect ${account}".`,
    unknown: 'not known now',
    held: 'held',
    limited: (n: number) => `limited: ${n.toLocaleString('en-GB')} wait until`,
    spent: (spent: string) => `${spent} spent this month`,
    spentOf: (spent: string, budget: string) => `${spent} of ${budget} spent this month`,
    redis: 'Redis',
    redisAnswers: 'answers',
    noAccounts: 'The config has no accounts.',
  },

  plan: {
    asOf: (time: string) => `As of ${time}.`,
    again: 'Load it again',
    reading: 'The config is still being read and composed. Load this page again in a moment.',
    failed: 'The plan could not be made.',
    applies: 'The scheduler applies the config by itself: what stands here is done within moments.',
    appliesNot:
      'The scheduler does not apply the config by itself: "carillon apply" does what stands here.',
    noScheduler:
      'No scheduler runs: nothing of this is done before one does. Run "carillon start", or "carillon apply".',
    broken: 'The config cannot be used as it stands. What was applied before goes on.',
    problems: 'Problems of the config',
    noProblems: 'The config has no problems.',
    error: 'error',
    warning: 'warning',
    changes: 'What changes',
    nothing: (unchanged: number) =>
      unchanged === 0
        ? 'Nothing to do: the config has no publications, and neither has the ledger.'
        : `Nothing to do: ${unchanged.toLocaleString('en-GB')} ${unchanged === 1 ? 'publication is' : 'publications are'} as the config wants.`,
    sums: {
      add: (n: number) => `${n.toLocaleString('en-GB')} to add`,
      move: (n: number) => `${n.toLocaleString('en-GB')} to move`,
      update: (n: number) => `${n.toLocaleString('en-GB')} to update`,
      cancel: (n: number) => `${n.toLocaleString('en-GB')} to cancel`,
      late: (n: number) => `${n.toLocaleString('en-GB')} too late`,
      protected: (n: number) => `${n.toLocaleString('en-GB')} protected`,
      unchanged: (n: number) => `${n.toLocaleString('en-GB')} unchanged`,
    },
    actions: {
      add: 'to add',
      move: 'to move',
      update: 'to update',
      cancel: 'to cancel',
      late: 'too late',
      protected: 'protected',
    },
    action: 'Change',
    publication: 'Publication',
    time: 'Time',
    atOnce: 'now',
    wasPlannedFor: 'It was planned for',
    textChangesToo: 'Its text changes too.',
    postChanges: 'Its post changes.',
    lastMomentChanges: 'Its last moment (publishBy) changes.',
    thread: (n: number) => (n === 1 ? 'A thread: 1 post follows.' : `A thread: ${n} posts follow.`),
    moved: (publication: string, by: string) => `${publication} was moved by ${by} to`,
    waiting: (n: number) =>
      n === 1
        ? '1 publication waits for approval.'
        : `${n.toLocaleString('en-GB')} publications wait for approval.`,
    costs: 'What it costs',
    wouldCost: 'What it would cost outside the sandbox',
    month: 'Month',
    account: 'Account',
    allAccounts: 'all accounts',
    planned: 'Planned',
    spent: 'Spent',
    budget: 'Budget',
    overBudget: 'more than the budget',
    pricesAsOf: (days: string) => `Prices as of ${days}.`,
  },

  approvals: {
    nothing: 'Nothing waits for approval.',
    waits: (n: number) =>
      n === 1
        ? '1 publication waits for approval. It goes out only as it stands here.'
        : `${n.toLocaleString('en-GB')} publications wait for approval. Each goes out only as it stands here.`,
    goesOut: 'Goes out',
    lastMoment: 'at the latest',
    textUnknown: 'Its text is not known.',
    toPublication: 'All about it',
  },

  history: {
    search: 'Search names and texts',
    state: 'State',
    account: 'Account',
    any: 'any',
    show: 'Show',
    found: (n: number) => (n === 1 ? '1 publication' : `${n.toLocaleString('en-GB')} publications`),
    archived: (n: number) =>
      `${n.toLocaleString('en-GB')} older ${n === 1 ? 'one is' : 'ones are'} archived: the page of each still tells of it.`,
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

  publication: {
    post: (network: string) => `The post on ${network}`,
    next: 'What comes next',
    deeds: 'What you can do',
    story: 'Its story',
    facts: 'To know',
    attempts: 'Attempts',
    attempt: (n: number, part: number | undefined) =>
      part === undefined ? `Attempt ${n}` : `Attempt ${n}, part ${part}`,
    underWay: 'under way',
    images: 'What the images show',
    decoration: 'decoration, without a description',
    byHand: 'Post it by hand, step by step',
    byHandNext: 'A person posts this by hand, and says here at which address it is.',
    siblings: 'The same entry elsewhere',
    json: 'All that is known, as JSON',
    unknown: (name: string) => `There is no publication ${name}.`,
    textUnknown: 'Its text is not known: it was rebuilt from a journal.',
    textArchived: 'Its text stands in the archive.',
  },

  deeds: {
    back: 'No, go back',
    approve: {
      title: 'Approve',
      asks: 'Exactly this text goes out at exactly this time. Another text or time asks again.',
      field: '',
      isGrave: false,
    },
    hold: {
      title: 'Hold',
      asks: 'It is not sent until somebody releases it. Held beyond its last moment, it is missed.',
      field: 'Reason (if you like)',
      isGrave: false,
    },
    release: {
      title: 'Release',
      asks: 'It goes out at its time, or at once if that is past.',
      field: '',
      isGrave: false,
    },
    cancel: {
      title: 'Cancel',
      asks: 'It is taken out and stays out, also where the config still has it.',
      field: '',
      isGrave: true,
    },
    retry: {
      title: 'Send again',
      asks: 'It is not live, and is sent again as soon as a worker takes it.',
      field: '',
      isGrave: false,
    },
    confirm: {
      title: 'It is live',
      asks: 'The publication counts as published at this address.',
      field: 'Address of the post',
      isGrave: false,
    },
    move: {
      title: 'Move',
      asks: 'It goes out at this time instead, until its entry says another one.',
      field: 'New time',
      isGrave: false,
    },
    retract: {
      title: 'Take back',
      asks: 'The post is deleted on the network. It is never sent again.',
      field: 'Why it is taken back',
      isGrave: true,
    },
    deleted: {
      title: 'It is deleted',
      asks: 'You have looked: nothing of it is left on the network. It counts as taken back from now on.',
      field: '',
      isGrave: false,
    },
    pause: {
      title: 'Pause',
      asks: 'From this moment nothing is sent on this account. What has left already cannot be called back.',
      field: '',
      isGrave: false,
    },
    resume: {
      title: 'Let go on',
      asks: 'What waited goes out, one by one; what is too late is missed.',
      field: '',
      isGrave: false,
    },
    stop: {
      title: 'Stop everything',
      asks: 'From this moment nothing is sent anywhere. What has left already cannot be called back.',
      field: '',
      isGrave: true,
    },
  },

  doing: {
    resumeAll: 'Let everything go on',
    allAccounts: 'All accounts',
    doneBefore: 'This was asked for already. How it stands now is shown here.',
    changed: 'Its text or its time has changed since it was shown: look at it again.',
    unknownAccount: (name: string) => `The config has no account ${name}.`,
  },

  accounts: {
    none: 'The config has no accounts.',
    whose: 'Whose it is',
    whoseUnknown: 'Not asked yet: the scheduler asks once a day.',
    access: 'Access',
    toConnect: 'To connect it, type',
    goesOn: 'Goes on.',
    limits: 'Limits',
    ownLimit: (posts: number, perMs: number) =>
      `At most ${posts} posts in ${sayDuration(perMs)}, as the config says.`,
    noLimits: 'No limit holds anything back.',
    money: 'Money in',
    spent: (spent: string, reserved: string | undefined, budget: string | undefined) =>
      [
        `${spent} spent`,
        ...(reserved === undefined ? [] : [`${reserved} set aside for what is under way`]),
        ...(budget === undefined ? [] : [`of a budget of ${budget}`]),
      ].join(', '),
    wouldBe: 'It would be so outside the sandbox.',
    findings: 'What the doctor found',
    noFindings: 'Nothing is wrong, as far as it was looked at.',
  },

  handOff: {
    title: (network: string) => `Post this on ${network}`,
    due: 'due',
    until: 'at the latest',
    copy: 'Copy the text',
    text: 'Text of the post',
    copyButton: 'Copy the text',
    copied: 'Copied',
    copyByHand: 'The text is selected: copy it with the menu of your device.',
    images: (n: number) => (n === 1 ? 'Save the image' : `Save the ${n} images, in this order`),
    download: 'Save',
    alt: 'Description:',
    open: (network: string) => `Open ${network} and paste`,
    openButton: 'Open the composer',
    paste: 'Say where it is',
    address: 'Address of the post',
    done: 'Done: it is live',
    link: 'Link that goes along:',
    noAddress:
      'This is no address. Open the post on the network, copy the address of that page (it begins with https://), and paste it here.',
    notAPost: (network: string) =>
      `This leads to ${network}, but not to a post: perhaps to the channel, or to a video. Open the post itself (its time leads there) and copy that address.`,
    otherNetwork: (given: string, wanted: string) =>
      `This is an address on ${given}; this one goes on ${wanted}. Copy the address of the post there.`,
    elsewhere: (host: string, wanted: string) =>
      `${host} is not ${wanted}. Open the post on ${wanted} and copy its address.`,
    liveElsewhere: (url: string) =>
      `Somebody else has said meanwhile that it is live at ${url}. Look there: if your post is another one, it is there twice. Then delete yours.`,
    isLive: 'It is published. There is nothing left to do.',
    isNotDue: (state: string) => `This one is not to be posted by hand now: it is ${state}.`,
    rewritten:
      'Its text was changed while you were posting it. Compare your post with it, and if it differs, change your post on the network.',
    toPublication: 'All about this publication',
  },

  link: {
    approve: 'Approve this post',
    madeFor: (name: string) => `This link was made for ${name}. It does this one thing, until`,
    asks: 'Exactly this text goes out at exactly this time. Another text or time asks again.',
    approved: (by: string) => `This post is approved, by ${by}. There is nothing left to do.`,
    altered: 'This link is not whole. Open it exactly as it was sent, or ask for a new one.',
    over: 'This link has ended. Ask for a new one.',
    used: 'This link was used already. Ask for a new one if there is still something to do.',
    rewritten:
      'The text or the time has changed since this link was made. Ask for a new link: it shows how it is by then.',
    gone: 'What this link is about is not planned any more.',
    notWaiting: (state: string) =>
      `This post does not wait for an approval any more: it is ${state}.`,
    tooMany: 'Too many wrong links. Wait a quarter of an hour, then open yours again.',
    title: 'Link',
  },
};
