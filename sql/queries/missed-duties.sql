-- Duties of Art. 15 that were missed or met late, with the days late and what the trigger day rests on. 逾期或迟延的备案义务
SELECT c.operator_id, c.kind, c.trigger_id, c.state, c.trigger_on_low, c.trigger_on_high, c.basis, c.due_on, c.filed_on,
       c.days_late, c.provisional
FROM audit_api.clock_v1 c
WHERE c.state IN ('OVERDUE', 'POSSIBLY_OVERDUE', 'MET_LATE')
ORDER BY c.days_late DESC NULLS LAST, c.operator_id;
