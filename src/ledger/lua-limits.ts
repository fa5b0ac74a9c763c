/**
 * What the ledger knows of the limits of accounts and apps, as part of its library. A scope is `account:<name>` or
 * `app:<hash>`. Keys below the base:
 *   limit:<scope>     hash of what the network has said: stop, reads, told (times), pace:<name>, window:<name> (JSON)
 *   in-hand:<scope>   hash of publications that have a reservation to how many posts it is for
 *   sent:<scope>      sorted set of posts by the time at which they began to be sent, or fell into doubt
 *   line:<account>    sorted set by due time of the publications that a limit holds back
 *   lines             set of the accounts that have a line
 */
export const LIMITS_LIBRARY = `
local function in_hand(scope)
  local sum = 0
  for _, posts in ipairs(redis.call('HVALS', B .. 'in-hand:' .. scope)) do sum = sum + int(posts) end
  return sum
end

-- One post of the reservation has left, or may have: it counts for as long as the longest span that anybody asks for.
-- One that was answered counts from when it began: what its answer said to be left is without it.
local function count_sent(h, reserved, is_answered)
  local since = is_answered and tonumber(h.sendingAt) or NOW
  for _, at in ipairs(reserved.at) do
    if at.keep > 0 then
      local sent = B .. 'sent:' .. at.scope
      redis.call('ZREMRANGEBYSCORE', sent, '-inf', ms(NOW - at.keep))
      redis.call('ZADD', sent, ms(since), h.fence .. '/' .. (h.part or '0'))
      redis.call('PEXPIRE', sent, ms(at.keep))
    end
  end
end

-- A part of a thread is up, and the claim goes on.
local function use_one(name, h)
  if not h.inHand then return end
  local reserved = cjson.decode(h.inHand)
  count_sent(h, reserved, true)
  for _, at in ipairs(reserved.at) do
    local held = B .. 'in-hand:' .. at.scope
    if int(redis.call('HGET', held, name)) > 0 then redis.call('HINCRBY', held, name, -1) end
  end
end

-- Gives back what was reserved and not used.
local function release(name, h, was_sent, is_answered)
  local reserved = cjson.decode(h.inHand)
  if was_sent then count_sent(h, reserved, is_answered) end
  for _, at in ipairs(reserved.at) do redis.call('HDEL', B .. 'in-hand:' .. at.scope, name) end
  redis.call('HDEL', key(name), 'inHand')
  h.inHand = nil
end

local function leave_line(name, h)
  if not h.limitAt then return end
  redis.call('ZREM', B .. 'line:' .. h.account, name)
  redis.call('HDEL', key(name), 'limitAt', 'limitBy')
  h.limitAt, h.limitBy = nil, nil
end

-- The first of an account's line may try once nothing of the account is in hand. Answers what is to be woken.
local function next_in_line(account)
  local line = B .. 'line:' .. account
  local first = redis.call('ZRANGE', line, 0, 0)[1]
  if not first then
    redis.call('SREM', B .. 'lines', account)
    return nil
  end
  if redis.call('HLEN', B .. 'in-hand:account:' .. account) > 0 or hold_of(account) then return nil end
  local h = load(first)
  local at = math.max(NOW, int(h.limitAt), int(h.wakeAt))
  if int(redis.call('ZSCORE', B .. 'wake', first)) <= at then return nil end
  redis.call('ZADD', B .. 'wake', ms(at), first)
  -- A job of its own, as the one that it has sleeps for longer.
  renew(first, h)
  return { first, int(h.generation), h.network, ms(at - NOW) }
end

-- Whatever ends a claim ends its reservation, and lets the next of the account try.
local function leave_hand(name, h, before, state)
  local may_be_out = state == 'published' or state == 'unconfirmed' or state == 'failed'
  release(name, h, before == 'sending' and may_be_out, state ~= 'unconfirmed')
  h.woken = next_in_line(h.account)
end

local function scopes_of(account, app)
  local scopes = { account = 'account:' .. account }
  scopes.app = app and app ~= '' and 'app:' .. app or scopes.account
  return scopes
end

local function state_of(scope)
  local flat, state = redis.call('HGETALL', B .. 'limit:' .. scope), {}
  for i = 1, #flat, 2 do state[flat[i]] = flat[i + 1] end
  return state
end

-- The scopes that its reservation is in: the last is that of its app, if the app is known.
local function scope_in_hand(h, owner)
  local at = h.inHand and cjson.decode(h.inHand).at
  if not at then return 'account:' .. h.account end
  return at[owner == 'app' and #at or 1].scope
end

-- Until when the network takes no posts, as it has said since the claim; nil if it takes them.
local function stopped_until(h)
  local latest = 0
  for _, owner in ipairs({ 'account', 'app' }) do
    latest = math.max(latest, int(redis.call('HGET', B .. 'limit:' .. scope_in_hand(h, owner), 'stop')))
  end
  return latest > NOW and latest or nil
end

local function put_stop(scope, field, until_at)
  local limit = B .. 'limit:' .. scope
  if int(redis.call('HGET', limit, field)) >= until_at then return end
  redis.call('HSET', limit, field, ms(until_at))
  redis.call('PEXPIRE', limit, 172800000)
end

-- True once for each limit, however many publications it holds back.
local function is_news(scope, until_at)
  local limit = B .. 'limit:' .. scope
  if int(redis.call('HGET', limit, 'told')) > NOW then return false end
  put_stop(scope, 'told', until_at)
  return true
end

-- How many posts are left by one count, and when there are so many as are wanted.
local function left_of(scope, rule, window, wanted)
  local sent = B .. 'sent:' .. scope
  local since, most, free_at = NOW - rule.perMs, rule.posts, nil
  if window then
    most = window.most
    if NOW < window.reset then
      local left = window.left - redis.call('ZCOUNT', sent, '(' .. ms(window.seen), '+inf')
      return left, window.reset, most
    end
    since = math.max(window.reset, since)
  end
  local left = most - redis.call('ZCOUNT', sent, '(' .. ms(since), '+inf')
  local lacking = math.min(wanted, most) - left
  if lacking > 0 then
    local oldest = redis.call('ZRANGEBYSCORE', sent, '(' .. ms(since), '+inf', 'WITHSCORES', 'LIMIT', lacking - 1, 1)
    free_at = int(oldest[2]) + rule.perMs
  end
  return left, free_at, most
end

-- Every count of a scope: those that are known beforehand, and those of which the network has said how they stand.
local function counts_of(scope, state, limits)
  local counts = {}
  for _, rule in ipairs(limits.known) do
    if scope == rule.scope then counts[#counts + 1] = { rule = rule } end
  end
  for field, json in pairs(state) do
    local kind, name = string.match(field, '^(%a+):(.*)$')
    if kind == 'window' then
      local window = cjson.decode(json)
      local found
      for _, count in ipairs(counts) do
        if count.rule.name == name then found = count end
      end
      if not found then
        found = { rule = { name = name, posts = window.most, perMs = window.perMs } }
        counts[#counts + 1] = found
      end
      -- What was said more than a day ago holds no more.
      if NOW - window.seen < 86400000 then found.window = window end
    end
  end
  return counts
end

-- What keeps so many posts from leaving: nil, or the time at which it ends and whose limit it is. Without a time: what
-- is in hand has to be done first.
local function ask_scope(scope, owner, limits, wanted)
  local state, busy = state_of(scope), in_hand(scope)
  local at, waits = 0, false
  if int(state.stop) > NOW then at = int(state.stop) end
  for field, json in pairs(state) do
    if string.sub(field, 1, 5) == 'pace:' then
      local pace = cjson.decode(json)
      if pace.until_at > NOW then
        limits.paced = true
        if busy > 0 then waits = true end
        at = math.max(at, int(state.last) + pace.gap)
      end
    end
  end
  for _, count in ipairs(counts_of(scope, state, limits)) do
    local left, free_at, most = left_of(scope, count.rule, count.window, wanted)
    local needed = math.min(wanted, most)
    if left < needed then
      at = math.max(at, free_at or 0)
    elseif left - busy < needed then
      waits = true
    end
  end
  if at > NOW then return { at = at, of = owner, scope = scope } end
  if waits then return { at = NOW, of = owner, scope = scope } end
  return nil
end

-- Why this publication has to wait behind others of its account, or for a limit; nil if it may go.
local function ask_limits(name, h, limits, wanted)
  local scopes = scopes_of(h.account, limits.app)
  for _, rule in ipairs(limits.known) do rule.scope = scopes[rule.of] end
  local because = ask_scope(scopes.account, 'account', limits, wanted)
  if scopes.app ~= scopes.account then
    local of_app = ask_scope(scopes.app, 'app', limits, wanted)
    if of_app and (not because or of_app.at > because.at) then because = of_app end
  end
  if because then return because end
  local line = redis.call('ZRANGE', B .. 'line:' .. h.account, 0, 0, 'WITHSCORES')
  if #line == 0 then return nil end
  local first, due = line[1], int(line[2])
  local is_before = due < int(h.due) or (due == int(h.due) and first < name)
  local is_busy = redis.call('HLEN', B .. 'in-hand:' .. scopes.account) > 0
  if (first ~= name and is_before) or is_busy then return { at = NOW, of = 'account', scope = scopes.account } end
  return nil
end

-- Puts it into its account's line. The first of it wakes when the limit ends; those behind it are woken in turn, and
-- by themselves only where that is forgotten.
local function stand_in_line(name, h, because)
  if not h.limitAt then tell(name, 'limited', { at = because.at > NOW and because.at or nil, of = because.of }) end
  note_held_back(name, h)
  redis.call('HSET', key(name), 'limitAt', ms(because.at), 'limitBy', because.of)
  h.limitAt, h.limitBy = ms(because.at), because.of
  local line = B .. 'line:' .. h.account
  redis.call('ZADD', line, h.due, name)
  redis.call('SADD', B .. 'lines', h.account)
  local rank = redis.call('ZRANK', line, name)
  local at = math.max(because.at, NOW)
  if rank > 0 or because.at <= NOW then at = at + 60000 + 1000 * math.min(rank, 540) end
  if not is_under_way(h) then at = math.min(at, int(h.publishBy) + 1) end
  redis.call('ZADD', B .. 'wake', ms(at), name)
  return at
end

local function reserve(name, h, limits, wanted)
  local scopes, at = scopes_of(h.account, limits.app), {}
  for i, scope in ipairs({ scopes.account, scopes.app }) do
    if i == 1 or scope ~= scopes.account then
      local keep = 0
      for _, rule in ipairs(limits.known) do
        if rule.scope == scope then keep = math.max(keep, rule.perMs) end
      end
      at[i] = { scope = scope, keep = keep }
      redis.call('HSET', B .. 'in-hand:' .. scope, name, wanted)
      if limits.paced then redis.call('HSET', B .. 'limit:' .. scope, 'last', ms(NOW)) end
    end
  end
  h.inHand = cjson.encode({ at = at })
  return h.inHand
end
`;

/** Scripts about limits alone. */
export const LIMIT_SCRIPTS = {
  /** account, app or '', sightings as JSON */
  sawLimits: `
local scopes = scopes_of(ARGV[1], ARGV[2])
for _, seen in ipairs(cjson.decode(ARGV[3])) do
  local scope = scopes[seen.of]
  local limit = B .. 'limit:' .. scope
  if seen.kind == 'stop' then
    put_stop(scope, seen.what == 'reads' and 'reads' or 'stop', NOW + seen.forMs)
  elseif seen.kind == 'pace' then
    if seen.gapMs > 0 then
      redis.call('HSET', limit, 'pace:' .. seen.name, cjson.encode({ gap = seen.gapMs, until_at = NOW + seen.forMs }))
      redis.call('HSETNX', limit, 'last', ms(NOW))
    else
      redis.call('HDEL', limit, 'pace:' .. seen.name)
    end
  elseif seen.kind == 'window' then
    local field, reset = 'window:' .. seen.name, NOW + seen.resetInMs
    local json = redis.call('HGET', limit, field)
    local old = json and cjson.decode(json)
    local is_same = old and math.abs(old.reset - reset) < 5000
    local is_newer = not old or NOW >= old.reset or reset > old.reset
    -- Answers come in any order: of one window the lowest count is the last.
    if (is_same and seen.left <= old.left) or (not is_same and is_newer) then
      local now = { most = seen.most, left = seen.left, reset = is_same and old.reset or reset, seen = NOW, perMs = seen.perMs }
      redis.call('HSET', limit, field, cjson.encode(now))
    end
  end
  redis.call('PEXPIRE', limit, 172800000)
end
return 1`,

  /** nothing; answers publication, generation, network and milliseconds of each that is to be woken */
  advanceLines: `
local woken = {}
for _, account in ipairs(redis.call('SMEMBERS', B .. 'lines')) do
  local next = next_in_line(account)
  if next then woken[#woken + 1] = next end
end
return woken`,

  /** nothing; answers account, network, how many wait, until when, and whose limit it is, for each line */
  lines: `
local lines = {}
for _, account in ipairs(redis.call('SMEMBERS', B .. 'lines')) do
  local first = redis.call('ZRANGE', B .. 'line:' .. account, 0, 0)[1]
  local h = first and load(first)
  if h and h.limitAt then
    lines[#lines + 1] = { account, h.network, redis.call('ZCARD', B .. 'line:' .. account), h.limitAt, h.limitBy or 'account' }
  end
end
return lines`,
} as const;
