package org.faceaudit.core.law;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * What the catalogue of a source showed beside what its mapping says, from one look on until the next. Columns are named
 * {@code schema.table.column}.
 *
 * @param systemId the system whose source was looked at
 * @param lookedAt when
 * @param gone mapped columns that are not there; and, each as {@code schema.table.*} or {@code schema.table[partition].*}, mapped
 *     tables and partitions that went with their rows
 * @param retyped mapped columns whose type is not what it was when the file was read first, or cannot be what it is read as
 * @param photoLike columns that came after the first look, look like a store of images, and are neither mapped nor left out
 * @param position the change this row rests on
 */
public record SchemaLook(
        String id,
        String operatorId,
        String systemId,
        Instant lookedAt,
        List<String> gone,
        List<String> retyped,
        List<String> photoLike,
        Position position) {

    /** What a table's name ends with where it stands for all that the table held. */
    private static final String WHOLE = ".*";

    public SchemaLook {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(operatorId, "operatorId");
        Objects.requireNonNull(systemId, "systemId");
        Objects.requireNonNull(lookedAt, "lookedAt");
        gone = List.copyOf(gone);
        retyped = List.copyOf(retyped);
        photoLike = List.copyOf(photoLike);
    }

    /** The mapped columns that are not there. */
    public List<String> goneColumns() {
        return gone.stream().filter(name -> !name.endsWith(WHOLE)).toList();
    }

    /** The mapped tables and partitions that went with their rows. */
    public List<String> goneTables() {
        return gone.stream()
                .filter(name -> name.endsWith(WHOLE))
                .map(name -> name.substring(0, name.length() - WHOLE.length()))
                .toList();
    }
}
