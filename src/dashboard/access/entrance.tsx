import { randomBytes } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { auth as readBasicAuth } from 'hono/utils/basic-auth';
import { EnterPage } from '../pages/enter-page.tsx';
import { wordsOf } from '../words/words.ts';
import type { AccessStore } from './access-store.ts';
import { formTokenOf, isSameToken } from './form-token.ts';
import type { Passwords, Person } from './passwords.ts';
import { hasRole, type Role, type Visitor } from './visitor.ts';

export interface EntranceOptions {
  readonly store: AccessStore;
  /** Undefined where everybody who reaches the dashboard may do everything: on loopback, if no password is set. */
  readonly passwords: Passwords | undefined;
  /** Who may enter, as the config says by now. */
  people(): readonly Pick<Person, 'name' | 'role'>[];
  /** The name of whoever sits at this machine. */
  readonly localName: string;
}

export interface VisitEnv {
  Variables: { visitor: Visitor };
}

const SESSION_COOKIE = 'carillon-session';
const VISIT_COOKIE = 'carillon-visit';
/** So many failures in a quarter of an hour, and nobody is let in from there, or under that name. */
const MOST_FAILURES = { address: 10, name: 30 };

/** Lets people in by password, and everybody where none is asked for. Adds the pages to come and go. */
export function addEntrance(app: Hono<VisitEnv>, options: EntranceOptions): void {
  const { store, passwords } = options;
  const enter = async (context: Context, name: string, password: string) => {
    const address = `address ${getConnInfo(context).remote.address ?? ''}`;
    const [ofAddress, ofName] = await Promise.all([
      store.failures(address),
      store.failures(`name ${name}`),
    ]);
    if (ofAddress >= MOST_FAILURES.address || ofName >= MOST_FAILURES.name) return 'too-many';
    const person = await passwords?.check(name, password);
    if (person !== undefined) return person;
    await Promise.all([store.countFailure(address), store.countFailure(`name ${name}`)]);
    return 'wrong';
  };

  app.get('/enter', (context) => showEnter(context, 200));
  app.post('/enter', async (context) => {
    const { name, password, to } = await context.req.parseBody();
    const person = await enter(context, readText(name), readText(password));
    if (person === 'too-many') return showEnter(context, 429, person);
    if (person === 'wrong') return showEnter(context, 401, person);
    const token = await store.openSession(person.name);
    setCookie(context, SESSION_COOKIE, token, cookieOptions(context));
    return context.redirect(ownPath(readText(to)), 303);
  });

  app.use(
    createMiddleware<VisitEnv>(async (context, next) => {
      const visitor = await visitorOf(context, options, enter);
      if (visitor === undefined) return turnAway(context);
      context.set('visitor', visitor);
      return next();
    }),
  );

  app.post('/leave', requireForm, async (context) => {
    const token = getCookie(context, SESSION_COOKIE);
    if (token !== undefined) await store.closeSession(token);
    deleteCookie(context, SESSION_COOKIE, { path: '/' });
    return context.redirect('/enter', 303);
  });
}

/** Only for those who may do so much. */
export function requireRole(least: Role): MiddlewareHandler<VisitEnv> {
  return createMiddleware<VisitEnv>(async (context, next) => {
    const { visitor } = context.var;
    if (hasRole(visitor, least)) return next();
    return context.text(wordsOf(context).access.notAllowed(visitor.name), 403);
  });
}

/** Only with the token of the page that it was done on. */
export const requireForm = createMiddleware<VisitEnv>(async (context, next) => {
  const { form } = await context.req.parseBody();
  if (isSameToken(readText(form), context.var.visitor.formToken)) return next();
  return context.text(wordsOf(context).access.staleForm, 403);
});

async function visitorOf(
  context: Context,
  { store, passwords, people, localName }: EntranceOptions,
  enter: (context: Context, name: string, password: string) => Promise<unknown>,
): Promise<Visitor | undefined> {
  const key = await store.signingKey();
  if (passwords === undefined) {
    const formToken = formTokenOf(key, visitOf(context));
    return { name: localName, role: 'operator', formToken, canLeave: false };
  }
  const roleOf = (name: string) => people().find((person) => person.name === name)?.role;

  const token = getCookie(context, SESSION_COOKIE);
  const name = token === undefined ? undefined : await store.sessionOf(token);
  const role = name === undefined ? undefined : roleOf(name);
  if (token !== undefined && name !== undefined && role !== undefined) {
    return { name, role, formToken: formTokenOf(key, token), canLeave: true };
  }

  // For programs, such as those that collect metrics.
  const basic = readBasicAuth(context.req.raw);
  if (basic === undefined) return undefined;
  const person = await enter(context, basic.username, basic.password);
  if (typeof person !== 'object') return undefined;
  const programRole = roleOf(basic.username);
  if (programRole === undefined) return undefined;
  const formToken = formTokenOf(key, visitOf(context));
  return { name: basic.username, role: programRole, formToken, canLeave: false };
}

/** Where there is no session, a cookie of its own tells one browser from another. */
function visitOf(context: Context): string {
  const known = getCookie(context, VISIT_COOKIE);
  if (known !== undefined && /^[\w-]{20,64}$/.test(known)) return known;
  const visit = randomBytes(24).toString('base64url');
  setCookie(context, VISIT_COOKIE, visit, cookieOptions(context));
  return visit;
}

function turnAway(context: Context) {
  const wantsPage = context.req.header('accept')?.includes('text/html') === true;
  const isRead = context.req.method === 'GET';
  if (wantsPage && isRead && context.req.header('authorization') === undefined) {
    const { pathname, search } = new URL(context.req.url);
    return context.redirect(`/enter?to=${encodeURIComponent(pathname + search)}`, 303);
  }
  context.header('www-authenticate', 'Basic realm="Carillon", charset="UTF-8"');
  return context.text(wordsOf(context).access.enterFirst, 401);
}

function showEnter(context: Context, status: 200 | 401 | 429, problem?: 'wrong' | 'too-many') {
  const words = wordsOf(context);
  const page = (
    <EnterPage words={words} to={ownPath(context.req.query('to') ?? '/')} problem={problem} />
  );
  return context.html(`<!doctype html>${String(page)}`, status);
}

/** A path of this dashboard, whatever was asked for: nobody is led elsewhere from here. */
function ownPath(to: string): string {
  const base = 'http://dashboard.invalid';
  if (!to.startsWith('/') || !URL.canParse(to, base)) return '/';
  const url = new URL(to, base);
  return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}

function cookieOptions(context: Context) {
  // Links in mails lead here, and are to find who has entered.
  const secure = context.req.header('x-forwarded-proto') === 'https';
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const;
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
