package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Names for the rows of tables without a key. Equal rows cannot be told apart; of those the one that has been as it is for the
 * longest is changed or goes, so that whatever stays is not older than it can be.
 *
 * <p>A snapshot that is taken because tokens are made with another key, or because more columns are captured, shows every row as
 * another one. An attempt that says when it was made is the same attempt all the same: it is the one that was told last of those that
 * nothing tells from it but the key of their tokens and columns that one of the two does not tell.
 */
final class EqualRows {

    /** By table, the names of all rows there ever were, in the order in which they became what they are. */
    private final Map<String, List<String>> names = new TreeMap<>();
    /** What a row is now by table and name, {@code null} if it is not there. */
    private final BiFunction<String, String, JsonNode> now;

    private int given;

    EqualRows(BiFunction<String, String, JsonNode> now) {
        this.now = now;
    }

    /**
     * The change as one of a row with a name; {@code null} if it says nothing.
     *
     * @param found the names of the table's rows that the open snapshot has shown already
     */
    Change named(Change change, Set<String> found) {
        List<String> all = names.computeIfAbsent(change.table(), table -> new ArrayList<>());
        String name = switch (change.op()) {
            case "r" -> youngest(all, change, found);
            case "c" -> null;
            default -> oldest(all, change);
        };
        if (name == null && change.op().equals("r") && change.table().equals(SourceFacts.ATTEMPT)) {
            name = retold(all, change, found);
            if (name != null) {
                all.remove(name);
                all.add(name);
            }
        }
        boolean gone = change.op().equals("d");
        if ((gone && name == null)
                || (change.op().equals("u") && change.before().equals(change.after()))) {
            return null;
        }
        if (name == null) {
            name = "row " + given++;
            all.add(name);
        } else if (!change.op().equals("r")) {
            all.remove(name);
            all.add(name);
        }
        return change.named(name);
    }

    private String oldest(List<String> all, Change change) {
        for (String name : all) {
            if (change.before().equals(now.apply(change.table(), name))) {
                return name;
            }
        }
        return null;
    }

    private String youngest(List<String> all, Change change, Set<String> found) {
        for (int i = all.size() - 1; i >= 0; i--) {
            String name = all.get(i);
            if (!found.contains(name) && change.after().equals(now.apply(change.table(), name))) {
                return name;
            }
        }
        return null;
    }

    private String retold(List<String> all, Change change, Set<String> found) {
        JsonNode last = null;
        for (String name : all) {
            JsonNode row = now.apply(change.table(), name);
            if (!found.contains(name) && row != null && maybeTheSame(row, change.after())) {
                last = row;
            }
        }
        for (String name : all) {
            if (last != null && !found.contains(name) && last.equals(now.apply(change.table(), name))) {
                return name;
            }
        }
        return null;
    }

    /** Whether the rows are of one instant, and nothing that both tell tells them apart. */
    private static boolean maybeTheSame(JsonNode row, JsonNode other) {
        if (Values.text(row, "at") == null || Values.text(other, "at") == null) {
            return false;
        }
        for (String column : (Iterable<String>) row::fieldNames) {
            JsonNode one = row.get(column);
            JsonNode two = other.get(column);
            boolean same = two == null || one.equals(two) || (column.equals("member_no") && ofTwoKeys(one, two));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean ofTwoKeys(JsonNode token, JsonNode other) {
        return !token.isNull()
                && !other.isNull()
                && !token.asText().split(":")[2].equals(other.asText().split(":")[2]);
    }
}
