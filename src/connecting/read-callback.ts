import { isSameSecret } from './authorization.ts';

/** What a network says when it sends the browser back. */
export type Callback =
  | { readonly kind: 'code'; readonly code: string }
  /** The network or the person said no. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Not an answer to our request: it counts for nothing. */
  | { readonly kind: 'foreign'; readonly message: string };

const longestCode = 4096;

/** Reads what came back beside the address. Whatever has not our state is not ours, errors included. */
export function readCallback(query: URLSearchParams, state: string): Callback {
  const [given, ...more] = query.getAll('state');
  if (given === undefined || more.length > 0 || !isSameSecret(given, state))
    return {
      kind: 'foreign',
      message:
        'This does not belong to the connection that was begun here: its "state" is another. It may be of an earlier try, or somebody else made it up.',
    };
  const error = query.get('error');
  if (error !== null) return { kind: 'refused', message: sayError(error, query) };
  const codes = query.getAll('code');
  const [code = ''] = codes;
  if (codes.length !== 1 || code === '' || code.length > longestCode)
    return { kind: 'refused', message: 'The network sent no code back. Connect again.' };
  return { kind: 'code', code };
}

function sayError(error: string, query: URLSearchParams): string {
  const words = (query.get('error_description') ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  const said = words === '' ? '' : ` It says: "${words}"`;
  switch (error) {
    case 'access_denied':
      return 'Access was refused on the page of the network. Connect again and allow it, logged in as the right account.';
    case 'unauthorized_client':
    case 'invalid_client':
      return `The network does not take the app as it is set up in its portal.${said}`;
    case 'invalid_scope':
      return `The app may not ask for what Carillon needs: look at its permissions in the network's portal.${said}`;
    case 'redirect_uri_mismatch':
      return `The address to come back to is not the one in the network's portal.${said}`;
    case 'server_error':
    case 'temporarily_unavailable':
      return `The network has trouble of its own. Connect again in a while.${said}`;
  }
  const name = error.replaceAll(/[^\w.-]/g, '').slice(0, 60);
  return `The network refused (${name}).${said} Connect again.`;
}
