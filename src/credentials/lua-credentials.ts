/**
 * KEYS[1] is the base key, which carries the hash tag. Below it:
 *   account:<name>   hash: sealed, version, fence (of its last writer), begun and begunAt (of an exchange under way)
 *   lock:<name>      `<fence> <owner>` of who renews now
 *   accounts         set of names that have credentials
 *   key              id of the key that everything is sealed with
 *   fence            the last fencing token given
 */
const LIBRARY = `
local B = KEYS[1]
local name = ARGV[1]
local record, lock = B .. 'account:' .. name, B .. 'lock:' .. name
local function int(text) return tonumber(text or '0') or 0 end
`;

export const CREDENTIAL_SCRIPTS = {
  /** name, sealed, key id, fence or '', version expected or '', '1' to take another key than the others have */
  write: `
local wanted = redis.call('GET', B .. 'key')
if wanted and wanted ~= ARGV[3] and ARGV[6] ~= '1' then return { 'other-key', wanted } end
local known = redis.call('HMGET', record, 'version', 'fence', 'sealed')
if ARGV[4] ~= '' and int(ARGV[4]) < int(known[2]) then return { 'stale', '' } end
-- What was forgotten counts as never stored, and still has its number for the next one to be higher.
if ARGV[5] ~= '' and int(ARGV[5]) ~= (known[3] and int(known[1]) or 0) then return { 'stale', '' } end
redis.call('SET', B .. 'key', ARGV[3])
redis.call('HSET', record, 'sealed', ARGV[2])
if ARGV[4] ~= '' then
  redis.call('HSET', record, 'fence', ARGV[4])
  redis.call('HDEL', record, 'begun', 'begunAt')
end
redis.call('SADD', B .. 'accounts', name)
return { 'written', tostring(redis.call('HINCRBY', record, 'version', 1)) }`,

  /** name: a renewal under way has a lower fence by then, so it brings nothing back */
  forget: `
local fence = redis.call('INCR', B .. 'fence')
local there = redis.call('HDEL', record, 'sealed', 'begun', 'begunAt') > 0
redis.call('HSET', record, 'fence', fence)
redis.call('HINCRBY', record, 'version', 1)
redis.call('SREM', B .. 'accounts', name)
return there and 1 or 0`,

  /** name, owner, ttl in ms, an owner that is known to be gone or '' */
  lock: `
local held = redis.call('GET', lock)
if held and string.match(held, '^%d+ (.*)$') ~= ARGV[4] then
  return { 0, redis.call('PTTL', lock), string.match(held, '^%d+ (.*)$') }
end
local fence = redis.call('INCR', B .. 'fence')
redis.call('SET', lock, fence .. ' ' .. ARGV[2], 'PX', ARGV[3])
return { fence, 0, '' }`,

  /** name, fence */
  unlock: `
local held = redis.call('GET', lock)
if held and string.match(held, '^%d+') == ARGV[2] then redis.call('DEL', lock) end
return 1`,

  /** name, fence, mark of what is exchanged, now in ms */
  begin: `
local held = redis.call('GET', lock)
if not held or string.match(held, '^%d+') ~= ARGV[2] then return { 'lost', '' } end
local known = redis.call('HMGET', record, 'begun', 'begunAt')
local before = known[1] == ARGV[3] and known[2] or ''
redis.call('HSET', record, 'begun', ARGV[3])
if before == '' then redis.call('HSET', record, 'begunAt', ARGV[4]) end
return { 'begun', before or '' }`,

  /** name, key id: what is written from here on has to be sealed with it */
  want: `
redis.call('SET', B .. 'key', ARGV[2])
return 1`,
} as const;

export function scriptOf(name: keyof typeof CREDENTIAL_SCRIPTS): string {
  return LIBRARY + CREDENTIAL_SCRIPTS[name];
}
