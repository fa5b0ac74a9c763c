/**
 * Scripts for people who hold one publication, whatever its account does. A record then has a `holder`, and why and when;
 * it stays held, also at another time or with another text, until somebody releases it or sends it again.
 */
export const HOLDING_SCRIPTS = {
  /** name, by, reason */
  holdOne: `
local name = ARGV[1]
local h = load(name)
local allowed = { scheduled = true, claimed = true, held = true, handoff = true }
if not h or not allowed[h.state] or is_under_way(h) or h.holder then return step(false, h) end
h.holder = ARGV[2]
redis.call('HSET', key(name), 'holder', ARGV[2], 'holdWhy', ARGV[3], 'holdAt', ms(NOW))
if h.state == 'claimed' then unspend(name, h) end
renew(name, h)
hold(name, h, 'person')
tell(name, 'held by hand', { by = ARGV[2], why = ARGV[3] ~= '' and ARGV[3] or nil })
return step(true, h)`,

  /** name, by, waitMs */
  releaseOne: `
local name = ARGV[1]
local h = load(name)
if not h or not h.holder then return step(false, h) end
h.holder = nil
redis.call('HDEL', key(name), 'holder', 'holdWhy', 'holdAt')
tell(name, 'released', { by = ARGV[2] })
if h.state ~= 'held' or h.heldBy ~= 'person' then return step(true, h) end
renew(name, h)
if too_late(h, NOW) then
  miss(name, h, why_missed(h))
else
  schedule(name, h, math.max(NOW + int(ARGV[3]), int(h.wakeAt)))
end
return step(true, h)`,
} as const;
