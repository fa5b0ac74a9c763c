import type { ConfigFrame } from '../core/config.ts';
import type { LinkCheck } from '../core/link-check.ts';
import type { Post } from '../core/post.ts';
import { networkOf } from '../networks/registry.ts';
import { linksOf } from '../preflight/post-links.ts';
import type { LinkGate } from '../publishing/link-gate.ts';

/** A link counts as followed for so long, as it is most often that of several accounts: ahead of time, and when it is due. */
const KEEP_LINKS_MS = { ahead: 60_000, due: 5_000 } as const;

/** How links are followed before posts go out; undefined where they are not. */
export const linkGates = { ahead: keepGates('ahead'), due: keepGates('due') };

function keepGates(
  when: keyof typeof KEEP_LINKS_MS,
): (config: ConfigFrame) => LinkGate | undefined {
  const gates = new WeakMap<ConfigFrame, LinkGate>();
  return (config) => {
    if (!config.preflight.isBeforeSending) return undefined;
    const gate = gates.get(config) ?? openLinkGate(config.preflight.allow, KEEP_LINKS_MS[when]);
    gates.set(config, gate);
    return gate;
  };
}

/** Loads what it needs with the first link. */
function openLinkGate(allow: readonly string[], keepMs: number): LinkGate {
  let opened: Promise<(post: Post) => Promise<LinkCheck>> | undefined;
  const open = async () => {
    const [{ openPreflight }, { checkPost }] = await Promise.all([
      import('../preflight/preflight.ts'),
      import('../preflight/check-post.ts'),
    ]);
    const preflight = openPreflight({ allow, keepMs });
    return (post: Post) => checkPost(post, networkOf(post.network), preflight);
  };
  return {
    linksOf,
    async check(post) {
      opened ??= open();
      return (await opened)(post);
    },
  };
}
