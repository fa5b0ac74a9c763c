import type { Redis } from 'ioredis';
import type { FeedMemory, FeedState, KnownEntry, Remembering } from './feed-memory.ts';

/** As long as the ledger's records are kept. */
const keptMs = 400 * 86_400_000;
/** Articles that went out longer ago are not composed any more. */
const articleKeptMs = 45 * 86_400_000;

/**
 * Keys below the base:
 *   states          hash of feeds to what is known of them, as JSON
 * and for each feed:
 *   keys:<feed>     hash of what entries are recognised by to their ids, or `*` for what identifies nothing
 *   entries:<feed>  hash of ids to entries as JSON
 *   known-by:<feed> hash of ids to their keys, separated by spaces
 *   seen:<feed>     sorted set of ids by when they were last seen
 *   due:<feed>      sorted set of ids by when they go out
 *
 * ARGV: feed, state, now, keptMs, articleKeptMs, ambiguous keys, then for each entry: id, mode, due or '', JSON, keys
 */
const REMEMBER = `
local B, feed = KEYS[1], ARGV[1]
local function key(name) return B .. name .. ':' .. feed end
local now, kept, article_kept = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local function attach(id, keys)
  local new = ''
  for k in string.gmatch(keys, '%S+') do
    if redis.call('HSETNX', key('keys'), k, id) == 1 then new = new .. ' ' .. k end
  end
  if new ~= '' then
    redis.call('HSET', key('known-by'), id, (redis.call('HGET', key('known-by'), id) or '') .. new)
  end
  -- To the day is enough, and spares the disk.
  local last = tonumber(redis.call('ZSCORE', key('seen'), id) or '0')
  if now - last > 86400000 then redis.call('ZADD', key('seen'), ARGV[3], id) end
end

for k in string.gmatch(ARGV[6], '%S+') do redis.call('HSET', key('keys'), k, '*') end

for i = 7, #ARGV, 5 do
  local id, mode, due, json, keys = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  local there = redis.call('HEXISTS', key('entries'), id) == 1
  if mode == 'fresh' then
    local other
    for k in string.gmatch(keys, '%S+') do
      local owner = redis.call('HGET', key('keys'), k)
      if owner and owner ~= '*' then other = owner end
    end
    if other then
      id = other
    elseif not there then
      redis.call('HSET', key('entries'), id, json)
      if due ~= '' then redis.call('ZADD', key('due'), due, id) end
    end
  elseif mode == 'changed' and there then
    redis.call('HSET', key('entries'), id, json)
    if due ~= '' then redis.call('ZADD', key('due'), due, id) end
  end
  attach(id, keys)
end
redis.call('HSET', B .. 'states', feed, ARGV[2])

for _, id in ipairs(redis.call('ZRANGEBYSCORE', key('seen'), '-inf', string.format('%.0f', now - kept), 'LIMIT', 0, 500)) do
  for k in string.gmatch(redis.call('HGET', key('known-by'), id) or '', '%S+') do redis.call('HDEL', key('keys'), k) end
  redis.call('HDEL', key('entries'), id)
  redis.call('HDEL', key('known-by'), id)
  redis.call('ZREM', key('seen'), id)
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', key('due'), '-inf', string.format('%.0f', now - article_kept), 'LIMIT', 0, 500)) do
  local json = redis.call('HGET', key('entries'), id)
  redis.call('ZREM', key('due'), id)
  if json then
    local start = string.find(json, ',"article":', 1, true)
    if start then redis.call('HSET', key('entries'), id, string.sub(json, 1, start - 1) .. '}') end
  end
end
return 1`;

/** The memory in Redis, under the prefix that the ledger has. */
export function openRedisFeedMemory(redis: Redis, prefix: string): FeedMemory {
  const base = `${prefix}:feeds:`;
  redis.defineCommand('feeds_remember', { numberOfKeys: 1, lua: REMEMBER });
  const commands = redis as unknown as {
    feeds_remember(...args: (string | number)[]): Promise<unknown>;
  };

  const entries = async (feed: string, ids: readonly string[]) => {
    if (ids.length === 0) return [];
    const found = await redis.hmget(`${base}entries:${feed}`, ...ids);
    return found.map((json) => (json === null ? undefined : readEntry(json)));
  };
  return {
    state: async (feed) => {
      const json = await redis.hget(`${base}states`, feed);
      return json === null ? undefined : (JSON.parse(json) as FeedState);
    },
    states: async () => {
      const all = Object.entries(await redis.hgetall(`${base}states`));
      return new Map(all.map(([feed, json]) => [feed, JSON.parse(json) as FeedState]));
    },
    find: async (feed, keys) => {
      if (keys.length === 0) return [];
      const found = await redis.hmget(`${base}keys:${feed}`, ...keys);
      return found.map((id) => (id === null || id === '*' ? undefined : id));
    },
    entries,
    dueSince: async (feed, since) => {
      const ids = await redis.zrangebyscore(`${base}due:${feed}`, since, '+inf');
      return (await entries(feed, ids)).filter((entry) => entry !== undefined);
    },
    count: (feed) => redis.hlen(`${base}entries:${feed}`),
    remember: async (feed, remembering) => {
      await commands.feeds_remember(base, feed, ...argumentsOf(remembering));
    },
    note: async (feed, state) => {
      await redis.hset(`${base}states`, feed, JSON.stringify(state));
    },
  };
}

function argumentsOf({ state, ambiguous, fresh, changed, seen }: Remembering): (string | number)[] {
  const written = (mode: string) => (entry: Remembering['fresh'][number]) => {
    const { keys, article, ...rest } = entry;
    // The article stands last, so that it can be cut off when it is of no use any more.
    const json = JSON.stringify({ ...rest, ...(article && { article }) });
    return [entry.id, mode, entry.due ?? '', json, keys.join(' ')];
  };
  return [
    ...[JSON.stringify(state), state.askedAt, keptMs, articleKeptMs, ambiguous.join(' ')],
    ...fresh.flatMap(written('fresh')),
    ...changed.flatMap(written('changed')),
    ...seen.flatMap(({ id, keys }) => [id, 'seen', '', '', keys.join(' ')]),
  ];
}

function readEntry(json: string): KnownEntry {
  const { article, ...rest } = JSON.parse(json) as KnownEntry;
  if (article === undefined) return rest;
  const { publishedAt, ...written } = article;
  const at = publishedAt === undefined ? {} : { publishedAt: new Date(publishedAt) };
  return { ...rest, article: { ...written, ...at } };
}
