/** Scripts for what a worker does with a job. ARGV[1] is the publication's name. */
export const WORKER_SCRIPTS = {
  /** generation, sender, leaseMs, assisted, lookIfLateMs, claimId, terms as JSON or '', limits as JSON or nothing */
  claim: `
local name = ARGV[1]
local function wait(at, because) return { 'wait', ms(math.max(0, int(at) - NOW)), because } end
local function home(because) return { 'go-home', because } end
if is_frozen() then return wait(NOW + 1000, 'the ledger is frozen') end
local h = load(name)
if not h then return home('unknown publication') end
local parts = h.parts or '[]'

-- The answer to this very claim was lost on its way, and the client asked again.
local function granted()
  return { 'publish', int(h.fence), int(h.begunFence), int(h.attempts), h.post, h.draft or '', parts,
    int(h.doubts) > int(h.doubtsDenied) and 1 or 0, h.due, int(h.part), h.trace or '' }
end
if h.state == 'claimed' and h.claimId == ARGV[7] then return granted() end
if int(h.generation) ~= int(ARGV[2]) then return home('superseded') end

if h.state == 'claimed' then
  if int(h.lease) > NOW then return wait(h.lease, 'another worker has it') end
  unspend(name, h)
  if h.inHand then release(name, h, false) end
elseif h.state == 'sending' then
  return wait(math.max(int(h.deadline), NOW + 500), 'it is being sent')
elseif h.state == 'unconfirmed' then
  if int(h.lookAt) > NOW then return wait(h.lookAt, 'the next look comes later') end
elseif h.state ~= 'scheduled' then
  return home(h.state)
end

if h.state ~= 'unconfirmed' then
  local due = math.max(int(h.due), int(h.wakeAt))
  if due > NOW then return wait(due, 'early') end
  if is_to_be_missed(h) or (ARGV[5] == '1' and too_late(h, NOW)) then
    miss(name, h, why_missed(h))
    return home('missed')
  end
  if hold_back(name, h) then return home('held') end
  if ARGV[5] == '1' then
    forget_claim(name)
    enter(name, h, 'handoff', nil)
    tell(name, 'handed over')
    return home('handoff')
  end
  -- What a limit has held back is not late because nobody was there.
  local expected = math.max(int(h.due), int(h.limitAt))
  local is_late = (h.cameLate or NOW - expected > int(ARGV[6])) and not h.begunFence and not h.prechecked
  local is_old = is_from_before(h)
  if is_late or is_old then
    redis.call('HSET', key(name), 'doubtAt', ms(NOW), 'looks', 0, 'failures', 0, 'lookAt', ms(NOW), 'senderGone', '1',
      'precaution', '1', 'since', ms(is_old and NOW - 2592000000 or int(h.due) - 60000))
    forget_claim(name)
    enter(name, h, 'unconfirmed', NOW)
    tell(name, 'looked for first', { lateBy = NOW - int(h.due), old = is_old and 1 or 0 })
    h = load(name)
  end
end

if h.state == 'unconfirmed' then
  local reads_at = int(redis.call('HGET', B .. 'limit:account:' .. h.account, 'reads'))
  if reads_at > NOW then
    redis.call('HSET', key(name), 'lookAt', ms(reads_at))
    redis.call('ZADD', B .. 'wake', ms(reads_at), name)
    return wait(reads_at, 'the limit of looks')
  end
  -- Taken for the time of a lease: if this worker dies while it looks, another looks again.
  redis.call('HSET', key(name), 'lookAt', ms(NOW + int(ARGV[4])))
  redis.call('ZADD', B .. 'wake', ms(NOW + int(ARGV[4])), name)
  local precaution = h.precaution == '1'
  local since = precaution and int(h.since) or int(h.firstBeganAt) - 60000
  local part = precaution and #cjson.decode(parts) or int(h.beganPart)
  return { 'look', int(h.looks), h.post, part, h.draft or '', parts, h.doubtAt, ms(since),
    h.senderGone == '1' and '' or (h.sender or ''), precaution and 1 or 0, int(h.attempts), int(h.failures),
      not precaution and h.saidToBeThere == '1' and 1 or 0, h.trace or '' }
end

local limits = cjson.decode(ARGV[9] or '{"known":[]}')
local wanted = math.max(1, int(h.total) - #cjson.decode(parts))
local because = ask_limits(name, h, limits, wanted)
if because then
  if h.state == 'claimed' then
    forget_claim(name)
    enter(name, h, 'scheduled', NOW)
  end
  local at = stand_in_line(name, h, because)
  local news = because.at > NOW and is_news(because.scope, because.at)
  return { 'wait', ms(at - NOW), 'limited', news and ms(because.at - NOW) or '', because.of }
end
if not set_aside(name, h, ARGV[8]) then return home('held') end
local reserved = reserve(name, h, limits, wanted)
h.fence = redis.call('INCR', B .. 'fence')
h.attempts = redis.call('HINCRBY', key(name), 'attempts', 1)
redis.call('HSET', key(name), 'fence', h.fence, 'sender', ARGV[3], 'lease', ms(NOW + int(ARGV[4])), 'claimId', ARGV[7],
  'inHand', reserved)
enter(name, h, 'claimed', NOW + int(ARGV[4]))
return granted()`,

  /** fence, draft */
  saveDraft: `
local name = ARGV[1]
local h = load(name)
if not h or h.state ~= 'claimed' or int(h.fence) ~= int(ARGV[2]) then return 0 end
redis.call('HSET', key(name), 'draft', ARGV[3])
return 1`,

  /** fence, part, windowMs */
  begin: `
local name = ARGV[1]
local h = load(name)
local function begun() return has_replicas() and 'begun before replicas' or 'begun' end
if is_frozen() then return 'frozen' end
if not h or int(h.fence) ~= int(ARGV[2]) then return 'lost' end
-- The client asks again if the answer was lost on its way.
if h.state == 'sending' and int(h.part) == int(ARGV[3]) and int(h.deadline) > NOW then return begun() end
if h.state ~= 'claimed' or int(h.lease) <= NOW then return 'lost' end
if too_late(h, NOW) then
  unspend(name, h)
  miss(name, h, 'too late')
  return 'too-late'
end
if hold_back(name, h) then
  unspend(name, h)
  return 'paused'
end
local limit_at = stopped_until(h)
if limit_at then
  unspend(name, h)
  forget_claim(name)
  enter(name, h, 'scheduled', limit_at)
  stand_in_line(name, h, { at = limit_at, of = 'account' })
  return 'limited'
end
local deadline = NOW + int(ARGV[4])
redis.call('HSET', key(name), 'deadline', ms(deadline), 'part', ARGV[3], 'begunFence', h.fence, 'sendingAt', ms(NOW))
mark_checked(name)
-- While any try of this part was in doubt, its post may be as old as the first of them.
if int(h.doubts) == 0 or int(h.beganPart) ~= int(ARGV[3]) or not h.firstBeganAt then
  redis.call('HSET', key(name), 'firstBeganAt', ms(NOW), 'beganPart', ARGV[3])
end
enter(name, h, 'sending', deadline)
tell(name, 'sending', { attempt = int(h.attempts), part = int(ARGV[3]), fence = int(h.fence), sender = h.sender })
return begun()`,

  /** fence, part, remoteId, url, leaseMs */
  posted: `
local name = ARGV[1]
local h = load(name)
if not h then return answer(name, nil, false) end
return posted(name, h, int(ARGV[3]), ARGV[4], ARGV[5], 'answered', int(ARGV[2]), int(ARGV[6]))`,

  /** fence, error */
  rejected: `
local name = ARGV[1]
local h = load(name)
if not h or (h.state ~= 'sending' and h.state ~= 'claimed') or int(h.fence) ~= int(ARGV[2]) then return answer(name, h, false) end
redis.call('HSET', key(name), 'error', ARGV[3])
redis.call('HDEL', key(name), 'why')
count_attempt(h, 'refused')
drop_draft(name, h)
forget_claim(name)
enter(name, h, 'failed', nil)
tell_json(name, 'refused', ARGV[3])
return answer(name, h, true)`,

  /** fence, error, retryInMs, spendsAttempt, maxAttempts, whose limit or '' */
  notSent: `
local name = ARGV[1]
local h = load(name)
if not h or (h.state ~= 'sending' and h.state ~= 'claimed') or int(h.fence) ~= int(ARGV[2]) then return answer(name, h, false) end
local spends = ARGV[5] == '1'
if not spends then unspend(name, h) end
local limit_at = ARGV[7] ~= '' and NOW + int(ARGV[4])
if spends or limit_at then count_attempt(h, limit_at and 'limited' or 'not-sent') end
if limit_at then
  local scope = scope_in_hand(h, ARGV[7])
  put_stop(scope, 'stop', limit_at)
  h.isNews = is_news(scope, limit_at)
end
redis.call('HSET', key(name), 'error', ARGV[3])
redis.call('HDEL', key(name), 'why')
forget_claim(name)
tell_json(name, spends and 'not sent' or 'put off', ARGV[3])
if spends and int(h.attempts) >= int(ARGV[6]) then
  redis.call('HSET', key(name), 'why', 'attempts used up')
  drop_draft(name, h)
  enter(name, h, 'failed', nil)
  tell(name, 'gave up', { attempts = int(h.attempts) })
elseif too_late(h, NOW + int(ARGV[4])) then
  miss(name, h, 'no time left')
else
  schedule(name, h, NOW + int(ARGV[4]))
  if limit_at and h.state == 'scheduled' then stand_in_line(name, h, { at = limit_at, of = ARGV[7] }) end
end
return answer(name, h, true)`,

  /** fence, error, hold */
  accountRefused: `
local name = ARGV[1]
local h = load(name)
if not h or (h.state ~= 'sending' and h.state ~= 'claimed') or int(h.fence) ~= int(ARGV[2]) then return answer(name, h, false) end
if redis.call('HEXISTS', B .. 'holds', h.account) == 0 then
  redis.call('HSET', B .. 'holds', h.account, ARGV[4])
end
unspend(name, h)
count_attempt(h, 'account-refused')
redis.call('HSET', key(name), 'error', ARGV[3])
redis.call('HDEL', key(name), 'why')
hold(name, h, 'pause')
tell_json(name, 'account refused', ARGV[3])
return answer(name, h, true)`,

  /** fence, error, lookAfterMs, saidToBeThere */
  unknown: `
local name = ARGV[1]
local h = load(name)
if not h or h.state ~= 'sending' or int(h.fence) ~= int(ARGV[2]) then return answer(name, h, false) end
redis.call('HSET', key(name), 'error', ARGV[3])
redis.call('HDEL', key(name), 'why')
count_attempt(h, 'unknown')
doubt(name, h, true, NOW + int(ARGV[4]))
redis.call('HSET', key(name), 'saidToBeThere', ARGV[5])
forget_claim(name)
tell_json(name, 'outcome unknown', ARGV[3])
return answer(name, h, true)`,

  /** part, remoteId, url */
  found: `
local name = ARGV[1]
local h = load(name)
if not h then return answer(name, nil, false) end
-- What looks like it need not be it: once the part is known to be up, another publication may own this post.
local known = cjson.decode(h.parts or '[]')[int(ARGV[2]) + 1]
if known then return answer(name, h, known.remoteId == ARGV[3]) end
return posted(name, h, int(ARGV[2]), ARGV[3], ARGV[4], 'found', -1, 0)`,

  /** look, doubtAt, isFinal, lookAt, maxAttempts */
  absent: `
local name = ARGV[1]
local h = load(name)
if not is_look(h, ARGV[2], ARGV[3]) then return answer(name, h, false) end
redis.call('HSET', key(name), 'looks', int(h.looks) + 1, 'failures', 0)
tell(name, 'not there', { look = int(h.looks) + 1 })
if ARGV[4] ~= '1' then
  redis.call('HSET', key(name), 'lookAt', ARGV[5])
  enter(name, h, 'unconfirmed', int(ARGV[5]))
  return answer(name, h, true)
end
forget_claim(name)
renew(name, h)
local precaution = h.precaution == '1'
redis.call('HSET', key(name), 'precaution', '0')
mark_checked(name)
if too_late(h, NOW) then
  miss(name, h, 'too late')
elseif not precaution and int(h.attempts) >= int(ARGV[6]) then
  redis.call('HSET', key(name), 'why', 'attempts used up')
  drop_draft(name, h)
  enter(name, h, 'failed', nil)
  tell(name, 'gave up', { attempts = int(h.attempts) })
else
  redis.call('HDEL', key(name), 'error', 'why')
  schedule(name, h, NOW)
  tell(name, 'proven absent')
end
return answer(name, h, true)`,

  /** look, doubtAt, error, lookInMs, contradicted */
  unsettled: `
local name = ARGV[1]
local h = load(name)
if not is_look(h, ARGV[2], ARGV[3]) then return answer(name, h, false) end
redis.call('HINCRBY', key(name), 'failures', 1)
redis.call('HSET', key(name), 'error', ARGV[4], 'lookAt', ms(NOW + int(ARGV[5])))
enter(name, h, 'unconfirmed', NOW + int(ARGV[5]))
if int(h.failures) == 0 then tell_json(name, int(ARGV[6]) == 1 and 'said to be there' or 'account unreadable', ARGV[4]) end
return answer(name, h, true)`,
} as const;
