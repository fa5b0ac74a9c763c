import type { Person } from '../src/core/person.ts';
import type { Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Source, valueAt } from '../src/core/source.ts';
import { people as peopleSchema } from './writing-schema.ts';

/** Reads the section `people:`. */
export function readPeople(source: Source): {
  readonly people: readonly Person[];
  readonly problems: readonly Problem[];
} {
  const section = valueAt(source.value, ['people']);
  if (section === undefined || section === null) return { people: [], problems: [] };
  const { value = {}, problems } = checkPart(peopleSchema, source, ['people']);
  // With a mistake in one, the others are still known, and no template that names any is blamed.
  const keys = typeof section === 'object' ? Object.keys(section) : [];
  const people = keys.map((key) => {
    const { name = key, ...handles } = value[key] ?? {};
    const signed = Object.entries(handles).map(([network, handle]) => [
      network,
      `@${String(handle).replace(/^@/, '')}`,
    ]);
    return { key, name, handles: Object.fromEntries(signed) };
  });
  return { people, problems };
}
