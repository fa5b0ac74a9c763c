import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Loads a CommonJS package. `import` would first look through each of its files for the names that it exports: for
 * BullMQ that takes as long as the rest, and 8 MB.
 */
export function lightRequire<Package>(name: string): Package {
  return require(name);
}
