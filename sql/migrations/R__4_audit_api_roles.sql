-- What auditors may do, and who may read. Last, because grants name what the files before create.

-- Records who is logged in (session_user), whatever role they have set: nobody acknowledges in another's name.
CREATE OR REPLACE FUNCTION audit_api.acknowledge(alert_id uuid, episode int, note text, kind text DEFAULT 'ACKNOWLEDGED')
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    seen bigint;
    made bigint;
BEGIN
    PERFORM audit.lock_change_seq();
    UPDATE audit.alert AS a
    SET acknowledged_by = session_user, change_seq = nextval('audit.change_seq')
    WHERE a.alert_id = acknowledge.alert_id AND a.episode = acknowledge.episode
    RETURNING a.revision INTO seen;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no alert % with episode %', acknowledge.alert_id, acknowledge.episode
            USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO audit.acknowledgement (alert_id, episode, kind, note, acknowledged_by, acknowledged_at, revision_seen)
    VALUES (acknowledge.alert_id, acknowledge.episode, acknowledge.kind, acknowledge.note, session_user, now(), seen)
    RETURNING id INTO made;
    RETURN made;
END
$$;
COMMENT ON FUNCTION audit_api.acknowledge IS 'Acknowledge, contest (CONTESTED) or justify (JUSTIFIED) an alert with a note; it changes no verdict / 确认、异议或说明,不改变判定';

CREATE OR REPLACE VIEW audit_api.acknowledgement_v1 AS
SELECT a.id, a.alert_id, a.episode, a.kind, a.note, a.acknowledged_by, a.acknowledged_at, a.revision_seen
FROM audit.acknowledgement a;
COMMENT ON VIEW audit_api.acknowledgement_v1 IS 'What people said to alerts / 人工确认、异议与说明';
COMMENT ON COLUMN audit_api.acknowledgement_v1.id IS 'Number of the entry / 序号';
COMMENT ON COLUMN audit_api.acknowledgement_v1.alert_id IS 'Alert / 告警标识';
COMMENT ON COLUMN audit_api.acknowledgement_v1.episode IS 'Episode / 回合';
COMMENT ON COLUMN audit_api.acknowledgement_v1.kind IS 'ACKNOWLEDGED, CONTESTED or JUSTIFIED / 确认、异议、说明';
COMMENT ON COLUMN audit_api.acknowledgement_v1.note IS 'What they said / 内容';
COMMENT ON COLUMN audit_api.acknowledgement_v1.acknowledged_by IS 'Login that said it / 登录用户';
COMMENT ON COLUMN audit_api.acknowledgement_v1.acknowledged_at IS 'When / 时间';
COMMENT ON COLUMN audit_api.acknowledgement_v1.revision_seen IS 'Revision of the alert at that time / 当时的修订号';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit_api FROM PUBLIC;
GRANT USAGE ON SCHEMA audit_api TO analyst, auditor, registrar;
GRANT SELECT ON ALL TABLES IN SCHEMA audit_api TO analyst, auditor, registrar;
GRANT EXECUTE ON FUNCTION audit_api.acknowledge TO auditor;
