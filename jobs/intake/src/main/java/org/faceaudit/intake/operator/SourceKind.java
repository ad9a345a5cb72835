package org.faceaudit.intake.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of database that can be captured. */
public enum SourceKind {
    POSTGRESQL("PostgreSQL", 5432),
    MARIADB("MariaDB", 3306);

    private final String title;
    private final int usualPort;

    SourceKind(String title, int usualPort) {
        this.title = title;
        this.usualPort = usualPort;
    }

    /** The port where such a database listens unless somebody chose another. */
    public int usualPort() {
        return usualPort;
    }

    /** The name as people write it. */
    public String title() {
        return title;
    }

    /** The word by which an operator's file names it, and JDBC too. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How an address of this kind is written. */
    public String address() {
        return "jdbc:" + word() + "://host:port/database";
    }

    boolean isAddress(String url) {
        return url.matches("jdbc:" + word() + "://\\S+/\\S+");
    }

    static Optional<SourceKind> parse(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(SourceKind::word).toList();
    }
}
