import { createHmac } from 'node:crypto';
import type { Account } from '../../core/account.ts';
import { ConnectError, type ConnectorIo, type Offer } from '../connector.ts';
import { appSecretOf, askNetwork, type ConnectorVoice } from '../connector-call.ts';
import { asArray, asObject, asText, type JsonObject } from '../http.ts';

export const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];
/** Without them nothing can be posted and read back; the list of Pages has done its work by then. */
const neededScopes = scopes.slice(1);
/** What a person may do on a Page: one of these is enough to post. */
const postingTasks = ['CREATE_CONTENT', 'MANAGE', 'MODERATE', 'PROFILE_PLUS_CREATE_CONTENT'];

/** The token of a person, with which the Page is looked for. It is used here, and kept nowhere. */
export interface PersonAccess {
  readonly account: Account;
  readonly token: string;
  /** With the version. */
  readonly graphUrl: string;
  readonly voice: ConnectorVoice;
}

interface Page {
  readonly id: string;
  readonly name: string;
  readonly token: string | undefined;
  /** Undefined where Facebook does not say. */
  readonly tasks: readonly string[] | undefined;
}

/** The Page of the config, with a token of its own. @throws {ConnectError} if the person does not give it */
export async function offerPage(access: PersonAccess, io: ConnectorIo): Promise<Offer> {
  const wanted = String(access.account.settings.pageId);
  const person = await inspect(access, access.token, io);
  refuseMissingScopes(person);
  const listed = await listPages(access, io);
  const page = listed.find(({ id, token }) => id === wanted && token !== undefined);
  const found = page ?? (await askForPage(access, wanted, io));
  if (found?.token === undefined) throw sayWhichPages(wanted, listed, person);
  access.voice.redactor.add(found.token);
  refuseMissingTasks(found);
  return describeOffer(access, found, found.token, io);
}

async function listPages(access: PersonAccess, io: ConnectorIo): Promise<readonly Page[]> {
  const body = await ask(
    access,
    '/me/accounts',
    { fields: 'id,name,access_token,tasks', limit: '100' },
    io,
  );
  return asArray(body.data).map(asObject).map(readPage);
}

/** A Page of a business may be missing in the list, and be there all the same if one asks for it. */
async function askForPage(
  access: PersonAccess,
  id: string,
  io: ConnectorIo,
): Promise<Page | undefined> {
  try {
    const body = await ask(access, `/${id}`, { fields: 'id,name,access_token' }, io);
    return readPage(body);
  } catch (error) {
    if (error instanceof ConnectError && !io.signal.aborted) return undefined;
    throw error;
  }
}

function readPage(page: JsonObject): Page {
  const id = asText(page.id) ?? '';
  const tasks = Array.isArray(page.tasks) ? page.tasks.map(String) : undefined;
  return { id, name: asText(page.name) ?? id, token: asText(page.access_token), tasks };
}

/** Why the Page of the config is not to be had, and which ones are. */
function sayWhichPages(wanted: string, listed: readonly Page[], person: JsonObject): ConnectError {
  const others = listed.map(({ id, name }) => `${name} (${id})`);
  const ticked = others.length > 0 ? [] : readTicked(wanted, person);
  const pages = [...others, ...ticked].slice(0, 20).join(', ');
  const have =
    pages === ''
      ? 'It gives no Page at all.'
      : `It gives ${pages}. If one of these is meant, write its number as pageId.`;
  return new ConnectError(
    `This login does not give the Page ${wanted} of the config. ${have} Else connect again as somebody who may create content on it, choose "Edit access" in Facebook's dialog, and tick the Page.`,
  );
}

/** The numbers of the Pages that the person has ticked, where the list is empty. */
function readTicked(wanted: string, { granular_scopes }: JsonObject): readonly string[] {
  const targets = asArray(granular_scopes).flatMap((scope) => asArray(asObject(scope).target_ids));
  return [...new Set(targets.map(String))].filter((id) => id !== wanted);
}

function refuseMissingScopes(person: JsonObject): void {
  const granted = asArray(person.scopes).map(String);
  const missing = neededScopes.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  throw new ConnectError(
    `Facebook did not grant ${missing.join(' and ')}. Connect again and leave every permission on. If Facebook does not offer them, add them in the app under "Use cases", "Manage everything on your Page".`,
  );
}

function refuseMissingTasks({ name, tasks }: Page): void {
  if (tasks === undefined || tasks.some((task) => postingTasks.includes(task))) return;
  throw new ConnectError(
    `The person who logged in may not create content on the Page ${name}. Let an administrator of the Page give them full control or "Content", or connect again as somebody who has it.`,
  );
}

async function describeOffer(
  access: PersonAccess,
  page: Page,
  token: string,
  io: ConnectorIo,
): Promise<Offer> {
  const facts = await inspect(access, token, io);
  const expiresAt = instantOf(facts.expires_at);
  const ends = [expiresAt, instantOf(facts.data_access_expires_at)].filter(
    (end) => end !== undefined,
  );
  return {
    isMeant: page.id === String(access.account.settings.pageId),
    grant: {
      whose: page.name,
      secrets: { PAGE_TOKEN: token },
      ...(expiresAt !== undefined && { expiresAt }),
      ...(ends.length > 0 && { grantEndsAt: Math.min(...ends) }),
      scopes: asArray(facts.scopes).map(String),
    },
    cautions: [],
  };
}

/** What Facebook knows of a token. The app asks, not the person. */
async function inspect(
  { account, graphUrl, voice }: PersonAccess,
  token: string,
  io: ConnectorIo,
): Promise<JsonObject> {
  const app = `${appSecretOf(account, 'APP_ID')}|${appSecretOf(account, 'APP_SECRET')}`;
  const body = await askNetwork(
    voice,
    {
      method: 'GET',
      url: `${graphUrl}/debug_token`,
      headers: { authorization: `Bearer ${app}` },
      fields: { input_token: token },
    },
    io,
  );
  return asObject(body.data);
}

function ask(
  { account, graphUrl, token, voice }: PersonAccess,
  path: string,
  fields: Readonly<Record<string, string>>,
  io: ConnectorIo,
): Promise<JsonObject> {
  const proof = createHmac('sha256', appSecretOf(account, 'APP_SECRET')).update(token);
  return askNetwork(
    voice,
    {
      method: 'GET',
      url: `${graphUrl}${path}`,
      headers: { authorization: `Bearer ${token}` },
      fields: { ...fields, appsecret_proof: proof.digest('hex') },
    },
    io,
  );
}

/** Seconds since 1970, where 0 is "never". */
function instantOf(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined;
}
