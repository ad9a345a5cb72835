package org.faceaudit.local.process;

import java.io.PrintStream;
import java.util.Locale;

/** Where the launcher says what happens: one plain line per fact. */
public final class Progress {
    private final PrintStream out;

    /** @param out where lines go; they are flushed at once */
    public Progress(PrintStream out) {
        this.out = out;
    }

    /** A progress that nobody reads. */
    public static Progress silent() {
        return new Progress(new PrintStream(java.io.OutputStream.nullOutputStream(), false));
    }

    /**
     * One line: who, what, and the evidence for it.
     *
     * @param who the component
     * @param what one word: ready, exited, stopped
     * @param evidence what was seen
     */
    public void line(String who, String what, String evidence) {
        text(String.format(Locale.ROOT, "%-18s %-9s %s", who, what, evidence));
    }

    /** A free text, line by line, as {@link PlainText}. */
    public synchronized void text(String text) {
        for (String line : text.split("\n", -1)) {
            out.println(PlainText.onOneLine(line));
        }
        out.flush();
    }
}
