package org.faceaudit.cli.scan;

import java.util.Set;
import org.faceaudit.cli.source.SourceColumn;

/** Which columns look like a store of images: by the words that scan goes by, and by what they can hold. */
public final class ImageStores {

    /** Types that are made for something large. Keys and digests are kept in others. */
    private static final Set<String> LARGE_BYTES = Set.of("bytea", "blob", "mediumblob", "longblob");

    private static final Set<String> LARGE_TEXT = Set.of("text", "mediumtext", "longtext");

    private static final Vocabulary VOCABULARY = Vocabulary.shipped();

    private ImageStores() {}

    /** Whether a column may hold images, their paths or addresses. What is called a template is a template. */
    public static boolean mayBe(SourceColumn column) {
        String concept = VOCABULARY
                .of(column, Set.of("image", "template"))
                .map(Match::concept)
                .orElse("");
        if (!concept.isEmpty()) {
            return concept.equals("image");
        }
        return LARGE_BYTES.contains(column.type())
                || (LARGE_TEXT.contains(column.type()) && VOCABULARY.namesFaces(column.name()));
    }
}
