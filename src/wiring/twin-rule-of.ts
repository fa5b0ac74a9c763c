import { networkOf } from '../networks/registry.ts';

/** Why the same text may not stand on two accounts of a network; undefined: it may. */
export function twinRuleOf(id: string): string | undefined {
  return networkOf(id).twinRule;
}
