import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 collect garbage before it is as much as what is in use: for work that holds hundreds of megabytes, which
 * would take twice that. Costs a quarter more processor time.
 */
export function keepGarbageLow(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
