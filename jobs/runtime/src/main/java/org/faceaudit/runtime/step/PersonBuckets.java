package org.faceaudit.runtime.step;

import org.faceaudit.core.counting.PersonHolding;

/**
 * The keys of the buckets that an operator's persons are spread over: whatever the operator, bucket after bucket falls into key
 * group after key group, so that at any parallelism each subtask has as many of them as any other. Keys by chance would give
 * one subtask of sixty-four twice the persons of another.
 *
 * <p>A key group follows from the hash of the key, by a mixing that Flink can never change without losing all state. The mixing is
 * undone here for the key group that is wanted, and seven characters make the hash of the text what it has to be.
 */
final class PersonBuckets {

    private static final int SUFFIX = 7;
    private static final int DIGITS = 31;
    private static final char FIRST = '0';

    private PersonBuckets() {}

    /** The key of the bucket that knows a holding's person. */
    static String key(PersonHolding holding) {
        int bucket = PersonDigest.of(holding.person()).bucket();
        String operator = holding.operator();
        String group = holding.group();
        // The hash of operator + '/' + group + '/', of texts that remember theirs.
        int prefix = (operator.hashCode() * DIGITS + '/') * power(group.length()) + group.hashCode();
        prefix = prefix * DIGITS + '/';
        return operator + '/' + group + '/' + suffix(prefix, hash(prefix, bucket));
    }

    /** A hash that falls into the key group of the bucket's number, and otherwise differs from prefix to prefix. */
    private static int hash(int prefix, int bucket) {
        int spread = prefix * 0x9e3779b9 ^ bucket * 0x85ebca6b;
        return unmixed((spread << PersonDigest.BUCKET_BITS & Integer.MAX_VALUE) | bucket);
    }

    /** The text that has to stand behind a text of one hash for the whole to have another. */
    private static String suffix(int prefix, int wanted) {
        char[] suffix = new char[SUFFIX];
        int zeros = 0;
        for (int i = 0; i < SUFFIX; i++) {
            zeros = zeros * DIGITS + FIRST;
        }
        long rest = Integer.toUnsignedLong(wanted - prefix * power(SUFFIX) - zeros);
        for (int i = SUFFIX - 1; i >= 0; i--) {
            suffix[i] = (char) (FIRST + rest % DIGITS);
            rest /= DIGITS;
        }
        return new String(suffix);
    }

    private static int power(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= DIGITS;
        }
        return power;
    }

    /** The number that {@code MathUtils.murmurHash} of Flink mixes into this one, which is not negative. */
    private static int unmixed(int mixed) {
        int code = mixed;
        code ^= code >>> 16;
        code *= 0x7ed1b41d;
        code ^= code >>> 13 ^ code >>> 26;
        code *= 0xa5cb9243;
        code ^= code >>> 16;
        code ^= 4;
        code = (code - 0xe6546b64) * 0xcccccccd;
        code = Integer.rotateRight(code, 13);
        code *= 0x56ed309b;
        code = Integer.rotateRight(code, 15);
        return code * 0xdee13bb1;
    }
}
