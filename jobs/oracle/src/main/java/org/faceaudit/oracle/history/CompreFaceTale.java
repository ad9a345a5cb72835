package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What happens to a CompreFace database: no row of it knows when it came to be. */
final class CompreFaceTale {

    private static final String SUBJECT = "public.subject";
    private static final String EMBEDDING = "public.embedding";
    private static final String IMG = "public.img";

    private final Story story;
    private final SampleSource source;
    private final Clock clock;
    private final String ownCollection;
    private final String demoCollection;

    CompreFaceTale(Story story) {
        this.story = story;
        this.source = story.source("compreface", "compreface")
                .table("public.model", "id")
                .table(SUBJECT, "id")
                .table(EMBEDDING, "id")
                .table(IMG, "id");
        this.clock = new Clock(story.random, story.from.plusSeconds(story.random.nextInt(20 * 86_400)));
        this.ownCollection = story.token("credential", "k1", "none", 1);
        this.demoCollection = shippedKey(story.operator);
    }

    /** The token of the key of the collection that ships with every install. */
    static String shippedKey(String operator) {
        return Story.token(operator, "credential", "k1", "none", 2);
    }

    void tell() {
        Instant end = story.end();
        Instant snapshotAt = clock.now();
        source.unseen(transaction -> {
            model(transaction, 1, ownCollection, snapshotAt.minusSeconds(story.random.nextInt(200 * 86_400)));
            model(transaction, 2, demoCollection, snapshotAt.minusSeconds(300 * 86_400));
            for (int i = story.random.nextInt(story.threshold + story.threshold / 2); i > 0; i--) {
                enrol(transaction, ownCollection);
            }
            for (int i = story.random.nextInt(4); i > 0; i--) {
                enrol(transaction, demoCollection);
            }
            for (int i = story.random.nextInt(3); i > 0; i--) {
                transaction.insert(IMG, row("id", id()));
            }
        });
        source.snapshot(snapshotAt);
        clock.advance(Duration.ofSeconds(5));
        while (clock.advance().isBefore(end)) {
            act();
            story.noise(source);
        }
        Story.beat(source, end.isAfter(clock.now()) ? end : clock.now());
    }

    private void model(SampleSource.Transaction transaction, int id, String apiKey, Instant created) {
        transaction.insert(
                "public.model",
                row(
                        "id",
                        id,
                        "name",
                        story.any(List.of("Demo", "Residents")),
                        "api_key",
                        apiKey,
                        "created_date",
                        Clock.local(created)));
    }

    private void act() {
        Instant at = clock.now();
        List<String> subjects = keys(SUBJECT);
        int choice = story.random.nextInt(100);
        if (subjects.isEmpty() || choice < 45) {
            source.commit(at, transaction -> enrol(transaction, story.chance(90) ? ownCollection : demoCollection));
        } else if (choice < 55) {
            source.commit(at, transaction -> embed(transaction, story.any(subjects)));
        } else if (choice < 75) {
            source.commit(at, transaction -> remove(transaction, story.any(subjects)));
        } else if (choice < 80 && !keys(EMBEDDING).isEmpty()) {
            source.commit(at, transaction -> transaction.delete(EMBEDDING, story.any(keys(EMBEDDING))));
        } else if (choice < 84 && !keys(EMBEDDING).isEmpty()) {
            source.commit(
                    at,
                    transaction -> transaction.update(
                            EMBEDDING, story.any(keys(EMBEDDING)), row("subject_id", story.any(subjects))));
        } else if (choice < 88) {
            clock.advance(Duration.ofSeconds(1));
            source.snapshot(clock.now());
            clock.advance(Duration.ofSeconds(5));
        } else if (choice < 91) {
            orphanFirst(at);
        } else if (choice < 95) {
            strayPhoto(at, subjects);
        } else {
            Story.beat(source, at);
        }
    }

    private List<String> keys(String table) {
        return new ArrayList<>(source.rows(table).keySet());
    }

    private String id() {
        return new UUID(story.random.nextLong(), story.random.nextLong()).toString();
    }

    private String subjectId() {
        return story.token("local-id", "k1", "none", story.random.nextInt());
    }

    private void enrol(SampleSource.Transaction transaction, String collection) {
        String subject = subjectId();
        boolean embeddingFirst = story.chance(20);
        if (embeddingFirst) {
            embed(transaction, subject);
        }
        transaction.insert(SUBJECT, row("id", subject, "api_key", collection));
        for (int i = story.random.nextInt(3); i > 0 || !embeddingFirst; i--) {
            embed(transaction, subject);
            embeddingFirst = true;
        }
    }

    /** An embedding whose subject comes in a later transaction. */
    private void orphanFirst(Instant at) {
        String subject = subjectId();
        source.commit(at, transaction -> embed(transaction, subject));
        Instant later = clock.advance(Duration.ofMinutes(1 + story.random.nextInt(3_000)));
        source.commit(later, transaction -> transaction.insert(SUBJECT, row("id", subject, "api_key", ownCollection)));
    }

    /** A photo without a template: one comes later, or the photo goes, or it stays like this. */
    private void strayPhoto(Instant at, List<String> subjects) {
        String image = id();
        source.commit(at, transaction -> transaction.insert(IMG, row("id", image)));
        int fate = story.random.nextInt(3);
        if (fate == 0) {
            return;
        }
        Instant later = clock.advance(Duration.ofMinutes(1 + story.random.nextInt(3_000)));
        source.commit(later, transaction -> {
            if (fate == 1) {
                transaction.delete(IMG, image);
            } else {
                transaction.insert(EMBEDDING, embedding(story.any(subjects), image));
            }
        });
    }

    private void embed(SampleSource.Transaction transaction, String subject) {
        String image = story.chance(20) ? id() : null;
        boolean templateFirst = story.chance(30);
        if (templateFirst) {
            transaction.insert(EMBEDDING, embedding(subject, image));
        }
        if (image != null) {
            transaction.insert(IMG, row("id", image));
        }
        if (!templateFirst) {
            transaction.insert(EMBEDDING, embedding(subject, image));
        }
    }

    private Map<String, Object> embedding(String subject, String image) {
        return row("id", id(), "subject_id", subject, "calculator", "Facenet2018", "img_id", image);
    }

    private void remove(SampleSource.Transaction transaction, String subject) {
        boolean subjectFirst = story.chance(30);
        if (subjectFirst) {
            transaction.delete(SUBJECT, subject);
        }
        for (String key : keys(EMBEDDING)) {
            var embedding = source.rows(EMBEDDING).get(key);
            if (subject.equals(embedding.get("subject_id"))) {
                transaction.delete(EMBEDDING, key);
                if (embedding.get("img_id") != null) {
                    transaction.delete(IMG, (String) embedding.get("img_id"));
                }
            }
        }
        if (!subjectFirst) {
            transaction.delete(SUBJECT, subject);
        }
    }
}
