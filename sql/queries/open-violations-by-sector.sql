-- Open violations by sector and rule, with those under a valid exception beside them: suppression never hides a count.
-- 各行业未解除的违规,例外另列
SELECT coalesce(a.sector, '(unknown)') AS sector, a.rule_id, r.title_en, r.law_article,
       count(*) FILTER (WHERE a.status = 'OPEN') AS open,
       count(*) FILTER (WHERE a.status = 'EXEMPT') AS exempt,
       count(DISTINCT a.operator_id) AS operators,
       min(a.occurred_on) AS oldest
FROM audit_api.alert_v1 a
JOIN audit_api.rule_v1 r ON r.rule_id = a.rule_id
WHERE a.verdict = 'VIOLATION' AND a.status IN ('OPEN', 'EXEMPT')
GROUP BY 1, 2, 3, 4
ORDER BY open DESC, sector, a.rule_id;
