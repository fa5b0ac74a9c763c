import { parseArgs } from 'node:util';
import { type Call, CallError, type Io } from './call.ts';
import { COMMANDS, type Command, findCommand } from './command-table.ts';
import { COMMON_OPTIONS, isOptionName, OPTIONS, type OptionName, optionInfo } from './options.ts';

/** What is asked for: a command, or something that needs none to run. */
export type Request =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly command: Command | undefined }
  | { readonly kind: 'run'; readonly command: Command; readonly call: Call };

interface GivenOption {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly isInline: boolean;
}

/** Reads the words of the command line. Options may stand anywhere. @throws {CallError} */
export async function parseRequest(argv: readonly string[], io: Io): Promise<Request> {
  const { words, given } = readWords(argv);
  const isAsked = (name: string) => given.some((option) => option.name === name);
  if (isAsked('version')) return { kind: 'version' };

  const [name, ...args] = words[0] === 'help' ? words.slice(1) : words;
  const wantsHelp = isAsked('help') || words[0] === 'help' || argv.length === 0;
  if (name === undefined) {
    if (wantsHelp) return { kind: 'help', command: undefined };
    throw new CallError('There is no command. "carillon --help" lists them all.');
  }
  const command = findCommand(name);
  if (command === undefined) throw await unknownCommand(name);
  if (wantsHelp) return { kind: 'help', command };

  const options = await checkOptions(command, given);
  checkArgs(command, args);
  const call: Call = {
    command: command.name,
    args,
    has: (option) => options.has(option),
    valueOf: (option) => options.get(option),
    io,
  };
  return { kind: 'run', command, call };
}

function readWords(argv: readonly string[]): { words: string[]; given: GivenOption[] } {
  const options = Object.fromEntries(
    Object.keys(OPTIONS).map((name) => {
      const takesValue = isOptionName(name) && optionInfo(name).value !== undefined;
      return [name, { type: takesValue ? ('string' as const) : ('boolean' as const) }];
    }),
  );
  const { tokens, positionals: words } = parseArgs({
    args: [...argv],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given: GivenOption[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    given.push({ name, rawName, value, isInline: inlineValue === true });
  }
  return { words, given };
}

async function checkOptions(
  command: Command,
  given: readonly GivenOption[],
): Promise<ReadonlyMap<OptionName, string>> {
  const allowed: readonly OptionName[] = [...COMMON_OPTIONS, ...command.options];
  const options = new Map<OptionName, string>();
  for (const { name, rawName, value, isInline } of given) {
    if (!isOptionName(name) || !allowed.includes(name)) {
      throw await unknownOption(command, rawName, allowed);
    }
    const { value: wanted } = optionInfo(name);
    if (wanted === undefined && value !== undefined) {
      throw new CallError(`${rawName} takes no value: write it alone.`);
    }
    // A dash alone is the standard output.
    const isForgotten = !value || (!isInline && /^-./.test(value));
    if (wanted !== undefined && isForgotten) {
      throw new CallError(`${rawName} wants a value: write ${rawName} ${wanted}.`);
    }
    options.set(name, value ?? '');
  }
  return options;
}

function checkArgs({ name, args: wanted }: Command, args: readonly string[]): void {
  const least = wanted.filter((arg) => !arg.startsWith('[')).length;
  const most = wanted.some((arg) => arg.includes('…')) ? Number.POSITIVE_INFINITY : wanted.length;
  const usage = `Write: carillon ${[name, ...wanted].join(' ')}`;
  if (args.length < least) {
    const missing = wanted.slice(args.length, least).join(' and ');
    throw new CallError(`"carillon ${name}" wants ${missing}. ${usage}`);
  }
  if (args.length > most) {
    throw new CallError(`"${args[most]}" is more than "carillon ${name}" takes. ${usage}`);
  }
}

async function unknownCommand(name: string): Promise<CallError> {
  const { findNearest } = await import('../core/nearest.ts');
  const nearest = findNearest(
    name,
    COMMANDS.map((command) => command.name),
  );
  const ask = nearest ? `Did you mean "${nearest}"?` : '"carillon --help" lists them all.';
  return new CallError(`There is no command "${name}". ${ask}`);
}

async function unknownOption(
  command: Command,
  rawName: string,
  allowed: readonly OptionName[],
): Promise<CallError> {
  const { findNearest } = await import('../core/nearest.ts');
  const nearest = findNearest(
    rawName,
    allowed.map((name) => `--${name}`),
  );
  const ask = nearest
    ? `Did you mean "${nearest}"?`
    : `"carillon ${command.name} --help" lists its options.`;
  return new CallError(`"carillon ${command.name}" does not know ${rawName}. ${ask}`);
}
