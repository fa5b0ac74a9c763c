import type { ServerFinding } from '../redis/check-server.ts';
import type { Finding } from './finding.ts';

/** What keeps Redis from being a safe place for the ledger, as findings. */
export function findingsOfServer(findings: readonly ServerFinding[]): readonly Finding[] {
  const check = 'redis';
  if (findings.length > 0) return findings.map((finding) => ({ check, ...finding }));
  const message = 'Redis answers, and is safe for the ledger.';
  return [{ check, code: 'server', severity: 'ok', message }];
}
