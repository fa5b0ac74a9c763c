import type { AlertLine, AlertMessage } from './message.ts';

/** A message as Slack and its like show it. Nothing that others wrote is read as a mention, a link or an emphasis. */
export function slackText({ title, lines, more, isSandbox }: AlertMessage): string {
  return [
    `*Carillon${isSandbox ? ' (Sandbox)' : ''}: ${escapeSlack(title)}*`,
    ...lines.map(lineOf),
    ...(more > 0 ? [`… and ${more.toLocaleString('en-US')} more`] : []),
  ].join('\n');
}

function lineOf({ label, message, advice, url }: AlertLine): string {
  const link = url === undefined ? '' : `<${url}|Open>`;
  const parts = [`*${label}:* ${defuse(escapeSlack(message))}`, escapeSlack(advice), link];
  return `• ${parts.filter((part) => part !== '').join(' ')}`;
}

const ZERO_WIDTH_SPACE = '\u200B';
const WORD_JOINER = '\u2060';

/** Slack reads three characters as its own; Mattermost and others mentions besides. */
function escapeSlack(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/@(?=channel|here|everyone|all)/giu, `@${ZERO_WIDTH_SPACE}`);
}

/** What others wrote makes no emphasis and no address that can be clicked. */
function defuse(text: string): string {
  return text
    .replaceAll(/(?<=[*_~`])|(?=[*_~`])/gu, WORD_JOINER)
    .replaceAll('://', `:${WORD_JOINER}//`)
    .replaceAll(/\bwww\./giu, (start) => `${start.slice(0, -1)}${WORD_JOINER}.`);
}
