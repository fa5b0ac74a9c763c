import { readdir, stat } from 'node:fs/promises';

/** How files and directories stood when they were read, by path. */
export type FileMarks = ReadonlyMap<string, string>;

/**
 * Takes down how a file or directory stands. Call it before the file is read, or with the mark that was taken where
 * it was read.
 */
export type NoteFile = (path: string, taken?: string) => Promise<void>;

/**
 * What tells one version of a file from the next, also where it was replaced by another of the same size and
 * time. Of a directory it is the names in it. A missing file has a mark too: it may come.
 */
async function markOf(path: string): Promise<string> {
  try {
    const found = await stat(path, { bigint: true });
    if (found.isDirectory()) return (await readdir(path)).filter(isPlain).sort().join('/');
    // No inode: on some network mounts it is another one at each look.
    return `${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable';
  }
}

/** What editors keep beside a file while they write. */
function isPlain(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('~');
}

/** Marks as they are gathered while files are read. The first mark of a file counts. */
export function gatherMarks(): { readonly marks: FileMarks; readonly note: NoteFile } {
  const marks = new Map<string, string>();
  return {
    marks,
    async note(path, taken) {
      if (marks.has(path)) return;
      const mark = taken ?? (await markOf(path));
      if (!marks.has(path)) marks.set(path, mark);
    },
  };
}

/** Few enough not to run out of file handles. */
const AT_ONCE = 32;

/** True if any of the files stands otherwise than it did. */
export async function haveChanged(marks: FileMarks): Promise<boolean> {
  const all = [...marks];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const changes = all
      .slice(start, start + AT_ONCE)
      .map(async ([path, mark]) => (await markOf(path)) !== mark);
    if ((await Promise.all(changes)).includes(true)) return true;
  }
  return false;
}
