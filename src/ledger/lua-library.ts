import type { LedgerClock } from './ledger-clock.ts';

/** What stands before every script of the ledger. */
export function libraryOf(clock: LedgerClock): string {
  return `\nlocal B = KEYS[1]${clock.lua}${LIBRARY}`;
}

/**
 * What every script of the ledger shares. KEYS[1] is the ledger's base key, which carries the hash tag, so
 * all keys of a script are in one slot of a Redis Cluster. Time comes from one place: see ledger-clock.ts.
 *
 * Keys below the base:
 *   publication:<name>   hash, the record
 *   state:<state>        sorted set of names by due time, one for each state
 *   wake                 sorted set of names by the time of their next step
 *   story:<name>         list of events as JSON, oldest first
 *   events               stream of all events, trimmed
 *   id                   what this ledger is called
 *   fence                the last fencing token given
 *   frozen               why nothing may be sent, as JSON
 *   look-until           publications due before this are looked for before they are sent
 *   holds                hash of account (or `*`) to why it is held, as JSON
 *   remote:<account>     hash of the network's id to the publication it belongs to
 *   discards:<network>   list of drafts to remove from the network, as JSON
 *   media:<hash>         the bytes of an image
 *   media-wanted         sorted set of hashes by the time at which somebody last wanted the image
 *   duplicates           list of posts beyond the one that was wanted, as JSON
 */
const LIBRARY = `
local function key(name) return B .. 'publication:' .. name end

local function load(name)
  local flat = redis.call('HGETALL', key(name))
  if #flat == 0 then return nil end
  local h = {}
  for i = 1, #flat, 2 do h[flat[i]] = flat[i + 1] end
  return h
end

local function int(text) return tonumber(text or '0') or 0 end
local function ms(n) return string.format('%.0f', n) end

-- The detail as JSON that is passed on unread: what a network said need not be what cjson accepts.
local function tell_json(name, kind, detail)
  redis.call('RPUSH', B .. 'story:' .. name, '{"at":' .. ms(NOW) .. ',"kind":"' .. kind .. '","detail":' .. detail .. '}')
  redis.call('XADD', B .. 'events', 'MAXLEN', '~', 100000, '*', 'publication', name, 'kind', kind)
end

local function tell(name, kind, detail) tell_json(name, kind, detail and cjson.encode(detail) or '{}') end

-- Moves a publication to a state; wake is the time of its next step, or nil.
local function enter(name, h, state, wake)
  if h.state and h.state ~= state then redis.call('ZREM', B .. 'state:' .. h.state, name) end
  redis.call('ZADD', B .. 'state:' .. state, h.due, name)
  redis.call('HSET', key(name), 'state', state)
  if wake then
    redis.call('ZADD', B .. 'wake', ms(wake), name)
  else
    redis.call('ZREM', B .. 'wake', name)
  end
  h.state = state
end

local function renew(name, h)
  h.generation = redis.call('HINCRBY', key(name), 'generation', 1)
end

local function forget_claim(name)
  redis.call('HDEL', key(name), 'sender', 'lease', 'deadline', 'claimId')
end

-- Gives back the attempt that a claim has counted.
local function unspend(name, h)
  if int(h.attempts) > 0 then h.attempts = redis.call('HINCRBY', key(name), 'attempts', -1) end
end

local function hold_of(account)
  return redis.call('HGET', B .. 'holds', '*') or redis.call('HGET', B .. 'holds', account)
end

local function is_under_way(h) return h.parts ~= nil and h.parts ~= '[]' end

-- A thread of which something is up is finished, however late.
local function too_late(h, at) return at > int(h.publishBy) and not is_under_way(h) end

local function schedule(name, h, at)
  redis.call('HSET', key(name), 'wakeAt', ms(at))
  enter(name, h, 'scheduled', math.max(at, int(h.due)))
end

-- What was prepared will not be published: a worker removes it from the network.
local function drop_draft(name, h)
  if not h.draft then return end
  redis.call('HDEL', key(name), 'draft')
  redis.call('RPUSH', B .. 'discards:' .. h.network, cjson.encode({ publication = name, account = h.account, draft = h.draft }))
end

local function miss(name, h, why)
  drop_draft(name, h)
  redis.call('HSET', key(name), 'why', why)
  forget_claim(name)
  enter(name, h, 'missed', nil)
  tell(name, 'missed', { why = why })
end

local function doubt(name, h, sender_is_gone, look_at)
  redis.call('HSET', key(name), 'doubtAt', ms(NOW), 'looks', 0, 'failures', 0, 'lookAt', ms(look_at),
    'senderGone', sender_is_gone and '1' or '0', 'precaution', '0', 'saidToBeThere', '0')
  redis.call('HINCRBY', key(name), 'doubts', 1)
  enter(name, h, 'unconfirmed', look_at)
end

-- Whatever was sent before the last recovery, this record knows of it from here on.
local function mark_checked(name)
  redis.call('HSET', key(name), 'prechecked', ms(int(redis.call('GET', B .. 'look-until'))))
end

-- True of a record of which only a journal knows, if an attempt at it has no outcome there.
local function was_begun(h)
  return not h.state and h.beganPart and int(h.beganPart) == #cjson.decode(h.parts or '[]')
end

local function step(changed, h)
  return { changed and 1 or 0, h and h.state or 'missing', int(h and h.generation) }
end

-- What add and amend answer besides: the time it was given, and how long until then.
local function plan_step(changed, h)
  local due = int(h and h.due)
  return { changed and 1 or 0, h and h.state or 'missing', int(h and h.generation), ms(due), ms(due - NOW) }
end

-- A verdict counts only for the look that is due, in the doubt that it was about.
local function is_look(h, number, doubt_at)
  return h and h.state == 'unconfirmed' and int(h.looks) == int(number) and int(h.doubtAt) == int(doubt_at)
end

-- What finish and judge answer: state, accepted, generation, milliseconds until the next step, duplicate.
local function answer(name, h, accepted, duplicate)
  local wake = redis.call('ZSCORE', B .. 'wake', name)
  return { h and h.state or 'missing', accepted and 1 or 0, int(h and h.generation),
    wake and ms(math.max(0, int(wake) - NOW)) or '', duplicate and 1 or 0 }
end

local function complete(name, h, evidence)
  redis.call('HSET', key(name), 'publishedAt', ms(NOW), 'evidence', evidence)
  forget_claim(name)
  redis.call('HDEL', key(name), 'draft', 'precaution', 'error', 'why')
  enter(name, h, 'published', nil)
end

-- A receipt is evidence, from whomever and whenever it comes. A thread whose text is lost waits for apply.
local function posted(name, h, part, id, url, evidence, fence, lease_ms)
  local owner = redis.call('HGET', B .. 'remote:' .. h.account, id)
  if owner and owner ~= name then return answer(name, h, false) end
  local parts = cjson.decode(h.parts or '[]')
  -- One post is never two parts.
  for i, known in ipairs(parts) do
    if known.remoteId == id then return answer(name, h, i == part + 1) end
  end
  if part < #parts then
    if not owner then
      redis.call('RPUSH', B .. 'duplicates', cjson.encode({ at = NOW, publication = name, remoteId = id, url = url }))
      redis.call('HSET', B .. 'remote:' .. h.account, id, name)
      tell(name, 'duplicate', { remoteId = id, url = url })
    end
    return answer(name, h, true, true)
  end
  if part > #parts or owner then return answer(name, h, false) end
  parts[#parts + 1] = { remoteId = id, url = url }
  redis.call('HSET', B .. 'remote:' .. h.account, id, name)
  redis.call('HSET', key(name), 'parts', cjson.encode(parts))
  redis.call('HDEL', key(name), 'error', 'why')
  tell(name, 'posted', { part = part, remoteId = id, url = url, evidence = evidence })
  if #parts >= int(h.total) then
    complete(name, h, evidence)
  elseif h.state == 'sending' and int(h.fence) == fence then
    redis.call('HSET', key(name), 'lease', ms(NOW + lease_ms))
    redis.call('HDEL', key(name), 'deadline')
    enter(name, h, 'claimed', NOW + lease_ms)
  elseif h.post then
    forget_claim(name)
    renew(name, h)
    schedule(name, h, NOW)
  end
  return answer(name, h, true)
end
`;
