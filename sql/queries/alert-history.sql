-- Every revision of one alert, oldest first: here of the alert that changed last; put an alert_id in place of the
-- sub-select to follow another. 单个告警的全部修订
SELECT generation, revision, episode, revised_at, reason, status, verdict, severity, measured, due_on, explanation_en
FROM audit_api.alert_history_v1
WHERE alert_id = (SELECT alert_id FROM audit_api.alert_v1 ORDER BY change_seq DESC LIMIT 1)
ORDER BY generation, revision, episode;
