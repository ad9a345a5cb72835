package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.fact.ChangeTypes;
import org.faceaudit.runtime.fact.DayLook;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.InstantPage;

/**
 * Keeps the instants at which an operator's persons changed, a stretch of legal days under one key, and tells those of the
 * days that are looked at closely. Stretches are spread over the cluster; what is not looked at stays here.
 *
 * <p>What comes is written behind what is there, as it comes. A page that is full is put aside, and when three times as
 * many are aside as after the last time, all are netted: what took back something on another page then vanishes with it.
 */
public final class DayBookStep extends CutStep<Fact> implements TwoInputStreamOperator<InstantPage, DayLook, Fact> {

    private static final long serialVersionUID = 1L;

    /** Where what comes is written. Pages put aside have the numbers from 1 on. */
    private static final int OPEN = 0;

    /** Bytes from which a page is full: whoever writes behind it copies it. */
    private static final int FULL = 4_096;

    /** So few pages are not worth netting, nor so many times as there were after the last time. */
    private static final int FEW = 8;

    private static final int MORE = 3;

    /** Entries of a page that was netted, about as many as fill one. */
    private static final int ENTRIES = 300;

    private record Slot(String series, Instant at) {}

    private record StretchDay(String key, LegalDay day) {}

    private transient MapState<Integer, InstantPage> pages;
    /** How many pages are aside, and how many were when they were netted last: two numbers in one. */
    private transient ValueState<Long> aside;

    private transient MapState<Integer, Boolean> told;
    private transient Set<StretchDay> toldDays;
    private transient Set<String> toldStretches;
    /** By day that is told, what came since the last cut. */
    private transient Map<StretchDay, Map<Slot, CountDelta>> news;

    private transient Map<StretchDay, Boolean> looks;

    /** The key of the stretch of days that a page is of. */
    public static String key(InstantPage page) {
        return InstantPage.key(page.operator(), page.stretch());
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pages = keyedStates(context)
                .getMapState(new MapStateDescriptor<>("instant-pages", Types.INT, ChangeTypes.INSTANTS));
        aside = keyedStates(context).getState(new ValueStateDescriptor<>("pages-aside", Types.LONG));
        told = keyedStates(context).getMapState(new MapStateDescriptor<>("told-days", Types.INT, Types.BOOLEAN));
        forget();
        toldDays = new HashSet<>();
        toldStretches = new HashSet<>();
        news = new HashMap<>();
        looks = new HashMap<>();
        if (context.isRestored()) {
            reopen();
        }
    }

    private void reopen() throws Exception {
        try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys("told-days", VoidNamespace.INSTANCE)) {
            keys.forEach(toldStretches::add);
        }
        for (String key : toldStretches) {
            setCurrentKey(key);
            for (int day : told.keys()) {
                toldDays.add(new StretchDay(key, new LegalDay(day)));
            }
        }
    }

    @Override
    public void processElement1(StreamRecord<InstantPage> element) throws Exception {
        InstantPage more = element.getValue();
        InstantPage open = pages.get(OPEN);
        InstantPage whole = open == null ? more : open.with(more);
        if (whole.bytes().length < FULL) {
            pages.put(OPEN, whole);
        } else {
            putAside(whole);
        }
        String key = key(more);
        if (toldStretches.contains(key)) {
            more.forEach(delta -> hear(new StretchDay(key, delta.day()), delta));
        }
    }

    private void hear(StretchDay day, CountDelta delta) {
        if (toldDays.contains(day)) {
            news.computeIfAbsent(day, none -> new HashMap<>())
                    .merge(new Slot(delta.series(), delta.at()), delta, CountDelta::plus);
        }
    }

    private void putAside(InstantPage full) throws Exception {
        Long numbers = aside.value();
        int count = numbers == null ? 0 : (int) (numbers >>> Integer.SIZE);
        int netted = numbers == null ? 0 : numbers.intValue();
        count++;
        pages.put(count, full);
        pages.remove(OPEN);
        if (count >= FEW + MORE * netted) {
            count = net(count, full.operator(), full.stretch());
            netted = count;
        }
        aside.update((long) count << Integer.SIZE | netted);
    }

    /** Writes all pages anew, day by day, in order and without what cancels out; how many there are then. */
    private int net(int count, String operator, int stretch) throws Exception {
        List<InstantPage> before = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            before.add(pages.get(number));
            pages.remove(number);
        }
        int written = 0;
        List<CountDelta> next = new ArrayList<>();
        for (LegalDay day : InstantPage.days(stretch)) {
            List<CountDelta> deltas = new ArrayList<>();
            before.forEach(page -> page.forEachOf(day, deltas::add));
            for (CountDelta delta : InstantBuffer.netted(deltas)) {
                next.add(delta);
                if (next.size() == ENTRIES) {
                    written++;
                    pages.put(written, InstantPage.empty(operator, stretch).with(next));
                    next.clear();
                }
            }
        }
        if (!next.isEmpty()) {
            written++;
            pages.put(written, InstantPage.empty(operator, stretch).with(next));
        }
        return written;
    }

    @Override
    public void processElement2(StreamRecord<DayLook> element) {
        DayLook look = element.getValue();
        looks.put(new StretchDay(look.key(), look.day()), look.closely());
    }

    @Override
    protected void atCut(long position) throws Exception {
        for (Map.Entry<StretchDay, Boolean> look : looks.entrySet()) {
            if (look.getValue() != toldDays.contains(look.getKey())) {
                setCurrentKey(look.getKey().key());
                if (look.getValue()) {
                    begin(look.getKey());
                } else {
                    end(look.getKey());
                }
            }
        }
        looks.clear();
        news.values().forEach(day -> day.values().forEach(this::tell));
        news.clear();
    }

    private void begin(StretchDay day) throws Exception {
        toldDays.add(day);
        toldStretches.add(day.key());
        told.put(day.day().epochDay(), true);
        kept(day.day()).forEach(this::tell);
    }

    /** Takes back what was told: all that is kept but for what came since the last cut, which was not told yet. */
    private void end(StretchDay day) throws Exception {
        toldDays.remove(day);
        told.remove(day.day().epochDay());
        if (told.isEmpty()) {
            toldStretches.remove(day.key());
        }
        kept(day.day()).forEach(delta -> tell(delta.negated()));
        Map<Slot, CountDelta> untold = news.remove(day);
        if (untold != null) {
            untold.values().forEach(this::tell);
        }
    }

    private List<CountDelta> kept(LegalDay day) throws Exception {
        List<CountDelta> kept = new ArrayList<>();
        for (InstantPage page : pages.values()) {
            page.forEachOf(day, kept::add);
        }
        return InstantBuffer.netted(kept);
    }

    private void tell(CountDelta delta) {
        if (!delta.isNothing()) {
            emit(Fact.of(delta));
        }
    }
}
