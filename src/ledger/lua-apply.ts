/** Scripts for what apply does with the plan. ARGV[1] is the publication's name. */
export const APPLY_SCRIPTS = {
  /** entry, account, network, due or '', publishByMs, post, parts, fingerprint, says now, approval, approver, asked, because or '', charges as JSON or '', trace or '' */
  add: `
local name = ARGV[1]
local h = load(name)
if h and h.state and not (h.state == 'cancelled' and h.cancelledBy == 'apply') then return plan_step(false, h) end
local due = ARGV[5] == '' and NOW or int(ARGV[5])
local kind = h and 'planned again' or 'planned'
h = h or {}
drop_draft(name, h)
if h.fingerprint == ARGV[9] then remember_old_time(name, h) end
h.due, h.publishBy, h.fingerprint = ms(due), ms(due + int(ARGV[6])), ARGV[9]
redis.call('HSET', key(name), 'entry', ARGV[2], 'account', ARGV[3], 'network', ARGV[4], 'due', ms(due),
  'publishBy', h.publishBy, 'publishByMs', ARGV[6], 'now', ARGV[10], 'post', ARGV[7],
  'total', ARGV[8], 'fingerprint', ARGV[9], 'asked', ARGV[13])
keep_charges(name, h, ARGV[15])
keep_trace(name, h, ARGV[16])
redis.call('HDEL', key(name), 'cancelledBy', 'error', 'why', 'wakeAt', 'attempts', 'cameLate', 'heldBack', 'movedBy')
-- It may have gone out on time, from a ledger that is lost.
if due < NOW - 5000 then redis.call('HSET', key(name), 'cameLate', '1') end
if is_maybe_known() then redis.call('HSET', key(name), 'mayBeOut', '1') end
renew(name, h)
tell(name, kind, { due = due, because = ARGV[14] ~= '' and ARGV[14] or nil })
want_approval(name, h, ARGV[11], ARGV[12])
if was_begun(h) then
  doubt(name, h, true, NOW)
else
  place(name, h, due)
end
return plan_step(true, h)`,

  /** expectedGeneration, due or '' for now unless it was now before, publishByMs, post, parts, fingerprint, says now, approval, approver, asked, because or '', charges as JSON or '', trace or '' */
  amend: `
local name = ARGV[1]
local h = load(name)
if not h or int(h.generation) ~= int(ARGV[2]) then return plan_step(false, h) end
local allowed = { scheduled = true, held = true, handoff = true, failed = true, missed = true }
if not allowed[h.state] or is_under_way(h) then return plan_step(false, h) end
local due = int(ARGV[3])
-- Moved by hand, it stays where it is until the config asks for another time than it did then.
local stays = h.movedBy and ARGV[11] == h.asked
if stays then
  due = int(h.due)
elseif ARGV[3] == '' then
  due = h.now == '1' and int(h.due) or NOW
end
local was = int(h.due)
local moved = due ~= was
local rewritten = h.fingerprint ~= ARGV[7]
if not rewritten then remember_old_time(name, h) end
h.due, h.publishBy, h.fingerprint = ms(due), ms(due + int(ARGV[4])), ARGV[7]
redis.call('HSET', key(name), 'due', h.due, 'publishBy', h.publishBy, 'publishByMs', ARGV[4],
  'now', ARGV[8], 'post', ARGV[5], 'total', ARGV[6], 'fingerprint', ARGV[7], 'asked', ARGV[11])
keep_charges(name, h, ARGV[13])
keep_trace(name, h, ARGV[14])
if not stays then redis.call('HDEL', key(name), 'movedBy') end
drop_draft(name, h)
renew(name, h)
if moved then tell(name, 'moved', { due = due, from = was, because = ARGV[12] ~= '' and ARGV[12] or nil }) end
if rewritten then tell(name, 'rewritten') end
want_approval(name, h, ARGV[9], ARGV[10])
if h.state == 'handoff' and due <= NOW and not waits_for(h) then
  enter(name, h, 'handoff', nil)
else
  begin_anew(name)
  place(name, h, due)
end
return plan_step(true, h)`,

  /** entry, account, network, due, publishByMs, post, parts, fingerprint, error, says now, approval, approver, charges */
  addMissed: `
local name = ARGV[1]
local h = load(name)
if h and h.state then return step(false, h) end
h = h or {}
h.due, h.fingerprint = ARGV[5], ARGV[9]
redis.call('HSET', key(name), 'entry', ARGV[2], 'account', ARGV[3], 'network', ARGV[4], 'due', ARGV[5],
  'publishBy', ms(int(ARGV[5]) + int(ARGV[6])), 'publishByMs', ARGV[6], 'post', ARGV[7], 'total', ARGV[8], 'fingerprint', ARGV[9], 'error', ARGV[10], 'now', ARGV[11])
keep_charges(name, h, ARGV[14])
if is_maybe_known() then redis.call('HSET', key(name), 'mayBeOut', '1') end
renew(name, h)
tell(name, 'came too late', { due = int(ARGV[5]) })
want_approval(name, h, ARGV[12], ARGV[13])
if was_begun(h) then
  doubt(name, h, true, NOW)
else
  enter(name, h, 'missed', nil)
end
return step(true, h)`,

  /** expectedGeneration, due, publishByMs, post, parts, fingerprint, error, says now, approval, approver, asked, charges */
  leaveOut: `
local name = ARGV[1]
local h = load(name)
if not h or int(h.generation) ~= int(ARGV[2]) then return step(false, h) end
local allowed = { scheduled = true, held = true, handoff = true, missed = true }
if not allowed[h.state] or is_under_way(h) then return step(false, h) end
if h.fingerprint == ARGV[7] then remember_old_time(name, h) end
begin_anew(name)
h.due, h.publishBy, h.fingerprint = ARGV[3], ms(int(ARGV[3]) + int(ARGV[4])), ARGV[7]
redis.call('HSET', key(name), 'due', h.due, 'publishBy', h.publishBy, 'publishByMs', ARGV[4], 'post', ARGV[5],
  'total', ARGV[6], 'fingerprint', ARGV[7], 'error', ARGV[8], 'now', ARGV[9], 'asked', ARGV[12])
keep_charges(name, h, ARGV[13])
drop_draft(name, h)
renew(name, h)
tell(name, 'left out', { due = int(ARGV[3]) })
want_approval(name, h, ARGV[10], ARGV[11])
enter(name, h, 'missed', nil)
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
