/** Where an image of a publication is. */
export function imagePath(publication: string, hash: string): string {
  return `/images/${hash}/${encodeName(publication)}`;
}

/** Where somebody posts a publication by hand. */
export function handOffPath(publication: string): string {
  return `/hand-off/${encodeName(publication)}`;
}

/** Where the page of a publication is. Its name has slashes, and may have an `@` and colons. */
export function publicationPath(publication: string): string {
  return `/publications/${encodeName(publication)}`;
}

/** Where a form that does something leads. */
export function deedPath(deed: string): string {
  return `/deeds/${deed}`;
}

function encodeName(publication: string): string {
  return publication.split('/').map(encodeURIComponent).join('/');
}
