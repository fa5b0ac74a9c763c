/** A link made absolute by what is around it. Undefined if it leads elsewhere than to the web. */
export function absoluteLink(
  link: string | undefined,
  bases: readonly (string | undefined)[],
): string | undefined {
  const written = link?.trim().replace(/[\t\n\r]/g, '');
  if (written === undefined || written === '') return undefined;
  const base = joinBases(bases);
  // Without any base it stays as it is: it still tells one entry from another.
  if (!URL.canParse(written, base)) return base === undefined ? written : undefined;
  const url = new URL(written, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  // As it is written, where it is whole: its publisher compares letter by letter.
  return /^https?:\/\//i.test(written) && !/[\s<>"]/.test(written) ? written : url.href;
}

/** What relative links count from: each base may itself be relative to the one before it. */
function joinBases(bases: readonly (string | undefined)[]): string | undefined {
  let base: string | undefined;
  for (const next of bases) {
    if (next !== undefined && URL.canParse(next, base)) base = new URL(next, base).href;
  }
  return base;
}
