-- What is not known, because unknown is not fine: rules a system does not allow to judge, open UNKNOWN alerts, and how
-- far each source is known. 未知清单
SELECT operator_id, system_id, 'not judgeable: ' || rule_id AS what, reason AS why, NULL::timestamptz AS known_through
FROM audit_api.judgeable_v1
WHERE NOT judgeable
UNION ALL
SELECT operator_id, system_id, 'alert: ' || rule_id, explanation_en, NULL
FROM audit_api.alert_v1
WHERE verdict = 'UNKNOWN' AND status = 'OPEN'
UNION ALL
SELECT operator_id, system_id, 'source: ' || state, rejects || ' rejects, ' || unmapped || ' unmapped', known_through
FROM audit_api.source_v1
ORDER BY operator_id, system_id, what;
