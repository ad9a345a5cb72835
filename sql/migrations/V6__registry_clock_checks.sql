-- What the statutory clocks count from must be days that can be, numbers of persons that can be, and successions that end.

ALTER TABLE registry.filing
    ADD CONSTRAINT filing_days_are_plausible CHECK (
        least(submitted_on, returned_on, accepted_on, withdrawn_on) >= date '1900-01-01'
        AND greatest(submitted_on, returned_on, accepted_on, withdrawn_on) <= date '9999-12-31'),
    ADD CONSTRAINT filing_declares_no_more_persons_than_live CHECK (declared_persons <= 10000000000);
ALTER TABLE registry.substantive_change
    ADD CONSTRAINT substantive_change_day_is_plausible CHECK (changed_on BETWEEN date '1900-01-01' AND date '9999-12-31');
ALTER TABLE registry.technology_use
    ADD CONSTRAINT technology_use_days_are_plausible CHECK (
        least(started_on, terminated_on) >= date '1900-01-01'
        AND greatest(started_on, terminated_on) <= date '9999-12-31');
ALTER TABLE registry.exception
    ADD CONSTRAINT exception_days_are_plausible CHECK (
        valid_from >= date '1900-01-01' AND valid_to <= date '9999-12-31');
ALTER TABLE registry.parameter
    ADD CONSTRAINT parameter_day_is_plausible CHECK (valid_from BETWEEN date '1900-01-01' AND date '9999-12-31');
ALTER TABLE registry.calendar_notice
    ADD CONSTRAINT calendar_notice_days_are_plausible CHECK (
        least(published_on, covers_from, covers_to) >= date '1900-01-01'
        AND greatest(published_on, covers_from, covers_to) <= date '9999-12-31');
ALTER TABLE registry.calendar_day
    ADD CONSTRAINT calendar_day_is_plausible CHECK (day BETWEEN date '1900-01-01' AND date '9999-12-31');

-- A duty that went round in a circle would be nobody's.
CREATE FUNCTION registry.check_succession() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    circle boolean;
BEGIN
    WITH RECURSIVE chain AS (
        SELECT NEW.successor_id AS id
        UNION
        SELECT o.successor_id FROM registry.operator o JOIN chain ON o.id = chain.id WHERE o.successor_id IS NOT NULL
    )
    SELECT EXISTS (SELECT FROM chain WHERE id = NEW.id) INTO circle;
    IF circle THEN
        RAISE EXCEPTION 'operator % would become its own successor: its duties would be nobody''s', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER operator_succession_ends BEFORE INSERT OR UPDATE OF successor_id ON registry.operator
    FOR EACH ROW WHEN (NEW.successor_id IS NOT NULL) EXECUTE FUNCTION registry.check_succession();
REVOKE ALL ON FUNCTION registry.check_succession() FROM PUBLIC;

COMMENT ON COLUMN registry.operator.successor_id IS 'Who took over (PIPL 22): what it files meets the duties of this operator, whose clocks stay under its id / 承继者:其提交的备案视为履行本处理者的义务,期限仍列于本处理者名下';
COMMENT ON COLUMN registry.filing.returned_on IS 'Day it was returned for correction; counts from its day on, an acceptance after it cures it / 退回日,自当日起算,其后受理的视为补正';
COMMENT ON COLUMN registry.filing.withdrawn_on IS 'Day the filer withdrew it; counts from its day on / 撤回日,自当日起算';
COMMENT ON COLUMN registry.substantive_change.field IS 'What changed: substantive are those with a parameter change-filing-overdue.substantive.<field>, e.g. purpose, method, scene; others raise a warning only / 变更事项;参数清单内的为实质性变更,其余仅预警';
COMMENT ON COLUMN registry.technology_use.terminated_on IS 'Day of termination; all uses ended: termination of the whole; one of several: a substantive change / 终止日;全部终止即为终止应用,其中之一终止为实质性变更';
