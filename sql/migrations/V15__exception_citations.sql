-- A citation that reads like a word with a meaning and is none would exempt every image of its subject, and so would a standard or a
-- contract, which keep no image (Art. 8 ¶2: laws and administrative regulations do). Whoever enters it is told at once; rows of before
-- stay until somebody touches them.
CREATE FUNCTION registry.check_citation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    blank CONSTANT text := E'[\\s\u00a0\u3000]*';
    word text := lower(btrim(substring(NEW.citation FROM '^' || blank || E'([A-Za-z][A-Za-z _-]*)' || blank || E'[:\uff1a]')));
BEGIN
    IF NEW.rule_id = 'raw-image-retained' THEN
        IF word NOT IN ('floor', 'hold', 'frozen', 'anonymised', 'no-recognition', 'training') THEN
            RAISE EXCEPTION 'no exception of images begins with "%:"; write floor:NAME, hold:, frozen:, anonymised:NAME, no-recognition:NAME, training:NAME, or the law itself', word
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.citation ~* ('^' || blank || E'(GB|GA|JR|YD|DB *[0-9]{2}|T)(/[A-Z]+)? *[0-9]')
            OR NEW.citation ~* ('^' || blank || E'(劳动合同|合同|协议|contract|agreement)(?!法)') THEN
            RAISE EXCEPTION 'neither a standard nor a contract has images kept; cite the law or administrative regulation, or a hold that is on file'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.citation ~* ('^' || blank || 'no[ _-]*equivalent') AND word IS DISTINCT FROM 'no-equivalent' THEN
        RAISE EXCEPTION 'a statement that no other method is equivalent begins with "no-equivalent:"'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER exception_citation_is_one BEFORE INSERT OR UPDATE OF rule_id, citation ON registry.exception
    FOR EACH ROW EXECUTE FUNCTION registry.check_citation();
REVOKE ALL ON FUNCTION registry.check_citation() FROM PUBLIC;
