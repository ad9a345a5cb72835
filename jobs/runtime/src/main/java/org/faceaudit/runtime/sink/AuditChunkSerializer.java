package org.faceaudit.runtime.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes waiting chunks into the checkpoint. The table stands by name: a new table may come anywhere in the order. */
final class AuditChunkSerializer implements SimpleVersionedSerializer<AuditChunk> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(AuditChunk chunk) throws IOException {
        byte[] rows = chunk.rows().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows.length + 64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(chunk.table().name());
            out.writeInt(chunk.number());
            out.writeInt(rows.length);
            out.write(rows);
        }
        return bytes.toByteArray();
    }

    @Override
    public AuditChunk deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("the checkpoint holds audit rows in format " + version + ", this job reads format "
                    + VERSION + ": restore it with the job that wrote it");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            AuditTable table = AuditTable.valueOf(in.readUTF());
            int number = in.readInt();
            byte[] rows = in.readNBytes(in.readInt());
            return new AuditChunk(table, number, new String(rows, StandardCharsets.UTF_8));
        }
    }
}
