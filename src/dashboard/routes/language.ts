import type { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import type { VisitEnv } from '../access/entrance.tsx';
import { LANGUAGE_COOKIE } from '../words/words.ts';

/** A visitor's choice of language. */
export function addLanguage(app: Hono<VisitEnv>): void {
  app.get('/language/:language', (context) => {
    setCookie(context, LANGUAGE_COOKIE, context.req.param('language').slice(0, 20), {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
    });
    return context.redirect('/', 303);
  });
}
