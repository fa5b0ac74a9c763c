import type { SoakPlan } from './soak-plan.ts';

/** The config of a soak, as a person could have written it. */
export function writeConfig(
  { entries, accounts: all }: SoakPlan,
  firstDueAt: number,
  requestTimeoutMs: number,
): string {
  const settings: Record<string, (number: number) => string> = {
    twitter: (number) => `handle: "@soak${number}"`,
    facebook: (number) => `pageId: "${10002000300000 + number}"`,
    youtube: (number) => `channelId: UC${String(number).padStart(22, '0')}, mode: api`,
  };
  const accounts = all.map(
    ({ name, network }, index) =>
      `  ${name}: { network: ${network}, ${settings[network]?.(index)} }`,
  );
  const publications = entries.map(
    ({ id, dueMs, token, accounts: to }) => `  - id: ${id}
    article:
      title: "Notice ${token} of the soak"
      text: "This is what notice ${token} says & it says it once."
      link: https://news.example.org/${token.toLowerCase()}
    at: ${new Date(firstDueAt + dueMs).toISOString().replace('.000Z', 'Z')}
    to: [${to.join(', ')}]`,
  );
  return `timezone: UTC
sandbox: true
accounts:
${accounts.join('\n')}
publishing:
  requestTimeout: ${requestTimeoutMs}ms
  attempts: 8
  backoff: 300ms
  confirmAfter: [${requestTimeoutMs}ms, ${4 * requestTimeoutMs}ms]
  publishBy: 2h
publications:
${publications.join('\n')}
`;
}
