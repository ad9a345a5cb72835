package org.faceaudit.core.law;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.faceaudit.core.event.RegistryChange;

/** The rows of the registry as they were told last. Not thread-safe. */
public final class RegistryBook {

    private final TreeMap<String, RegistryChange> rows = new TreeMap<>();
    private final Standpoint standpoint;
    private Registry read;

    /** An empty book, read as it stands by the law in force. */
    public RegistryBook() {
        this(Standpoint.NOW);
    }

    /** An empty book that is read from a standpoint. */
    public RegistryBook(Standpoint standpoint) {
        this.standpoint = Objects.requireNonNull(standpoint, "standpoint");
    }

    /** Keeps the newest state of a row as given; the caller brings changes of one row in the order of the log. */
    public void apply(RegistryChange change) {
        String id = change.table() + '\u0000' + change.key();
        RegistryChange before = change.present() ? rows.put(id, change) : rows.remove(id);
        if (!change.present() && before == null) {
            return;
        }
        read = null;
    }

    /** The rows present, in a fixed order: what a step keeps to restore the book. */
    public Collection<RegistryChange> rows() {
        return List.copyOf(rows.values());
    }

    /** The registry as it stands; the same object until the next change. */
    public Registry read() {
        if (read == null) {
            read = Registry.of(rows.values(), standpoint);
        }
        return read;
    }
}
