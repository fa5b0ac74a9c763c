export { count, sayDuration } from '../core/words.ts';
