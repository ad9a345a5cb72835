-- Growth of the stock of persons over the last 30 known days of each operator, against the filing threshold in force.
-- 各处理者近三十日存储人数增长
WITH last_day AS (
    SELECT operator_id, max(day) AS day FROM audit_api.person_count_v1 GROUP BY operator_id
), threshold AS (
    SELECT value::numeric AS persons FROM audit_api.parameter_v1 WHERE name = 'storage-reached.threshold' AND scope = '*'
)
SELECT latest.operator_id, latest.day, latest.persons_low, latest.persons_high, latest.exact,
       sum(p.added) AS added_30_days, sum(p.removed) AS removed_30_days,
       round(100 * latest.persons_low / threshold.persons, 1) AS percent_of_threshold
FROM last_day
JOIN audit_api.person_count_v1 latest ON latest.operator_id = last_day.operator_id AND latest.day = last_day.day
JOIN audit_api.person_count_v1 p ON p.operator_id = last_day.operator_id AND p.day > last_day.day - 30
CROSS JOIN threshold
GROUP BY latest.operator_id, latest.day, latest.persons_low, latest.persons_high, latest.exact, threshold.persons
ORDER BY percent_of_threshold DESC;
