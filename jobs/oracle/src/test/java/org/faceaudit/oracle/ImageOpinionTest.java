package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.RegistrySource;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;

class ImageOpinionTest {

    private static final LawRows LAW = LawRows.read(Path.of("../../sql/law"));
    private static final String MEMBER = "public.member";
    private static final String MEMBERSHIP = "public.membership";
    private static final String IMAGE = "public.member_image";
    private static final String PHOTO = "public.visitor_photo";

    private final SampleSource gym = new SampleSource("cdc.op.gym", "gym", 900_000)
            .table(MEMBER, "id")
            .table(MEMBERSHIP, "id")
            .table(IMAGE, "id")
            .table(PHOTO, "id")
            .table("public.faceaudit_heartbeat", "id");

    private static Instant shanghai(String local) {
        return Instant.parse(local + ":00Z").minusSeconds(8 * 3600);
    }

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    private List<OracleAlert> alerts(String known) {
        RegistrySource registry = new RegistrySource(LAW);
        registry.source()
                .unseen(transaction ->
                        transaction.insert("registry.operator", RegistrySource.operator("op", "320500")));
        registry.source().snapshot(shanghai("2025-05-01T08:00"));
        registry.beat(shanghai(known));
        gym.commit(
                shanghai(known),
                transaction -> transaction.insert("public.faceaudit_heartbeat", row("id", 1, "beat_at", null)));
        List<TopicRecord> dump = new ArrayList<>(registry.source().records());
        dump.addAll(gym.records());
        return new Oracle(dump)
                .alerts().stream()
                        .filter(alert -> alert.ruleId().equals("raw-image-retained"))
                        .toList();
    }

    private void members(String snapshotAt, String endedOn) {
        gym.unseen(transaction -> {
            transaction.insert(MEMBER, row("id", 1, "member_no", "t1:member-no:k1:trim,upper:aa"));
            transaction.insert(MEMBERSHIP, row("id", 2, "member_id", 1, "ended_on", endedOn));
            transaction.insert(IMAGE, row("id", 3, "member_id", 1, "taken_at", null, "keep_until", null));
        });
        gym.snapshot(shanghai(snapshotAt));
    }

    @Test
    void theGraceOfAPurposeThatEndedBeforeTheMeasuresRunsFromTheirFirstDay() {
        members("2025-05-02T08:00", "2024-12-31Z");

        assertThat(alerts("2025-06-16T23:59"))
                .extracting(OracleAlert::verdict, OracleAlert::occurredOn, OracleAlert::dueOn)
                .containsExactly(tuple("WARNING", day("2025-06-01"), day("2025-06-16")));
        assertThat(alerts("2025-06-17T00:00"))
                .extracting(OracleAlert::verdict, OracleAlert::occurredOn, OracleAlert::dueOn)
                .containsExactly(tuple("VIOLATION", day("2025-06-01"), day("2025-06-16")));
    }

    @Test
    void aPurposeThatEndedIsShownWithTheImage() {
        members("2026-03-01T08:00", null);
        gym.commit(
                shanghai("2026-03-05T09:00"),
                transaction -> transaction.update(MEMBERSHIP, "2", row("ended_on", "2026-03-04Z")));
        gym.commit(shanghai("2026-03-20T09:00"), transaction -> transaction.delete(MEMBERSHIP, "2"));

        assertThat(alerts("2026-03-21T09:00"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.positions())
                        .extracting(OraclePosition::table, OraclePosition::logPosition, OraclePosition::committedAt)
                        .containsExactly(
                                tuple(IMAGE, "0/DCBA0", shanghai("2026-03-01T08:00")),
                                tuple(MEMBERSHIP, "0/DCDD8", shanghai("2026-03-05T09:00"))));
    }

    /** What was one person's membership and is another's is as if the first one's had been deleted. */
    @Test
    void aMembershipThatBecomesSomebodyElsesHasEndedForWhomItWas() {
        gym.unseen(transaction -> {
            transaction.insert(MEMBER, row("id", 1, "member_no", "t1:member-no:k1:trim,upper:aa"));
            transaction.insert(MEMBER, row("id", 2, "member_no", "t1:member-no:k1:trim,upper:bb"));
            transaction.insert(MEMBERSHIP, row("id", 3, "member_id", 1, "ended_on", "2026-12-31Z"));
            transaction.insert(IMAGE, row("id", 4, "member_id", 1, "taken_at", null, "keep_until", null));
            transaction.insert(IMAGE, row("id", 5, "member_id", 2, "taken_at", null, "keep_until", null));
        });
        gym.snapshot(shanghai("2026-03-01T08:00"));
        gym.commit(
                shanghai("2026-03-05T09:00"), transaction -> transaction.update(MEMBERSHIP, "3", row("member_id", 2)));

        assertThat(alerts("2026-03-05T23:59")).isEmpty();
        assertThat(alerts("2026-03-06T00:00"))
                .extracting(OracleAlert::verdict, OracleAlert::occurredOn, OracleAlert::dueOn, OracleAlert::measured)
                .containsExactly(tuple("WARNING", day("2026-03-06"), day("2026-03-20"), BigDecimal.ONE));

        gym.commit(
                shanghai("2026-03-10T09:00"), transaction -> transaction.update(MEMBERSHIP, "3", row("member_id", 1)));

        assertThat(alerts("2026-03-30T00:00"))
                .extracting(OracleAlert::status, OracleAlert::measured, OracleAlert::resolvedAt)
                .containsExactly(
                        tuple("RESOLVED", BigDecimal.ONE, shanghai("2026-03-10T09:00")),
                        tuple("OPEN", BigDecimal.ONE, null));
    }

    @Test
    void aPhotoOfUncertainAgeIsSuspectedUntilItIsSurelyDue() {
        gym.commit(
                shanghai("2026-03-01T08:00"),
                transaction -> transaction.insert(MEMBER, row("id", 1, "member_no", null)));
        gym.unseen(transaction -> transaction.insert(PHOTO, row("id", 2, "taken_at", null, "keep_days", 10)));
        gym.snapshot(shanghai("2026-03-06T08:00"));

        assertThat(alerts("2026-03-16T23:59"))
                .extracting(OracleAlert::verdict, OracleAlert::occurredOn, OracleAlert::dueOn)
                .containsExactly(tuple("SUSPECTED", day("2025-06-01"), day("1970-01-11")));
        assertThat(alerts("2026-03-17T00:00"))
                .extracting(OracleAlert::verdict, OracleAlert::openedAt, OracleAlert::dueOn, OracleAlert::measured)
                .containsExactly(tuple("VIOLATION", shanghai("2026-03-17T00:00"), day("2026-03-16"), BigDecimal.ONE));
    }

    @Test
    void aThousandImagesAreListedAndOneMoreAreNot() {
        gym.unseen(transaction -> transaction.insert(MEMBER, row("id", 1, "member_no", null)));
        gym.snapshot(shanghai("2026-03-01T08:00"));
        gym.commit(shanghai("2026-03-02T08:00"), transaction -> {
            for (int id = 1; id <= 1_001; id++) {
                transaction.insert(IMAGE, row("id", id, "member_id", 9, "taken_at", null, "keep_until", "2026-03-09Z"));
            }
        });
        assertThat(alerts("2026-03-10T08:00"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.positions()).isNull());

        gym.commit(shanghai("2026-03-10T09:00"), transaction -> transaction.truncate(IMAGE));
        gym.commit(shanghai("2026-03-10T10:00"), transaction -> {
            for (int id = 1; id <= 1_000; id++) {
                transaction.insert(IMAGE, row("id", id, "member_id", 9, "taken_at", null, "keep_until", "2026-03-09Z"));
            }
        });
        assertThat(alerts("2026-03-11T08:00"))
                .extracting(alert ->
                        alert.positions() == null ? 0 : alert.positions().size())
                .containsExactly(0, 1_000);
    }
}
