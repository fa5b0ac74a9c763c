import type { Child } from 'hono/jsx';
import { hasRole, type Visitor } from '../access/visitor.ts';
import { languages, type Words } from '../words/words.ts';

/** What every page knows of its visitor and of where it stands. */
export interface Setting {
  readonly words: Words;
  readonly visitor: Visitor;
  /** Milliseconds since 1970, by the clock of Redis. */
  readonly now: number;
  /** IANA name: that of the config. */
  readonly timezone: string;
  readonly sandboxUrl: string | undefined;
  readonly isComplete: boolean;
}

export type PageName = keyof Words['pages'];

/** In the order in which they are shown. */
const PAGES: readonly (readonly [PageName, string])[] = [
  ['now', '/'],
  ['calendar', '/calendar'],
  ['history', '/history'],
  ['queues', '/queues'],
];

interface LayoutProps {
  readonly setting: Setting;
  /** The page, if it is one of the menu. */
  readonly page?: PageName;
  readonly title: string;
  /** The address of a script of ours that the page needs besides. */
  readonly script?: string;
  readonly children: Child;
}

/** The frame of every page: menu, content, foot. What is in `main` is renewed while it is looked at. */
export function Layout({ setting, page, title, script, children }: LayoutProps) {
  const { words, visitor, sandboxUrl, timezone, isComplete } = setting;
  return (
    <Page words={words} title={title} script={script} isLive>
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
      </header>
      <main id="content" data-live>
        <h1>{title}</h1>
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

interface PageProps {
  readonly words: Words;
  readonly title: string;
  /** True if it is renewed while it is looked at. */
  readonly isLive?: boolean;
  readonly script?: string | undefined;
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
export function Page({ words, title, isLive = false, script, children }: PageProps) {
  return (
    <html lang={words.language} dir={words.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="same-origin" />
        <title>{`${title} · Carillon`}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {isLive && <script type="module" src="/live.js" />}
        {script !== undefined && <script type="module" src={script} />}
      </head>
      <body>{children}</body>
    </html>
  );
}

/** Belongs into every form that does something. */
export function FormToken({ visitor }: { readonly visitor: Visitor }) {
  return <input type="hidden" name="form" value={visitor.formToken} />;
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
