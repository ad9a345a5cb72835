-- Rows that look like facts and are none. NOT VALID: rows of an older registry stay until somebody touches them.

-- Where no province has such a code, nobody can be the right authority: a slip would be judged as a filing with a wrong one.
ALTER TABLE registry.operator
    ADD CONSTRAINT operator_id_is_not_the_registry CHECK (id <> 'registry') NOT VALID,
    ADD CONSTRAINT operator_name_is_not_blank CHECK (btrim(name, E' \t\r\n\u00a0\u3000') <> '') NOT VALID,
    ADD CONSTRAINT operator_region_is_in_a_province CHECK (
        region ~ '^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])') NOT VALID;
ALTER TABLE registry.filing
    ADD CONSTRAINT filing_authority_is_in_a_province CHECK (
        authority = '000000' OR authority ~ '^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])') NOT VALID;

-- A parameter that no rule reads changes nothing, without a word; whoever mistypes a name believes that it did. Rules bring
-- their names with the seed, which the owner of the table loads; three families take names that people choose.
CREATE FUNCTION registry.check_parameter_is_read() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    known text;
BEGIN
    -- Of a name that is none the table's own check speaks.
    IF NEW.name !~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$' OR TG_OP = 'UPDATE' AND NEW.name = OLD.name
        OR NEW.name ~ '^(processed-by|raw-image-retained\.floor|change-filing-overdue\.substantive)\.[a-z0-9-]+$'
        OR EXISTS (SELECT FROM registry.parameter WHERE name = NEW.name)
        OR pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN NEW;
    END IF;
    SELECT string_agg(DISTINCT name, ', ' ORDER BY name) INTO known FROM registry.parameter
    WHERE split_part(name, '.', 1) = split_part(NEW.name, '.', 1);
    RAISE EXCEPTION 'no rule reads a parameter %; %', NEW.name, CASE
        WHEN known IS NULL THEN 'audit_api.parameter_v1 lists those that are read'
        ELSE 'there are: ' || known END
        USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER parameter_is_read BEFORE INSERT OR UPDATE ON registry.parameter
    FOR EACH ROW EXECUTE FUNCTION registry.check_parameter_is_read();
REVOKE ALL ON FUNCTION registry.check_parameter_is_read() FROM PUBLIC;
