package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.faceaudit.core.counting.PersonHolding;
import org.junit.jupiter.api.Test;

class PersonBucketsTest {

    private static final int KEY_GROUPS = 128;

    @Test
    void everyKeyGroupHasOneBucketOfEveryOperator() {
        Set<String> keys = new HashSet<>();
        for (String operator : List.of("iron-gym", "a", "op-012345")) {
            for (String group : List.of("id-card|k1|idcard|", "", "local-id|k1|none|gym/张")) {
                Map<String, Integer> keyGroups = new HashMap<>();
                for (int person = 0; person < 5_000; person++) {
                    String key = key(operator, group, person);
                    keyGroups.put(key, KeyGroupRangeAssignment.assignToKeyGroup(key, KEY_GROUPS));
                    assertThat(key).startsWith(operator + '/' + group + '/');
                }
                assertThat(new HashSet<>(keyGroups.values())).hasSize(KEY_GROUPS);
                assertThat(keyGroups).hasSize(KEY_GROUPS);
                keys.addAll(keyGroups.keySet());
            }
        }
        assertThat(keys).as("nobody shares a bucket").hasSize(9 * KEY_GROUPS);
        assertThat(keys.stream().map(String::hashCode).distinct())
                .as("nor, but for a few, a hash")
                .hasSizeGreaterThan(9 * KEY_GROUPS - 10);
    }

    @Test
    void personsSpreadEvenlyWhateverTheirTokensAre() {
        Map<String, Integer> persons = new HashMap<>();
        for (int person = 0; person < 128_000; person++) {
            persons.merge(key("iron-gym", "g", person), 1, Integer::sum);
        }
        assertThat(persons.values()).allMatch(count -> count > 850 && count < 1_150);
    }

    private static String key(String operator, String group, int person) {
        return PersonBuckets.key(new PersonHolding(
                operator, group, String.format(Locale.ROOT, "%032x", person), "gym/face/1", List.of()));
    }
}
