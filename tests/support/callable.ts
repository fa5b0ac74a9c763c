import { parseRequest } from '../../src/cli/parse-call.ts';
import { findNetwork } from '../../src/networks/registry.ts';

/** Where nothing is printed to. */
export const silent = {
  out() {},
  err() {},
  columns: 80,
  hasColors: false,
  isErrTerminal: false,
  env: {},
};

/**
 * Makes sure that `carillon` takes these words, those after its own name, and has something to run for them.
 *
 * @throws in the words of the command line itself
 */
export async function assertCallable(argv: readonly string[]): Promise<void> {
  const request = await parseRequest(argv, silent);
  if (request.kind !== 'run') throw new Error(`"${argv.join(' ')}" runs nothing.`);
  const [network = ''] = request.call.args;
  if (request.call.command === 'worker' && findNetwork(network) === undefined) {
    throw new Error(`There is no network "${network}".`);
  }
}
