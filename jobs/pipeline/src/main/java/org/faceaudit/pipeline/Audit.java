package org.faceaudit.pipeline;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.runtime.sink.KeyedJson;
import org.faceaudit.runtime.sink.TableRow;

/**
 * What the wired steps say.
 *
 * @param revisions every revision of every alert
 * @param rows everything for the audit database, those revisions included
 * @param alertMessages the revisions as messages
 * @param rejectMessages the rejects as messages
 */
public record Audit(
        DataStream<AlertRevision> revisions,
        DataStream<TableRow> rows,
        DataStream<KeyedJson> alertMessages,
        DataStream<KeyedJson> rejectMessages) {}
