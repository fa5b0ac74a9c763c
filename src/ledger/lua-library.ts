import type { LedgerClock } from './ledger-clock.ts';
import { BUDGETS } from './lua-costs.ts';
import { LIMITS_LIBRARY } from './lua-limits.ts';
import { recoveryLibrary, type ServerWatch } from './lua-recovery.ts';
import { STEPS } from './lua-steps.ts';
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
