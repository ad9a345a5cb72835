-- Parameters whose last word people choose have no seeded row that would tell their unit: a floor in hours would be read as
-- days, and one that is no number would be refused by the job, which then knows of no floor.

CREATE FUNCTION registry.check_parameter_of_a_family() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    needed text := CASE
        WHEN NEW.name LIKE 'raw-image-retained.floor.%' THEN 'days'
        WHEN NEW.name LIKE 'change-filing-overdue.substantive.%' OR NEW.name LIKE 'processed-by.%' THEN 'count' END;
BEGIN
    IF NEW.unit <> needed THEN
        RAISE EXCEPTION 'parameter % is read in %, not in %', NEW.name, needed, NEW.unit USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER parameter_of_a_family_has_its_unit BEFORE INSERT OR UPDATE OF name, unit ON registry.parameter
    FOR EACH ROW EXECUTE FUNCTION registry.check_parameter_of_a_family();
REVOKE ALL ON FUNCTION registry.check_parameter_of_a_family() FROM PUBLIC;
