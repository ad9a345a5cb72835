package org.faceaudit.local.demo;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Who is enrolled at a sample campus: everybody with a card and a template, every third with a second template, whose row is
 * equal to the first but for its time.
 *
 * @param region of the operator; decides which persons these are
 * @param persons how many there are
 */
record CampusTables(String region, int persons) {
    private static final long FIRST_ID = 1_748_000_000_000_000_001L;
    private static final int TEACHER_EVERY = 4;
    private static final int SECOND_FACE_EVERY = 3;
    private static final LocalDateTime FIRST = LocalDateTime.of(2025, 9, 1, 9, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    List<CopyTable> tables() {
        return List.of(
                new CopyTable("person (id, name)", this::writePersons),
                new CopyTable(
                        "person_detail (person_id, name, gender, id_card, phone, position, register_time)",
                        this::writeDetails),
                new CopyTable(
                        "face_data (person_id, feature_data, image_path, register_time, quality_score, version)",
                        this::writeFaces));
    }

    private void writePersons(Consumer<String> rows) {
        for (int number = 0; number < persons; number++) {
            rows.accept(CopyTable.line(
                    FIRST_ID + number, SamplePerson.of(region, number).name()));
        }
    }

    private void writeDetails(Consumer<String> rows) {
        for (int number = 0; number < persons; number++) {
            SamplePerson person = SamplePerson.of(region, number);
            rows.accept(CopyTable.line(
                    FIRST_ID + number,
                    person.name(),
                    number % 2,
                    person.idCard(),
                    person.phone(),
                    number % TEACHER_EVERY == TEACHER_EVERY - 1 ? "teacher" : "student",
                    TIME.format(FIRST.plusHours(number))));
        }
    }

    private void writeFaces(Consumer<String> rows) {
        for (int number = 0; number < persons; number++) {
            rows.accept(face(number, number));
            if (number % SECOND_FACE_EVERY == 0) {
                rows.accept(face(number, number + 1));
            }
        }
    }

    /** No photo is kept of it; the template may not leave. */
    private static String face(int number, int hour) {
        return CopyTable.line(
                FIRST_ID + number,
                PlantedMarkers.IMAGE + number,
                null,
                TIME.format(FIRST.plusHours(hour)),
                "0.9",
                "v2");
    }
}
