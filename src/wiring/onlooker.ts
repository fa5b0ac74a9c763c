import type { Account } from '../core/account.ts';
import type { ConfigFrame } from '../core/config.ts';
import type { Receipt } from '../core/post.ts';
import { networkOf } from '../networks/registry.ts';
import type { Onlooker } from '../scheduler/look-after.ts';

const onlookers = new WeakMap<ConfigFrame, Onlooker>();

/** Who looks at posts that are up, as the config wants it; undefined: nobody. */
export function onlookerOf(config: ConfigFrame): Onlooker | undefined {
  const { lookAfterMs = [] } = config.publishing;
  if (lookAfterMs.length === 0) return undefined;
  const onlooker = onlookers.get(config) ?? openOnlooker(config, lookAfterMs);
  onlookers.set(config, onlooker);
  return onlooker;
}

function openOnlooker({ accounts }: ConfigFrame, afterMs: readonly number[]): Onlooker {
  return {
    afterMs,
    async look({ account: name, receipt }, post) {
      const account = accounts.get(name);
      if (account === undefined || receipt === undefined) return undefined;
      const { displayName, publicLook } = networkOf(account.network);
      const [{ lookAtPost }, { createSafeFetch }, { readAllowedHosts }] = await Promise.all([
        import('../visibility/look-at-post.ts'),
        import('../fetching/fetch-safely.ts'),
        import('../fetching/allowed-hosts.ts'),
      ]);
      const sandbox = account.sandbox ? pageOfSandbox(account, receipt) : undefined;
      const { address, ...rules } = publicLook;
      // A real account's post is on the public internet, and nowhere else is looked.
      const allowed = readAllowedHosts(sandbox === undefined ? [] : [sandbox.hostname]);
      const at = sandbox?.href ?? address(receipt);
      const looked = { ...rules, isProof: sandbox === undefined && rules.isProof };
      return lookAtPost(
        { address: at, text: post.text, networkName: displayName, rules: looked },
        createSafeFetch({ allowed }),
      );
    },
  };
}

/** The sandbox's own page of a post: its receipts name addresses of the real networks. */
function pageOfSandbox({ apiUrl, network }: Account, { remoteId }: Receipt): URL {
  return new URL(`/posts/${network}/${encodeURIComponent(remoteId)}`, apiUrl);
}
