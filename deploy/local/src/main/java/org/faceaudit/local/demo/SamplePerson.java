package org.faceaudit.local.demo;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/**
 * An invented person with everything that must never leave a source: name, phone and identity card number.
 *
 * @param idCard 18 characters with a valid check digit (GB 11643)
 * @param name family name and given name
 * @param phone eleven digits
 */
record SamplePerson(String idCard, String name, String phone) {
    private static final String[] FAMILY = {
        "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗"
    };
    private static final String[] GIVEN = {
        "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "霞", "平", "刚"
    };
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";
    private static final LocalDate FIRST_BIRTH = LocalDate.of(1950, 1, 1);
    private static final int BIRTH_DAYS = 20_000;
    /** Prime to the number of birth days, so that neighbours differ in every part and none repeats. */
    private static final int STRIDE = 7_919;

    /**
     * The person with a number in the population of a region: always the same one, and never one of another number.
     *
     * @param region six digits of GB/T 2260
     * @param number from 0 to 999,999
     */
    static SamplePerson of(String region, int number) {
        if (number < 0 || number >= 50 * BIRTH_DAYS) {
            throw new IllegalArgumentException("no sample person has the number " + number);
        }
        SplittableRandom random = new SplittableRandom(Long.parseLong(region) * 1_000_003 + number);
        LocalDate birth = FIRST_BIRTH.plusDays((long) number * STRIDE % BIRTH_DAYS);
        String body = region
                + birth.format(DateTimeFormatter.BASIC_ISO_DATE)
                + padded(number / BIRTH_DAYS * 20 + random.nextInt(20), 3);
        return new SamplePerson(
                body + checkDigit(body),
                FAMILY[random.nextInt(FAMILY.length)] + GIVEN[random.nextInt(GIVEN.length)] + PlantedMarkers.NAME,
                "1" + (30 + random.nextInt(10)) + padded(random.nextInt(100_000_000), 8));
    }

    /** As the formatter would, at a tenth of its time: there are half a million of these numbers. */
    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(digits - text.length()) + text;
    }

    private static char checkDigit(String body) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK_DIGITS.charAt(sum % 11);
    }
}
