import { type ObtainOptions, obtainGrant } from '../../src/connecting/obtain-grant.ts';
import type { Person } from '../../src/connecting/person.ts';
import type { Account } from '../../src/core/account.ts';
import { systemClock } from '../../src/core/clock.ts';
import { ConnectError, type Offer } from '../../src/networks/connector.ts';
import { findNetwork } from '../../src/networks/registry.ts';
import { type Client, openSandbox } from './sandbox-client.ts';

/** A browser that follows redirects, and a person who decides at once. */
export interface Browser {
  /** Changes the address of the network's page before it is asked. */
  decide(page: URL): void;
  /** Changes the address that the network sends the browser back to. */
  comeBack?(landed: URL): void | Promise<void>;
  /** Headers of the last request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Connecting {
  readonly account?: Partial<Account>;
  readonly browser?: Partial<Browser>;
  readonly options?: Partial<ObtainOptions>;
  /** What the person types, question by question; none: nobody answers. */
  readonly typed?: readonly ((said: string) => string | Promise<string>)[];
  readonly hasBrowser?: boolean;
  readonly timeLimitMs?: number;
}

export interface Connected {
  readonly offer: Offer | undefined;
  readonly error: ConnectError | undefined;
  /** Everything that the person was told and asked. */
  readonly said: string;
  /** What stood in the browser at the end. */
  readonly pages: readonly { readonly status: number; readonly html: string }[];
  /** The addresses that a browser was started with. */
  readonly opened: readonly string[];
}

export interface ConnectBench extends AsyncDisposable {
  readonly client: Client;
  connect(network: string, connecting?: Connecting): Promise<Connected>;
}

const settingsOf: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  twitter: { handle: '@newsroom' },
  facebook: { pageId: '1000200030004' },
  youtube: { channelId: 'UCabcdefghijklmnopqrstuv', mode: 'api' },
};

function accountOn(network: string, client: Client, over: Partial<Account> = {}): Account {
  return {
    name: 'newsroom',
    network,
    apiUrl: client.url,
    sandbox: true,
    settings: settingsOf[network] ?? {},
    secrets: {},
    ...over,
  };
}

/** A sandbox, and somebody who connects accounts to it. */
export async function openConnectBench(): Promise<ConnectBench> {
  const client = await openSandbox();
  return {
    client,
    connect: (network, connecting = {}) => connect(client, network, connecting),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

async function connect(
  client: Client,
  network: string,
  { account, browser = {}, options, typed = [], hasBrowser = true, timeLimitMs }: Connecting,
): Promise<Connected> {
  const said: string[] = [];
  const pages: { status: number; html: string }[] = [];
  const opened: string[] = [];
  const answers = [...typed];
  let browsing: Promise<void> = Promise.resolve();
  const person: Person = {
    say: (line) => said.push(line),
    async ask(question) {
      said.push(question);
      return answers.shift()?.(said.join('\n'));
    },
    ...(hasBrowser && {
      openBrowser: async (address: string) => {
        opened.push(address);
        browsing = browse(address, { decide: allow, ...browser }).then((page) => {
          pages.push(page);
        });
        return true;
      },
    }),
  };
  const connector = await findNetwork(network)?.loadConnector();
  if (connector === undefined) throw new Error(`There is no network ${network}.`);
  const chosen = { port: 0, redirect: undefined, way: undefined, isUnasked: false, ...options };
  const signal = AbortSignal.timeout(timeLimitMs ?? 10_000);
  const io = { clock: systemClock, requestTimeoutMs: 5000, signal };
  const to = accountOn(network, client, account);
  const outcome = await obtainGrant(to, connector, chosen, person, io).then(
    (offer) => ({ offer, error: undefined }),
    (error: unknown) => {
      if (error instanceof ConnectError) return { offer: undefined, error };
      throw error;
    },
  );
  await browsing.catch(() => {});
  return { ...outcome, said: said.join('\n'), pages, opened };
}

export function allow(page: URL): void {
  page.searchParams.set('decision', 'allow');
}

export function refuse(page: URL): void {
  page.searchParams.set('decision', 'refuse');
}

async function browse(
  begin: string,
  { decide, comeBack = () => {}, headers = {} }: Browser,
): Promise<{ status: number; html: string }> {
  const page = await locationOf(begin);
  decide(page);
  const landed = await locationOf(page.href);
  await comeBack(landed);
  const response = await fetch(landed, { headers, redirect: 'manual' });
  return { status: response.status, html: await response.text() };
}

/** Where an address sends a browser. */
async function locationOf(address: string): Promise<URL> {
  const response = await fetch(address, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (location === null)
    throw new Error(`No redirect, but ${response.status}: ${await response.text()}`);
  return new URL(location);
}

/** The page of a network whose address stands in what was said, with the decision to allow. */
export async function landAfter(said: string): Promise<URL> {
  const page = new URL(/^http:\S+$/m.exec(said.split('Open this address')[1] ?? '')?.[0] ?? '');
  allow(page);
  return locationOf(page.href);
}
