// Subjects lose their meaning with these: "C++", "R&D", "@home".
const UNSPEAKABLE = /[+#&@$%*]/u;

// Letters that have capitals, and scripts that set no space between words, are joined; others by "_".
const CAPITALISED = /\p{Lu}|\p{Ll}/u;
const UNSPACED =
  /^[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Hang}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

// The apostrophe of "d'Arc" and the dot of "Node.js".
const JOINERS = /(?<=\p{L})['’.·](?=\p{L})/gu;

const WORD = /[\p{L}\p{M}\p{N}\u200c]+/gu;

const LONGEST = 40;

/**
 * Hashtags of an article's subjects, in their order, none twice: "climate change" gives `#ClimateChange`,
 * which screen readers read as words. Leaves out what would not be a hashtag everywhere: numbers, signs.
 */
export function makeHashtags(tags: readonly string[]): readonly string[] {
  const hashtags = new Map<string, string>();
  for (const tag of tags) {
    const hashtag = makeHashtag(tag);
    const key = hashtag?.toLowerCase();
    if (hashtag && key && !hashtags.has(key)) hashtags.set(key, hashtag);
  }
  return [...hashtags.values()];
}

function makeHashtag(tag: string): string | undefined {
  const subject = tag
    .slice(0, 4 * LONGEST)
    .normalize('NFC')
    .trim()
    .replace(/^#/u, '');
  if (UNSPEAKABLE.test(subject)) return undefined;

  const parts = subject.replace(JOINERS, '').match(WORD) ?? [];
  const words = parts
    .map((word) => word.replace(/^[\p{M}\u200c]+|\u200c+$/gu, ''))
    .filter((word) => word !== '');
  const joined = words.length === 1 ? words.join('') : join(words);
  if (joined.length > LONGEST || !/\p{L}/u.test(joined)) return undefined;
  return `#${joined}`;
}

function join(words: readonly string[]): string {
  const isJoined = words.every(
    (word) => CAPITALISED.test(word) || UNSPACED.test(word) || /^\p{N}/u.test(word),
  );
  return words.map(capitalise).join(isJoined ? '' : '_');
}

function capitalise(word: string): string {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length);
}
