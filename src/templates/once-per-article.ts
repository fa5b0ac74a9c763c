import type { Article } from '../core/article.ts';

/** Does for each article once what several networks ask for. Articles never change. */
export function oncePerArticle<T>(make: (article: Article) => T): (article: Article) => T {
  const made = new WeakMap<Article, { readonly value: T }>();
  return (article) => {
    const known = made.get(article) ?? { value: make(article) };
    made.set(article, known);
    return known.value;
  };
}
