/**
 * Whether the ledger takes note of which server it is on. `none`: no other ever takes over. `promotions`: another may take
 * over behind the same address; a server that was always its own master has only started again. `changes`: every change
 * counts, as one that took over may have started again since.
 */
export type ServerWatch = 'none' | 'promotions' | 'changes';

/**
 * Lua functions that need BASICS. A server that takes over for another may lack what that one had acknowledged last. It
 * says so itself, within the very step that would let something be sent: whoever asks, whatever they know.
 *
 * Keys below the base:
 *   server               hash: `run`, the server's own name for its run; `replicas`, 1 once it has had one
 *   recovery             hash: `epoch`, how many there were; `at`, when the last began; `open`, 1 until it is over
 *   hosts                sorted set of hosts that keep journals by when they were last seen
 *   reports              hash of hosts to the last recovery for which they have told what their journals know
 */
export function recoveryLibrary(watch: ServerWatch): string {
  return `
local WATCH = '${watch}'
local REASON = 'Redis has failed over to a server that may lack the last moments before'
${RECOVERY}`;
}

const RECOVERY = `
local function info(section)
  -- Somebody may have forbidden it.
  local said = redis.pcall('INFO', section)
  return type(said) == 'string' and said or ''
end

local function open_recovery(reason, at)
  if redis.call('HGET', B .. 'recovery', 'open') == '1' and redis.call('EXISTS', B .. 'frozen') == 1 then
    return int(redis.call('HGET', B .. 'recovery', 'epoch'))
  end
  redis.call('HSET', B .. 'recovery', 'at', ms(at), 'open', '1')
  redis.call('SET', B .. 'frozen', cjson.encode({ reason = reason, by = 'carillon', at = at }), 'NX')
  return redis.call('HINCRBY', B .. 'recovery', 'epoch', 1)
end

-- True if this server has taken over from another: from here on the ledger is frozen.
local function has_taken_over()
  if WATCH == 'none' then return false end
  local run = string.match(info('server'), 'run_id:(%w+)')
  local known = redis.call('HGET', B .. 'server', 'run')
  if not run or run == known then return false end
  redis.call('HSET', B .. 'server', 'run', run, 'replicas', '0')
  if not known then return false end
  -- One that has always been its own master has no other history than its own.
  local other = string.match(info('replication'), 'master_replid2:(%w+)')
  if WATCH == 'promotions' and (not other or string.match(other, '^0+$')) then return false end
  -- What a recovery had heard before may be lost with the rest: it begins anew.
  redis.call('HSET', B .. 'recovery', 'open', '0')
  open_recovery(REASON, NOW)
  return true
end

local function is_frozen() return redis.call('EXISTS', B .. 'frozen') == 1 or has_taken_over() end

-- A server that has ever had a replica may be taken over from, even if it has lost sight of it.
local function has_replicas()
  if WATCH == 'none' then return false end
  if redis.call('HGET', B .. 'server', 'replicas') == '1' then return true end
  if int(string.match(info('replication'), 'connected_slaves:(%d+)')) == 0 then return false end
  redis.call('HSET', B .. 'server', 'replicas', '1')
  return true
end

local function frozen_by()
  local json = redis.call('GET', B .. 'frozen')
  return json and cjson.decode(json)
end

-- Tokens go on above every one that may have been used, and what is due until then is looked for.
local function let_go(fence, look_until, by)
  local was_frozen = redis.call('DEL', B .. 'frozen')
  redis.call('HSET', B .. 'recovery', 'open', '0')
  -- Two hosts may recover at once: the second still has its tokens to tell.
  if int(redis.call('GET', B .. 'fence')) < fence then redis.call('SET', B .. 'fence', ms(fence)) end
  if int(redis.call('GET', B .. 'look-until')) < look_until then redis.call('SET', B .. 'look-until', ms(look_until)) end
  if was_frozen == 1 then redis.call('XADD', B .. 'events', 'MAXLEN', '~', 100000, '*', 'kind', 'thawed', 'by', by) end
  return was_frozen
end
`;

/** Scripts by which hosts tell a ledger that has lost something what they know. */
export const RECOVERY_SCRIPTS = {
  /** host or '' */
  attend: `
has_taken_over()
local frozen = frozen_by()
if frozen and frozen.by == 'carillon' and redis.call('HGET', B .. 'recovery', 'open') ~= '1' then
  open_recovery(frozen.reason, frozen.at)
end
if ARGV[1] ~= '' then
  -- To a few seconds is enough, and spares the disk.
  local seen = int(redis.call('ZSCORE', B .. 'hosts', ARGV[1]))
  if NOW - seen > 5000 then redis.call('ZADD', B .. 'hosts', ms(NOW), ARGV[1]) end
end
return { int(redis.call('HGET', B .. 'recovery', 'epoch')), int(redis.call('HGET', B .. 'reports', ARGV[1])),
  redis.call('GET', B .. 'frozen') or '' }`,

  /** reason */
  openRecovery: `
return open_recovery(ARGV[1], NOW)`,

  /** host, epoch, fence */
  report: `
local epoch = int(redis.call('HGET', B .. 'recovery', 'epoch'))
if epoch ~= int(ARGV[2]) then return 0 end
redis.call('HSET', B .. 'reports', ARGV[1], epoch)
if int(redis.call('GET', B .. 'fence')) < int(ARGV[3]) then redis.call('SET', B .. 'fence', ARGV[3]) end
return 1`,

  /** quietMs, patienceMs, fenceGap, lookForMs */
  closeRecovery: `
local frozen = frozen_by()
if not frozen then return { 'over' } end
if frozen.by ~= 'carillon' then return { 'held' } end
local at = int(redis.call('HGET', B .. 'recovery', 'at'))
local epoch = int(redis.call('HGET', B .. 'recovery', 'epoch'))
if NOW - at < int(ARGV[1]) then return { 'waits' } end
local silent = {}
for _, host in ipairs(redis.call('ZRANGEBYSCORE', B .. 'hosts', ms(at - 30000), '+inf')) do
  if int(redis.call('HGET', B .. 'reports', host)) ~= epoch then silent[#silent + 1] = host end
end
if #silent > 0 and NOW - at < int(ARGV[1]) + int(ARGV[2]) then return { 'waits', unpack(silent) } end
let_go(int(redis.call('GET', B .. 'fence')) + int(ARGV[3]), NOW + int(ARGV[4]), 'carillon')
return { 'thawed', unpack(silent) }`,

  /** reason as JSON */
  freeze: `
return redis.call('SET', B .. 'frozen', ARGV[1], 'NX') and 1 or 0`,

  /** fence, lookUntil, by */
  thaw: `
return let_go(int(ARGV[1]), int(ARGV[2]), ARGV[3])`,
} as const;
