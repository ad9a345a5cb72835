package org.faceaudit.runtime.step;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.judge.DayRows;
import org.faceaudit.runtime.sink.RowDraft;
import org.faceaudit.runtime.sink.TableRow;

/**
 * Says of the rows of days only those that differ from what was said last, and takes back those that are no more. What was said
 * is eight bytes a day, in memory and in state.
 */
final class DaySayings {

    private static final int STRETCH_SHIFT = 4;
    private static final int DAYS = 1 << STRETCH_SHIFT;
    private static final long NOTHING = 0;

    /** Who passes on what is said. */
    interface Speaker {
        void say(TableRow row);
    }

    private final MapState<Integer, long[]> said;
    private final long generation;
    private final Speaker speaker;

    DaySayings(KeyedStateStore store, long generation, Speaker speaker) {
        this.said = store.getMapState(new MapStateDescriptor<>(
                "said-days", Types.INT, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        this.generation = generation;
        this.speaker = speaker;
    }

    /** What was said of one scope. The arrays are the state's own and are never changed in place. */
    static final class Memory {
        private final TreeMap<Integer, long[]> stretches = new TreeMap<>();
    }

    /** What was said of the current key before the job was restored. */
    Memory restored() throws Exception {
        Memory memory = new Memory();
        for (Map.Entry<Integer, long[]> stretch : said.entries()) {
            memory.stretches.put(stretch.getKey(), stretch.getValue());
        }
        return memory;
    }

    /**
     * Says what is new of the current key.
     *
     * @param position see {@link CutStep#atCut}
     */
    void say(DayRows rows, Memory memory, long position) throws Exception {
        TreeMap<Integer, long[]> now = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            int day = rows.day(row).epochDay();
            long digest = digest(rows.content(row));
            now.computeIfAbsent(day >> STRETCH_SHIFT, stretch -> new long[DAYS])[day & DAYS - 1] = digest;
            if (digest != saidOf(day, memory)) {
                speaker.say(rows.draft(row).row(generation, position));
            }
        }
        for (Map.Entry<Integer, long[]> before : memory.stretches.entrySet()) {
            takeBack(before.getKey(), before.getValue(), now.get(before.getKey()), rows, position);
        }
        remember(now, memory);
    }

    private static long saidOf(int day, Memory memory) {
        long[] stretch = memory.stretches.get(day >> STRETCH_SHIFT);
        return stretch == null ? NOTHING : stretch[day & DAYS - 1];
    }

    private long digest(long content) {
        long digest = (content ^ generation * 0x9e3779b97f4a7c15L) * 0xd6e8feb86659fd93L;
        return digest == NOTHING ? 1 : digest;
    }

    private void takeBack(int stretch, long[] before, long[] now, DayRows rows, long position) {
        for (int i = 0; i < DAYS; i++) {
            if (before[i] != NOTHING && (now == null || now[i] == NOTHING)) {
                RowDraft gone = rows.none(new LegalDay((stretch << STRETCH_SHIFT) + i));
                speaker.say(RowDraft.farewell(gone.table(), gone.farewell(), generation, position));
            }
        }
    }

    private void remember(TreeMap<Integer, long[]> now, Memory memory) throws Exception {
        for (Map.Entry<Integer, long[]> stretch : now.entrySet()) {
            if (!Arrays.equals(stretch.getValue(), memory.stretches.get(stretch.getKey()))) {
                said.put(stretch.getKey(), stretch.getValue());
                memory.stretches.put(stretch.getKey(), stretch.getValue());
            }
        }
        for (Integer stretch : memory.stretches.keySet().toArray(Integer[]::new)) {
            if (!now.containsKey(stretch)) {
                said.remove(stretch);
                memory.stretches.remove(stretch);
            }
        }
    }
}
