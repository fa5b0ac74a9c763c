/** What the scripts of the archive share. */
export const ARCHIVE_LIBRARY = `
-- What only a reader needs, or a further attempt: it stands in the archive. The rest is the trace, by which every step of
-- the ledger goes on to judge as it did.
local UNTRACED = { 'post', 'draft', 'links', 'linksAt', 'sight', 'sights', 'charges', 'costs', 'costMonth', 'reserve',
  'claimId', 'sender', 'lease', 'deadline', 'sendingAt', 'lookAt', 'looks', 'doubtAt', 'failures', 'senderGone', 'since',
  'saidToBeThere', 'precaution', 'heldBy', 'heldFor', 'heldBack', 'overBudget', 'wakeAt', 'firstBeganAt', 'approvedAt', 'correctError',
  'correctTries' }

-- The last two may name what was taken up again, and what says something else by now: who reads them looks at the record.
local function index_trace(name, h, ended_at)
  redis.call('ZADD', B .. 'archived', ended_at, name)
  if h.state == 'published' or (is_under_way(h) and h.state ~= 'retracted') then
    redis.call('ZADD', B .. 'archived-posts', 0, h.network .. ' ' .. h.fingerprint .. ' ' .. name)
  end
  if name:find(h.entry .. '@', 1, true) == 1 then redis.call('ZADD', B .. 'archived-slots', 0, name) end
end

local function leave_trace(name, h, ended_at, on, month)
  for _, field in ipairs(UNTRACED) do h[field] = nil end
  if h.state == 'published' then h.error, h.why = nil, nil end
  -- Made anew, it is as small as it can be: Redis keeps a hash as loose as it ever was.
  local kept = {}
  for field, value in pairs(h) do
    kept[#kept + 1] = field
    kept[#kept + 1] = value
  end
  redis.call('DEL', key(name))
  redis.call('HSET', key(name), unpack(kept))
  redis.call('DEL', B .. 'story:' .. name)
  redis.call('ZREM', B .. 'state:' .. h.state, name)
  redis.call('ZREM', B .. 'sights', name)
  local months = h.archivedIn or ''
  if not months:find(month, 1, true) then months = months == '' and month or months .. ' ' .. month end
  redis.call('HSET', key(name), 'archivedAt', ms(NOW), 'archivedOn', on, 'archivedIn', months)
  index_trace(name, h, ended_at)
  redis.call('XADD', B .. 'events', 'MAXLEN', '~', 100000, '*', 'publication', name, 'kind', 'archived')
end

local ENDED = { published = true, failed = true, missed = true, cancelled = true, retracted = true }
`;

/** Scripts for records that are over for long. ARGV[1] is the publication's name. */
export const ARCHIVE_SCRIPTS = {
  /** name, generation, how many events its story had when it was written to the archive, endedAt, host, month */
  archive: `${ARCHIVE_LIBRARY}
local name = ARGV[1]
local h = load(name)
-- While a ledger is being recovered, it is not known what is over.
if redis.call('EXISTS', B .. 'frozen') == 1 then return 0 end
if not h or not h.state or h.archivedAt or not ENDED[h.state] or redis.call('ZSCORE', B .. 'wake', name) then return 0 end
-- Something has happened to it since.
if int(h.generation) ~= int(ARGV[2]) or redis.call('LLEN', B .. 'story:' .. name) ~= int(ARGV[3]) then return 0 end
local is_wanted_gone = h.retractBy and h.state ~= 'retracted' and h.state ~= 'cancelled'
if is_wanted_gone or h.correctPost then return 0 end
leave_trace(name, h, ARGV[4], ARGV[5], ARGV[6])
return 1`,

  /** name, isNewer: replaces a trace that is there, endedAt, host, month, then fields and values of the record in turn */
  recallArchived: `${ARCHIVE_LIBRARY}
local name = ARGV[1]
local h = load(name)
if h and h.state and not (h.archivedAt and ARGV[2] == '1') then return 0 end
local old_fence = int(h and h.begunFence)
for i = 6, #ARGV, 2 do redis.call('HSET', key(name), ARGV[i], ARGV[i + 1]) end
h = load(name)
if old_fence > int(h.begunFence) then redis.call('HSET', key(name), 'begunFence', old_fence) end
local parts = cjson.decode(h.parts or '[]')
for _, part in ipairs(parts) do redis.call('HSETNX', B .. 'remote:' .. h.account, part.remoteId, name) end
leave_trace(name, h, ARGV[3], ARGV[4], ARGV[5])
return 1`,
} as const;
