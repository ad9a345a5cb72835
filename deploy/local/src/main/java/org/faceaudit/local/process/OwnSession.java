package org.faceaudit.local.process;

import java.util.List;

/**
 * Puts children into a session of their own where the machine can: a Ctrl-C in the terminal then reaches the launcher
 * alone, which stops them in order.
 */
public final class OwnSession {
    private static final List<String> PREFIX =
            Programs.find("setsid").map(program -> List.of(program.toString())).orElse(List.of());

    private OwnSession() {}

    /** The words that go before a command; the process keeps its pid, since our children lead no process group. */
    public static List<String> prefix() {
        return PREFIX;
    }
}
