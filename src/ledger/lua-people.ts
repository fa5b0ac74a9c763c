/** Scripts for what people do to a publication or an account. */
export const PEOPLE_SCRIPTS = {
  /** name, remoteId, url, by */
  confirm: `
local name = ARGV[1]
local h = load(name)
local refused = { claimed = true, sending = true, published = true, retracted = true }
if not h or not h.state or refused[h.state] then return step(false, h) end
-- A person who shows one post of a thread answers for all of it.
local evidence = 'confirmed by ' .. ARGV[4]
local parts = cjson.decode(h.parts or '[]')
for _, known in ipairs(parts) do
  if known.remoteId == ARGV[2] then
    renew(name, h)
    redis.call('HSET', key(name), 'total', #parts)
    complete(name, h, evidence)
    tell(name, 'posted', { part = #parts - 1, remoteId = ARGV[2], url = ARGV[3], evidence = evidence })
    return step(true, h)
  end
end
if redis.call('HEXISTS', B .. 'remote:' .. h.account, ARGV[2]) == 1 then return step(false, h) end
renew(name, h)
h.total = #parts + 1
redis.call('HSET', key(name), 'total', h.total)
posted(name, h, #parts, ARGV[2], ARGV[3], evidence, -1, 0)
return step(true, h)`,

  /** name, by, notPosted, publishByMs, waitMs */
  retry: `
local name = ARGV[1]
local h = load(name)
-- Of what is archived nobody here knows the text.
if not h or h.retractBy or (h.archivedAt and not h.post) then return step(false, h) end
local not_posted = ARGV[3] == '1'
local safe = h.state == 'failed' or h.state == 'missed'
if h.state == 'unconfirmed' and not_posted and is_sender_over(h) then safe = true end
if not safe then return step(false, h) end
h.publishBy = ms(math.max(int(h.publishBy), NOW + int(ARGV[4])))
redis.call('HSET', key(name), 'publishBy', h.publishBy, 'attempts', 0)
redis.call('HDEL', key(name), 'error', 'why', 'precaution', 'holder', 'holdWhy', 'holdAt')
-- Who sends it again holds it no longer.
h.holder = nil
if not_posted then
  mark_checked(name)
  -- Should the network refuse it as already there, it is not taken for this one again.
  redis.call('HSET', key(name), 'doubtsDenied', int(h.doubts))
end
forget_claim(name)
renew(name, h)
tell(name, not_posted and 'sent again, said not to be live' or 'sent again', { by = ARGV[2] })
schedule(name, h, NOW + int(ARGV[5]))
return step(true, h)`,

  /** name, fingerprint and due as they were shown, by, waitMs */
  approve: `
local name = ARGV[1]
local h = load(name)
if not h or not h.state then return { 0, 'missing', 0, '' } end
local function refuse(because) return { 0, h.state, int(h.generation), because } end
local open = { scheduled = true, held = true, failed = true, missed = true }
if not h.approval then return refuse('not-asked') end
if h.fingerprint ~= ARGV[2] or int(h.due) ~= int(ARGV[3]) then return refuse('changed') end
if h.approval == 'draft' then return refuse('draft') end
if is_approved(h) then return refuse('approved') end
if not open[h.state] then return refuse('state') end
approve(name, h, ARGV[4], 'operator')
if h.state == 'held' and h.heldBy == 'approval' then
  renew(name, h)
  if too_late(h, NOW) then miss(name, h, 'not approved') else schedule(name, h, NOW + int(ARGV[5])) end
end
return { 1, h.state, int(h.generation), '' }`,

  /** name, due, by */
  move: `
local name = ARGV[1]
local h = load(name)
local allowed = { scheduled = true, held = true, handoff = true, failed = true, missed = true }
if not h or not allowed[h.state] or is_under_way(h) or not h.post then return plan_step(false, h) end
local due = int(ARGV[2])
if due + int(h.publishByMs) < NOW then return plan_step(false, h) end
remember_old_time(name, h)
if not h.asked then redis.call('HSET', key(name), 'asked', h.now == '1' and 'now' or h.due) end
h.due, h.publishBy = ms(due), ms(due + int(h.publishByMs))
redis.call('HSET', key(name), 'due', h.due, 'publishBy', h.publishBy, 'movedBy', ARGV[3])
drop_draft(name, h)
renew(name, h)
begin_anew(name)
tell(name, 'moved', { due = due, by = ARGV[3] })
place(name, h, due)
return plan_step(true, h)`,

  /** account, hold as JSON */
  pause: `
return redis.call('HSETNX', B .. 'holds', ARGV[1], ARGV[2])`,

  /** account, by, gapMs */
  resume: `
local was_held = redis.call('HDEL', B .. 'holds', ARGV[1])
local waiting = {}
local function gather(names)
  for _, name in ipairs(names) do
    local h = load(name)
    h.name = name
    waiting[#waiting + 1] = h
  end
end
gather(redis.call('ZRANGE', B .. 'state:held', 0, -1))
if was_held == 1 then gather(redis.call('ZRANGEBYSCORE', B .. 'state:scheduled', '-inf', ms(NOW))) end
table.sort(waiting, function(a, b)
  if int(a.due) ~= int(b.due) then return int(a.due) < int(b.due) end
  return a.name < b.name
end)
local resumed, missed, next_at = 0, 0, {}
for _, h in ipairs(waiting) do
  local name = h.name
  local at = next_at[h.account] or NOW
  local concerned = (ARGV[1] == '*' or h.account == ARGV[1]) and not hold_of(h.account)
  if h.state == 'held' then
    concerned = concerned and h.heldBy == 'pause'
  elseif int(h.wakeAt) > at then
    -- Its own wait, for a network or after a failure, is longer than the way out of the pause.
    concerned = false
  end
  if concerned then
    renew(name, h)
    if too_late(h, at) then
      miss(name, h, why_missed(h))
      missed = missed + 1
    else
      note_held_back(name, h)
      schedule(name, h, at)
      tell(name, 'resumed', { by = ARGV[2] })
      next_at[h.account] = at + int(ARGV[3])
      resumed = resumed + 1
    end
  end
end
return { was_held, resumed, missed }`,
} as const;
