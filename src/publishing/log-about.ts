import type { PublishingLog } from './publishing.ts';

/** The same log, of which every line has these fields besides its own. */
export function logAbout(log: PublishingLog, about: object): PublishingLog {
  return {
    info: (fields, message) => log.info({ ...about, ...fields }, message),
    warn: (fields, message) => log.warn({ ...about, ...fields }, message),
    error: (fields, message) => log.error({ ...about, ...fields }, message),
  };
}
