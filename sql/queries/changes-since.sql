-- What changed since the last look. Remember the greatest change_seq of the answer and put it in place of 0 next time:
-- numbers appear in order, so nothing is missed and nothing comes twice. 自上次读取以来的变更
SELECT change_seq, status, verdict, severity, rule_id, operator_id, subject_kind, subject_id, episode, due_on,
       explanation_en, explanation_zh
FROM audit_api.alert_v1
WHERE change_seq > 0
ORDER BY change_seq
LIMIT 1000;
