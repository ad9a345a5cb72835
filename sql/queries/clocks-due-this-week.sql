-- Running deadlines whose cautious day falls within the next seven days (Asia/Shanghai), nearest first. Today is the day of
-- the views: in the schema of a replay that which it rebuilds.
-- 七日内将到期的法定期限
SELECT c.operator_id, c.kind, c.trigger_id, c.due_on_strict, c.due_on, c.working_days_left, c.provisional,
       c.calendar_version
FROM audit_api.clock_v1 c, audit_api.today_v1 today
WHERE c.state = 'RUNNING' AND c.due_on_strict <= today.day + 7
ORDER BY c.due_on_strict, c.operator_id;
