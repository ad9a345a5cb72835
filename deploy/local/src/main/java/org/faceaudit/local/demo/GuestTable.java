package org.faceaudit.local.demo;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The guests of a sample hotel: at its desk by their phones, at the doors of its rooms by identity card and phone.
 *
 * @param region of the operator; decides which persons these are
 * @param from the first one's number
 * @param to after the last one's number
 */
record GuestTable(String region, int from, int to) {
    private static final LocalDateTime FIRST = LocalDateTime.of(2025, 8, 1, 15, 0);
    private static final int HOURS_BETWEEN = 60;
    private static final int PHOTO_EVERY = 4;
    private static final int SECOND_FACE_EVERY = 13;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /**
     * Rows of {@code t_user_face}: a template each, of every fourth guest a photo; some guests were enrolled again with their
     * phone spelt in another way; and two registered without a face, which stores none.
     */
    CopyTable faces() {
        return new CopyTable(
                "t_user_face (id, group_id, face_id, name, age, gender, phone, face_feature, create_time, update_time,"
                        + " file_path)",
                this::writeFaces);
    }

    private void writeFaces(Consumer<String> rows) {
        int id = 1;
        for (int number = from; number < to; number++) {
            SamplePerson guest = SamplePerson.of(region, number);
            String photo = number % PHOTO_EVERY == 0 ? "/data/faces/" + guest.phone() + ".jpg" : "";
            rows.accept(face(id++, 1, guest, guest.phone(), template(number), number, photo));
            if (number % SECOND_FACE_EVERY == 0) {
                rows.accept(face(id++, 2, guest, spaced(guest.phone()), template(number), number + 1, null));
            }
        }
        for (int number = to; number < to + 2; number++) {
            SamplePerson guest = SamplePerson.of(region, number);
            rows.accept(face(id++, 1, guest, guest.phone(), null, number, ""));
        }
    }

    private String face(int id, int group, SamplePerson guest, String phone, String template, int visit, String photo) {
        String at = TIME.format(FIRST.plusHours((long) HOURS_BETWEEN * visit));
        return CopyTable.line(
                id, group, "f" + region + id, guest.name(), 20 + id % 50, id % 2, phone, template, at, at, photo);
    }

    /** What stands for a template: nothing of it may leave. */
    private static String template(int number) {
        return PlantedMarkers.IMAGE + number;
    }

    private static String spaced(String phone) {
        return phone.substring(0, 3) + " " + phone.substring(3, 7) + " " + phone.substring(7);
    }

    /** Rows of {@code guest_face}, each with both of the guest's numbers. */
    CopyTable doors() {
        return new CopyTable("guest_face (id, id_card, phone, name, feature, enrolled_at)", rows -> {
            for (int number = from; number < to; number++) {
                SamplePerson guest = SamplePerson.of(region, number);
                rows.accept(CopyTable.line(
                        number + 1,
                        guest.idCard(),
                        guest.phone(),
                        guest.name(),
                        template(number),
                        TIME.format(
                                FIRST.plusHours((long) HOURS_BETWEEN * number).plusMinutes(20))));
            }
        });
    }
}
