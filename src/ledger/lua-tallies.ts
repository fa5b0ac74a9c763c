import { LATENESS_BOUNDS_MS } from './tallies.ts';

/**
 * What the ledger counts, as part of its library. Keys below the base:
 *   lateness      hash of network, `free` or `held`, and a bound in milliseconds, `more` or `sum` to a number
 *   attempts      hash of network, account and outcome to a number
 *   replacements  hash of network to a number
 */
export const TALLIES = `
local LATENESS_BOUNDS = { ${LATENESS_BOUNDS_MS.join(', ')} }

local function count_lateness(h)
  local late = math.max(0, NOW - int(h.due))
  local bound = 'more'
  for _, one in ipairs(LATENESS_BOUNDS) do
    if late <= one then
      bound = ms(one)
      break
    end
  end
  local whose = h.network .. (h.heldBack and ' held ' or ' free ')
  redis.call('HINCRBY', B .. 'lateness', whose .. bound, 1)
  redis.call('HINCRBY', B .. 'lateness', whose .. 'sum', ms(late))
end

local function count_attempt(h, outcome)
  redis.call('HINCRBY', B .. 'attempts', h.network .. ' ' .. h.account .. ' ' .. outcome, 1)
end

-- Whoever or whatever kept it back after its time, it is not late by itself.
local function note_held_back(name, h)
  if h.heldBack or NOW <= int(h.due) then return end
  h.heldBack = '1'
  redis.call('HSET', key(name), 'heldBack', '1')
end
`;

export const TALLY_SCRIPTS = {
  /** nothing; answers lateness, attempts, replacements, network, time and count of what is due, network and time of what is unconfirmed, duplicates, now */
  tallies: `
local due, places = {}, {}
for _, name in ipairs(redis.call('ZRANGEBYSCORE', B .. 'wake', '-inf', ms(NOW), 'LIMIT', 0, 1000)) do
  local h = redis.call('HMGET', key(name), 'network', 'account', 'state')
  -- Of what is held only the end of its time is due.
  if h[1] and h[3] ~= 'held' and not hold_of(h[2]) then
    local place = places[h[1]]
    if place then
      due[place + 2] = due[place + 2] + 1
    else
      places[h[1]] = #due + 1
      due[#due + 1], due[#due + 2], due[#due + 3] = h[1], redis.call('ZSCORE', B .. 'wake', name), 1
    end
  end
end
local since = {}
for _, name in ipairs(redis.call('ZRANGE', B .. 'state:unconfirmed', 0, 999)) do
  local h = redis.call('HMGET', key(name), 'network', 'doubtAt')
  if h[1] and h[2] then since[h[1]] = math.min(since[h[1]] or NOW, int(h[2])) end
end
local unconfirmed = {}
for network, at in pairs(since) do
  unconfirmed[#unconfirmed + 1], unconfirmed[#unconfirmed + 2] = network, ms(at)
end
return { redis.call('HGETALL', B .. 'lateness'), redis.call('HGETALL', B .. 'attempts'),
  redis.call('HGETALL', B .. 'replacements'), due, unconfirmed, redis.call('LLEN', B .. 'duplicates'), ms(NOW) }`,

  /** account, app or '', limits as JSON, in turn; answers account, whose, name, left and most of each limit */
  limitRooms: `
local rooms = {}
for i = 1, #ARGV, 3 do
  local account, limits = ARGV[i], cjson.decode(ARGV[i + 2])
  local scopes = scopes_of(account, ARGV[i + 1])
  for _, rule in ipairs(limits.known) do rule.scope = scopes[rule.of] end
  for _, owner in ipairs({ 'account', 'app' }) do
    local scope = scopes[owner]
    if owner == 'account' or scope ~= scopes.account then
      local state, busy = state_of(scope), in_hand(scope)
      for _, count in ipairs(counts_of(scope, state, limits)) do
        local left, _, most = left_of(scope, count.rule, count.window, 1)
        left = int(state.stop) > NOW and 0 or math.max(0, math.min(most, left - busy))
        rooms[#rooms + 1] = { account, owner, count.rule.name, ms(left), ms(most) }
      end
    end
  end
end
return rooms`,
} as const;
