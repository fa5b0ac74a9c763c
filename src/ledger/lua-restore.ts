import { ARCHIVE_LIBRARY } from './lua-archive.ts';

/** Scripts for a ledger that is restored from a backup. */
export const RESTORE_SCRIPTS = {
  /** reason as JSON: replaces whatever it was frozen for */
  freezeAnew: `
redis.call('SET', B .. 'frozen', ARGV[1])
return 1`,

  /** lookForMs: what comes new in this time may have gone out after the backup, and is looked for */
  lookForNew: `
redis.call('SET', B .. 'look-new-until', ms(NOW + int(ARGV[1])))
return 1`,

  /** name, lookForMs. Puts a record that stands alone into the sets that follow from it. */
  settle: `${ARCHIVE_LIBRARY}
local name = ARGV[1]
local h = load(name)
if not h or not h.state then return 0 end
redis.call('HDEL', key(name), 'inHand', 'limitAt', 'limitBy')
for _, part in ipairs(cjson.decode(h.parts or '[]')) do
  redis.call('HSETNX', B .. 'remote:' .. h.account, part.remoteId, name)
end
if h.archivedAt then
  index_trace(name, h, math.max(int(h.due), int(h.publishedAt), int(h.retractedAt)))
  return 1
end
if h.state == 'claimed' then
  -- Its worker had begun nothing by then.
  forget_claim(name)
  unspend(name, h)
  h.state = 'scheduled'
  redis.call('HSET', key(name), 'state', 'scheduled')
elseif h.state == 'sending' then
  redis.call('HSET', key(name), 'state', 'unconfirmed', 'doubtAt', ms(NOW), 'looks', 0, 'failures', 0, 'lookAt', ms(NOW),
    'senderGone', '0', 'precaution', '0', 'saidToBeThere', '0')
  redis.call('HINCRBY', key(name), 'doubts', 1)
  h.state, h.lookAt = 'unconfirmed', ms(NOW)
end
if h.state == 'unconfirmed' then
  if int(h.reserve) > 0 then book('reserved', h, int(h.reserve)) end
else
  redis.call('HDEL', key(name), 'reserve')
end
redis.call('ZADD', B .. 'state:' .. h.state, h.due, name)
local wake = { scheduled = math.max(int(h.due), int(h.wakeAt)), held = int(h.publishBy) + 1, unconfirmed = int(h.lookAt) }
if wake[h.state] then redis.call('ZADD', B .. 'wake', ms(wake[h.state]), name) end
if h.state == 'held' and h.heldBy == 'budget' then redis.call('ZADD', B .. 'over-budget:' .. h.account, h.due, name) end
-- It may have gone out since, at another time too: it is looked for first.
local may_go_out = { scheduled = true, held = true, failed = true, missed = true }
if may_go_out[h.state] and int(h.due) < NOW + int(ARGV[2]) then redis.call('HSET', key(name), 'mayBeOut', '1') end
if h.state == 'published' and int(h.publishedAt) > NOW - 86400000 then redis.call('ZADD', B .. 'sights', h.publishedAt, name) end
local is_to_be_deleted = h.retractBy and h.retractByHand ~= '1' and h.retractStuck ~= '1' and is_under_way(h)
if is_to_be_deleted and (h.state == 'published' or h.state == 'failed') then
  redis.call('ZADD', B .. 'retracting:' .. h.network, ms(NOW), name)
end
if h.correctPost then redis.call('ZADD', B .. 'correcting:' .. h.network, ms(NOW), name) end
return 1`,
} as const;
