/** Scripts for the looks at posts that are up. ARGV[1] is the publication's name. */
export const SIGHT_SCRIPTS = {
  /** name, number, sight as JSON or nothing, nextAt or nothing */
  noteSight: `
local name = ARGV[1]
local h = load(name)
local is_up = h and h.state == 'published'
if is_up and ARGV[4] ~= '' then
  redis.call('ZADD', B .. 'sights', ARGV[4], name)
else
  redis.call('ZREM', B .. 'sights', name)
end
if not is_up or ARGV[3] == '' or int(h.sights) >= int(ARGV[2]) then return 0 end
redis.call('HSET', key(name), 'sights', ARGV[2], 'sight', ARGV[3])
tell_json(name, 'seen by strangers', ARGV[3])
return 1`,
} as const;
