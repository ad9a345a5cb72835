package org.faceaudit.bench.route;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.faceaudit.bench.decode.ReferenceParser;
import org.faceaudit.runtime.source.RawRecord;

/** The least that reading the records costs inside a job. */
final class Yardstick extends RichMapFunction<RawRecord, Long> {

    private static final long serialVersionUID = 1L;

    private transient ReferenceParser parser;

    @Override
    public void open(OpenContext context) {
        parser = new ReferenceParser();
    }

    @Override
    public Long map(RawRecord record) {
        parser.read(record.value());
        return parser.checksum();
    }
}
