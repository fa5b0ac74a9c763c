/** Scripts for what the scheduler does, and for what a journal tells. */
export const UPKEEP_SCRIPTS = {
  /** name, fence, senderIsGone, lookAfterMs */
  expire: `
local name = ARGV[1]
local h = load(name)
if not h or int(h.fence) ~= int(ARGV[2]) then return step(false, h) end
local gone = ARGV[3] == '1'
if h.state == 'claimed' and (gone or int(h.lease) <= NOW) then
  unspend(name, h)
  forget_claim(name)
  renew(name, h)
  tell(name, 'claim lost')
  schedule(name, h, NOW)
  return step(true, h)
end
if h.state == 'sending' and (gone or int(h.deadline) <= NOW) then
  renew(name, h)
  count_attempt(h, 'unknown')
  doubt(name, h, gone, NOW + int(ARGV[4]))
  tell(name, 'sender vanished')
  return step(true, h)
end
return step(false, h)`,

  /** name, expectedGeneration */
  renew: `
local name = ARGV[1]
local h = load(name)
if not h or int(h.generation) ~= int(ARGV[2]) then return step(false, h) end
if h.state ~= 'scheduled' and h.state ~= 'unconfirmed' then return step(false, h) end
renew(name, h)
return step(true, h)`,

  /** name */
  miss: `
local name = ARGV[1]
local h = load(name)
if not h or (h.state ~= 'scheduled' and h.state ~= 'held') then return step(false, h) end
if not is_to_be_missed(h) then return step(false, h) end
renew(name, h)
miss(name, h, why_missed(h))
return step(true, h)`,

  /** name, check as JSON, then each fault as JSON */
  noteLinks: `
local name = ARGV[1]
local h = load(name)
if not h or not h.state then return 0 end
redis.call('HSET', key(name), 'links', ARGV[2], 'linksAt', ms(NOW))
if h.links == ARGV[2] then return 0 end
for i = 3, #ARGV do tell_json(name, 'link in doubt', ARGV[i]) end
if #ARGV == 2 and h.links then tell(name, 'link works') end
return 1`,

  /** name, kind, entry, account, network, due, fence, part, at, remoteId, url, isLastPart */
  witness: `
local name = ARGV[1]
local h = load(name)
local fence, part = int(ARGV[7]), int(ARGV[8])
if not h then
  -- It has no state, and nobody sees it, until all of it is known to be up or apply brings its post back.
  redis.call('HSET', key(name), 'entry', ARGV[3], 'account', ARGV[4], 'network', ARGV[5], 'due', ARGV[6], 'publishBy', ARGV[6],
    'fingerprint', '')
  h = load(name)
end
local parts = cjson.decode(h.parts or '[]')
local knows = int(h.begunFence) > fence or (int(h.begunFence) == fence and int(h.part) >= part)
local function learn()
  if not knows then redis.call('HSET', key(name), 'begunFence', fence, 'part', part) end
end
if ARGV[2] == 'posted' then
  learn()
  local known = parts[part + 1]
  if known and known.remoteId == ARGV[10] then return step(false, h) end
  if not h.post then
    h.total = part + (ARGV[12] == '1' and 1 or 2)
    redis.call('HSET', key(name), 'total', h.total)
  end
  local taken = posted(name, h, part, ARGV[10], ARGV[11], 'journal', -1, 0)
  return step(taken[2] == 1, h)
end
local open = { scheduled = true, claimed = true, held = true, unconfirmed = true, failed = true, missed = true }
if knows or part < #parts or (h.state and not open[h.state]) then return step(false, h) end
learn()
if h.state ~= 'unconfirmed' or int(h.beganPart) ~= part or not h.firstBeganAt then
  redis.call('HSET', key(name), 'beganPart', part, 'firstBeganAt', ARGV[9])
end
if not h.state then return step(true, h) end
if h.state == 'claimed' then unspend(name, h) end
forget_claim(name)
renew(name, h)
doubt(name, h, true, NOW)
tell(name, 'journal knows of an attempt', { fence = fence })
return step(true, h)`,
} as const;
