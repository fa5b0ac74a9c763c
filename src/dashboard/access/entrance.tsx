import { randomBytes } from 'node:crypto';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { auth as readBasicAuth } from 'hono/utils/basic-auth';
import { asksPassword } from '../../core/dashboard-access.ts';
import { type DashboardPerson, SHARED_PERSON } from '../../core/dashboard-settings.ts';
import type { Role } from '../../core/role.ts';
import { EnterPage } from '../pages/enter-page.tsx';
import { wordsOf } from '../words/words.ts';
import type { AccessStore } from './access-store.ts';
import { formTokenOf, isSameToken } from './form-token.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openPasswords } from './passwords.ts';
import { remoteAddressOf } from './remote-address.ts';
import type { Place } from './same-origin.ts';
import { sessionMark } from './session-mark.ts';
import { hasRole, type Visitor } from './visitor.ts';

export interface EntranceOptions extends Place {
  readonly store: AccessStore;
  /** The name of whoever sits at this machine, who may do everything where nobody is asked for a password. */
  readonly localName: string;
}

type Enter = (
  context: Context,
  name: string,
  password: string,
) => Promise<DashboardPerson | 'wrong' | 'too-many'>;

export interface VisitEnv {
  Variables: { visitor: Visitor };
}

const SESSION_COOKIE = 'carillon-session';
const VISIT_COOKIE = 'carillon-visit';
/** So many failures in a quarter of an hour, and nobody is let in from there, or under that name. */
const MOST_FAILURES = { address: 10, name: 30 };
/** A password costs memory and time: more than these wait for no answer. */
const MOST_WAITING = 20;

/** Lets people in by password, and everybody where none is asked for. Adds the pages to come and go. */
export function addEntrance(app: Hono<VisitEnv>, options: EntranceOptions): void {
  const { store } = options;
  const enter = createDoor(options);

  app.get('/enter', (context) => showEnter(context, 200, { name: usualName(options) }));
  app.post('/enter', async (context) => {
    const { name, password, to } = await context.req.parseBody();
    const given = { name: readText(name), to: readText(to) };
    const person = await enter(context, given.name, readText(password));
    if (person === 'too-many') return showEnter(context, 429, { ...given, problem: person });
    if (person === 'wrong') return showEnter(context, 401, { ...given, problem: person });
    // Whatever was known of this browser before, it begins anew.
    const before = readCookie(context, SESSION_COOKIE, options);
    if (before !== undefined) await store.closeSession(before);
    const token = await store.openSession(sessionMark(await store.signingKey(), person));
    writeCookie(context, SESSION_COOKIE, token, options);
    return context.redirect(ownPath(given.to), 303);
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
    const token = readCookie(context, SESSION_COOKIE, options);
    if (token !== undefined) await store.closeSession(token);
    deleteCookie(context, cookieName(SESSION_COOKIE, options), cookieOptions(options));
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

/** Compares name and password, one after the other, so that no crowd of tries slips through before the first is counted. */
function createDoor({ store, settings }: EntranceOptions): Enter {
  const passwords = openPasswords(() => settings().people);
  const inTurn = oneAtATime(MOST_WAITING);
  const areTooMany = async (address: string, name: string) => {
    const [ofAddress, ofName] = await Promise.all([store.failures(address), store.failures(name)]);
    return ofAddress >= MOST_FAILURES.address || ofName >= MOST_FAILURES.name;
  };
  return async (context, name, password) => {
    const address = `address ${remoteAddressOf(context, settings())}`;
    const byName = `name ${name}`;
    // Whoever is not let in anyway is not waited for.
    if (await areTooMany(address, byName)) return 'too-many';
    const answer = await inTurn(async () => {
      if (await areTooMany(address, byName)) return 'too-many';
      const person = await passwords.check(name, password);
      if (person !== undefined) return person;
      await Promise.all([store.countFailure(address), store.countFailure(byName)]);
      return 'wrong';
    });
    return answer ?? 'too-many';
  };
}

async function visitorOf(
  context: Context,
  options: EntranceOptions,
  enter: Enter,
): Promise<Visitor | undefined> {
  const { store, host, settings, localName } = options;
  const key = await store.signingKey();
  if (!asksPassword(host, settings())) {
    const formToken = formTokenOf(key, visitOf(context, options));
    return { name: localName, role: 'operator', formToken, canLeave: false };
  }

  const token = readCookie(context, SESSION_COOKIE, options);
  const mark = token === undefined ? undefined : await store.sessionOf(token);
  // Who they are now: nobody who was taken out, and nobody whose password is another one.
  const known = settings().people.find((person) => sessionMark(key, person) === mark);
  if (token !== undefined && known !== undefined) {
    const { name, role } = known;
    return { name, role, formToken: formTokenOf(key, token), canLeave: true };
  }

  // For programs, such as those that collect metrics.
  const basic = readBasicAuth(context.req.raw);
  if (basic === undefined) return undefined;
  const person = await enter(context, basic.username, basic.password);
  if (typeof person !== 'object') return undefined;
  const { name, role } = person;
  return { name, role, formToken: formTokenOf(key, visitOf(context, options)), canLeave: false };
}

/** Where there is no session, a cookie of its own tells one browser from another. */
function visitOf(context: Context, options: EntranceOptions): string {
  const known = readCookie(context, VISIT_COOKIE, options);
  if (known !== undefined && /^[\w-]{20,64}$/.test(known)) return known;
  const visit = randomBytes(24).toString('base64url');
  writeCookie(context, VISIT_COOKIE, visit, options);
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

interface Given {
  readonly name: string;
  readonly to?: string;
  readonly problem?: 'wrong' | 'too-many';
}

function showEnter(context: Context, status: 200 | 401 | 429, { name, to, problem }: Given) {
  const page = (
    <EnterPage
      words={wordsOf(context)}
      name={name.slice(0, 200)}
      to={ownPath(to ?? context.req.query('to') ?? '/')}
      problem={problem}
    />
  );
  return context.html(`<!doctype html>${String(page)}`, status);
}

/** Where all have the same password, nobody has to know its name. */
function usualName({ settings }: EntranceOptions): string {
  return settings().people.every(({ name }) => name === SHARED_PERSON) ? SHARED_PERSON : '';
}

/** A path of this dashboard, whatever was asked for: nobody is led elsewhere from here. */
function ownPath(to: string): string {
  const base = 'http://dashboard.invalid';
  if (!to.startsWith('/') || !URL.canParse(to, base)) return '/';
  const url = new URL(to, base);
  return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}

function readCookie(context: Context, name: string, place: Place): string | undefined {
  return getCookie(context, cookieName(name, place));
}

function writeCookie(context: Context, name: string, value: string, place: Place): void {
  setCookie(context, cookieName(name, place), value, cookieOptions(place));
}

/** With the prefix, browsers take it from this very host alone, and never over a way that others can listen to. */
function cookieName(name: string, place: Place): string {
  return isEncrypted(place) ? `__Host-${name}` : name;
}

function cookieOptions(place: Place) {
  // Links in mails lead here, and are to find who has entered.
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isEncrypted(place) } as const;
}

function isEncrypted({ settings }: Place): boolean {
  return settings().url?.startsWith('https:') === true;
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
