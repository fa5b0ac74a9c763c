export { type Calendar, isoTime, openCalendar } from '../core/say-time.ts';
