import { type Callback, readCallback } from './read-callback.ts';

/**
 * Reads what a person pastes: the address of the page that the browser landed on, or the code in it. A code alone
 * comes without its state; PKCE still ties it to our request.
 */
export function readPasted(pasted: string, state: string): Callback {
  const text = pasted.trim().replace(/^<(.*)>$/, '$1');
  if (/^https?:\/\//i.test(text)) {
    if (!URL.canParse(text)) return foreign('This is no whole address. Copy it again.');
    const url = new URL(text);
    const query = url.searchParams.has('state')
      ? url.searchParams
      : new URLSearchParams(url.hash.slice(1));
    if (!query.has('state'))
      return foreign(
        'There is no code in this address. Copy the address of the page that the browser shows after you have allowed access: the page itself may say that it cannot be reached.',
      );
    return readCallback(query, state);
  }
  // Facebook ends its addresses with `#_=_`.
  const code = text.replace(/#_=_$/, '');
  if (code === '' || code.length > 4096 || /\s/.test(code))
    return foreign('This is neither an address nor a code. Copy the whole address of the page.');
  return { kind: 'code', code: decode(code) };
}

/** As it stands in an address, a code may be written with `%2F` and the like. */
function decode(code: string): string {
  try {
    return /%[0-9a-f]{2}/i.test(code) ? decodeURIComponent(code) : code;
  } catch {
    return code;
  }
}

function foreign(message: string): Callback {
  return { kind: 'foreign', message };
}
