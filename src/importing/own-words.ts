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

/** What people wrote for a network is posted as they wrote it, wherever it fits. */
export async function chooseOwnWords(
  text: string,
  article: Article,
  targets: readonly Target[],
): Promise<OwnWordsReading> {
  const words = new Map<NetworkId, string>();
  const shortened: NetworkId[] = [];
  for (const { network, settings } of targets) {
    const composer = await networks[network].loadComposer();
    const options = { settings, images: article.images.length };
    if (composer.compose(article, options).text.startsWith(text)) continue;

    const own = composer.composeOwnWords(text, article, options);
    const needsLink =
      article.link !== undefined && own.link === undefined && !own.text.includes(article.link);
    const template = needsLink ? `${text}\n\n{link}` : text;
    const { length, text: shown } = composer.composeOwnWords(template, article, options);
    // Brackets of the text's own would be taken for placeholders.
    if (length.used <= length.limit && shown.startsWith(text)) words.set(network, template);
    else shortened.push(network);
  }
  return { words, shortened };
}
