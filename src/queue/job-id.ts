/**
 * The id of the job that wakes a publication in one of its generations. The same two always give the same id,
 * so that adding it again is harmless. Ids share the key space of their queue (`active` as an id would break
 * it) and may not hold a colon: hence the prefix and the escapes.
 */
export function jobIdOf(publication: string, generation: number): string {
  const safe = publication.replaceAll(
    /[^A-Za-z0-9-]/gu,
    (character) => `_${character.codePointAt(0)?.toString(16)}_`,
  );
  return `pub-${safe}--g${generation}`;
}
