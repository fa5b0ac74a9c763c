import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The newsroom of the guides: a folder as a newcomer has it, with the accounts and entries that the pages name. */
export interface Newsroom extends AsyncDisposable {
  readonly folder: string;
  /** Writes a file of it anew. */
  write(name: string, text: string): void;
  edit(name: string, from: string, to: string): void;
}

const ARTICLE = (title: string, link: string) => `---
title: ${title}
link: ${link}
tags: [report, spring]
author: Sara Lind
---

The first sentence of it is about seeds. The second one tells of readers, and of one flood.

A second paragraph follows, for those who read on.
`;

const ARTICLES = ['spring-report', 'interview', 'open-day', 'tips', 'tip-1', 'tip-2'];

/** @param web where its articles, its feed and its webhook are */
export function makeNewsroom(web: string): Newsroom {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-docs-'));
  for (const name of ['package.json', 'config', 'dist']) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const newsroom: Newsroom = {
    folder,
    write: (name, text) => writeFileSync(join(folder, name), text),
    edit(name, from, to) {
      const text = readFileSync(join(folder, name), 'utf8');
      if (!text.includes(from)) throw new Error(`${name} does not say "${from}".`);
      writeFileSync(join(folder, name), text.replace(from, to));
    },
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  for (const article of ARTICLES) {
    newsroom.write(`config/articles/${article}.md`, ARTICLE(article, `${web}/${article}`));
  }
  for (const image of ['three.jpg', 'gate.jpg']) {
    cpSync('config/images/seed-library.png', join(folder, 'config/images', image));
  }
  mkdirSync(join(folder, 'config/publications'));
  newsroom.write(
    'config/publications/more.yaml',
    'publications:\n  - { id: more, article: { title: More }, at: 2027-05-01 09:00, to: [newsroom-x] }\n',
  );
  newsroom.write(
    'config/holidays.ics',
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t\r\nEND:VCALENDAR\r\n',
  );
  newsroom.write('posts.csv', 'Text,Posting Time\nA post from a table,2027-06-01 09:00\n');
  newsroom.write('config/carillon.yaml', configOf(web));
  return newsroom;
}

/** What the pages tell of: something of each state, and of each kind. */
function configOf(web: string): string {
  return `timezone: Europe/Paris
sandbox: true
accounts:
  newsroom-x: { network: twitter, handle: "@newsroom", approval: required }
  newsroom-page: { network: facebook, pageId: "1000200030004" }
  newsroom-tube: { network: youtube, channelId: UCabcdefghijklmnopqrstuv }
fetch: { allow: [127.0.0.1] }
dashboard: { people: { anna: editor } }
alerts: { webhook: "${web}/hook" }
defaults: { to: [newsroom-x, newsroom-page] }
publications:
  - { id: spring-report, article: articles/spring-report.md, at: 2027-03-24 09:00, status: approved, approvedBy: anna }
  - { id: interview, article: articles/interview.md, at: 2027-03-26 10:00 }
  - { id: open-day, article: articles/open-day.md, at: now, to: [newsroom-x, newsroom-tube] }
  - { id: quiz, article: { title: A quiz }, at: now, to: [newsroom-tube] }
  - { id: three-things, article: { title: Three things we learned }, at: 2027-03-25 09:00 }
  - { id: tips, article: articles/tips.md, every: "Tue,Fri 09:00", to: [newsroom-x], texts: ["One {link}", "Two {link}"] }
  - id: winter-hours
    article: { title: Winter hours, text: "We close at six.", link: "${web}/winter" }
    at: now
    status: approved
    approvedBy: anna
  - { id: new-website, article: { title: Our new website }, at: now, status: approved, approvedBy: anna }
  - { id: old-news, article: { title: Old news }, at: 2026-01-01 09:00, to: [newsroom-page] }
feeds:
  - { id: news, url: "${web}/feed.xml", to: [newsroom-page] }
`;
}

const FEED = (web: string) => `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<link>${web}/</link><description>News</description><item><title>A new reading room</title>
<link>${web}/reading-room</link><guid>reading-room</guid><description>It opens on Monday.</description></item>
</channel></rss>`;

const PAGE = `<!doctype html><html lang="en"><head><title>Spring report</title></head><body><article><h1>Spring report</h1>
${'<p>A sentence of some length, with commas, so that it counts as text.</p>'.repeat(8)}</article></body></html>`;

export interface Website extends AsyncDisposable {
  readonly url: string;
}

/** The newsroom's own website, its feed, and somebody who takes its alerts. */
export async function startWebsite(): Promise<Website> {
  let url = '';
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      response.end('ok');
      return;
    }
    const isFeed = request.url === '/feed.xml';
    response.setHeader('content-type', isFeed ? 'application/rss+xml' : 'text/html; charset=utf-8');
    response.end(isFeed ? FEED(url) : PAGE);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
