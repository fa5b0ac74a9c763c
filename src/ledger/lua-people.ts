/** Scripts for what people do to a publication or an account. */
export const PEOPLE_SCRIPTS = {
  /** name, remoteId, url, by */
  confirm: `
local name = ARGV[1]
local h = load(name)
local refused = { claimed = true, sending = true, published = true, retracted = true }
if not h or refused[h.state] then return step(false, h) end
local owner = redis.call('HGET', B .. 'remote:' .. h.account, ARGV[2])
if owner and owner ~= name then return step(false, h) end
renew(name, h)
-- A person who shows one post of a thread answers for all of it.
redis.call('HSET', key(name), 'total', #cjson.decode(h.parts or '[]') + 1)
h.total = #cjson.decode(h.parts or '[]') + 1
posted(name, h, h.total - 1, ARGV[2], ARGV[3], 'confirmed by ' .. ARGV[4], -1, 0)
return step(true, h)`,

  /** name, by, notPosted, publishByMs */
  retry: `
local name = ARGV[1]
local h = load(name)
if not h then return step(false, h) end
local not_posted = ARGV[3] == '1'
local safe = h.state == 'failed' or h.state == 'missed'
if h.state == 'unconfirmed' and not_posted and h.senderGone == '1' then safe = true end
if not safe then return step(false, h) end
redis.call('HSET', key(name), 'publishBy', ms(math.max(int(h.publishBy), NOW + int(ARGV[4]))), 'attempts', 0)
redis.call('HDEL', key(name), 'error', 'why', 'precaution')
if not_posted then redis.call('HSET', key(name), 'prechecked', '1') end
forget_claim(name)
renew(name, h)
schedule(name, h, NOW)
tell(name, not_posted and 'sent again, said not to be live' or 'sent again', { by = ARGV[2] })
return step(true, h)`,

  /** account, hold as JSON */
  pause: `
return redis.call('HSETNX', B .. 'holds', ARGV[1], ARGV[2])`,

  /** account, by, gapMs */
  resume: `
local was_held = redis.call('HDEL', B .. 'holds', ARGV[1])
local resumed, missed, next_at = 0, 0, {}
local function take(names)
  for _, name in ipairs(names) do
    local h = load(name)
    local concerned = ARGV[1] == '*' or h.account == ARGV[1]
    if h.state == 'held' and h.heldBy ~= 'pause' then concerned = false end
    if concerned and not hold_of(h.account) then
      renew(name, h)
      local at = next_at[h.account] or NOW
      if h.state == 'held' and int(h.due) > NOW then
        schedule(name, h, int(h.due))
      elseif too_late(h, at) then
        miss(name, h, h.state == 'held' and 'held too long' or 'too late')
        missed = missed + 1
      else
        schedule(name, h, at)
        tell(name, 'resumed', { by = ARGV[2] })
        next_at[h.account] = at + int(ARGV[3])
        resumed = resumed + 1
      end
    end
  end
end
take(redis.call('ZRANGE', B .. 'state:held', 0, -1))
if was_held == 1 then take(redis.call('ZRANGEBYSCORE', B .. 'state:scheduled', '-inf', ms(NOW))) end
return { was_held, resumed, missed }`,
} as const;
