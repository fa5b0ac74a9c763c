import { relative } from 'node:path';
import type { ConfigFrame } from '../core/config.ts';
import { ConfigError } from '../core/problem.ts';

export const NAMESPACES = ['carillon', 'carillon-sandbox'] as const;

/** The ledgers of the sandbox and of the real networks never meet. */
export function namespaceOf(config: ConfigFrame): (typeof NAMESPACES)[number] {
  return config.sandbox ? 'carillon-sandbox' : 'carillon';
}

/** @throws {ConfigError} if the config is not for the ledger that was opened */
export function refuseOtherLedger(config: ConfigFrame, namespace: string): void {
  if (namespaceOf(config) === namespace) return;
  const { file, sandbox } = config;
  const message = `"sandbox" was ${!sandbox} when Carillon started, and is ${sandbox} here. Start Carillon again to change that.`;
  throw new ConfigError([
    { file: relative('', file), line: 1, column: 1, message, severity: 'error' },
  ]);
}
