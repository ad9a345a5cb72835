package org.faceaudit.bench.route;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.faceaudit.bench.decode.ReferenceParser;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.runtime.source.RawRecord;

/** Whom a row of a snapshot holds, read by the yardstick's parser. */
final class HoldingOf extends RichFlatMapFunction<RawRecord, PersonHolding> {

    private static final long serialVersionUID = 1L;

    private static final HexFormat HEX = HexFormat.of();
    private static final String GROUP = "id-card|k1|idcard|";

    private transient ReferenceParser parser;

    @Override
    public void open(OpenContext context) {
        parser = new ReferenceParser();
    }

    @Override
    public void flatMap(RawRecord record, Collector<PersonHolding> out) {
        if (record.topic().length() <= "cdc.registry".length()) {
            return;
        }
        parser.read(record.value());
        if (!parser.face() || parser.op() != 'r') {
            return;
        }
        String topic = record.topic();
        int from = topic.indexOf('.') + 1;
        String operator = topic.substring(from, topic.indexOf('.', from));
        String person = HEX.toHexDigits(parser.tokenHigh()) + HEX.toHexDigits(parser.tokenLow());
        Instant since = Instant.ofEpochMilli(record.appendedAtMillis() - parser.id() % 10_000_000_000L)
                .plusNanos(record.offset() % 1_000 * 1_000);
        out.collect(new PersonHolding(
                operator,
                GROUP,
                person,
                "faces/public.face/" + parser.id(),
                List.of(new Presence(since, since, null, null))));
    }
}
