import { ConnectError } from '../networks/connector.ts';

/** @throws {ConnectError} if no sandbox answers there: a person would meet an empty page */
export async function refuseSilentSandbox(url: string): Promise<void> {
  const isThere = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.ok,
    () => false,
  );
  if (isThere) return;
  throw new ConnectError(
    `This config is for the sandbox, and the sandbox does not answer at ${url}. Start it with "carillon start" or "carillon sandbox", then connect.`,
  );
}
