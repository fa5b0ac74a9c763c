import type { Redis } from 'ioredis';
import type { Publication, StoryEvent } from '../core/publication.ts';
import type { Archived, WholeRecord } from './archived.ts';
import type { scriptRunner } from './script-runner.ts';

interface Parts {
  readonly redis: Redis;
  readonly base: string;
  readonly run: ReturnType<typeof scriptRunner>;
  readonly readMany: (names: readonly string[]) => Promise<readonly (Publication | undefined)[]>;
}

const AT_ONCE = 500;

/** What is archived, as Redis keeps the traces of it. */
export function openRedisArchived({ redis, base, run, readMany }: Parts): Archived {
  return {
    async endedBefore(state, before, { offset, limit }) {
      const names = await redis.zrangebyscore(
        ...([`${base}state:${state}`, '-inf', before, 'LIMIT', offset, limit] as const),
      );
      const pipeline = redis.pipeline();
      for (const name of names) {
        pipeline.hgetall(`${base}publication:${name}`).lrange(`${base}story:${name}`, 0, -1);
      }
      const replies = (await pipeline.exec()) ?? [];
      const records = names.map((publication, i) => {
        const fields = replies[2 * i]?.[1] as Record<string, string>;
        const story = replies[2 * i + 1]?.[1] as string[];
        return wholeRecord(publication, fields, story);
      });
      const isOver = (record: WholeRecord) => record.endedAt < before && !isWished(record);
      return { records: records.filter(isOver), seen: names.length };
    },
    async archive({ publication, fields, story, endedAt }, { host, month }) {
      const { generation = '0' } = fields;
      const seen = [generation, story.length, endedAt] as const;
      return (await run('archive', publication, ...seen, host, month)) === 1;
    },
    async recallArchived({ publication, fields, endedAt }, { host, month }, isNewer) {
      const place = [isNewer ? '1' : '0', endedAt, host, month];
      return (
        (await run('recallArchived', publication, ...place, ...Object.entries(fields).flat())) === 1
      );
    },
    async unknownOf(publications) {
      const pipeline = redis.pipeline();
      for (const name of publications) pipeline.hexists(`${base}publication:${name}`, 'state');
      const replies = (await pipeline.exec()) ?? [];
      return publications.filter((_, i) => replies[i]?.[1] === 0);
    },
    countArchived: () => redis.zcard(`${base}archived`),
    async archivedLike(posts) {
      const names = new Set<string>();
      for (let start = 0; start < posts.length; start += AT_ONCE) {
        const pipeline = redis.pipeline();
        for (const { network, fingerprint } of posts.slice(start, start + AT_ONCE)) {
          const prefix = `${network} ${fingerprint} `;
          pipeline.zrangebylex(`${base}archived-posts`, `[${prefix}`, `(${prefix}\x7f`);
        }
        for (const [, found] of (await pipeline.exec()) ?? []) {
          for (const member of found as string[]) names.add(member.split(' ').slice(2).join(' '));
        }
      }
      return [...names];
    },
    archivedSlots: (entry, limit) =>
      redis.zrevrangebylex(
        ...([`${base}archived-slots`, `(${entry}@\x7f`, `[${entry}@`, 'LIMIT', 0, limit] as const),
      ),
    async archivedSince(since) {
      const names = await redis.zrangebyscore(`${base}archived`, since, '+inf');
      return (await readMany(names)).filter((record) => record !== undefined);
    },
  };
}

/** It is to be deleted or corrected yet: the script would refuse it. */
function isWished({ fields: { state, retractBy, correctPost } }: WholeRecord): boolean {
  const isGone = state === 'retracted' || state === 'cancelled';
  return correctPost !== undefined || (retractBy !== undefined && !isGone);
}

function wholeRecord(
  publication: string,
  fields: Readonly<Record<string, string>>,
  lines: readonly string[],
): WholeRecord {
  const story = lines.map((line) => JSON.parse(line) as StoryEvent);
  const times = [...story.map(({ at }) => at), Number(fields.due ?? 0)];
  const { publishedAt = '0', retractedAt = '0' } = fields;
  return {
    publication,
    fields,
    story,
    endedAt: Math.max(...times, Number(publishedAt), Number(retractedAt)),
  };
}
