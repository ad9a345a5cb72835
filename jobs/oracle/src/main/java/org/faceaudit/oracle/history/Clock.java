package org.faceaudit.oracle.history;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;

/** The time of one make-believe source: it moves on in steps of very different length and never back. */
final class Clock {

    static final ZoneOffset SHANGHAI = ZoneOffset.ofHours(8);

    private final Random random;
    private Instant now;

    Clock(Random random, Instant start) {
        this.random = random;
        this.now = start;
    }

    Instant now() {
        return now;
    }

    Instant advance(Duration step) {
        now = now.plus(step);
        return now;
    }

    /** Nothing, milliseconds, minutes, hours, or days. */
    Instant advance() {
        return advance(
                switch (random.nextInt(10)) {
                    case 0 -> Duration.ZERO;
                    case 1 -> Duration.ofMillis(1 + random.nextInt(900));
                    case 2, 3 -> Duration.ofMinutes(1 + random.nextInt(90));
                    case 4, 5 -> Duration.ofMinutes(90 + random.nextInt(1_200));
                    default -> Duration.ofMinutes(1_440 + random.nextInt(12_000));
                });
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, SHANGHAI);
    }

    static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(SHANGHAI);
    }

    /** A timestamp without time zone as Debezium writes it: local time that looks like UTC. */
    static String local(Instant instant) {
        return instant.plusSeconds(SHANGHAI.getTotalSeconds()).toString();
    }
}
