-- The roles of the audit database. Roles belong to the whole server, so each is created only when it is missing.
-- No password stands here: whoever runs the database sets them (ALTER ROLE ... PASSWORD).
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY ['analyst', 'auditor', 'registrar', 'faceaudit_job', 'faceaudit_capture'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', wanted);
        END IF;
    END LOOP;
    ALTER ROLE faceaudit_capture REPLICATION;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO analyst, auditor, registrar, faceaudit_job, faceaudit_capture',
                   current_database());
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
END
$$;

COMMENT ON ROLE analyst IS 'Reads audit_api, nothing else / 只读 audit_api';
COMMENT ON ROLE auditor IS 'Reads audit_api and acknowledges alerts / 读取 audit_api 并确认告警';
COMMENT ON ROLE registrar IS 'Writes schema registry, reads audit_api / 维护 registry,读取 audit_api';
COMMENT ON ROLE faceaudit_job IS 'The audit job: writes schema audit through its put functions / 审计作业';
COMMENT ON ROLE faceaudit_capture IS 'The capture of schema registry: replication and SELECT on it / registry 变更采集';
