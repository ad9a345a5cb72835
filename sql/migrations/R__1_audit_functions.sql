-- The only way rows enter schema audit. Every function takes a JSON array of objects whose keys are column names
-- (unknown keys are ignored, missing ones are null), works set by set, may be called twice with the same rows without
-- effect, and returns the number of rows that really changed.

-- Incremental readers follow change_seq: whoever has seen N must never later find a smaller number appear. A sequence
-- alone does not promise that, because transactions commit in another order than they draw. So whoever draws holds
-- this lock until its transaction has ended: numbers become visible in their own order, at the price that commits of
-- alerts run one after the other. The lock must be taken in a statement before the one that draws.
CREATE OR REPLACE FUNCTION audit.lock_change_seq() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('audit.change_seq', 0))
$$;

-- An incoming revision replaces the stored one of its (alert_id, episode) only when its (generation, revision) is
-- greater; each accepted revision is appended to the history once. detected_at keeps its first value and
-- acknowledged_by survives.
CREATE OR REPLACE FUNCTION audit.put_alert(rows jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed bigint;
BEGIN
    PERFORM audit.lock_change_seq();
    WITH incoming AS (
        SELECT DISTINCT ON (r.alert_id, r.episode, r.generation, r.revision) r.*
        FROM jsonb_to_recordset(rows) AS r(
            alert_id uuid, episode int, rule_id text, verdict text, status text, severity int, operator_id text,
            system_id text, subject_kind text, subject_id text, "trigger" text, occurred_on date, opened_at timestamptz,
            resolved_at timestamptz, detected_at timestamptz, due_on date, measured numeric, threshold numeric,
            unit text, provisional boolean, calendar_version text, law_article text, law_version text,
            mapping_version text, exception_id text, explanation_zh text, explanation_en text, evidence jsonb,
            generation bigint, revision bigint, reason text)
    ), accepted AS (
        SELECT r.*, stored.acknowledged_by AS kept_acknowledged_by,
               coalesce(stored.detected_at,
                        first_value(r.detected_at) OVER (PARTITION BY r.alert_id, r.episode ORDER BY r.generation, r.revision),
                        now()) AS kept_detected_at
        FROM incoming r
        LEFT JOIN audit.alert stored ON stored.alert_id = r.alert_id AND stored.episode = r.episode
        WHERE stored.alert_id IS NULL OR (r.generation, r.revision) > (stored.generation, stored.revision)
        ORDER BY r.generation, r.revision, r.alert_id, r.episode
    ), numbered AS MATERIALIZED (
        SELECT alert_id, episode, rule_id, verdict, status, severity, operator_id, system_id, subject_kind, subject_id,
               coalesce("trigger", '') AS "trigger", occurred_on, opened_at, resolved_at, kept_detected_at AS detected_at,
               due_on, measured, threshold, unit, coalesce(provisional, false) AS provisional, calendar_version,
               law_article, law_version, mapping_version, exception_id, explanation_zh, explanation_en,
               coalesce(evidence, '{}') AS evidence, generation, revision, kept_acknowledged_by AS acknowledged_by,
               nextval('audit.change_seq') AS change_seq, reason
        FROM accepted
    ), history AS (
        INSERT INTO audit.alert_history (
            alert_id, episode, rule_id, verdict, status, severity, operator_id, system_id, subject_kind, subject_id,
            "trigger", occurred_on, opened_at, resolved_at, detected_at, due_on, measured, threshold, unit, provisional,
            calendar_version, law_article, law_version, mapping_version, exception_id, explanation_zh, explanation_en,
            evidence, generation, revision, acknowledged_by, change_seq, reason, revised_at)
        SELECT numbered.*, now() FROM numbered
        ON CONFLICT (alert_id, generation, revision, episode) DO NOTHING
    ), newest AS (
        SELECT DISTINCT ON (alert_id, episode) * FROM numbered ORDER BY alert_id, episode, generation DESC, revision DESC
    ), upserted AS (
        INSERT INTO audit.alert AS stored (
            alert_id, episode, rule_id, verdict, status, severity, operator_id, system_id, subject_kind, subject_id,
            "trigger", occurred_on, opened_at, resolved_at, detected_at, due_on, measured, threshold, unit, provisional,
            calendar_version, law_article, law_version, mapping_version, exception_id, explanation_zh, explanation_en,
            evidence, generation, revision, acknowledged_by, change_seq)
        SELECT alert_id, episode, rule_id, verdict, status, severity, operator_id, system_id, subject_kind, subject_id,
               "trigger", occurred_on, opened_at, resolved_at, detected_at, due_on, measured, threshold, unit, provisional,
               calendar_version, law_article, law_version, mapping_version, exception_id, explanation_zh, explanation_en,
               evidence, generation, revision, acknowledged_by, change_seq
        FROM newest
        ON CONFLICT (alert_id, episode) DO UPDATE SET
            rule_id = excluded.rule_id, verdict = excluded.verdict, status = excluded.status,
            severity = excluded.severity, operator_id = excluded.operator_id, system_id = excluded.system_id,
            subject_kind = excluded.subject_kind, subject_id = excluded.subject_id, "trigger" = excluded."trigger",
            occurred_on = excluded.occurred_on, opened_at = excluded.opened_at, resolved_at = excluded.resolved_at,
            due_on = excluded.due_on, measured = excluded.measured, threshold = excluded.threshold,
            unit = excluded.unit, provisional = excluded.provisional, calendar_version = excluded.calendar_version,
            law_article = excluded.law_article, law_version = excluded.law_version,
            mapping_version = excluded.mapping_version, exception_id = excluded.exception_id,
            explanation_zh = excluded.explanation_zh, explanation_en = excluded.explanation_en,
            evidence = excluded.evidence, generation = excluded.generation, revision = excluded.revision,
            change_seq = excluded.change_seq
        WHERE (excluded.generation, excluded.revision) > (stored.generation, stored.revision)
        RETURNING 1
    )
    SELECT count(*) INTO changed FROM upserted;
    RETURN changed;
END
$$;

-- Alerts of the operator ('' or null: alerts without an operator) that an older generation left behind and the given
-- one did not derive again are WITHDRAWN. The row takes the given generation with revision 0; revisions of the job
-- start at 1, so a later derivation in the same generation still replaces it.
CREATE OR REPLACE FUNCTION audit.withdraw_stale(operator text, generation bigint) RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    changed bigint;
BEGIN
    PERFORM audit.lock_change_seq();
    WITH withdrawn AS (
        UPDATE audit.alert AS a
        SET status = 'WITHDRAWN', generation = withdraw_stale.generation, revision = 0,
            change_seq = nextval('audit.change_seq')
        WHERE coalesce(a.operator_id, '') = coalesce(operator, '') AND a.generation < withdraw_stale.generation
            AND a.status <> 'WITHDRAWN'
        RETURNING a.*
    ), history AS (
        INSERT INTO audit.alert_history (
            alert_id, episode, rule_id, verdict, status, severity, operator_id, system_id, subject_kind, subject_id,
            "trigger", occurred_on, opened_at, resolved_at, detected_at, due_on, measured, threshold, unit, provisional,
            calendar_version, law_article, law_version, mapping_version, exception_id, explanation_zh, explanation_en,
            evidence, generation, revision, acknowledged_by, change_seq, revised_at, reason)
        SELECT w.*, now(), 'not derived again in generation ' || withdraw_stale.generation FROM withdrawn w
        ON CONFLICT (alert_id, generation, revision, episode) DO NOTHING
    )
    SELECT count(*) INTO changed FROM withdrawn;
    RETURN changed;
END
$$;

-- The same for what is no alert: rows of older generations become tombstones. Call it only when the given generation
-- has put every row of the operator again, counts of days long past included.
CREATE OR REPLACE FUNCTION audit.sweep_stale(operator text, generation bigint) RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    swept   bigint := 0;
    changed bigint;
    target  text;
BEGIN
    FOREACH target IN ARRAY ARRAY ['person_count', 'clock', 'forecast', 'image_finding', 'source', 'judgeable', 'unjudged'] LOOP
        EXECUTE format('UPDATE audit.%I SET deleted = true, generation = $2, position = -1'
                       ' WHERE operator_id = $1 AND generation < $2 AND NOT deleted', target)
        USING operator, generation;
        GET DIAGNOSTICS changed = ROW_COUNT;
        swept := swept + changed;
    END LOOP;
    RETURN swept;
END
$$;

-- Rows without a day only carry known_to, the last legal day up to which the operator's counts are known.
CREATE OR REPLACE FUNCTION audit.put_person_count(rows jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed  bigint;
    advanced bigint;
BEGIN
    INSERT INTO audit.person_count AS stored
    SELECT DISTINCT ON (r.operator_id, r.day)
           r.operator_id, r.day, r.persons_low, r.persons_high, r.exact, r.records, r.raw_images, r.added, r.removed,
           r.generation, r.position, coalesce(r.deleted, false)
    FROM jsonb_populate_recordset(NULL::audit.person_count, rows) AS r
    WHERE r.day IS NOT NULL
    ORDER BY r.operator_id, r.day, r.generation DESC, r.position DESC
    ON CONFLICT (operator_id, day) DO UPDATE SET
        persons_low = excluded.persons_low, persons_high = excluded.persons_high, exact = excluded.exact,
        records = excluded.records, raw_images = excluded.raw_images, added = excluded.added,
        removed = excluded.removed, generation = excluded.generation, position = excluded.position,
        deleted = excluded.deleted
    WHERE (excluded.generation, excluded.position) > (stored.generation, stored.position);
    GET DIAGNOSTICS changed = ROW_COUNT;

    INSERT INTO audit.person_count_known AS stored
    SELECT DISTINCT ON (r.operator_id) r.operator_id, r.known_to, r.generation
    FROM jsonb_populate_recordset(NULL::audit.person_count_known, rows) AS r
    WHERE r.known_to IS NOT NULL
    ORDER BY r.operator_id, r.generation DESC, r.known_to DESC
    ON CONFLICT (operator_id) DO UPDATE SET known_to = excluded.known_to, generation = excluded.generation
    WHERE (excluded.generation, excluded.known_to) > (stored.generation, stored.known_to);
    GET DIAGNOSTICS advanced = ROW_COUNT;
    RETURN changed + advanced;
END
$$;

CREATE OR REPLACE FUNCTION audit.put_clock(rows jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed bigint;
BEGIN
    INSERT INTO audit.clock AS stored
    SELECT DISTINCT ON (r.operator_id, r.kind, r.trigger_id)
           r.operator_id, r.kind, r.trigger_id, r.trigger_on_low, r.trigger_on_high, r.basis, r.due_on, r.due_on_strict,
           r.state, r.days_late, r.calendar_version, r.provisional, r.filed_on,
           r.generation, r.position, coalesce(r.deleted, false)
    FROM jsonb_populate_recordset(NULL::audit.clock, rows) AS r
    ORDER BY r.operator_id, r.kind, r.trigger_id, r.generation DESC, r.position DESC
    ON CONFLICT (operator_id, kind, trigger_id) DO UPDATE SET
        trigger_on_low = excluded.trigger_on_low, trigger_on_high = excluded.trigger_on_high, basis = excluded.basis,
        due_on = excluded.due_on, due_on_strict = excluded.due_on_strict, state = excluded.state,
        days_late = excluded.days_late, calendar_version = excluded.calendar_version,
        provisional = excluded.provisional, filed_on = excluded.filed_on,
        generation = excluded.generation, position = excluded.position, deleted = excluded.deleted
    WHERE (excluded.generation, excluded.position) > (stored.generation, stored.position);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

CREATE OR REPLACE FUNCTION audit.put_forecast(rows jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed bigint;
BEGIN
    INSERT INTO audit.forecast AS stored
    SELECT DISTINCT ON (r.operator_id, r.as_of)
           r.operator_id, r.as_of, r.reaches_low, r.reaches_mid, r.reaches_high, r.last_filing_day, r.method,
           r.withheld_reason, r.generation, r.position, coalesce(r.deleted, false)
    FROM jsonb_populate_recordset(NULL::audit.forecast, rows) AS r
    ORDER BY r.operator_id, r.as_of, r.generation DESC, r.position DESC
    ON CONFLICT (operator_id, as_of) DO UPDATE SET
        reaches_low = excluded.reaches_low, reaches_mid = excluded.reaches_mid, reaches_high = excluded.reaches_high,
        last_filing_day = excluded.last_filing_day, method = excluded.method,
        withheld_reason = excluded.withheld_reason,
        generation = excluded.generation, position = excluded.position, deleted = excluded.deleted
    WHERE (excluded.generation, excluded.position) > (stored.generation, stored.position);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

CREATE OR REPLACE FUNCTION audit.put_image_finding(rows jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed bigint;
BEGIN
    INSERT INTO audit.image_finding AS stored
    SELECT DISTINCT ON (r.operator_id, r.system_id, r.record_key, r.cause)
           r.operator_id, r.system_id, r.record_key, r.cause, r.person_token, r.stored_on_low, r.stored_on_high,
           r.due_on, r.verdict, r.cleared_at, r.generation, r.position, coalesce(r.deleted, false)
    FROM jsonb_populate_recordset(NULL::audit.image_finding, rows) AS r
    ORDER BY r.operator_id, r.system_id, r.record_key, r.cause, r.generation DESC, r.position DESC
    ON CONFLICT (operator_id, system_id, record_key, cause) DO UPDATE SET
        person_token = excluded.person_token, stored_on_low = excluded.stored_on_low,
        stored_on_high = excluded.stored_on_high, due_on = excluded.due_on, verdict = excluded.verdict,
        cleared_at = excluded.cleared_at,
        generation = excluded.generation, position = excluded.position, deleted = excluded.deleted
    WHERE (excluded.generation, excluded.position) > (stored.generation, stored.position);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

CREATE OR REPLACE FUNCTION audit.put_source(rows jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed bigint;
BEGIN
    INSERT INTO audit.source AS stored
    SELECT DISTINCT ON (r.operator_id, r.system_id)
           r.operator_id, r.system_id, r.state, r.known_through, r.changes, r.rejects, r.unmapped, r.last_change_at,
           r.generation, r.position, coalesce(r.deleted, false)
    FROM jsonb_populate_recordset(NULL::audit.source, rows) AS r
    ORDER BY r.operator_id, r.system_id, r.generation DESC, r.position DESC
    ON CONFLICT (operator_id, system_id) DO UPDATE SET
        state = excluded.state, known_through = excluded.known_through, changes = excluded.changes,
        rejects = excluded.rejects, unmapped = excluded.unmapped, last_change_at = excluded.last_change_at,
        generation = excluded.generation, position = excluded.position, deleted = excluded.deleted
    WHERE (excluded.generation, excluded.position) > (stored.generation, stored.position);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

CREATE OR REPLACE FUNCTION audit.put_judgeable(rows jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed bigint;
BEGIN
    INSERT INTO audit.judgeable AS stored
    SELECT DISTINCT ON (r.operator_id, coalesce(r.system_id, ''), r.rule_id)
           r.operator_id, coalesce(r.system_id, ''), r.rule_id, r.judgeable, r.reason,
           r.generation, r.position, coalesce(r.deleted, false)
    FROM jsonb_populate_recordset(NULL::audit.judgeable, rows) AS r
    ORDER BY r.operator_id, coalesce(r.system_id, ''), r.rule_id, r.generation DESC, r.position DESC
    ON CONFLICT (operator_id, system_id, rule_id) DO UPDATE SET
        judgeable = excluded.judgeable, reason = excluded.reason,
        generation = excluded.generation, position = excluded.position, deleted = excluded.deleted
    WHERE (excluded.generation, excluded.position) > (stored.generation, stored.position);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

CREATE OR REPLACE FUNCTION audit.put_unjudged(rows jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed bigint;
BEGIN
    INSERT INTO audit.unjudged AS stored
    SELECT DISTINCT ON (r.operator_id, r.system_id, r.subject, r.reason, r.part)
           r.operator_id, r.system_id, r.subject, r.reason, r.part, r.occurrences, r.last_at,
           r.generation, r.position, coalesce(r.deleted, false)
    FROM jsonb_populate_recordset(NULL::audit.unjudged, rows) AS r
    ORDER BY r.operator_id, r.system_id, r.subject, r.reason, r.part, r.generation DESC, r.position DESC
    ON CONFLICT (operator_id, system_id, subject, reason, part) DO UPDATE SET
        occurrences = excluded.occurrences, last_at = excluded.last_at,
        generation = excluded.generation, position = excluded.position, deleted = excluded.deleted
    WHERE (excluded.generation, excluded.position) > (stored.generation, stored.position);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

-- A message is rejected once and for all: its position in the topic never changes.
CREATE OR REPLACE FUNCTION audit.put_reject(rows jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed bigint;
BEGIN
    INSERT INTO audit.reject
    SELECT r.topic, r.partition, r."offset", r.reason, r.sha256, coalesce(r.rejected_at, now())
    FROM jsonb_populate_recordset(NULL::audit.reject, rows) AS r
    ORDER BY r.topic, r.partition, r."offset"
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

-- Reconciliations are rows of the registry, where they are captured and judged.
DROP FUNCTION IF EXISTS audit.put_reconciliation(jsonb);

-- The job is least privileged: no DELETE anywhere, and the history and the rejects can only grow.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO faceaudit_job;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA audit TO faceaudit_job;
GRANT USAGE, SELECT ON SEQUENCE audit.generation, audit.change_seq TO faceaudit_job;
GRANT SELECT, INSERT, UPDATE ON audit.alert, audit.person_count, audit.person_count_known, audit.clock, audit.forecast,
    audit.image_finding, audit.source, audit.judgeable, audit.unjudged TO faceaudit_job;
GRANT SELECT, INSERT ON audit.alert_history, audit.reject TO faceaudit_job;
