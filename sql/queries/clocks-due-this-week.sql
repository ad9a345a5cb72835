-- Running deadlines whose cautious day falls within the next seven days (Asia/Shanghai), nearest first.
-- 七日内将到期的法定期限
SELECT c.operator_id, c.kind, c.trigger_id, c.due_on_strict, c.due_on, c.working_days_left, c.provisional,
       c.calendar_version
FROM audit_api.clock_v1 c
WHERE c.state = 'RUNNING' AND c.due_on_strict <= (now() AT TIME ZONE 'Asia/Shanghai')::date + 7
ORDER BY c.due_on_strict, c.operator_id;
