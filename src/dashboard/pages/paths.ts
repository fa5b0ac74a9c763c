/** Where the page of a publication is. Its name has slashes, and may have an `@` and colons. */
export function publicationPath(publication: string): string {
  return `/publications/${publication.split('/').map(encodeURIComponent).join('/')}`;
}
