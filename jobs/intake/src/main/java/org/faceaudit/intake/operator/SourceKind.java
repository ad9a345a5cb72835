package org.faceaudit.intake.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of database that can be captured. */
public enum SourceKind {
    POSTGRESQL("PostgreSQL", 5432),
    MARIADB("MariaDB", 3306);

    private static final Pattern ADDRESS = Pattern.compile(
            "jdbc:(?<kind>[a-z]+)://(?<host>\\[[0-9a-fA-F:.]+]|[^\\s/:@,?\\[\\]]+)(?::(?<port>[0-9]{1,5}))?"
                    + "/(?<database>[^\\s/?]+)(?:\\?\\S*)?");
    private static final int HIGHEST_PORT = 65_535;

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

    /** Whether a JDBC address carries a user or a password, which belong elsewhere. */
    public static boolean carriesCredentials(String url) {
        return url.matches("(?i).*[?&](user|[a-z]*password)=.*") || url.matches("jdbc:[a-z]+://[^/?]*@.*");
    }

    /** Whether a JDBC address is one of this kind, with one host, a port that can be one, and a database. */
    public boolean isAddress(String url) {
        Matcher address = ADDRESS.matcher(url);
        if (!address.matches() || !address.group("kind").equals(word())) {
            return false;
        }
        String port = address.group("port");
        return port == null || (Integer.parseInt(port) > 0 && Integer.parseInt(port) <= HIGHEST_PORT);
    }

    /**
     * The parts of an address that {@link #isAddress}: {@code host}, {@code port} ({@code null} for the usual one) and {@code
     * database}. A host may be named with an underscore, which no URI allows and every container network does.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Matcher parts(String url) {
        Matcher address = ADDRESS.matcher(url);
        if (!address.matches()) {
            throw new IllegalArgumentException("no address of a database");
        }
        return address;
    }

    static Optional<SourceKind> parse(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(SourceKind::word).toList();
    }
}
