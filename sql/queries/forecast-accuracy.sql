-- How past forecasts of reaching the threshold came out, by how far ahead they looked: of 80 % intervals about 80 % should
-- hold. 历次预测的准确程度
SELECT CASE WHEN s.days_ahead <= 30 THEN '1-30 days' WHEN s.days_ahead <= 90 THEN '31-90 days'
            WHEN s.days_ahead > 90 THEN 'over 90 days' ELSE 'not reached' END AS ahead,
       count(*) AS forecasts, count(*) FILTER (WHERE s.inside) AS inside,
       count(*) FILTER (WHERE s.outcome = 'EARLIER') AS earlier, count(*) FILTER (WHERE s.outcome = 'LATER') AS later,
       round(100.0 * count(*) FILTER (WHERE s.inside) / nullif(count(s.inside), 0), 1) AS percent_inside,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(s.error_days)) AS median_error_days,
       string_agg(DISTINCT s.operator_id, ', ' ORDER BY s.operator_id) AS operators
FROM audit_api.forecast_score_v1 s
WHERE s.outcome IN ('INSIDE', 'EARLIER', 'LATER')
GROUP BY 1
ORDER BY min(s.days_ahead) NULLS LAST;
