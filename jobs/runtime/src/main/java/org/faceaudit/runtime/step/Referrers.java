package org.faceaudit.runtime.step;

import java.util.List;

/** The rows found under one value of an index, sorted, without repeats. */
public record Referrers(List<String> rows) {

    public Referrers {
        rows = List.copyOf(rows);
    }
}
