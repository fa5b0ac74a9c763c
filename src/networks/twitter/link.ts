import { isWholeLink } from './count.ts';

/**
 * The link in a form that X makes a link of from its first character to its last: X ends an address at
 * letters of most scripts and at a full stop, which are written in per cent then. Other links stay as they are.
 */
export function toPostableLink(link: string): string {
  if (isWholeLink(link)) return link;

  const href = URL.canParse(link) ? new URL(link).href : link;
  const escaped = href.replace(/[^\w/?&=#:%.~+@-]/gu, escapeCharacter).replace(/\.$/u, '%2E');
  return [href, escaped].find(isWholeLink) ?? link;
}

function escapeCharacter(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
    '',
  );
}
