import type { App } from '../app.ts';
import { findNearest } from '../core/nearest.ts';
import type { Publication } from '../core/publication.ts';
import { CallError } from './call.ts';

/** The publication that somebody named. @throws {CallError} with the nearest name if there is none */
export async function findPublication({ ledger }: App, name: string): Promise<Publication> {
  const found = await ledger.get(name);
  if (found !== undefined) return found;
  const names = (await ledger.list()).map(({ publication }) => publication);
  const ofEntry = names.filter(
    (known) => known.startsWith(`${name}/`) || known.startsWith(`${name}@`),
  );
  throw new CallError(`There is no publication "${name}". ${suggest(name, ofEntry, names)}`);
}

function suggest(name: string, ofEntry: readonly string[], names: readonly string[]): string {
  if (ofEntry.length > 0) return `Name one of: ${ofEntry.slice(0, 12).join(', ')}.`;
  const nearest = findNearest(name, names);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  return '"carillon status" lists them all; what is new in the config needs "carillon apply" first.';
}
