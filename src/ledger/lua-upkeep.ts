/** Scripts for what the scheduler and a recovery do. */
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
if not too_late(h, NOW) then return step(false, h) end
renew(name, h)
miss(name, h, h.state == 'held' and 'held too long' or 'too late')
return step(true, h)`,

  /** reason as JSON */
  freeze: `
return redis.call('SET', B .. 'frozen', ARGV[1], 'NX') and 1 or 0`,

  /** fence, lookUntil, by */
  thaw: `
if redis.call('DEL', B .. 'frozen') == 0 then return 0 end
if int(redis.call('GET', B .. 'fence')) < int(ARGV[1]) then redis.call('SET', B .. 'fence', ARGV[1]) end
if int(redis.call('GET', B .. 'look-until')) < int(ARGV[2]) then redis.call('SET', B .. 'look-until', ARGV[2]) end
redis.call('XADD', B .. 'events', 'MAXLEN', '~', 100000, '*', 'kind', 'thawed', 'by', ARGV[3])
return 1`,

  /** name, kind, entry, account, network, due, fence, part, at, remoteId, url, isLastPart */
  witness: `
local name = ARGV[1]
local h = load(name)
local part = int(ARGV[8])
if ARGV[2] == 'posted' then
  if not h then
    h = { due = ARGV[6], account = ARGV[4], network = ARGV[5], fingerprint = '' }
    redis.call('HSET', key(name), 'entry', ARGV[3], 'account', ARGV[4], 'network', ARGV[5], 'due', ARGV[6], 'publishBy', ARGV[6],
      'fingerprint', '', 'total', part + (ARGV[12] == '1' and 1 or 2))
    h = load(name)
    renew(name, h)
  end
  if h.state == 'published' or part < #cjson.decode(h.parts or '[]') then return step(false, h) end
  local taken = posted(name, h, part, ARGV[10], ARGV[11], 'journal', -1, 0)
  return step(taken[2] == 1, h)
end
local open = h and (h.state == 'scheduled' or h.state == 'claimed' or h.state == 'held' or h.state == 'missed')
if not open or int(h.begunFence) >= int(ARGV[7]) then return step(false, h) end
redis.call('HSET', key(name), 'begunFence', ARGV[7], 'part', part, 'beganPart', part, 'firstBeganAt', ARGV[9])
forget_claim(name)
renew(name, h)
doubt(name, h, true, NOW)
tell(name, 'journal knows of an attempt', { fence = int(ARGV[7]) })
return step(true, h)`,
} as const;
