package org.faceaudit.runtime.attempt;

import java.util.TreeMap;

/**
 * The attempts by face of some legal days in a row, packed into bytes.
 *
 * @param bytes day after day
 */
public record FaceDays(byte[] bytes) {

    private static final int DAYS = 64;

    /** The number of the page on which a day stands. */
    public static int page(int day) {
        return Math.floorDiv(day, DAYS);
    }

    public static FaceDays of(TreeMap<Integer, FaceDay> days) {
        PageWriter out = new PageWriter();
        days.forEach((day, faces) -> out.number(day)
                .number(faces.count())
                .fixed(faces.first(), Long.BYTES)
                .fixed(faces.settled(), Long.BYTES)
                .fixed(faces.hash(), Long.BYTES));
        return new FaceDays(out.toBytes());
    }

    /** By day; {@code null} has none. */
    public static TreeMap<Integer, FaceDay> read(FaceDays page) {
        TreeMap<Integer, FaceDay> days = new TreeMap<>();
        PageReader in = new PageReader(page == null ? new byte[0] : page.bytes, 0);
        while (!in.atEnd()) {
            int day = (int) in.number();
            days.put(
                    day,
                    new FaceDay((int) in.number(), in.fixed(Long.BYTES), in.fixed(Long.BYTES), in.fixed(Long.BYTES)));
        }
        return days;
    }
}
