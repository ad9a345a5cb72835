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
}
