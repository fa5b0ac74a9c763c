/**
 * What publications cost. Two hashes hold the sums, by month, currency and account, or `*` for all accounts: `spent`,
 * and `reserved` for what is under way. A record holds `costs` of its parts, by the prices of its last claim, the
 * month of that, `reserve`, which is a part of `reserved`, and `spent`.
 */
export const MONEY = `
local function book(sums, h, amount)
  for _, whose in ipairs({ h.account, '*' }) do
    redis.call('HINCRBY', B .. sums, h.costMonth .. ' ' .. h.currency .. ' ' .. whose, ms(amount))
  end
end

-- What was set aside for it may be spent otherwise.
local function give_back(name, h)
  local amount = int(h.reserve)
  h.reserve = nil
  if amount == 0 then return end
  book('reserved', h, -amount)
  redis.call('HDEL', key(name), 'reserve')
end

-- A part is up. What was reserved is spent; without a reserve it is the price of the last claim, as a late receipt is one too.
local function spend(name, h, part, only_reserved)
  local cost = int(h.costs and cjson.decode(h.costs)[part + 1])
  local reserved = math.min(int(h.reserve), cost)
  if cost == 0 or (only_reserved and reserved == 0) then return end
  if reserved > 0 then
    book('reserved', h, -reserved)
    h.reserve = redis.call('HINCRBY', key(name), 'reserve', ms(-reserved))
  end
  book('spent', h, cost)
  h.spent = redis.call('HINCRBY', key(name), 'spent', ms(cost))
end

local MAY_BE_SPENT = { claimed = true, sending = true, unconfirmed = true }

-- Whatever ends the risk that it goes out ends its reserve, and whatever moves it on ends its wait for money.
local function leave_purse(name, h, state)
  if not MAY_BE_SPENT[state] then give_back(name, h) end
  if h.heldBy == 'budget' then redis.call('ZREM', B .. 'over-budget:' .. h.account, name) end
end

local function keep_charges(name, h, charges)
  h.charges = charges ~= '' and charges or nil
  if h.charges then redis.call('HSET', key(name), 'charges', charges) else redis.call('HDEL', key(name), 'charges') end
end
`;

/** What stands after all that every script shares: whether there is money for a publication. */
export const BUDGETS = `
local function month_at(terms, at)
  local name = terms.months[1].name
  for _, month in ipairs(terms.months) do
    if month.from <= at then name = month.name end
  end
  return name
end

-- What each part costs, and all those that are not up.
local function price(h, terms)
  local up, costs, sum = #cjson.decode(h.parts or '[]'), {}, 0
  for i, charges in ipairs(cjson.decode(h.charges)) do
    costs[i] = 0
    for action, n in pairs(charges) do costs[i] = costs[i] + n * (terms.prices[action] or 0) end
    if i > up then sum = sum + costs[i] end
  end
  return costs, sum
end

-- Whose budget has no room for so much, if any has not.
local function find_lack(account, month, sum, terms, promised)
  if sum == 0 then return nil end
  local budgets = { [account] = terms.budget, ['*'] = terms.budgetOfAll }
  for _, whose in ipairs({ account, '*' }) do
    local limit = budgets[whose]
    local field = month .. ' ' .. terms.currency .. ' ' .. whose
    local taken = int(redis.call('HGET', B .. 'spent', field)) + int(redis.call('HGET', B .. 'reserved', field))
      + (promised and promised[whose] or 0)
    if limit and taken + sum > limit then
      return { whose = whose, limit = limit, taken = taken, cost = sum, month = month, currency = terms.currency }
    end
  end
  return nil
end

-- Somebody has let exactly this text at this time go beyond the budget.
local function may_exceed(h) return h.overBudget ~= nil and h.overBudget == h.fingerprint .. ' ' .. h.due end

-- Sets aside what it costs, or holds it where that is too much. Answers whether it may go on. A thread of which a part
-- is up is finished, and so is what takes the place of one that is deleted.
local function set_aside(name, h, terms_json)
  give_back(name, h)
  if terms_json == '' or not h.charges then return true end
  local terms = cjson.decode(terms_json)
  local costs, sum = price(h, terms)
  local month = month_at(terms, NOW)
  local is_free = is_under_way(h) or h.corrects ~= nil or may_exceed(h)
  local lack = not is_free and find_lack(h.account, month, sum, terms)
  if lack then
    redis.call('HSET', key(name), 'heldFor', cjson.encode(lack))
    hold(name, h, 'budget')
    redis.call('ZADD', B .. 'over-budget:' .. h.account, h.due, name)
    tell(name, 'over budget', lack)
    return false
  end
  h.costs, h.costMonth, h.currency, h.reserve = cjson.encode(costs), month, terms.currency, ms(sum)
  redis.call('HSET', key(name), 'costs', h.costs, 'costMonth', month, 'currency', h.currency, 'reserve', h.reserve)
  if sum > 0 then book('reserved', h, sum) end
  return true
end
`;

export const COST_SCRIPTS = {
  /** gapMs, then account and terms, in turn */
  reconsider: `
local freed = {}
local promised = { ['*'] = 0 }
for i = 3, #ARGV, 2 do
  local account, terms = ARGV[i - 1], cjson.decode(ARGV[i])
  local month = month_at(terms, NOW)
  local at = NOW
  promised[account] = 0
  for _, name in ipairs(redis.call('ZRANGE', B .. 'over-budget:' .. account, 0, 199)) do
    local h = load(name)
    if not h or h.state ~= 'held' or h.heldBy ~= 'budget' then
      redis.call('ZREM', B .. 'over-budget:' .. account, name)
    else
      local _, sum = price(h, terms)
      local lack = find_lack(account, month, sum, terms, promised)
      if lack then
        redis.call('HSET', key(name), 'heldFor', cjson.encode(lack))
      elseif at <= int(h.publishBy) then
        renew(name, h)
        schedule(name, h, at)
        tell(name, 'within budget')
        promised[account], promised['*'] = promised[account] + sum, promised['*'] + sum
        at = at + int(ARGV[1])
        freed[#freed + 1] = name
      end
    end
  end
end
return freed`,

  /** name, fingerprint and due as they were shown, by, waitMs */
  exceed: `
local name = ARGV[1]
local h = load(name)
if not h or h.state ~= 'held' or h.heldBy ~= 'budget' or h.fingerprint ~= ARGV[2] or int(h.due) ~= int(ARGV[3]) then return step(false, h) end
redis.call('HSET', key(name), 'overBudget', h.fingerprint .. ' ' .. h.due)
tell(name, 'let over budget', { by = ARGV[4] })
renew(name, h)
if too_late(h, NOW) then miss(name, h, why_missed(h)) else schedule(name, h, NOW + int(ARGV[5])) end
return step(true, h)`,
} as const;
