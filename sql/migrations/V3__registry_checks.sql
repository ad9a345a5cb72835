-- Checks that look at more than one row. Each message says what to do.

CREATE FUNCTION registry.check_parameter_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.scope <> '*' AND NOT EXISTS (SELECT FROM registry.operator WHERE id = NEW.scope) THEN
        RAISE EXCEPTION 'parameter % has scope "%": neither * nor an operator of the registry', NEW.name, NEW.scope
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER parameter_scope_is_known BEFORE INSERT OR UPDATE ON registry.parameter
    FOR EACH ROW EXECUTE FUNCTION registry.check_parameter_scope();

CREATE FUNCTION registry.check_filing_covers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unknown text;
BEGIN
    SELECT string_agg(c, ', ' ORDER BY c) INTO unknown FROM unnest(NEW.covers) AS c
    WHERE NOT EXISTS (SELECT FROM registry.operator WHERE id = c);
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'filing % covers operators that the registry does not know: %', NEW.id, unknown
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER filing_covers_known_operators BEFORE INSERT OR UPDATE ON registry.filing
    FOR EACH ROW EXECUTE FUNCTION registry.check_filing_covers();

-- A notice takes effect as a whole, never day by day: first the notice (inactive), then its days, then active = true.
CREATE FUNCTION registry.check_notice_activation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    days   bigint;
    wrong  text;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.active THEN
        IF NEW.active AND NEW IS DISTINCT FROM OLD THEN
            RAISE EXCEPTION 'calendar notice % is active: set active = false before changing it', OLD.id
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.id <> OLD.id THEN
            RAISE EXCEPTION 'calendar notice % is active: set active = false before changing its id', OLD.id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NOT NEW.active OR (TG_OP = 'UPDATE' AND OLD.active) THEN
        RETURN NEW;
    END IF;
    IF NEW.published_on IS NULL THEN
        RAISE EXCEPTION 'calendar notice % has no published_on: only a published notice can be active', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.covers_from IS NULL OR NEW.covers_to IS NULL THEN
        RAISE EXCEPTION 'calendar notice % cannot be active before covers_from and covers_to are set', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT count(*) INTO days FROM registry.calendar_day WHERE notice_id = NEW.id;
    IF days = 0 THEN
        RAISE EXCEPTION 'calendar notice % cannot be active before its days are entered (insert it inactive, then its days, then set active)', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT string_agg(day::text, ', ' ORDER BY day) INTO wrong FROM registry.calendar_day
    WHERE notice_id = NEW.id AND NOT day BETWEEN NEW.covers_from AND NEW.covers_to;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'calendar notice % covers % to %, but names days outside: %', NEW.id, NEW.covers_from, NEW.covers_to, wrong
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT string_agg(day::text, ', ' ORDER BY day) INTO wrong FROM registry.calendar_day
    WHERE notice_id = NEW.id AND kind = 'WORKDAY' AND extract(isodow FROM day) < 6;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'calendar notice % names make-up working days that are no Saturday or Sunday: %', NEW.id, wrong
            USING ERRCODE = 'check_violation';
    END IF;
    -- A later notice may amend an earlier one: where both name a day, the later publication counts. Of two published on
    -- the same day neither is the later.
    SELECT string_agg(mine.day || ' (' || other.notice_id || ')', ', ' ORDER BY mine.day) INTO wrong
    FROM registry.calendar_day mine
    JOIN registry.calendar_day other ON other.day = mine.day AND other.kind <> mine.kind AND other.notice_id <> mine.notice_id
    JOIN registry.calendar_notice n ON n.id = other.notice_id AND n.active AND n.published_on = NEW.published_on
    WHERE mine.notice_id = NEW.id;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'calendar notice % contradicts an active notice published on the same day on: %', NEW.id, wrong
            USING ERRCODE = 'check_violation';
    END IF;
    -- Not refused, because a later law may drop a day; but a notice that forgets New Year is most likely half entered.
    SELECT string_agg(statutory.day || ' ' || statutory.name, ', ' ORDER BY statutory.day) INTO wrong
    FROM registry.calendar_day statutory
    JOIN registry.calendar_notice n ON n.id = statutory.notice_id AND n.published_on IS NULL
    WHERE statutory.kind = 'HOLIDAY' AND statutory.day BETWEEN NEW.covers_from AND NEW.covers_to
        AND NOT EXISTS (SELECT FROM registry.calendar_day mine
                        WHERE mine.notice_id = NEW.id AND mine.day = statutory.day AND mine.kind = 'HOLIDAY');
    IF wrong IS NOT NULL THEN
        RAISE WARNING 'calendar notice % is active without these statutory holidays: %', NEW.id, wrong;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER calendar_notice_takes_effect_as_a_whole BEFORE INSERT OR UPDATE ON registry.calendar_notice
    FOR EACH ROW EXECUTE FUNCTION registry.check_notice_activation();

CREATE FUNCTION registry.check_days_of_active_notice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    notice record;
BEGIN
    -- The row lock makes a simultaneous activation wait for this day, or this day for the activation.
    FOR notice IN
        SELECT n.id, n.active FROM registry.calendar_notice n
        WHERE n.id IN (OLD.notice_id, NEW.notice_id) ORDER BY n.id FOR SHARE
    LOOP
        IF notice.active THEN
            RAISE EXCEPTION 'calendar notice % is active, so its days are fixed: set active = false, change them, set it again', notice.id
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER calendar_day_of_an_active_notice_is_fixed BEFORE INSERT OR UPDATE OR DELETE ON registry.calendar_day
    FOR EACH ROW EXECUTE FUNCTION registry.check_days_of_active_notice();

GRANT USAGE ON SCHEMA registry TO registrar, faceaudit_capture;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA registry TO registrar;
REVOKE INSERT, UPDATE, DELETE ON registry.heartbeat FROM registrar;
GRANT SELECT ON ALL TABLES IN SCHEMA registry TO faceaudit_capture;
GRANT INSERT, UPDATE ON registry.heartbeat TO faceaudit_capture;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA registry FROM PUBLIC;
