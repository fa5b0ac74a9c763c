import type { AlertLine, AlertMessage } from './message.ts';

/** The subject and the text of a message as a mail. Only plain text, in which nothing is read as a command. */
export function mailText(message: AlertMessage): {
  readonly subject: string;
  readonly text: string;
} {
  const { title, lines, more, isSandbox } = message;
  return {
    subject: `[Carillon${isSandbox ? ' Sandbox' : ''}] ${title}`.slice(0, 200),
    text: [
      ...(isSandbox ? ['Sandbox: nothing of this has reached a real network.', ''] : []),
      ...lines.flatMap((line) => [...linesOf(line), '']),
      ...(more > 0 ? [`… and ${more.toLocaleString('en-US')} more`, ''] : []),
    ].join('\n'),
  };
}

function linesOf({ label, message, advice, url }: AlertLine): readonly string[] {
  return [`${label}: ${message}`, advice, url ?? ''].filter((line) => line !== '');
}
