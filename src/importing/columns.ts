/** What a column of a table is for. */
export type Role = 'text' | 'at' | 'clock' | 'link' | 'media' | 'alt' | 'kind' | 'comment';

export interface Columns {
  /** The number of the column of each role. */
  readonly roles: ReadonlyMap<Role, number>;
  /** What nothing is made of, by number, in the words of the table. */
  readonly others: ReadonlyMap<number, string>;
}

/** Names of columns in the bulk files of Buffer and Publer, and in those that people make by hand. */
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  text: ['text', 'message', 'content', 'caption', 'post', 'post text', 'words'],
  at: [
    ...['posting time', 'date', 'datetime', 'date time', 'date and time', 'at', 'when'],
    ...['scheduled', 'scheduled at', 'scheduled time', 'scheduled date', 'schedule date'],
    ...['schedule time', 'publish at', 'publish date', 'publish time'],
  ],
  clock: ['time', 'hour'],
  link: ['link', 'url', 'links', 'address'],
  media: ['image url', 'image urls', 'media url', 'image', 'images', 'picture', 'media', 'photo'],
  alt: ['alt text', 'alt', 'image description'],
  kind: ['post subtype', 'post type', 'type'],
  comment: ['comment', 'comments', 'first comment'],
};

/** Reads the first line of a table. Of two columns with one role the first counts. */
export function readColumns(header: readonly string[]): Columns {
  const roles = new Map<Role, number>();
  const others = new Map<number, string>();
  header.forEach((written, column) => {
    const name = simplify(written);
    const role = (Object.keys(NAMES) as Role[]).find((one) => NAMES[one].includes(name));
    if (role !== undefined && !roles.has(role)) roles.set(role, column);
    else if (written.trim() !== '') others.set(column, written.trim());
  });
  return { roles, others };
}

/** Without the explanation that Publer puts behind a dash, and its `(s)`. */
function simplify(written: string): string {
  return (written.split(' - ', 1)[0] ?? '')
    .toLowerCase()
    .replaceAll('(s)', '')
    .replaceAll(/[_\s]+/g, ' ')
    .trim();
}
