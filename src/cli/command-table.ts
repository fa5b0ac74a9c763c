import type { CommandModule } from './call.ts';
import { CHOOSING, type OptionName } from './options.ts';

/** A row of the table of commands. */
export interface Command {
  readonly name: string;
  /** What it takes beside options: `NAME`, `[NAME]` if it may be left out, `…` if there may be several. */
  readonly args: readonly string[];
  readonly summary: string;
  /** Options of its own, beside those that every command takes. */
  readonly options: readonly OptionName[];
  /** Further paragraphs of its help. */
  readonly details?: readonly string[];
  /** The command's own file is read only when it runs, so that help answers at once. */
  load(): Promise<CommandModule>;
}

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

const MANY =
  'Name several, or choose them by options: they are listed, and you are asked before anything is done.' +
  ' --yes does it unasked. Exits with 1 if any was refused.';

const PAUSES =
  'What is due goes out with a pause between two posts of an account (publishing.resumeGap).';

/** Every command. Adding one: its file, and its row here. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    title: 'Prepare',
    commands: [
      {
        name: 'init',
        args: [],
        summary: 'write a first config, for the sandbox',
        options: ['yes', 'timezone', 'networks', 'name'],
        details: [
          'Asks for what it needs to know; with --yes it takes the usual answers. Never changes a config that is there.',
        ],
        load: () => import('./init.ts'),
      },
      {
        name: 'check',
        args: [],
        summary: 'look for mistakes in the config and compose every post',
        options: ['json', 'online'],
        details: [
          'Needs no Redis. Exits with 2 if anything has to be mended; warnings alone count as fine.',
          'With --online every link is followed as a network would: does it answer, is it a login page or says "not found", which card will it make? What is wrong is a warning, and with "preflight: strict" an error.',
        ],
        load: () => import('./check.ts'),
      },
      {
        name: 'preview',
        args: ['[ENTRY]'],
        summary: 'show what every account will post',
        options: ['json', 'html', 'online'],
        details: [
          'ENTRY is the id of one entry of the config, or of a feed: then its newest articles are read now. Needs no Redis.',
          'With --html FILE one page shows every post as its network will. It stands alone: it can be sent by mail, and asks for nothing when it is opened. With --online it has the cards of the links as their pages make them.',
        ],
        load: () => import('./preview.ts'),
      },
      {
        name: 'import',
        args: ['TABLE'],
        summary: 'make entries of a table: CSV as for Buffer, Publer or by hand',
        options: ['into', 'accounts', 'dates', 'timezone', 'json'],
        details: [
          'The first line names the columns: Text and Posting Time, or Text and Date, and perhaps Link. Times are in' +
            " the config's zone, or in that of --timezone.",
          'A line keeps its id from run to run: what the config has already is not added again. Exits with 1 if a' +
            ' line could not be taken; the others are.',
        ],
        load: () => import('./import.ts'),
      },
      {
        name: 'calendar',
        args: [],
        summary: 'show what goes out day by day, or write it as a calendar file',
        options: ['ics', 'json'],
        details: [
          'Needs no Redis: then it is what the config plans. Where there is a ledger, it has the last word: what' +
            ' went out has its address, and what is cancelled says so.',
        ],
        load: () => import('./calendar.ts'),
      },
      {
        name: 'rehearse',
        args: [],
        summary: 'play what would happen, with time that jumps from event to event',
        options: ['from', 'to', 'html', 'fault', 'json'],
        details: [
          'Runs the ledger, the queues and the workers against a sandbox of its own and in a Redis of its own, all of' +
            ' which is removed afterwards. Starts as if nothing had gone out before, takes approvals to be given in' +
            ' time, and asks no feed. Exits with 1 if anything would fail or be missed.',
        ],
        load: () => import('./rehearse.ts'),
      },
      {
        name: 'plan',
        args: [],
        summary: 'show what apply would change, and change nothing',
        options: ['json', 'detailed-exitcode'],
        load: () => import('./plan.ts'),
      },
      {
        name: 'apply',
        args: [],
        summary: 'make the queues match the config',
        options: ['yes', 'json'],
        details: [
          'Applying twice changes nothing. What is published already stays as it is. A plan that goes beyond a budget is asked about before.',
        ],
        load: () => import('./apply.ts'),
      },
    ],
  },
  {
    title: 'Connect',
    commands: [
      {
        name: 'connect',
        args: ['[ACCOUNT]'],
        summary: 'give Carillon access to an account, or list how each has it',
        options: ['way', 'port', 'no-browser', 'redirect', 'forget', 'yes', 'json'],
        details: [
          'Shows an address of the network, where you log in and allow it. Stores what the network gives, sealed, and' +
            ' says how long it lasts. Nothing is changed if it does not come to its end.',
          "The network's portal must have the address to come back to, exactly: http://127.0.0.1:8422/callback for X and" +
            ' YouTube, http://localhost:8422/callback for Facebook.',
        ],
        load: () => import('./connect.ts'),
      },
      {
        name: 'password',
        args: ['[NAME]'],
        summary: 'make the line of .env with a password of the dashboard, hashed',
        options: [],
        details: [
          'Asks twice, and prints a line for the person of that name under "dashboard: { people: … }" in the config; without' +
            ' NAME the one that lets its owner do everything. Nothing is stored: put the line into .env yourself.',
        ],
        load: () => import('./password.ts'),
      },
    ],
  },
  {
    title: 'Run',
    commands: [
      {
        name: 'start',
        args: [],
        summary: 'run everything',
        options: ['yes'],
        details: [
          'With "sandbox: false" it says which real accounts it will post to and what goes out at once, and asks once.' +
            ' --yes agrees unasked, as where a service starts it. It asks again only for accounts that are new.',
        ],
        load: () => import('./start.ts'),
      },
      {
        name: 'scheduler',
        args: [],
        summary: 'run the scheduler alone, which applies the config whenever it is saved',
        options: ['no-apply'],
        details: [
          'The config, the files it names and .env are watched. A config that cannot be used changes nothing;' +
            ' "carillon status" shows what is wrong with it. A change of "sandbox" or of Carillon’s own variables' +
            ' takes a new start.',
        ],
        load: () => import('./run-process.ts'),
      },
      {
        name: 'worker',
        args: ['NETWORK'],
        summary: 'run the worker of one network alone: twitter, facebook or youtube',
        options: [],
        load: () => import('./run-process.ts'),
      },
      {
        name: 'dashboard',
        args: [],
        summary: 'run the dashboard alone',
        options: [],
        load: () => import('./run-process.ts'),
      },
      {
        name: 'sandbox',
        args: [],
        summary: 'run the sandbox alone',
        options: [],
        load: () => import('./run-process.ts'),
      },
    ],
  },
  {
    title: 'Look',
    commands: [
      {
        name: 'status',
        args: [],
        summary: 'list every publication and its state',
        options: [...CHOOSING, 'json'],
        load: () => import('./status.ts'),
      },
      {
        name: 'show',
        args: ['PUBLICATION'],
        summary: 'tell the whole story of one publication',
        options: ['json'],
        details: ['A publication is named ENTRY/ACCOUNT, as "carillon status" lists it.'],
        load: () => import('./show.ts'),
      },
      {
        name: 'feeds',
        args: [],
        summary: 'tell how the feeds are, and what of them goes out next',
        options: ['json'],
        details: [
          '"carillon preview FEED" reads a feed now, and shows what its newest articles would look like.',
        ],
        load: () => import('./feeds.ts'),
      },
      {
        name: 'verify',
        args: [],
        summary: 'read the accounts back and compare with the ledger',
        options: ['json', 'since'],
        details: [
          'Exits with 1 if a post is missing or there twice. Accounts that cannot be read count as unknown.',
        ],
        load: () => import('./verify.ts'),
      },
      {
        name: 'doctor',
        args: [],
        summary: 'check Redis, disk, clocks, accounts and their tokens',
        options: ['json'],
        details: [
          'Asks every account once, which costs a cent on X. The scheduler does the same once a day.',
          'Exits with 1 if there is an error. A note is no fault: it is what no program can see.',
        ],
        load: () => import('./doctor.ts'),
      },
      {
        name: 'alert',
        args: ['test'],
        summary: 'send a test to everybody whom "alerts:" in the config names',
        options: ['json'],
        details: [
          'Says for each channel whether the message was taken. Exits with 1 if any was not. Needs no Redis.',
        ],
        load: () => import('./alert.ts'),
      },
    ],
  },
  {
    title: 'Act',
    commands: [
      {
        name: 'pause',
        args: ['[ACCOUNT…]'],
        summary: 'send nothing more to these accounts, or to any',
        options: [],
        details: ['What is due meanwhile waits. A request that has left cannot be called back.'],
        load: () => import('./pause.ts'),
      },
      {
        name: 'resume',
        args: ['[ACCOUNT…]'],
        summary: 'let paused accounts go on, one post after another',
        options: [],
        details: [
          'What has waited goes out with a pause between two posts of an account (publishing.resumeGap);' +
            ' what is too late by then is missed, and stays unsent.',
        ],
        load: () => import('./resume.ts'),
      },
      {
        name: 'approve',
        args: ['[PUBLICATION…]'],
        summary: 'let publications go out that wait for approval',
        options: ['by', ...CHOOSING, 'yes', 'json'],
        details: [
          'Shows each post and asks. What is approved is exactly this text at exactly this time: another text or time' +
            ' asks again.',
          MANY,
          PAUSES,
        ],
        load: () => import('./approve.ts'),
      },
      {
        name: 'move',
        args: ['[PUBLICATION…]', 'TIME'],
        summary: 'give publications another time',
        options: [...CHOOSING, 'yes', 'json'],
        details: [
          'TIME is written as in the config, such as "2026-11-24 09:00" or now. It holds until the entry in the config' +
            ' asks for another time than it does; "carillon plan" shows what was moved.',
          MANY,
        ],
        load: () => import('./move.ts'),
      },
      {
        name: 'hold',
        args: ['[PUBLICATION…]'],
        summary: 'keep publications from going out until they are released',
        options: ['reason', ...CHOOSING, 'yes', 'json'],
        details: [
          'They stay held whatever text or time the config gives them, and whatever their account does. What is held' +
            ' beyond its last moment is missed.',
          MANY,
        ],
        load: () => import('./hold.ts'),
      },
      {
        name: 'release',
        args: ['[PUBLICATION…]'],
        summary: 'let held publications go out',
        options: [...CHOOSING, 'yes', 'json'],
        details: [MANY, PAUSES],
        load: () => import('./release.ts'),
      },
      {
        name: 'retry',
        args: ['[PUBLICATION…]'],
        summary: 'send failed or missed publications again',
        options: ['not-posted', ...CHOOSING, 'yes', 'json'],
        details: [
          'A publication that may be live is refused: Carillon is looking for it. If you have looked at the account' +
            ' yourself and it is not there, --not-posted sends it again. If it was there after all, it is there twice.',
          MANY,
          PAUSES,
        ],
        load: () => import('./retry.ts'),
      },
      {
        name: 'cancel',
        args: ['[PUBLICATION…]'],
        summary: 'take out publications that have not gone out',
        options: [...CHOOSING, 'yes', 'json'],
        details: ['They stay out, even while the config has them.', MANY],
        load: () => import('./cancel.ts'),
      },
      {
        name: 'retract',
        args: ['[PUBLICATION…]'],
        summary: 'delete from the networks what is published',
        options: ['reason', 'done', ...CHOOSING, 'yes', 'json'],
        details: [
          'The id of an entry stands for all of its publications that are out. Who wants it and why is recorded first; what' +
            ' a network puts off, or a crash breaks off, Carillon goes on with by itself. What is retracted is never sent' +
            ' again. A pause does not stop it.',
          'What a person has posted, or the network refuses to delete, a person deletes: --done records that it is gone.',
          MANY,
        ],
        load: () => import('./retract.ts'),
      },
      {
        name: 'correct',
        args: ['[PUBLICATION…]'],
        summary: 'bring a changed text of the config to what is published already',
        options: ['done', 'yes', 'json'],
        details: [
          'Shows what changes, word by word, and asks. On a Facebook Page and on YouTube (api) the text is changed in place.' +
            ' On X, which does not allow that, the post is deleted and posted anew as ENTRY~2/ACCOUNT.',
          'Where a person posts, --done records that a person has changed the text on the network.',
        ],
        load: () => import('./correct.ts'),
      },
      {
        name: 'confirm',
        args: ['PUBLICATION', 'URL'],
        summary: 'say that a publication is live, and where',
        options: [],
        load: () => import('./confirm.ts'),
      },
      {
        name: 'link',
        args: ['approve|hand-off', 'PUBLICATION'],
        summary: 'make a link for somebody who does not enter the dashboard',
        options: ['for', 'for-days', 'json'],
        details: [
          'approve: whoever has it may approve exactly this text at this time, once. hand-off: may post it by hand and say' +
            ' where it is. Nothing else. What is done with it is recorded with the name of whom it was made for.',
          'It begins with the "url" under "dashboard" in the config, and ends after 7 days unless --for-days says otherwise.',
        ],
        load: () => import('./link.ts'),
      },
      {
        name: 'rekey',
        args: [],
        summary: 'seal the tokens of all accounts with a new key',
        options: [],
        details: [
          'Makes the key in the data directory anew, also while everything runs; if it is interrupted, run it again.' +
            ' With a key of your own, put the new one into CARILLON_SECRET_KEY and the one in use into' +
            ' CARILLON_OLD_SECRET_KEY, wherever Carillon runs, then rekey.',
        ],
        load: () => import('./rekey.ts'),
      },
      {
        name: 'backup',
        args: ['FILE'],
        summary: 'write all that Carillon remembers in Redis to a file, while it runs',
        options: ['json'],
        details: [
          'Publications, images, feeds, alerts and the sealed tokens. Not the key that opens them, and not the journals and' +
            ' the archive in the data directory: keep copies of those too. The file suits every version of Redis and Valkey; an' +
            ' older backup of the same name goes once this one is whole.',
        ],
        load: () => import('./backup.ts'),
      },
      {
        name: 'restore',
        args: ['FILE'],
        summary: 'bring back what "carillon backup" has written',
        options: ['replace', 'keep-frozen', 'json'],
        details: [
          'Stop Carillon everywhere before. A file that is cut off, damaged or of the other ledger changes nothing, and' +
            ' neither does one that would take the place of publications, unless --replace says so.',
          'Nothing goes out twice: the journals of this host are read, and what may have gone out since the backup is looked' +
            ' for on its account first. If it is broken off, nothing is sent until it is run again.',
        ],
        load: () => import('./restore.ts'),
      },
      {
        name: 'archive',
        args: [],
        summary: 'move what is over for long from Redis to files, as the scheduler does once a day',
        options: ['before', 'json'],
        details: [
          'What ended longer ago than "ledger: { keep: 400d }" in the config says, or before --before, goes to a file for' +
            ' each month, a line of JSON for each publication. Enough stays in Redis that none of it ever goes out again;' +
            ' "carillon show" reads the file. Include the data directory in your backups.',
        ],
        load: () => import('./archive.ts'),
      },
      {
        name: 'freeze',
        args: ['[REASON…]'],
        summary: 'stop all sending until thaw, as before a restore of Redis',
        options: [],
        load: () => import('./freeze.ts'),
      },
      {
        name: 'thaw',
        args: [],
        summary: 'let a frozen ledger go on',
        options: [],
        details: ['What is due soon is looked for on the accounts before it is sent.'],
        load: () => import('./thaw.ts'),
      },
    ],
  },
];

export const COMMANDS: readonly Command[] = COMMAND_GROUPS.flatMap(({ commands }) => commands);

export function findCommand(name: string): Command | undefined {
  return COMMANDS.find((command) => command.name === name);
}
