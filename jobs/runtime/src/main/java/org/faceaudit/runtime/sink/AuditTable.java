package org.faceaudit.runtime.sink;

/**
 * What the job writes into the audit database, in the order in which one checkpoint's rows are written. Each is one
 * statement that takes a JSON array of rows; the layout of the tables behind is the database's own business.
 */
public enum AuditTable {
    SOURCE("SELECT audit.put_source(?::jsonb)"),
    JUDGEABLE("SELECT audit.put_judgeable(?::jsonb)"),
    REJECT("SELECT audit.put_reject(?::jsonb)"),
    UNJUDGED("SELECT audit.put_unjudged(?::jsonb)"),
    PERSON_COUNT("SELECT audit.put_person_count(?::jsonb)"),
    CLOCK("SELECT audit.put_clock(?::jsonb)"),
    FORECAST("SELECT audit.put_forecast(?::jsonb)"),
    IMAGE_FINDING("SELECT audit.put_image_finding(?::jsonb)"),
    ALERT("SELECT audit.put_alert(?::jsonb)"),
    /** Withdraws what a new generation did not derive again; hence after every other row of the same checkpoint. */
    STALE("SELECT audit.withdraw_stale(r.operator, r.generation), audit.sweep_stale(r.operator, r.generation)"
            + " FROM jsonb_to_recordset(?::jsonb) AS r(operator text, generation bigint)");

    private final String statement;

    AuditTable(String statement) {
        this.statement = statement;
    }

    /** SQL with one parameter, a JSON array of rows as text. Running it twice changes nothing. */
    public String statement() {
        return statement(AuditTables.SCHEMA);
    }

    /** The same for the put functions of another schema. */
    String statement(String schema) {
        return statement.replace(AuditTables.SCHEMA + '.', schema + '.');
    }
}
