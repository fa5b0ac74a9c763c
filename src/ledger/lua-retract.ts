/** What the scripts for taking back share. */
const LIBRARY = `
local function gone_of(h)
  local gone = {}
  for _, id in ipairs(cjson.decode(h.retractGone or '[]')) do gone[id] = true end
  return gone
end

local function give_up_correction(name, h)
  redis.call('HDEL', key(name), 'correctPost', 'correctFingerprint', 'correctBy', 'correctTries', 'correctError')
  redis.call('ZREM', B .. 'correcting:' .. h.network, name)
end

-- From here on nothing of it is sent any more, whatever its state.
local function want_gone(name, h, by, why, by_hand, at)
  if not h.retractBy then
    h.retractBy = by
    redis.call('HSET', key(name), 'retractBy', by, 'retractWhy', why, 'retractAt', ms(at))
    tell(name, 'to be taken back', { by = by, why = why ~= '' and why or nil })
  end
  h.retractByHand = by_hand
  redis.call('HSET', key(name), 'retractByHand', by_hand)
  redis.call('HDEL', key(name), 'retractError', 'retractTries', 'retractStuck')
  if by_hand == '1' then redis.call('ZREM', B .. 'retracting:' .. h.network, name) end
  give_up_correction(name, h)
end

-- What corrects another has waited for it to be gone: its time begins.
local function let_correction_go(name)
  local h = load(name)
  if not h or h.state ~= 'held' or h.heldBy ~= 'correction' then return end
  local was_approved = is_approved(h)
  h.due, h.publishBy = ms(NOW), ms(NOW + int(h.publishByMs))
  redis.call('HSET', key(name), 'due', h.due, 'publishBy', h.publishBy)
  if was_approved then
    h.approvedDue = h.due
    redis.call('HSET', key(name), 'approvedDue', h.due)
  end
  renew(name, h)
  place(name, h, NOW)
end

-- Takes it for retracted once nothing is left of it. Answers whether it is.
local function retract_if_gone(name, h, gone)
  for _, part in ipairs(cjson.decode(h.parts or '[]')) do
    if not gone[part.remoteId] then return false end
  end
  redis.call('HSET', key(name), 'retractedAt', ms(NOW))
  redis.call('HDEL', key(name), 'retractError', 'retractTries', 'retractStuck', 'error', 'why', 'draft')
  redis.call('ZREM', B .. 'retracting:' .. h.network, name)
  forget_claim(name)
  enter(name, h, 'retracted', nil)
  tell(name, 'retracted', { by = h.retractBy })
  if h.correctedAs then let_correction_go(h.correctedAs) end
  return true
end

local function part_gone(name, h, id, how)
  local gone = gone_of(h)
  if gone[id] then return gone end
  gone[id] = true
  local list = {}
  for one in pairs(gone) do list[#list + 1] = one end
  table.sort(list)
  redis.call('HSET', key(name), 'retractGone', cjson.encode(list))
  for i, part in ipairs(cjson.decode(h.parts or '[]')) do
    if part.remoteId == id then tell(name, 'deleted', { part = i - 1, url = part.url, how = how }) end
  end
  return gone
end

-- True if people could see any of it, or might yet.
local function can_be_taken_back(h)
  if not h or not h.state or h.state == 'retracted' then return false end
  return is_under_way(h) or h.state == 'sending' or h.state == 'unconfirmed'
end

local function request_retraction(name, h, by, why, by_hand)
  want_gone(name, h, by, why, by_hand, NOW)
  if h.state == 'claimed' then unspend(name, h) end
  if h.state ~= 'sending' and h.state ~= 'unconfirmed' then
    renew(name, h)
    enter(name, h, h.state, nil)
  end
end
`;

/** What a retraction is known by. */
const KNOWN = `
local function known(name, h)
  return { name, h.entry, h.account, h.network, h.due, h.parts or '[]', h.retractGone or '[]', h.retractBy, h.retractWhy or '',
    h.retractAt, h.correctedAs or '', int(h.retractTries) }
end
`;

/** Takes the one that is named, or has waited longest, of those that wait on a network; others leave it alone for a while. */
const TAKE = `
local function take(queue)
  local waiting = B .. queue .. ARGV[1]
  local name = ARGV[3]
  if name == '' then
    name = redis.call('ZRANGEBYSCORE', waiting, '-inf', ms(NOW), 'LIMIT', 0, 1)[1]
    if not name then return nil end
  elseif not redis.call('ZSCORE', waiting, name) then
    return nil
  end
  redis.call('ZADD', waiting, ms(NOW + int(ARGV[2])), name)
  return name, load(name)
end
`;

/** Scripts for taking back what is out, and for what takes its place. */
export const RETRACT_SCRIPTS = {
  /** name, by, why, byHand */
  retract: `${LIBRARY}
local name = ARGV[1]
local h = load(name)
if not can_be_taken_back(h) then return step(false, h) end
request_retraction(name, h, ARGV[2], ARGV[3], ARGV[4])
return step(true, h)`,

  /** network, leaseMs, name or '' for the one that has waited longest */
  takeRetraction: `${TAKE}${KNOWN}
local name, h = take('retracting:')
if not name then return {} end
return known(name, h)`,

  /** name */
  retraction: `${KNOWN}
local h = load(ARGV[1])
if not h or not h.retractBy then return {} end
return known(ARGV[1], h)`,

  /** name, remoteId */
  partGone: `${LIBRARY}
local name = ARGV[1]
local h = load(name)
if not h or not h.retractBy or h.state == 'retracted' then return step(false, h) end
local gone = part_gone(name, h, ARGV[2], 'answered')
-- While a further part may be on its way, it is not over.
if h.state ~= 'sending' and h.state ~= 'unconfirmed' then retract_if_gone(name, h, gone) end
return step(true, h)`,

  /** name, error, retryInMs or '' if it is not tried again */
  retractionFailed: `
local name = ARGV[1]
local h = load(name)
if not h or not h.retractBy or h.state == 'retracted' then return step(false, h) end
redis.call('HINCRBY', key(name), 'retractTries', 1)
if h.retractError ~= ARGV[2] then tell_json(name, 'not deleted', ARGV[2]) end
redis.call('HSET', key(name), 'retractError', ARGV[2], 'retractStuck', ARGV[3] == '' and '1' or '0')
if ARGV[3] == '' then
  redis.call('ZREM', B .. 'retracting:' .. h.network, name)
else
  redis.call('ZADD', B .. 'retracting:' .. h.network, ms(NOW + int(ARGV[3])), name)
end
return step(true, h)`,

  /** name, by, why: a person has deleted all of it, and has seen that what was in doubt is not there */
  retractedByHand: `${LIBRARY}
local name = ARGV[1]
local h = load(name)
if not can_be_taken_back(h) or h.state == 'sending' then return step(false, h) end
local in_doubt = h.state == 'unconfirmed'
if in_doubt and not is_sender_over(h) then return step(false, h) end
request_retraction(name, h, ARGV[2], ARGV[3], '1')
local gone = gone_of(h)
for _, part in ipairs(cjson.decode(h.parts or '[]')) do
  gone = part_gone(name, h, part.remoteId, 'by hand')
  h.retractGone = redis.call('HGET', key(name), 'retractGone')
end
if in_doubt then
  renew(name, h)
  enter(name, h, 'failed', nil)
end
if is_under_way(h) then retract_if_gone(name, h, gone) end
return step(true, h)`,

  /** name, entry, account, network, due, parts, gone, by, why, at, correctedAs or '': as a journal knows it */
  recallRetraction: `${LIBRARY}
local name = ARGV[1]
local h = load(name)
if h and h.state == 'retracted' then return step(false, h) end
local gone = cjson.decode(ARGV[7])
if h and h.retractBy and #gone <= #cjson.decode(h.retractGone or '[]') then return step(false, h) end
if not h then
  redis.call('HSET', key(name), 'entry', ARGV[2], 'account', ARGV[3], 'network', ARGV[4], 'due', ARGV[5], 'publishBy', ARGV[5],
    'fingerprint', '', 'publishedAt', ARGV[5])
  h = load(name)
end
local parts = cjson.decode(ARGV[6])
if #parts > #cjson.decode(h.parts or '[]') then
  h.parts = ARGV[6]
  redis.call('HSET', key(name), 'parts', ARGV[6])
end
for _, part in ipairs(parts) do redis.call('HSETNX', B .. 'remote:' .. h.account, part.remoteId, name) end
want_gone(name, h, ARGV[8], ARGV[9], '0', int(ARGV[10]))
if ARGV[11] ~= '' then
  h.correctedAs = ARGV[11]
  redis.call('HSET', key(name), 'correctedAs', ARGV[11])
end
if h.state == 'claimed' then unspend(name, h) end
local all = gone_of(h)
for _, id in ipairs(gone) do
  all = part_gone(name, h, id, 'journal')
  h.retractGone = redis.call('HGET', key(name), 'retractGone')
end
-- What comes of it, its sender or a look at the account says; nothing is sent then.
if h.state == 'sending' then return step(true, h) end
renew(name, h)
if not retract_if_gone(name, h, all) then enter(name, h, 'published', nil) end
return step(true, h)`,

  /** old name, new name, by, why, byHand, post, parts, fingerprint, publishByMs, asked, approval, approver, charges as JSON or '' */
  correctAnew: `${LIBRARY}
local old, name = ARGV[1], ARGV[2]
local h = load(old)
if h and h.correctedAs == name then return step(true, load(name)) end
if not h or h.state ~= 'published' or h.retractBy or load(name) then return step(false, h) end
redis.call('HSET', key(old), 'correctedAs', name)
h.correctedAs = name
-- How long it has to wait for the old one, nobody knows: its own time begins only then.
local n = { due = ms(NOW), publishBy = ms(NOW + 2592000000), fingerprint = ARGV[8], account = h.account, network = h.network, corrects = old }
redis.call('HSET', key(name), 'entry', h.entry, 'account', h.account, 'network', h.network, 'due', n.due, 'publishBy', n.publishBy,
  'publishByMs', ARGV[9], 'now', '0', 'post', ARGV[6], 'total', ARGV[7], 'fingerprint', ARGV[8], 'asked', ARGV[10],
  'movedBy', ARGV[3], 'corrects', old)
keep_charges(name, n, ARGV[13])
renew(name, n)
tell(name, 'corrects', { by = ARGV[3], old = old })
if ARGV[11] ~= '' then
  redis.call('HSET', key(name), 'approval', ARGV[11], 'approver', ARGV[12])
  n.approval, n.approver = ARGV[11], ARGV[12]
  approve(name, n, ARGV[3], 'operator')
end
place(name, n, NOW)
tell(old, 'corrected anew', { by = ARGV[3], new = name })
request_retraction(old, h, ARGV[3], ARGV[4], ARGV[5])
return step(true, n)`,

  /** name, post, fingerprint, by */
  wantCorrection: `
local name = ARGV[1]
local h = load(name)
if not h or h.state ~= 'published' or h.retractBy then return step(false, h) end
redis.call('HSET', key(name), 'correctPost', ARGV[2], 'correctFingerprint', ARGV[3], 'correctBy', ARGV[4])
redis.call('HDEL', key(name), 'correctError', 'correctTries')
redis.call('ZADD', B .. 'correcting:' .. h.network, ms(NOW), name)
if h.correctFingerprint ~= ARGV[3] then tell(name, 'to be corrected', { by = ARGV[4] }) end
return step(true, h)`,

  /** network, leaseMs, name or '' for the one that has waited longest */
  takeCorrection: `${TAKE}
local name, h = take('correcting:')
if not name then return {} end
return { name, h.account, h.parts or '[]', h.post or '', h.correctPost, h.correctFingerprint, h.correctBy, int(h.correctTries),
  h.publishedAt or h.due }`,

  /** name, fingerprint, detail of the story as JSON */
  corrected: `${LIBRARY}
local name = ARGV[1]
local h = load(name)
if not h or h.correctFingerprint ~= ARGV[2] then return step(false, h) end
redis.call('HSET', key(name), 'post', h.correctPost, 'fingerprint', ARGV[2])
give_up_correction(name, h)
tell_json(name, 'corrected', ARGV[3])
return step(true, h)`,

  /** name, fingerprint, error, retryInMs or '' if it is not tried again */
  correctionFailed: `${LIBRARY}
local name = ARGV[1]
local h = load(name)
if not h or h.correctFingerprint ~= ARGV[2] then return step(false, h) end
if h.correctError ~= ARGV[3] then tell_json(name, 'not corrected', ARGV[3]) end
if ARGV[4] == '' then
  give_up_correction(name, h)
else
  redis.call('HINCRBY', key(name), 'correctTries', 1)
  redis.call('ZADD', B .. 'correcting:' .. h.network, ms(NOW + int(ARGV[4])), name)
end
redis.call('HSET', key(name), 'correctError', ARGV[3])
return step(true, h)`,
} as const;
