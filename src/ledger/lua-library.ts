import type { LedgerClock } from './ledger-clock.ts';
import { BUDGETS, MONEY } from './lua-costs.ts';
import { LIMITS_LIBRARY } from './lua-limits.ts';
import { recoveryLibrary, type ServerWatch } from './lua-recovery.ts';
import { TALLIES } from './lua-tallies.ts';

/** What stands before every script of the ledger. */
export function libraryOf(clock: LedgerClock, watch: ServerWatch): string {
  return `\nlocal B = KEYS[1]${clock.lua}${BASICS}${recoveryLibrary(watch)}${TALLIES}${LIMITS_LIBRARY}${STEPS}${BUDGETS}`;
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
 *   look-new-until       what comes new before this time may have gone out from a ledger that was restored: looked for first
 *   holds                hash of account (or `*`) to why it is held, as JSON
 *   remote:<account>     hash of the network's id to the publication it belongs to
 *   discards:<network>   list of drafts to remove from the network, as JSON
 *   retracting:<network> sorted set of names by the time at which the next part of them is to be deleted
 *   correcting:<network> sorted set of names by the time at which their text is to be changed
 *   media:<hash>         the bytes of an image
 *   media-wanted         sorted set of hashes by the time at which somebody last wanted the image
 *   sights               sorted set of names by the time of the next look at them as strangers, for a day
 *   spent, reserved      hashes of month, currency and account to millionths: see lua-costs.ts
 *   over-budget:<account> sorted set of names that are held for lack of money, by due time
 *   archived             sorted set of names by when they ended: only a trace of them is left, in no set of its state
 *   archived-posts, archived-slots  what of them shows what, and belongs to a recurring entry: see lua-archive.ts
 *   duplicates           list of posts beyond the one that was wanted, as JSON
 * and those of limits, counts and recoveries: see lua-limits.ts, lua-tallies.ts and lua-recovery.ts.
 */
const BASICS = `
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

local function renew(name, h)
  h.generation = redis.call('HINCRBY', key(name), 'generation', 1)
end

local function hold_of(account)
  return redis.call('HGET', B .. 'holds', '*') or redis.call('HGET', B .. 'holds', account)
end

-- Which trace it belongs to is that of its last apply.
local function keep_trace(name, h, trace)
  if trace and trace ~= '' then
    redis.call('HSET', key(name), 'trace', trace)
  elseif h.trace then
    redis.call('HDEL', key(name), 'trace')
  end
end

local function is_under_way(h) return h.parts ~= nil and h.parts ~= '[]' end
`;

const STEPS = `
${MONEY}
local function forget_claim(name)
  redis.call('HDEL', key(name), 'sender', 'lease', 'deadline', 'claimId', 'sendingAt')
end

-- What was prepared will not be published: a worker removes it from the network.
local function drop_draft(name, h)
  if not h.draft then return end
  redis.call('HDEL', key(name), 'draft')
  redis.call('RPUSH', B .. 'discards:' .. h.network, cjson.encode({ publication = name, account = h.account, draft = h.draft }))
end

-- What somebody wants to be gone is not sent any more: what is up of it is deleted, and the rest stays out.
local function state_of_unwanted(name, h, state)
  if state == 'sending' or state == 'unconfirmed' or state == 'retracted' or state == 'cancelled' then return state end
  forget_claim(name)
  drop_draft(name, h)
  if not is_under_way(h) then
    redis.call('HSET', key(name), 'cancelledBy', h.retractBy)
    return 'cancelled'
  end
  if h.retractByHand ~= '1' then redis.call('ZADD', B .. 'retracting:' .. h.network, ms(NOW), name) end
  return state == 'published' and state or 'failed'
end

-- Moves a publication to a state; wake is the time of its next step, or nil.
local function enter(name, h, state, wake)
  if h.retractBy then
    local wanted = state
    state = state_of_unwanted(name, h, wanted)
    if state ~= wanted then wake = nil end
  end
  leave_purse(name, h, state)
  leave_line(name, h)
  -- Where its story so far is, it goes on to say.
  if h.archivedAt then
    redis.call('ZREM', B .. 'archived', name)
    redis.call('HDEL', key(name), 'archivedAt')
    h.archivedAt = nil
  end
  local before = h.state
  if h.state and h.state ~= state then redis.call('ZREM', B .. 'state:' .. h.state, name) end
  redis.call('ZADD', B .. 'state:' .. state, h.due, name)
  redis.call('HSET', key(name), 'state', state)
  if wake then
    redis.call('ZADD', B .. 'wake', ms(wake), name)
  else
    redis.call('ZREM', B .. 'wake', name)
  end
  h.state = state
  if h.inHand and state ~= 'claimed' and state ~= 'sending' then leave_hand(name, h, before, state) end
end

-- Gives back the attempt that a claim has counted.
local function unspend(name, h)
  if int(h.attempts) > 0 then h.attempts = redis.call('HINCRBY', key(name), 'attempts', -1) end
end

-- A thread of which something is up is finished, however late.
local function too_late(h, at) return at > int(h.publishBy) and not is_under_way(h) end

-- What may be out already is looked for before it is missed.
local function is_to_be_missed(h) return too_late(h, NOW) and not (h.mayBeOut == '1' and h.state == 'scheduled') end

-- An approval is for exactly the text and the time that it was given for.
local function is_approved(h)
  return h.approvedFingerprint ~= nil and h.approvedFingerprint == h.fingerprint and int(h.approvedDue) == int(h.due)
end

-- What has yet to happen before it may go out: 'person', until somebody releases it; 'correction', until what it corrects
-- is gone; 'draft' and 'approval', until people have said so; or nil.
local function waits_for(h)
  if h.holder then return 'person' end
  if h.corrects and redis.call('HGET', key(h.corrects), 'state') ~= 'retracted' then return 'correction' end
  if h.approval == 'draft' then return 'draft' end
  if h.approval and not is_approved(h) then return 'approval' end
  return nil
end

local function approve(name, h, by, from)
  h.approvedFingerprint, h.approvedDue = h.fingerprint, h.due
  redis.call('HSET', key(name), 'approvedFingerprint', h.fingerprint, 'approvedDue', h.due, 'approvedBy', by, 'approvedAt', ms(NOW))
  tell(name, 'approved', { by = by, from = from, fingerprint = h.fingerprint, due = int(h.due) })
end

-- Takes over whether the config asks for approval. It gives one only where it begins to: what it changes later waits again.
local function want_approval(name, h, wanted, approver)
  local is_new = wanted ~= (h.approval or '') or approver ~= (h.approver or '')
  if wanted == '' then
    redis.call('HDEL', key(name), 'approval', 'approver')
    h.approval, h.approver = nil, nil
    return
  end
  redis.call('HSET', key(name), 'approval', wanted, 'approver', approver)
  h.approval, h.approver = wanted, approver
  if wanted == 'approved' and is_new then approve(name, h, approver, 'config') end
end

local function hold(name, h, because)
  redis.call('HSET', key(name), 'heldBy', because)
  forget_claim(name)
  enter(name, h, 'held', int(h.publishBy) + 1)
  h.heldBy = because
end

-- Holds what is due and may not go out. Answers whether it did.
local function hold_back(name, h)
  local because = hold_of(h.account) and 'pause' or waits_for(h)
  if not because then return false end
  hold(name, h, because)
  if because == 'pause' then tell(name, 'held', { account = h.account }) else tell(name, 'waits', { why = because }) end
  return true
end

-- Lets it wait for its time, or for people where they have something to say first.
local function place(name, h, at)
  local because = waits_for(h)
  if not because then return enter(name, h, 'scheduled', at) end
  if h.state ~= 'held' then tell(name, 'waits', { why = because }) end
  hold(name, h, because)
end

-- What a person, money or a network lets go on again.
local LET_GO = { held = true, failed = true, missed = true }

local function schedule(name, h, at)
  if LET_GO[h.state] then note_held_back(name, h) end
  redis.call('HSET', key(name), 'wakeAt', ms(at))
  place(name, h, math.max(at, int(h.due)))
end

local function miss(name, h, why)
  drop_draft(name, h)
  redis.call('HSET', key(name), 'why', why)
  forget_claim(name)
  enter(name, h, 'missed', nil)
  tell(name, 'missed', { why = why })
end

local function why_missed(h)
  if h.limitAt then return 'limited' end
  if h.state ~= 'held' then return 'too late' end
  if h.heldBy == 'budget' then return 'no money' end
  if h.heldBy == 'pause' or h.heldBy == 'person' then return 'held too long' end
  return 'not approved'
end

local function doubt(name, h, sender_is_gone, look_at)
  redis.call('HSET', key(name), 'doubtAt', ms(NOW), 'looks', 0, 'failures', 0, 'lookAt', ms(look_at),
    'senderGone', sender_is_gone and '1' or '0', 'precaution', '0', 'saidToBeThere', '0')
  redis.call('HINCRBY', key(name), 'doubts', 1)
  enter(name, h, 'unconfirmed', look_at)
end

-- A sender that may still be at work is given longer than any pause that is believed in.
local function is_sender_over(h) return h.senderGone == '1' or NOW - int(h.doubtAt) > 900000 end

-- A record from before a recovery may lack an attempt, whatever else it knows.
local function is_from_before(h)
  local look_until = int(redis.call('GET', B .. 'look-until'))
  return h.mayBeOut == '1' or (int(h.due) < look_until and int(h.prechecked) < look_until)
end

-- What a restored ledger does not know may have come, and gone out, after its backup.
local function is_maybe_known() return NOW < int(redis.call('GET', B .. 'look-new-until')) end

-- Its old time told that it may be out; at another time it is still looked for first.
local function remember_old_time(name, h)
  if is_from_before(h) then redis.call('HSET', key(name), 'mayBeOut', '1') end
end

-- Another time or text is a new task: what went wrong with the old one is over.
local function begin_anew(name)
  redis.call('HDEL', key(name), 'error', 'why', 'wakeAt', 'attempts', 'doubts', 'doubtsDenied', 'cameLate', 'heldBack')
end

-- Whatever was sent before the last recovery, this record knows of it from here on.
local function mark_checked(name)
  redis.call('HSET', key(name), 'prechecked', ms(int(redis.call('GET', B .. 'look-until'))))
  redis.call('HDEL', key(name), 'mayBeOut')
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

-- What finish and judge answer: state, accepted, generation, milliseconds until the next step, duplicate, who is to be
-- woken besides, and whether a limit begins that nobody has been told of.
local function answer(name, h, accepted, duplicate)
  local wake = redis.call('ZSCORE', B .. 'wake', name)
  return { h and h.state or 'missing', accepted and 1 or 0, int(h and h.generation),
    wake and ms(math.max(0, int(wake) - NOW)) or '', duplicate and 1 or 0, h and h.woken or {},
    h and h.isNews and 1 or 0 }
end

local function complete(name, h, evidence)
  redis.call('HSET', key(name), 'publishedAt', ms(NOW), 'evidence', evidence)
  if evidence == 'answered' or evidence == 'found' then count_lateness(h) end
  forget_claim(name)
  redis.call('HDEL', key(name), 'draft', 'precaution', 'error', 'why', 'heldBack')
  enter(name, h, 'published', nil)
  -- Where nobody looks, nobody takes these out.
  redis.call('ZADD', B .. 'sights', ms(NOW), name)
  redis.call('ZREMRANGEBYSCORE', B .. 'sights', '-inf', ms(NOW - 86400000))
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
  if part < #parts or h.state == 'retracted' then
    if not owner then
      redis.call('RPUSH', B .. 'duplicates', cjson.encode({ at = NOW, publication = name, remoteId = id, url = url }))
      redis.call('HSET', B .. 'remote:' .. h.account, id, name)
      spend(name, h, part, false)
      tell(name, 'duplicate', { remoteId = id, url = url })
    end
    return answer(name, h, true, true)
  end
  if part > #parts or owner then return answer(name, h, false) end
  parts[#parts + 1] = { remoteId = id, url = url }
  -- An answer that came too late has been counted as unknown.
  if h.state == 'sending' and int(h.fence) == fence then count_attempt(h, 'posted') end
  redis.call('HSET', B .. 'remote:' .. h.account, id, name)
  h.parts = cjson.encode(parts)
  redis.call('HSET', key(name), 'parts', h.parts)
  redis.call('HDEL', key(name), 'error', 'why')
  -- What a person shows may have been posted by hand.
  spend(name, h, part, evidence:sub(1, 9) == 'confirmed')
  tell(name, 'posted', { part = part, remoteId = id, url = url, evidence = evidence })
  if #parts >= int(h.total) then
    complete(name, h, evidence)
  elseif h.state == 'sending' and int(h.fence) == fence then
    use_one(name, h)
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
