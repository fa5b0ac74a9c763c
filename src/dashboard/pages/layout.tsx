import type { Child } from 'hono/jsx';
import { hasRole } from '../access/visitor.ts';
import { languages, type Words } from '../words/words.ts';
import { DeedForm } from './deed-form.tsx';
import { FormToken } from './form-token.tsx';
import { deedPath } from './paths.ts';
import type { Setting } from './setting.ts';

export type PageName = keyof Words['pages'];

/** In the order in which they are shown. */
const PAGES: readonly (readonly [PageName, string])[] = [
  ['now', '/'],
  ['calendar', '/calendar'],
  ['plan', '/plan'],
  ['approvals', '/approvals'],
  ['history', '/history'],
  ['accounts', '/accounts'],
  ['queues', '/queues'],
];

interface LayoutProps {
  readonly setting: Setting;
  /** The page, if it is one of the menu. */
  readonly page?: PageName;
  readonly title: string;
  /** The address of a script of ours that the page needs besides. */
  readonly script?: string;
  /** The address of a style sheet of ours that it needs besides. */
  readonly stylesheet?: string;
  /** True if it stays as it is while it is looked at. */
  readonly isStill?: boolean;
  readonly children: Child;
}

/** The frame of every page: menu, content, foot. What is in `main` is renewed while it is looked at. */
export function Layout({
  setting,
  page,
  title,
  script,
  stylesheet,
  isStill = false,
  children,
}: LayoutProps) {
  const { words, visitor, sandboxUrl, timezone, isComplete, told } = setting;
  return (
    <Page words={words} title={title} script={script} stylesheet={stylesheet} isLive={!isStill}>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header class="top">
        <p class="product">Carillon</p>
        <nav aria-label="Carillon">
          <ul>
            {PAGES.filter(([name]) => name !== 'queues' || hasRole(visitor, 'operator')).map(
              ([name, address]) => (
                <li>
                  <a href={address} aria-current={name === page ? 'page' : undefined}>
                    {words.pages[name]}
                  </a>
                </li>
              ),
            )}
          </ul>
        </nav>
        <StopEverything setting={setting} />
      </header>
      <main id="content" data-live>
        <h1>
          <bdi>{title}</bdi>
        </h1>
        {told !== undefined && (
          <p class="notice" role="status" dir="auto">
            {told}
          </p>
        )}
        {sandboxUrl !== undefined && (
          <p class="quiet">
            {words.sandbox} <a href={sandboxUrl}>{words.followers}</a>
          </p>
        )}
        {!isComplete && <p class="notice">{words.stillReading}</p>}
        {children}
      </main>
      <footer class="quiet">
        <p>{words.timesAreIn(timezone)}</p>
        <Languages words={words} />
        {visitor.canLeave && (
          <form method="post" action="/leave">
            <FormToken visitor={visitor} />
            <button type="submit">{words.access.leave(visitor.name)}</button>
          </form>
        )}
      </footer>
    </Page>
  );
}

/** The way to stop all that is sent, on every page of those who may; while it is stopped, the way on. */
function StopEverything({ setting }: { readonly setting: Setting }) {
  const { visitor, holds, words } = setting;
  const isStopped = holds.has('*');
  if (!hasRole(visitor, 'operator')) return null;
  const offer = isStopped
    ? { deed: 'resume' as const, action: deedPath('resume'), shown: { account: '*' } }
    : { deed: 'stop' as const, action: deedPath('stop') };
  return (
    <DeedForm
      offer={offer}
      setting={setting}
      {...(isStopped && { title: words.doing.resumeAll })}
    />
  );
}

interface PageProps {
  readonly words: Words;
  readonly title: string;
  /** True if it is renewed while it is looked at. */
  readonly isLive?: boolean;
  readonly script?: string | undefined;
  readonly stylesheet?: string | undefined;
  readonly children: Child;
}

/** The frame of a page for somebody who has not entered: there is nowhere else to go. */
export function BarePage({ setting, title, script, children }: LayoutProps) {
  const { words, timezone } = setting;
  return (
    <Page words={words} title={title} script={script}>
      <header class="top">
        <p class="product">Carillon</p>
      </header>
      <main id="content">
        <h1>{title}</h1>
        {children}
      </main>
      <footer class="quiet">
        <p>{words.timesAreIn(timezone)}</p>
      </footer>
    </Page>
  );
}

/** The document around it. */
export function Page({ words, title, isLive = false, script, stylesheet, children }: PageProps) {
  return (
    <html lang={words.language} dir={words.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="same-origin" />
        <title>{`${title} · Carillon`}</title>
        <link rel="stylesheet" href="/style.css" />
        {stylesheet !== undefined && <link rel="stylesheet" href={stylesheet} />}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {isLive && <script type="module" src="/live.js" />}
        {script !== undefined && <script type="module" src={script} />}
      </head>
      <body>{children}</body>
    </html>
  );
}

function Languages({ words }: { readonly words: Words }) {
  const others = languages.filter(({ language }) => language !== words.language);
  return (
    <p>
      {others.map(({ language, languageName }) => (
        <a href={`/language/${language}`} lang={language} hreflang={language}>
          {languageName}
        </a>
      ))}
    </p>
  );
}
