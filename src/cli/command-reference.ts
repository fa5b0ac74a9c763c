import { COMMAND_GROUPS, type Command } from './command-table.ts';
import { usageOf } from './help.ts';
import { COMMON_OPTIONS, type OptionName, optionInfo } from './options.ts';

/** The page with every command: docs/commands.md. */
export function renderCommandReference(): string {
  return [
    '# Every command',
    '',
    'Written by `npm run schema` from the table of commands; `carillon COMMAND --help` says the same. `[…]` may be left out,',
    'and after `…` there may be several.',
    '',
    '| exit status | means |',
    '| --- | --- |',
    '| 0 | done |',
    '| 1 | it failed |',
    '| 2 | the config or the call is wrong |',
    '',
    'What `--json` prints: [JSON](json.md). Every command takes:',
    '',
    ...linesOfOptions(COMMON_OPTIONS),
    ...COMMAND_GROUPS.flatMap(({ title, commands }) => [
      `## ${title}`,
      '',
      ...commands.flatMap(linesOfCommand),
    ]),
  ].join('\n');
}

function linesOfCommand(command: Command): readonly string[] {
  const { name, summary, details = [], options } = command;
  return [
    `### ${name}`,
    '',
    `\`carillon ${usageOf(command)}\`: ${plain(summary)}.`,
    '',
    ...details.flatMap((paragraph) => [plain(paragraph), '']),
    ...(options.length === 0 ? [] : linesOfOptions(options)),
  ];
}

function linesOfOptions(names: readonly OptionName[]): readonly string[] {
  const rows = names.map((name) => {
    const { value, about } = optionInfo(name);
    return `| \`--${name}${value === undefined ? '' : ` ${value}`}\` | ${plain(about)} |`;
  });
  return ['| option | |', '| --- | --- |', ...rows, ''];
}

/** Words as they stand on a page: nothing of them is taken for a mark of it. */
function plain(text: string): string {
  return text.replace(/[|*<]/g, (mark) => `\\${mark}`);
}
