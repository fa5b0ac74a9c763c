import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';

/** Forms of ours are of addresses and a few words. */
const MOST_BYTES = 64 * 1024;

/** Of more than this nothing is read. */
export const refuseHugeBodies: MiddlewareHandler = bodyLimit({
  maxSize: MOST_BYTES,
  onError: (context) => context.text('This is more than any form of the dashboard has.', 413),
});

const VERBS = ['GET', 'HEAD', 'POST'];

/** Pages are read, and forms are sent: nothing else is known here. */
export const refuseOtherVerbs = createMiddleware(async (context, next) => {
  if (VERBS.includes(context.req.method)) return next();
  return context.text('The dashboard knows GET, HEAD and POST.', 405, { allow: VERBS.join(', ') });
});

const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** Only what a form of ours sends is read: a page elsewhere may send plain text without being asked first. */
export const refuseOtherBodies = createMiddleware(async (context, next) => {
  if (context.req.method !== 'POST') return next();
  const type = (context.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (FORM_TYPES.includes(type ?? '')) return next();
  return context.text('The dashboard takes forms only.', 415);
});

/** What calls itself a form and is none. Whoever reads it later finds it read already. */
export const refuseBrokenForms = createMiddleware(async (context, next) => {
  if (context.req.method === 'POST') {
    try {
      await context.req.parseBody();
    } catch {
      return context.text('This is no form that can be read.', 400);
    }
  }
  return next();
});
