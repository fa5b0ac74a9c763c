import type { Account } from '../../core/account.ts';
import { isPublishError } from '../../core/errors.ts';
import { type AccountFacts, endsOfCredentials, type Remark } from '../account-facts.ts';
import { asText, type JsonObject } from '../http.ts';
import type { NetworkIo } from '../network.ts';
import type { FacebookClient, GraphCall } from './client.ts';
import { hasId } from './drafts.ts';
import { readTokenFacts, type TokenFacts } from './token-facts.ts';

/** Reads the Page, whose token this is, and what the token may do and for how long. */
export async function examineFacebook(
  account: Account,
  client: FacebookClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<AccountFacts> {
  const call: GraphCall = { effect: 'none', signal, isAnswer: hasId };
  const fields = ['id', 'name', 'username', 'is_published'];
  const page = (await client.page(call).get(fields)).exportAllData();
  const owner = (await client.owner(call).get(['id', 'name'])).exportAllData();
  const token = await readToken(client, signal);

  const isOwn = owner.id === client.pageId;
  const remarks = [
    ...(page.is_published === false ? [unpublishedPage] : []),
    ...(token?.remarks ?? []),
    ...(token === undefined ? [unknownToken] : []),
    ...(account.sandbox ? [] : [appMode]),
  ];
  return {
    whose: nameOf(isOwn ? page : owner),
    ...(!isOwn && { wanted: `${nameOf(page)}, the Page ${client.pageId}` }),
    ...(token && { permissions: token.permissions }),
    // What Facebook says now goes before what it said when the token was made.
    ends: token?.ends ?? endsOfCredentials(await io.credentials.read()),
    clockAheadMs: client.skewMs,
    // Facebook's own words might repeat the token.
    remarks: remarks.map((remark) => ({
      ...remark,
      message: client.speaker.redactor.clean(remark.message),
    })),
  };
}

/** Undefined if Facebook does not say: with a Page alone, the account can be worked with all the same. */
async function readToken(
  client: FacebookClient,
  signal: AbortSignal,
): Promise<TokenFacts | undefined> {
  try {
    return readTokenFacts(await client.debugToken(signal), client.pageId);
  } catch (error) {
    if (!isPublishError(error)) throw error;
    return undefined;
  }
}

function nameOf(node: JsonObject): string {
  const username = asText(node.username);
  return username === undefined ? (asText(node.name) ?? String(node.id)) : `@${username}`;
}

const unpublishedPage: Remark = {
  code: 'page-unpublished',
  severity: 'warning',
  message: 'the Page is not published: nobody but the people who manage it sees its posts.',
  remedy: 'Publish it: on the Page, Settings, Page setup, Page visibility.',
};

const unknownToken: Remark = {
  code: 'token-unknown',
  severity: 'note',
  message: 'Facebook does not say what the token may do, nor when it ends.',
  remedy: 'Give the account the APP_ID and APP_SECRET of the app: with them, Facebook tells.',
};

const appMode: Remark = {
  code: 'app-mode',
  severity: 'note',
  message:
    'Facebook tells no program whether the app is in development mode, when only people with a role in it see its posts.',
  remedy:
    'Open one of its posts where nobody is logged in; if it is not there, set the app to "Live" in its dashboard.',
};
