/** Scripts for what apply does with the plan. ARGV[1] is the publication's name. */
export const APPLY_SCRIPTS = {
  /** entry, account, network, due or '', publishByMs, post, parts, fingerprint, says now */
  add: `
local name = ARGV[1]
local h = load(name)
if h and h.state and not (h.state == 'cancelled' and h.cancelledBy == 'apply') then return plan_step(false, h) end
local due = ARGV[5] == '' and NOW or int(ARGV[5])
local kind = h and 'planned again' or 'planned'
h = h or {}
drop_draft(name, h)
h.due = ms(due)
redis.call('HSET', key(name), 'entry', ARGV[2], 'account', ARGV[3], 'network', ARGV[4], 'due', ms(due),
  'publishBy', ms(due + int(ARGV[6])), 'publishByMs', ARGV[6], 'now', ARGV[10], 'post', ARGV[7],
  'total', ARGV[8], 'fingerprint', ARGV[9])
redis.call('HDEL', key(name), 'cancelledBy', 'error', 'why', 'wakeAt', 'attempts', 'cameLate')
-- It may have gone out on time, from a ledger that is lost.
if due < NOW - 5000 then redis.call('HSET', key(name), 'cameLate', '1') end
renew(name, h)
tell(name, kind, { due = due })
if was_begun(h) then
  doubt(name, h, true, NOW)
else
  enter(name, h, 'scheduled', due)
end
return plan_step(true, h)`,

  /** expectedGeneration, due or '' for now unless it was now before, publishByMs, post, parts, fingerprint, says now */
  amend: `
local name = ARGV[1]
local h = load(name)
if not h or int(h.generation) ~= int(ARGV[2]) then return plan_step(false, h) end
local allowed = { scheduled = true, held = true, handoff = true, failed = true, missed = true }
if not allowed[h.state] or is_under_way(h) then return plan_step(false, h) end
local due = int(ARGV[3])
if ARGV[3] == '' then due = h.now == '1' and int(h.due) or NOW end
local moved = due ~= int(h.due)
local rewritten = h.fingerprint ~= ARGV[7]
redis.call('HSET', key(name), 'due', ms(due), 'publishBy', ms(due + int(ARGV[4])), 'publishByMs', ARGV[4],
  'now', ARGV[8], 'post', ARGV[5], 'total', ARGV[6], 'fingerprint', ARGV[7])
h.due = ms(due)
drop_draft(name, h)
renew(name, h)
if h.state == 'handoff' and due <= NOW then
  enter(name, h, 'handoff', nil)
else
  redis.call('HDEL', key(name), 'error', 'why', 'wakeAt', 'attempts', 'doubts', 'doubtsDenied', 'cameLate')
  enter(name, h, 'scheduled', due)
end
if moved then tell(name, 'moved', { due = due }) end
if rewritten then tell(name, 'rewritten') end
return plan_step(true, h)`,

  /** entry, account, network, due, publishByMs, post, parts, fingerprint, error, says now */
  addMissed: `
local name = ARGV[1]
local h = load(name)
if h and h.state then return step(false, h) end
h = h or {}
h.due = ARGV[5]
redis.call('HSET', key(name), 'entry', ARGV[2], 'account', ARGV[3], 'network', ARGV[4], 'due', ARGV[5],
  'publishBy', ms(int(ARGV[5]) + int(ARGV[6])), 'publishByMs', ARGV[6], 'post', ARGV[7], 'total', ARGV[8], 'fingerprint', ARGV[9], 'error', ARGV[10], 'now', ARGV[11])
renew(name, h)
tell(name, 'came too late', { due = int(ARGV[5]) })
if was_begun(h) then
  doubt(name, h, true, NOW)
else
  enter(name, h, 'missed', nil)
end
return step(true, h)`,

  /** by */
  cancel: `
local name = ARGV[1]
local h = load(name)
local allowed = { scheduled = true, claimed = true, held = true, handoff = true }
if not h or not allowed[h.state] or is_under_way(h) then return step(false, h) end
redis.call('HSET', key(name), 'cancelledBy', ARGV[2])
drop_draft(name, h)
forget_claim(name)
renew(name, h)
enter(name, h, 'cancelled', nil)
tell(name, 'cancelled', { by = ARGV[2] })
return step(true, h)`,
} as const;
