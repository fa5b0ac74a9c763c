import { type Answer, asArray, asObject, toPublishError } from '../http.ts';
import type { TwitterCall, TwitterClient } from './client.ts';

/** Under which names X is asked for the fields of posts. */
export interface FieldNames {
  readonly parameter: 'tweet.fields' | 'post.fields';
  /** Of the whole text of a long post. */
  readonly note: 'note_tweet' | 'note_post';
}

/** X is renaming these: its description has the new ones only, its pages the old ones. It may be half way. */
const known: readonly FieldNames[] = [
  { parameter: 'tweet.fields', note: 'note_tweet' },
  { parameter: 'post.fields', note: 'note_post' },
  { parameter: 'tweet.fields', note: 'note_post' },
  { parameter: 'post.fields', note: 'note_tweet' },
];

/** Reads posts with their times, links and whole texts, under the names that X takes. */
export interface PostReader {
  /**
   * Makes a request that lists posts, and gives the answer whatever its status. Which names work is found out once.
   *
   * @throws {PublishError} also if X takes none of the names: without these fields no post can be recognised, and
   * to take it for missing would be to send it twice
   */
  exchange(call: TwitterCall): Promise<Answer>;
}

export function createPostReader(client: TwitterClient): PostReader {
  let working: FieldNames | undefined;

  return {
    async exchange(call) {
      const first = working ?? known[0];
      const order = [first, ...known.filter((names) => names !== first)];
      for (const names of order) {
        if (names === undefined) continue;
        const answer = await client.exchange(withFields(call, names));
        if (isRefused(answer, names) || isWithoutFields(answer)) continue;
        if (hasPosts(answer)) working = names;
        return answer;
      }
      throw toPublishError(client.speaker, noName);
    },
  };
}

const noName = {
  is: 'rejected',
  code: 'fields',
  message:
    'X gives posts without their times and links, under all names that Carillon knows for these (tweet.fields, post.fields): X has changed its API. Look at the account yourself, and take a newer Carillon.',
} as const;

function withFields(call: TwitterCall, { parameter, note }: FieldNames): TwitterCall {
  return { ...call, query: { ...call.query, [parameter]: `created_at,entities,${note}` } };
}

/** True if X does not know the parameter, or one of the fields. */
function isRefused(answer: Answer, { parameter, note }: FieldNames): boolean {
  if (answer.status !== 400) return false;
  const said = JSON.stringify(answer.body ?? '');
  return said.includes(parameter) || said.includes(note);
}

/** True if X took no notice of the parameter: every post has its time. */
function isWithoutFields(answer: Answer): boolean {
  const posts = postsOf(answer);
  return posts.length > 0 && posts.every((post) => post.created_at === undefined);
}

function hasPosts(answer: Answer): boolean {
  return postsOf(answer).length > 0;
}

function postsOf(answer: Answer): readonly Readonly<Record<string, unknown>>[] {
  const { data } = asObject(answer.body);
  // One post where one was asked for by its id.
  return (Array.isArray(data) ? asArray(data) : data === undefined ? [] : [data]).map(asObject);
}
