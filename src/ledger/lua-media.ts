/**
 * Scripts for images. Whoever wants an image says so before naming it, and an image goes only where nobody has
 * said so for a while: between a look at the publications and its removal none can come to need it unnoticed.
 */
export const MEDIA_SCRIPTS = {
  /** hash, bytes */
  putMedia: `
redis.call('SET', B .. 'media:' .. ARGV[1], ARGV[2])
redis.call('ZADD', B .. 'media-wanted', ms(NOW), ARGV[1])
return 1`,

  /** hash */
  wantMedia: `
if redis.call('EXISTS', B .. 'media:' .. ARGV[1]) == 0 then return 0 end
redis.call('ZADD', B .. 'media-wanted', ms(NOW), ARGV[1])
return 1`,

  /** unwantedMs: hashes that nobody has wanted for so long */
  staleMedia: `
return redis.call('ZRANGEBYSCORE', B .. 'media-wanted', '-inf', ms(NOW - int(ARGV[1])))`,

  /** retryMs: all publications that may still be sent, at one instant */
  sendable: `
local names = {}
local function gather(state, least)
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', B .. 'state:' .. state, least, '+inf')) do
    names[#names + 1] = name
  end
end
for _, state in ipairs({ 'scheduled', 'claimed', 'held', 'handoff', 'sending', 'unconfirmed' }) do gather(state, '-inf') end
for _, state in ipairs({ 'failed', 'missed' }) do gather(state, ms(NOW - int(ARGV[1]))) end
return names`,

  /** hash, unwantedMs */
  dropMedia: `
local wanted = redis.call('ZSCORE', B .. 'media-wanted', ARGV[1])
if not wanted or int(wanted) > NOW - int(ARGV[2]) then return 0 end
redis.call('ZREM', B .. 'media-wanted', ARGV[1])
redis.call('DEL', B .. 'media:' .. ARGV[1])
return 1`,
} as const;
