package org.faceaudit.runtime.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** 64-bit digests of what was said, equal only for equal content for all practical purposes. */
final class Digests {

    private final DataOutputSerializer bytes = new DataOutputSerializer(1024);
    private final MessageDigest sha256;

    Digests() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform provides SHA-256", e);
        }
    }

    /** The digest of a value in a generation: whatever is said in a new generation is said anew. */
    <T> long of(long generation, T value, TypeSerializer<T> serializer) {
        try {
            bytes.clear();
            bytes.writeLong(generation);
            serializer.serialize(value, bytes);
            sha256.update(bytes.getSharedBuffer(), 0, bytes.length());
            return ByteBuffer.wrap(sha256.digest()).getLong();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }
}
