import { decodeEntities } from '../articles/entities.ts';
import type { Sight } from '../core/sight.ts';
import { FetchError } from '../fetching/fetch-error.ts';
import type { Fetched, SafeFetch } from '../fetching/fetch-safely.ts';
import type { PublicLook } from '../networks/network.ts';

export interface PostToLookAt {
  /** Where strangers find it. */
  readonly address: string;
  readonly text: string;
  readonly networkName: string;
  readonly rules: Omit<PublicLook, 'address'>;
}

const maxBytes = 3_000_000;
/** So many letters of a text are its own. */
const ENOUGH = 24;
const LOGIN =
  /\/(?:login|signin|checkpoint|consent|challenge|flow)\b|accounts\.google\.com|consent\./i;

/** Looks at a post as somebody does who is not logged in. Never throws, and sends nothing but one request to read. */
export async function lookAtPost(post: PostToLookAt, fetch: SafeFetch): Promise<Sight> {
  const { address, networkName, rules } = post;
  try {
    const accept = 'text/html, application/json;q=0.9, */*;q=0.1';
    return judge(post, await fetch(address, { accept, maxBytes }));
  } catch (error) {
    const status = error instanceof FetchError ? error.status : undefined;
    if (status !== undefined && rules.hidden.includes(status))
      return hidden(post, `answers ${status}`);
    const said = error instanceof FetchError ? error.message : 'It could not be read.';
    return unproven(`${networkName} showed nothing to a stranger. ${said.split(/(?<=\.) /)[0]}`);
  }
}

function judge({ text, networkName, rules, ...post }: PostToLookAt, answer: Fetched): Sight {
  const visible: Sight = { seen: 'visible', message: 'Strangers see the post.', advice: '' };
  if (rules.isProof) return visible;
  if (LOGIN.test(new URL(answer.url).href)) {
    return unproven(`${networkName} only asks a stranger to log in.`);
  }
  const page = decodeEntities(answer.bytes.toString('utf8'));
  if (shows(page, text)) return visible;
  if (rules.hiddenWords?.test(page)) {
    return hidden({ text, networkName, rules, ...post }, 'says that it is not available');
  }
  return unproven(
    `${networkName} answered a stranger with a page that does not show the words of the post.`,
  );
}

/** Whether the words with which a text begins stand on a page, in what is read or in what it says of itself. */
function shows(page: string, text: string): boolean {
  const [beginning = ''] = text.split(/https?:/);
  const letters = lettersOf(beginning).slice(0, ENOUGH);
  if (letters.length < ENOUGH / 2) return false;
  return [page, page.replace(/<[^<>]*>/g, ' ')].some((one) => lettersOf(one).includes(letters));
}

function lettersOf(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join('');
}

function hidden({ networkName, rules }: PostToLookAt, what: string): Sight {
  const message = `Strangers do not see the post: ${networkName} ${what}.`;
  return { seen: 'hidden', message, advice: rules.advice };
}

function unproven(message: string): Sight {
  return { seen: 'unproven', message: `${message} That proves nothing.`, advice: '' };
}
