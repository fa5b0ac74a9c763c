import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { after } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ON_MACS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A browser that this machine has, or that its package manager gives: Debian and Ubuntu, as root. */
function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const find = () =>
    [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...ON_MACS].find(
      existsSync,
    );
  const found = find();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  process.stderr.write('Chromium is missing here: installing it with apt-get for the tests.\n');
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-q', '-y'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args: string[]) =>
    spawnSync('apt-get', [...options, ...args], { env, stdio: 'ignore', timeout: 600_000 });
  const install = () => run('install', '--no-install-recommends', 'chromium').status === 0;
  if (!install()) {
    run('update');
    install();
  }
  return find();
}

const program = findBrowser();

/** Says why tests in a browser are left out; false where they run. */
export const skipsBrowser: string | false =
  program === undefined
    ? 'There is no Chromium here, and it could not be installed: the pages were not tried in a browser.'
    : false;

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export interface OpenPage {
  readonly page: Page;
  /** What the browser complained of since it was opened. */
  readonly complaints: readonly string[];
}

export interface TestBrowser {
  open(url: string, options?: BrowserContextOptions): Promise<OpenPage>;
}

/** A browser for a file of tests, which ends with them. */
export function startBrowser(): TestBrowser {
  let browser: Promise<Browser> | undefined;
  after(async () => (await browser)?.close());
  return {
    async open(url, options = {}) {
      // As root, its own sandbox does not work.
      browser ??= chromium.launch({
        executablePath: program ?? '',
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      });
      const context = await (await browser).newContext({ locale: 'en-GB', ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(url);
      return { page, complaints };
    },
  };
}

/** What keeps people with disabilities from using a page, by the rules of WCAG 2.2 AA. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  // The page's own policy lets no script in; a test is no visitor.
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.evaluate(readFileSync(axePath, 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await axe.run({ runOnly: { type: 'tag', values: tags } })).violations;
  });
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`,
  );
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}

/** True if nothing of a page lies beside what is seen of it. */
export function fitsWidth(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');
}
