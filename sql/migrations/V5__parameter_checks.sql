-- What a parameter may become while rules read it: its unit is what the rule reads it in, its value one that can be
-- counted with, and one value for everyone stands always. A row that a rule cannot read would stop all judging.
-- After the row, so that the table's own checks speak first.

CREATE FUNCTION registry.check_parameter_is_usable() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    other text;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.scope = '*'
        AND NOT EXISTS (SELECT FROM registry.parameter WHERE name = OLD.name AND scope = '*') THEN
        RAISE EXCEPTION 'parameter % needs a value for everyone: insert its successor before you remove its last row', OLD.name
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN NULL;
    END IF;
    SELECT unit INTO other FROM registry.parameter WHERE name = NEW.name AND unit <> NEW.unit LIMIT 1;
    IF other IS NULL AND TG_OP = 'UPDATE' AND OLD.name = NEW.name AND OLD.unit <> NEW.unit THEN
        other := OLD.unit;
    END IF;
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'parameter % is read in %, not in %', NEW.name, other, NEW.unit
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.unit IN ('working-days', 'persons') AND NEW.value::numeric < 1 THEN
        RAISE EXCEPTION 'parameter % is at least 1 %', NEW.name, NEW.unit USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.unit = 'working-days' AND NEW.value::numeric > 1000
        OR NEW.unit IN ('seconds', 'hours', 'days', 'count') AND NEW.value::numeric > 1000000 THEN
        RAISE EXCEPTION 'parameter % cannot be as large as % %', NEW.name, NEW.value, NEW.unit
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER parameter_is_usable AFTER INSERT OR UPDATE OR DELETE ON registry.parameter
    FOR EACH ROW EXECUTE FUNCTION registry.check_parameter_is_usable();
REVOKE ALL ON FUNCTION registry.check_parameter_is_usable() FROM PUBLIC;
