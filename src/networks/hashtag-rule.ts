const HASHTAG = /(?<![\p{L}\p{M}\p{N}_&/#＃])[#＃](?=[\p{N}_]*\p{L})[\p{L}\p{M}\p{N}_\u200c]+/gu;

/** Says so where a text has more hashtags than its network's readers, or filters, bear. */
export function warnOfHashtags(
  texts: readonly string[],
  most: number,
  why: string,
): readonly string[] {
  const count = Math.max(...texts.map((text) => text.match(HASHTAG)?.length ?? 0));
  if (count <= most) return [];
  return [`This post has ${count} hashtags. ${why} Leave ${most} or fewer.`];
}
