/**
 * Whether two texts say the same, once a network has had its way with them: invisible characters, case,
 * white space and the ways to write an address do not count. Lenient on purpose: to take a post for ours
 * that is not is seen by people; to miss one that is would publish it twice.
 */
export function isSameText(a: string, b: string): boolean {
  return canonicalText(a) === canonicalText(b);
}

/** Addresses of the web in a text, without the punctuation that follows them. */
export function linksIn(text: string): string[] {
  return [...text.matchAll(webAddress)].map(([address]) => trimAddress(address));
}

/** An address without what does not change where it leads. */
export function canonicalLink(link: string): string {
  const address = trimAddress(link.normalize('NFC'));
  if (!URL.canParse(address)) return address.toLowerCase();
  const url = new URL(address);
  url.searchParams.delete('fbclid');
  const rest = `${url.pathname}${url.search}`.replace(/\/$/, '');
  return `${url.host}${rest}${url.hash}`.toLowerCase();
}

const webAddress = /https?:\/\/[^\s<>"]+/giu;

function trimAddress(address: string): string {
  return address.replace(/[.,;:!?…'’»)\]}]+$/u, '');
}

function canonicalText(text: string): string {
  return text
    .normalize('NFC')
    .replace(webAddress, (found) => {
      const address = trimAddress(found);
      return canonicalLink(address) + found.slice(address.length);
    })
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}
