import { COMMAND_GROUPS, type Command, type CommandGroup } from './command-table.ts';
import { COMMON_OPTIONS, type OptionName, optionInfo } from './options.ts';

const WIDTH = 80;

/** What `carillon --help` prints. */
export function helpOfAll(): string {
  return [
    'Carillon publishes what a config file says: each post once, and on time.',
    '',
    'Usage: carillon COMMAND [options]',
    '',
    ...COMMAND_GROUPS.flatMap((group) => [...linesOfGroup(group), '']),
    '"carillon COMMAND --help" says more of one. Exit status: 0 done; 1 it failed;',
    '2 the config or the call is wrong.',
    '',
  ].join('\n');
}

/** What `carillon COMMAND --help` prints. */
export function helpOfCommand({ name, args, summary, options, details = [] }: Command): string {
  const usage = ['carillon', name, ...args, '[options]'].join(' ');
  const rows = [...options, ...COMMON_OPTIONS].map((option) => [titleOf(option), option] as const);
  const widest = Math.max(...rows.map(([title]) => title.length));
  return [
    `Usage: ${usage}`,
    '',
    ...fold(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, ''),
    ...details.flatMap((paragraph) => ['', ...fold(paragraph, '')]),
    '',
    'Options',
    ...rows.flatMap(([title, option]) => row(title, widest, optionInfo(option).about)),
    '',
  ].join('\n');
}

function linesOfGroup({ title, commands }: CommandGroup): string[] {
  const all = COMMAND_GROUPS.flatMap((group) => group.commands);
  const widest = Math.max(...all.map((command) => usageOf(command).length));
  return [title, ...commands.flatMap((one) => row(usageOf(one), widest, one.summary))];
}

/** What is typed after `carillon`. */
export function usageOf({ name, args }: Command): string {
  return [name, ...args].join(' ');
}

function titleOf(option: OptionName): string {
  const { value } = optionInfo(option);
  return value === undefined ? `--${option}` : `--${option} ${value}`;
}

function row(title: string, widest: number, about: string): string[] {
  const indent = ' '.repeat(widest + 4);
  const [first = '', ...rest] = fold(about, indent);
  return [`  ${title.padEnd(widest)}  ${first.trimStart()}`, ...rest];
}

/** Breaks a sentence of plain words into lines behind an indent. */
function fold(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}
