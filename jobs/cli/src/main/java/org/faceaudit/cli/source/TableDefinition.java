package org.faceaudit.cli.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.faceaudit.intake.operator.SourceKind;

/** The definition of a table as MariaDB writes it for {@code SHOW CREATE TABLE}: one column a line, before the keys. */
final class TableDefinition {

    private static final Pattern COLUMN =
            Pattern.compile("(?m)^\\s+`((?:[^`]|``)+)` ([A-Za-z]+)(.*?)(?: COMMENT '((?:[^'\\\\]|''|\\\\.)*)')?,?$");

    private TableDefinition() {}

    /** The columns in the table's order, without their defaults. */
    static List<SourceColumn> columns(String definition) {
        List<SourceColumn> columns = new ArrayList<>();
        Matcher line = COLUMN.matcher(definition);
        while (line.find()) {
            String type = line.group(2).toLowerCase(Locale.ROOT);
            columns.add(new SourceColumn(
                    line.group(1).replace("``", "`"),
                    ValueKind.of(SourceKind.MARIADB, type),
                    type,
                    !line.group(3).contains(" NOT NULL"),
                    null,
                    line.group(4) == null ? "" : line.group(4).replace("''", "'")));
        }
        return List.copyOf(columns);
    }
}
