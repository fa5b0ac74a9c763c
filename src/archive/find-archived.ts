import type { Post } from '../core/post.ts';
import type { InArchive, Publication, StoryEvent } from '../core/publication.ts';
import { readPublication } from '../ledger/read-publication.ts';
import { type BrokenLine, readArchive } from './archive-folder.ts';
import { joinStories } from './join-stories.ts';

/** What this host's archive has of a publication. */
export interface FoundInArchive {
  /** As it was when it was archived last; undefined if no file here has it. */
  readonly publication: Publication | undefined;
  readonly post: Post | undefined;
  readonly story: readonly StoryEvent[];
  /** Lines that cannot be read, in the files that were looked into. */
  readonly broken: readonly BrokenLine[];
}

/** Looks a publication up in the files that the ledger names. */
export async function findArchived(
  folder: string,
  name: string,
  { months }: Pick<InArchive, 'months'>,
): Promise<FoundInArchive> {
  const broken: BrokenLine[] = [];
  let story: readonly StoryEvent[] = [];
  let fields: Readonly<Record<string, string>> | undefined;
  const having = JSON.stringify(name);
  const lines = readArchive(folder, {
    ...{ months, having },
    onBroken: (line) => broken.push(line),
  });
  for await (const { record } of lines) {
    if (record.publication !== name) continue;
    fields = record.fields;
    story = joinStories(story, record.story);
  }
  return {
    publication: fields && readPublication(name, fields, null),
    post: fields?.post === undefined ? undefined : (JSON.parse(fields.post) as Post),
    story,
    broken,
  };
}
