import { parseYaml } from '../core/parse-yaml.ts';
import { valueAt } from '../core/source.ts';
import { type NetworkId, networkIds } from '../networks/registry.ts';
import { networkSchemas } from '../networks/schemas.ts';
import type { Target } from './own-words.ts';

/** What a config says that entries are made by. Its mistakes are no obstacle: `check` tells them. */
export interface ImportTarget {
  readonly timezone: string | undefined;
  readonly accounts: ReadonlyMap<string, Target>;
  readonly defaultTo: readonly string[] | undefined;
  readonly ids: ReadonlySet<string>;
  /** True if it lays articles out by templates of its own. */
  readonly hasTemplate: boolean;
}

export function readImportTarget(text: string): ImportTarget {
  const value = parseYaml(text, '').source?.value;
  const at = (...path: (string | number)[]): unknown => valueAt(value, path);
  const timezone = at('timezone');
  const to = at('defaults', 'to');
  const publications = at('publications');
  const ids = Array.isArray(publications)
    ? publications.map((_, i) => at('publications', i, 'id')).filter((id) => typeof id === 'string')
    : [];
  return {
    timezone: typeof timezone === 'string' ? timezone : undefined,
    accounts: readTargets(at('accounts')),
    defaultTo: Array.isArray(to) ? to.filter((name) => typeof name === 'string') : undefined,
    ids: new Set(ids),
    hasTemplate: at('defaults', 'template') !== undefined,
  };
}

function readTargets(accounts: unknown): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  if (typeof accounts !== 'object' || accounts === null) return targets;
  for (const [name, account] of Object.entries(accounts)) {
    const network: unknown = valueAt(account, ['network']);
    if (!isNetworkId(network)) continue;
    const { network: _, apiUrl: __, ...written } = account as Record<string, unknown>;
    // With what the network itself takes where nothing is written.
    const settings = networkSchemas[network].settings.safeParse(written).data ?? written;
    targets.set(name, { network, settings });
  }
  return targets;
}

function isNetworkId(value: unknown): value is NetworkId {
  return networkIds.some((id) => id === value);
}
