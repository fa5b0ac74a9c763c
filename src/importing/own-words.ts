import type { Article } from '../core/article.ts';
import { type NetworkId, networks } from '../networks/registry.ts';

/** An account as far as words for it go. */
export interface Target {
  readonly network: NetworkId;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Words for each network that would not show the text of the row by itself, and networks for which it is too long. */
export interface OwnWordsReading {
  readonly words: ReadonlyMap<NetworkId, string>;
  readonly shortened: readonly NetworkId[];
}

/**
 * What people wrote for a network is posted as they wrote it, wherever it fits.
 *
 * @param hasTemplate true if the config lays articles out by templates of its own
 */
export async function chooseOwnWords(
  text: string,
  article: Article,
  { targets, hasTemplate }: { targets: readonly Target[]; hasTemplate: boolean },
): Promise<OwnWordsReading> {
  // A brace of the text's own is no placeholder.
  const plain = text.replaceAll('{', '{{');
  const ownWords = new Map<NetworkId, string>();
  const shortened: NetworkId[] = [];
  for (const { network, settings } of targets) {
    const composer = await networks[network].loadComposer();
    const options = { settings, images: article.images.length };
    if (!hasTemplate && composer.compose(article, options).text.startsWith(text)) continue;

    const own = composer.composeOwnWords(plain, article, options);
    const needsLink =
      article.link !== undefined && own.link === undefined && !own.text.includes(article.link);
    const words = needsLink ? `${plain}\n\n{link}` : plain;
    const { length, text: shown } = composer.composeOwnWords(words, article, options);
    if (length.used <= length.limit && shown.startsWith(text)) ownWords.set(network, words);
    else shortened.push(network);
  }
  return { words: ownWords, shortened };
}
