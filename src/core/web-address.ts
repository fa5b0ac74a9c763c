/** True for an address that leads to a page on the web, and runs nothing where it is clicked. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
