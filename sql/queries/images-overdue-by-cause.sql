-- Raw images still stored past their day, by operator and cause, with the oldest due day. 逾期保存的原始图像,按原因
SELECT operator_id, system_id, cause, verdict, count(*) AS images, count(DISTINCT person_token) AS known_persons,
       min(due_on) AS earliest_due_on
FROM audit_api.image_finding_v1
WHERE cleared_at IS NULL
GROUP BY operator_id, system_id, cause, verdict
ORDER BY images DESC, operator_id, system_id, cause;
