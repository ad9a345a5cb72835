package org.faceaudit.sql;

import java.io.IOException;
import java.io.InputStream;

/**
 * The seed rows of the law as CSV files (UTF-8, with a header line, quoted as PostgreSQL's COPY reads it).
 *
 * <p>The files are {@code article.csv}, {@code calendar_day.csv}, {@code calendar_notice.csv}, {@code parameter.csv} and
 * {@code rule.csv}; columns are named as in the registry table of the same name.
 *
 * <p>Which rule covers which clause of the law stands beside them in {@code catalogue}; the page {@code CATALOGUE.md} is
 * generated from all of these. Neither goes into a database.
 *
 * <p>Further sets of law, such as a draft, are lines of {@code sets/set.csv}: id, titles, how sentences cite the filing
 * duty, source and status. Each has a directory {@code sets/<id>} with {@code parameter.csv} (the parameters that it speaks
 * of, each with the status of its wording; one without a value says that the set has no such number), {@code rule.csv} (the
 * only rules that speak under it) and {@code article.csv} (their clauses).
 */
public final class LawFiles {

    private static final String ROOT = "/faceaudit/sql/law/";

    private LawFiles() {}

    /**
     * Opens one seed file; the caller closes it.
     *
     * @param name file name such as {@code calendar_day.csv}
     * @throws IOException when there is no such file
     */
    public static InputStream open(String name) throws IOException {
        InputStream file = LawFiles.class.getResourceAsStream(ROOT + name);
        if (file == null) {
            throw new IOException("no seed file of the law is named " + name);
        }
        return file;
    }
}
