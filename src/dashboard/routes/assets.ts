import type { Hono } from 'hono';
import type { VisitEnv } from '../access/entrance.tsx';
import { handOffScript } from '../assets/hand-off-script.ts';
import { icon } from '../assets/icon.ts';
import { liveScript } from '../assets/live-script.ts';
import { postStyle } from '../assets/post-style.ts';
import { style } from '../assets/style.ts';

/** What pages are made with, before anybody has entered. */
export function addAssets(app: Hono<VisitEnv>): void {
  const assets = [
    ['/style.css', 'text/css', style],
    ['/post.css', 'text/css', postStyle],
    ['/live.js', 'text/javascript', liveScript],
    ['/hand-off.js', 'text/javascript', handOffScript],
    ['/icon.svg', 'image/svg+xml', icon],
  ] as const;
  for (const [address, type, body] of assets) {
    app.get(address, (context) =>
      context.body(body, 200, { 'content-type': `${type}; charset=utf-8` }),
    );
  }
}
