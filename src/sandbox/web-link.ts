/** Addresses in a text, without the punctuation of the sentence around them. */
const address = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}»”’،؛؟]/gi;

export function* webPieces(text: string): Generator<{ text: string; isUrl: boolean }> {
  let at = 0;
  for (const match of text.matchAll(address)) {
    if (match.index > at) yield { text: text.slice(at, match.index), isUrl: false };
    yield { text: match[0], isUrl: true };
    at = match.index + match[0].length;
  }
  if (at < text.length) yield { text: text.slice(at), isUrl: false };
}

/** The first full address in a text. */
export function firstWebLink(text: string): string | null {
  for (const piece of webPieces(text)) if (piece.isUrl) return piece.text;
  return null;
}
